@tool
extends RefCounted
## What is left of a node that was damaged: a [Polygon2D], a sprite or a collision shape. It is kept at the node. Internal.
##
## [codeblock]
## var state: DamageState = DamageState.of(node) # null: it is whole
## state = DamageState.make(node)
## state.apply(node, remains)                    # of CutoutFragments.get_remains()
## [/codeblock]

const SpriteView := preload("res://addons/cutout/objects/sprite_view.gd")

const META: StringName = &"_cutout_damage"
## Up to so many points the engine makes the triangles of a polygon itself.
const FEW_POINTS: int = 64

## The islands that are left, in the coordinates of the node's polygon: each an Array of rings.
var polygons: Array = []
## All their points.
var points: PackedVector2Array

var _node_id: int = 0
var _shown: Polygon2D # in a sprite's place
var _shapes: Array[CollisionPolygon2D] = [] # beyond the node itself


## The state of [param node]. Null: it is whole, or its outline was set anew, or it is the copy of a sprite or a shape that is not
## whole: those are.
static func of(node: Node) -> RefCounted:
	if not node.has_meta(META):
		return null
	var state: RefCounted = node.get_meta(META)
	return state.get_for(node)


## The state of [param node]; a new one if it is whole. A [Polygon2D] has a new one each time: copies of the node go by the old
## one until they are looked at.
static func make(node: Node) -> RefCounted:
	var state: RefCounted = null if node is Polygon2D else of(node)
	if state == null:
		state = new()
		state.take(node)
	return state


## This one, or for a copied [Polygon2D] one of its own. Null: the node is not as it was left.
func get_for(node: Node) -> RefCounted:
	var is_own: bool = node.get_instance_id() == _node_id
	if not node is Polygon2D:
		return self if is_own else null
	if (node as Polygon2D).polygon != points:
		return null
	if is_own:
		return self
	var copy: RefCounted = new()
	copy.polygons = polygons
	copy.points = points
	copy.take(node)
	return copy


## The node is this one's from now on.
func take(node: Node) -> void:
	_node_id = node.get_instance_id()
	node.set_meta(META, self)


## The node becomes what [param remains] says.
func apply(node: Node, remains: Dictionary) -> void:
	polygons = remains["polygons"]
	points = remains["points"]
	var shown: Polygon2D = node as Polygon2D
	if shown != null:
		shown.internal_vertex_count = 0
		_draw_in(shown, remains)
		shown.uv = remains["uvs"]
		shown.vertex_colors = remains["colors"]
	elif node is CollisionPolygon2D or node is CollisionShape2D:
		_set_shapes(node as Node2D, remains["pieces"])
	else:
		_show_rest(node as Node2D, remains)


func _draw_in(shown: Polygon2D, remains: Dictionary) -> void:
	var is_simple: bool = (remains["pieces"] as Array).size() == 1 and points.size() <= FEW_POINTS
	shown.polygon = points
	shown.polygons = [] if is_simple else remains["triangles"]


# A sprite draws rectangles only: a polygon with its texture is drawn in its place.
func _show_rest(sprite: Node2D, remains: Dictionary) -> void:
	if not is_instance_valid(_shown):
		_shown = Polygon2D.new()
		_shown.name = "CutoutRest"
		_shown.use_parent_material = true
		sprite.add_child(_shown, false, Node.INTERNAL_MODE_FRONT)
		sprite.draw.connect(_hide.bind(sprite.get_instance_id()))
	_draw_in(_shown, remains)
	sprite.queue_redraw()


# The sprite has drawn itself, perhaps another frame than before.
func _hide(sprite_id: int) -> void:
	var sprite: Node2D = instance_from_id(sprite_id)
	RenderingServer.canvas_item_clear(sprite.get_canvas_item())
	var view: SpriteView = SpriteView.new()
	_shown.visible = view.read(sprite).is_empty()
	if not _shown.visible:
		return
	_shown.texture = view.texture
	_shown.texture_scale = Vector2(view.to_local.x.x, view.to_local.y.y)
	_shown.texture_offset = -view.to_local.origin
	_shown.self_modulate = sprite.self_modulate
	_shown.light_mask = sprite.light_mask
	_shown.visibility_layer = sprite.visibility_layer


func _set_shapes(node: Node2D, pieces: Array) -> void:
	var drawn: CollisionPolygon2D = node as CollisionPolygon2D
	var left: Array = pieces.duplicate()
	if drawn != null:
		drawn.disabled = left.is_empty()
		if not left.is_empty():
			drawn.polygon = left.pop_front()
			points = drawn.polygon
	else:
		(node as CollisionShape2D).disabled = true
	while _shapes.size() > left.size():
		_shapes.pop_back().queue_free()
	while _shapes.size() < left.size():
		_shapes.append(_make_shape(node))
	for i: int in left.size():
		_shapes[i].polygon = left[i]


func _make_shape(node: Node2D) -> CollisionPolygon2D:
	var made: CollisionPolygon2D = CollisionPolygon2D.new()
	made.transform = node.transform
	made.one_way_collision = node.get(&"one_way_collision")
	made.one_way_collision_margin = node.get(&"one_way_collision_margin")
	node.get_parent().add_child(made, false, Node.INTERNAL_MODE_BACK)
	return made
