extends RefCounted
## Draws bursts of debris where their objects were: between the siblings that are left. Internal.
##
## The engine numbers siblings anew when one comes or goes, without gaps. So as long as there are bursts among them they get
## other numbers just before a frame is drawn, with gaps, when something has changed.
##
## [codeblock]
## order.follow()                        # objects beside the node break in this frame
## var place: int = order.find_place(host)
## order.pause()                         # the node leaves the tree
## [/codeblock]

## What the native half says of a sibling that has come since the last frame.
const NOWHERE: int = -2_147_483_648
## The place of a burst that has none among siblings: the native half gives each another.
const ABOVE_ALL: int = NOWHERE + 1

# The CutoutDebrisField. Not typed, so that this script also loads where the native library is missing.
var _field: Variant = null
var _node: Node = null # the debris; what breaks are its siblings
var _parent_id: int = 0 # of those siblings
var _has_changed: bool = false


func _init(field: Variant, node: Node) -> void:
	_field = field
	_node = node


## From now on the siblings of the node are kept apart: until there is no burst any longer.
func follow() -> void:
	var parent: Node = _node.get_parent()
	if parent.get_instance_id() != _parent_id:
		pause()
		_parent_id = parent.get_instance_id()
		_field.follow_siblings(_parent_id)
	if not RenderingServer.frame_pre_draw.is_connected(_order):
		RenderingServer.frame_pre_draw.connect(_order)
		_has_changed = true


## Until it is called for again.
func pause() -> void:
	if RenderingServer.frame_pre_draw.is_connected(_order):
		RenderingServer.frame_pre_draw.disconnect(_order)
	var parent: Node = instance_from_id(_parent_id) as Node
	if parent != null and parent.child_order_changed.is_connected(_note_change):
		parent.child_order_changed.disconnect(_note_change)


## The draw index for a burst of [param host]: the place of that among its siblings, or above all others.
func find_place(host: Node) -> int:
	var place: int = _field.place_above(host)
	if place == NOWHERE:
		_apply(host.get_parent())
		place = _field.place_above(host)
	return place


func _note_change() -> void:
	_has_changed = true


func _order() -> void:
	if _field.get_burst_count() == 0:
		pause()
		_parent_id = 0
		_field.follow_siblings(0)
	elif _has_changed:
		_apply(_node.get_parent())


func _apply(parent: Node) -> void:
	_has_changed = false
	_field.order_siblings()
	if not parent.child_order_changed.is_connected(_note_change): # hundreds may go in a frame: once is enough
		parent.child_order_changed.connect(_note_change, CONNECT_ONE_SHOT)
