extends RefCounted
## Finds the [Polygon2D]s that look like nothing but a colour: to read the skin of one costs more than to break it. What they
## draw with is looked at by the native half. Internal.
##
## [codeblock]
## plainness.forget()                     # once a frame: parents may have changed
## plainness.is_parent_plain(shown, true) # its parent gives it nothing
## [/codeblock]

const ObjectSkin := preload("res://addons/cutout/objects/skin.gd")
const SkinReader := preload("res://addons/cutout/objects/skin_reader.gd")

var _parent_id: int = 0 # the last that was looked at
var _is_parent_plain: bool = false
var _parent_item: CanvasItem
var _parent_modulate: Color = Color.WHITE # as it was then


## The parents are looked at again.
func forget() -> void:
	_parent_id = 0
	_parent_item = null


## Whether it has nothing of its parents' and no body moves it. [param is_beside]: its pieces are drawn on its parent's item,
## which modulates them, too.
func is_parent_plain(shown: Polygon2D, is_beside: bool) -> bool:
	var parent: Node = shown.get_parent()
	if parent.get_instance_id() != _parent_id:
		_look_at(parent, is_beside)
	return _is_parent_plain and (_parent_item == null or _parent_item.modulate == _parent_modulate)


## The skin of one whose colours are together [param color].
static func make_skin(color: Color) -> ObjectSkin:
	var skin: ObjectSkin = ObjectSkin.new()
	skin.is_seen = true
	skin.color = color
	skin.drawn_color = color
	return skin


func _look_at(parent: Node, is_beside: bool) -> void:
	_parent_id = parent.get_instance_id()
	_is_parent_plain = not parent is CollisionObject2D
	var item: CanvasItem = parent as CanvasItem
	_parent_item = item
	_parent_modulate = item.modulate if item != null else Color.WHITE
	if item == null or not _is_parent_plain:
		return
	var skin: ObjectSkin = ObjectSkin.new()
	SkinReader.read_canvas(skin, item)
	_is_parent_plain = not skin.has_look and (is_beside or not skin.is_modulated)
