@icon("res://addons/cutout/icons/CutoutFragments.svg")
class_name CutoutDebris2D
extends Node2D
## Thousands of pieces in one node: drawn and moved by native code, without a node for each.
##
## [code]CutoutBatch.fracture_object[/code] fills it, or makes one beside the object where there is none. Its
## properties say how pieces move and how long they live.
## [codeblock]
## var debris: CutoutDebris2D = CutoutDebris2D.of($Crate)
## debris.explode(get_global_mouse_position(), 600.0, 200.0)
## var piece: int = debris.pick_piece(get_global_mouse_position())
## [/codeblock]
## [b]Bodies.[/b] The largest pieces, up to [member max_bodies] at a time and none smaller than
## [member min_body_area], get a body of the physics engine with the convex hull of the piece, because those are
## the ones whose fall through a floor is seen. A body costs 0.7 to 1.1 microseconds in each physics tick, so the limit
## is what bounds that. All other pieces fly freely, and touch nothing.
## [br][b]Space.[/b] Pieces live in global coordinates: when the node or a parent moves, they do not. They are drawn
## on the node's canvas, with its visibility and modulation.
## [br][b]Ids.[/b] A piece has an id that is never used again; calls with the id of one that has ended do nothing.
## [br][b]Time.[/b] Pieces rest while the node does not process: when the tree is paused, by default.
## With physics interpolation, pieces with bodies are drawn between two physics ticks.
## [br][b]Threads[/b]: for the main thread.

## A piece with a body has touched something harder than [member hit_impulse]. At most once a piece and tick. While
## nothing is connected when the body is made, its contacts are not looked at.
signal piece_hit(piece: int, position: Vector2, impulse: float, collider: Object)
## A piece is gone: its time is over, it was evicted, taken or ended.
signal piece_ended(piece: int)

## Which pieces go when there are more than [member max_pieces].
enum Eviction {
	OLDEST, ## Those that came first.
	LEAST_VISIBLE, ## The smallest.
}

const BurstLook := preload("res://addons/cutout/debris/burst_look.gd")
const DrawOrder := preload("res://addons/cutout/debris/draw_order.gd")
const MainThread := preload("res://addons/cutout/batch/main_thread.gd")
const ObjectSkin := preload("res://addons/cutout/objects/skin.gd")
const NodeShelf := preload("res://addons/cutout/debris/node_shelf.gd")
const PieceNodes := preload("res://addons/cutout/debris/piece_nodes.gd")
const Plainness := preload("res://addons/cutout/objects/plainness.gd")

const NATIVE_CLASS: StringName = &"CutoutDebrisField"
## Name of a node that [method of] has made.
const NAME: StringName = &"CutoutDebris"
const GROUP: StringName = &"_cutout_debris"
## Where there is no [code]CutoutBatch[/code] to share its budget: time for freeing in a frame. Microseconds.
const RELEASE_USEC: int = 500

@export_group("Pieces")
## Pieces at a time; with more, some go at once, see [member eviction].
@export_range(1, 65_536) var max_pieces: int = 16_384:
	set(value):
		max_pieces = maxi(1, value)
		_changed = true
## See [enum Eviction].
@export var eviction: Eviction = Eviction.OLDEST
## How long a piece lives, in seconds. 0: until it is evicted or ended.
@export_range(0.0, 60.0, 0.1, "or_greater", "suffix:s") var lifetime: float = 4.0:
	set(value):
		lifetime = maxf(0.0, value)
		_changed = true
## A piece lives shorter than [member lifetime] by a random share of up to this. Range [0, 1].
@export_range(0.0, 1.0, 0.01) var lifetime_spread: float = 0.3:
	set(value):
		lifetime_spread = clampf(value, 0.0, 1.0)
		_changed = true
## In its last so many seconds a piece becomes transparent.
@export_range(0.0, 10.0, 0.05, "or_greater", "suffix:s") var fade: float = 0.5:
	set(value):
		fade = maxf(0.0, value)
		_changed = true
## In its last so many seconds a piece becomes small.
@export_range(0.0, 10.0, 0.05, "or_greater", "suffix:s") var shrink: float = 0.0:
	set(value):
		shrink = maxf(0.0, value)
		_changed = true

@export_group("Motion")
## How much of the project's gravity pieces feel.
@export_range(-4.0, 4.0, 0.01, "or_greater", "or_less") var gravity_scale: float = 1.0:
	set(value):
		gravity_scale = value
		_changed = true
## The share of their speed that pieces lose in a second.
@export_range(0.0, 10.0, 0.01, "or_greater") var linear_damp: float = 0.0:
	set(value):
		linear_damp = maxf(0.0, value)
		_changed = true
## The share of their spin that pieces lose in a second.
@export_range(0.0, 10.0, 0.01, "or_greater") var angular_damp: float = 0.0:
	set(value):
		angular_damp = maxf(0.0, value)
		_changed = true

@export_group("Bodies")
## Pieces with a body at a time. 0: all fly freely. A lower limit takes those of the smallest pieces away, which fly on.
@export_range(0, 4096) var max_bodies: int = 256:
	set(value):
		max_bodies = maxi(0, value)
		_changed = true
## Pieces smaller than this fly freely, in square pixels.
@export_range(0.0, 10_000.0, 1.0, "or_greater", "suffix:px²") var min_body_area: float = 256.0:
	set(value):
		min_body_area = maxf(0.0, value)
		_changed = true
## Pieces also meet each other, and what looks for their layer. Otherwise bodies are on no layer: they meet what their
## mask names, and nothing finds them.
@export var meets_debris: bool = false
## See [member PhysicsMaterial.friction]. That of the object's own body goes before it.
@export_range(0.0, 1.0, 0.01) var friction: float = 1.0:
	set(value):
		friction = value
		_changed = true
## See [member PhysicsMaterial.bounce]. That of the object's own body goes before it.
@export_range(0.0, 1.0, 0.01) var bounce: float = 0.0:
	set(value):
		bounce = value
		_changed = true
## Contacts softer than this are no [signal piece_hit].
@export_range(0.0, 1000.0, 0.1, "or_greater") var hit_impulse: float = 1.0:
	set(value):
		hit_impulse = value
		_changed = true

# A CutoutDebrisField. Not typed, so that this script also loads where the native library is missing.
var _field: Variant = null
var _changed: bool = true
var _taken_frame: int = -1
var _pushes: bool = false # an explosion is set
# For the bursts of this frame: what they are drawn on, whether in its order, and whether somebody has a z-index.
var _item: RID
var _is_ordered: bool = false
var _has_z: bool = false
var _order: DrawOrder
var _plainness: Plainness = Plainness.new()
var _material: PhysicsMaterial # of the bodies that are made now
var _shelf: NodeShelf # what promoted pieces become
var _is_beside: bool = false # made by of(): draws on the parent's item, each burst in its object's place


func _init() -> void:
	add_to_group(GROUP)
	if not ClassDB.class_exists(NATIVE_CLASS):
		push_error("Cutout: CutoutDebris2D needs the native library, which is missing")
		return
	_field = ClassDB.instantiate(NATIVE_CLASS)
	_field.set_owner(get_instance_id())
	_order = DrawOrder.new(_field, self)


func _notification(what: int) -> void:
	if _field == null:
		return
	match what:
		NOTIFICATION_PREDELETE:
			_field.clear()
		NOTIFICATION_ENTER_TREE, NOTIFICATION_ENABLED:
			_taken_frame = -1 # it may be another parent's item that it draws on
			if is_inside_tree():
				_enter_space()
				_show()
				if _field.get_burst_count() > 0:
					_field.set_parent_item(_get_drawn_on().get_canvas_item())
				if _is_beside and _field.get_burst_count() > 0 and get_parent() is CanvasItem:
					_order.follow()
		NOTIFICATION_WORLD_2D_CHANGED:
			_enter_space()
		NOTIFICATION_DISABLED:
			_field.set_space(RID())
		NOTIFICATION_EXIT_TREE:
			_field.set_space(RID())
			_field.set_visible(not _is_beside)
			_order.pause()
		NOTIFICATION_VISIBILITY_CHANGED:
			_show()


func _physics_process(_delta: float) -> void:
	if _field == null or _field.get_body_count() == 0:
		return
	_field.sync_bodies()
	_emit_hits()


func _process(delta: float) -> void:
	if _field == null or (_field.get_piece_count() == 0 and not _field.has_ended()):
		return
	_apply()
	_field.set_world_to_item(_get_drawn_on().get_global_transform().affine_inverse())
	_field.fly(delta)
	var is_between: bool = is_physics_interpolated_and_enabled()
	_field.draw(Engine.get_physics_interpolation_fraction() if is_between else 1.0)
	_emit_ended()


## The node that takes the pieces of [param object] where no other is named: beside it, made at the first use.
## Null where the object is not in the tree, or its parent takes no child now: while the object enters, leaves or gets ready.
static func of(object: Node) -> CutoutDebris2D:
	if object == null or not object.is_inside_tree():
		return null
	var parent: Node = object.get_parent()
	if parent == null:
		parent = object
	var named: Node = parent.get_node_or_null(NodePath(NAME))
	if named is CutoutDebris2D and not named.is_queued_for_deletion():
		return named
	# The name may be another's. Those that were made here are behind all nodes of the game.
	for i: int in range(parent.get_child_count(true) - 1, parent.get_child_count(false) - 1, -1):
		var found: CutoutDebris2D = parent.get_child(i, true) as CutoutDebris2D
		if found != null and found._is_beside and not found.is_queued_for_deletion():
			return found
	var made: CutoutDebris2D = CutoutDebris2D.new()
	made.name = NAME
	made._is_beside = true
	parent.add_child(made, false, Node.INTERNAL_MODE_BACK)
	if made.get_parent() == null: # an engine error has said why
		made.free()
		return null
	return made


## An explosion: pushes all pieces away from [param center] (global), those that are there at [param center] with
## [param speed] (pixels a second), those from [param radius] on not at all. See [CutoutBlast] for the rest.
func explode(
	center: Vector2, speed: float, radius: float = 0.0, falloff: float = 1.0, spin: float = 0.0
) -> void:
	if _field == null or MainThread.refuses("CutoutDebris2D.explode"):
		return
	_field.set_push(center, radius, speed, falloff, spin)
	_pushes = true
	_field.push()


## The piece at a point (global), or -1. Of several the newest.
func pick_piece(point: Vector2) -> int:
	return _field.pick(point) if _field != null else -1


## Whether the piece is there.
func has_piece(piece: int) -> bool:
	return _field != null and _field.has_piece(piece)


## Whether the piece has a body of the physics engine.
func has_body(piece: int) -> bool:
	return _field != null and _field.has_body(piece)


## The burst of a piece: all pieces of one object. -1 if the piece is gone.
func get_burst_of(piece: int) -> int:
	return _field.get_burst_of(piece) if _field != null else -1


## The number of pieces.
func get_piece_count() -> int:
	return _field.get_piece_count() if _field != null else 0


## The number of pieces with a body.
func get_body_count() -> int:
	return _field.get_body_count() if _field != null else 0


## All pieces of one object that are there, by the burst of a [CutoutFractureResult].
func get_burst_pieces(burst: int) -> PackedInt64Array:
	return _field.get_burst_pieces(burst) if _field != null else PackedInt64Array()


## From the coordinates of [method get_piece_polygon] to global ones, now.
func get_piece_transform(piece: int) -> Transform2D:
	return _field.get_piece_transform(piece) if _field != null else Transform2D()


## The outline of a piece, in the coordinates of the polygon it was cut from. Empty if it is gone.
func get_piece_polygon(piece: int) -> PackedVector2Array:
	return _field.get_piece_polygon(piece) if _field != null else PackedVector2Array()


## Where the middle of a piece is (global).
func get_piece_center(piece: int) -> Vector2:
	return _field.get_piece_center(piece) if _field != null else Vector2.ZERO


## The area of a piece, in square pixels.
func get_piece_area(piece: int) -> float:
	return _field.get_piece_area(piece) if _field != null else 0.0


## Pixels a second.
func get_piece_velocity(piece: int) -> Vector2:
	return _field.get_piece_velocity(piece) if _field != null else Vector2.ZERO


## Radians a second.
func get_piece_spin(piece: int) -> float:
	return _field.get_piece_spin(piece) if _field != null else 0.0


## Sets how a piece moves: pixels and radians a second. False: it is gone.
func set_piece_motion(piece: int, velocity: Vector2, spin: float) -> bool:
	return _field != null and _field.set_piece_motion(piece, velocity, spin)


## Takes a piece away. False: it is gone already.
func end_piece(piece: int) -> bool:
	return _field != null and _field.end_piece(piece)


## Takes all pieces away. What they were made of is freed in the frames that follow.
func clear() -> void:
	if _field != null:
		_field.clear()


## Turns a piece into a node of its own, which moves on as the piece did: a [RigidBody2D] with a
## [CollisionPolygon2D] and, if the object was seen, a [Polygon2D]. It becomes a child of this node's parent. Null: the
## piece is gone.
func promote(piece: int) -> RigidBody2D:
	if not has_piece(piece) or get_parent() == null:
		return null
	var skin: ObjectSkin = _get_skin(_field.get_burst_of(piece))
	var to_world: Transform2D = get_piece_transform(piece)
	var center: Vector2 = get_piece_center(piece)
	if _shelf == null:
		_shelf = NodeShelf.new(null)
	var body: RigidBody2D = _shelf.take()
	var to_local: Transform2D = Transform2D(0.0, -center) * to_world
	PieceNodes.dress(
		body,
		_shelf,
		to_local * get_piece_polygon(piece),
		skin,
		to_local.affine_inverse(),
		PieceNodes.PieceCover.of(skin) if skin != null else null,
		skin.tint if skin != null else Color.WHITE
	)
	if skin != null:
		body.z_index = skin.z_index
		body.z_as_relative = false
	body.linear_velocity = get_piece_velocity(piece)
	body.angular_velocity = get_piece_spin(piece)
	end_piece(piece)
	var canvas: CanvasItem = get_parent() as CanvasItem
	body.transform = Transform2D(0.0, center)
	if canvas != null: # a parent that is scaled does not scale it
		body.transform = canvas.get_global_transform().affine_inverse() * body.transform
	get_parent().add_child(body)
	return body


## Takes over the pieces of an object; the burst they form, or -1 and an engine error. Internal.
## [param share] is that of the object's mass. Range (0, 1].
func take(skin: ObjectSkin, flat: RefCounted, blast: CutoutBlast, share: float = 1.0) -> int:
	if _field == null:
		return -1
	if _changed or _taken_frame != Engine.get_process_frames():
		_open_frame()
	if skin.physics_material != _material:
		_set_bodies(skin.physics_material)
	if blast != null or _pushes:
		_set_push(blast)
	var mass: float = skin.mass if blast == null or blast.mass <= 0.0 else blast.mass
	if eviction == Eviction.LEAST_VISIBLE:
		_make_room(flat)
	var velocity: Vector2 = skin.velocity
	if skin.angular_velocity != 0.0: # the native half turns it about the origin of the polygon
		var arm: Vector2 = skin.to_global.origin - skin.motion_center
		velocity += Vector2(-arm.y, arm.x) * skin.angular_velocity
	if skin.is_modulated:
		skin.tint = PieceNodes.get_tint(skin, get_parent())
	# Beyond what the item inherits. Colours at the points stand in for the one.
	skin.drawn_color = skin.self_modulate * (skin.color if skin.colors.is_empty() else Color.WHITE)
	if skin.is_modulated:
		skin.drawn_color *= skin.tint if _is_beside else skin.modulate
	var place: int = DrawOrder.ABOVE_ALL
	if _is_ordered:
		place = _order.find_place(skin.host)
		var host: CanvasItem = skin.host as CanvasItem
		skin.show_behind_parent = host != null and host.show_behind_parent
	return _spawn(skin, flat, place, velocity, (mass if mass > 0.0 else 1.0) * share)


## Fragments take the place of a piece, and move on as it did; the burst they form, 0 if the piece is gone, or -1 and
## an engine error. Internal.
func replace_piece(piece: int, flat: RefCounted, blast: CutoutBlast) -> int:
	if not has_piece(piece):
		return 0
	if _changed or _taken_frame != Engine.get_process_frames():
		_open_frame()
	var burst: int = _field.get_burst_of(piece)
	var skin: ObjectSkin = _get_skin(burst).make_copy()
	skin.to_global = get_piece_transform(piece)
	skin.angular_velocity = get_piece_spin(piece)
	if skin.physics_material != _material:
		_set_bodies(skin.physics_material)
	if blast != null or _pushes:
		_set_push(blast)
	# The native half turns it about the origin of the polygon, the piece turned about its middle.
	var arm: Vector2 = skin.to_global.origin - get_piece_center(piece)
	var velocity: Vector2 = get_piece_velocity(piece) + Vector2(-arm.y, arm.x) * skin.angular_velocity
	var mass: float = blast.mass if blast != null and blast.mass > 0.0 else 0.0
	if mass == 0.0:
		mass = (skin.mass if skin.mass > 0.0 else 1.0) * float(_field.get_piece_share(piece))
	skin.mass = mass
	var place: int = _field.get_draw_index(burst)
	_field.end_piece(piece)
	return _spawn(skin, flat, place, velocity, mass)


## What a piece is painted with at the points of its polygon: for a fracture of it. Internal.
func get_piece_cover(piece: int) -> Array:
	if _field == null or not has_piece(piece):
		return []
	return [Transform2D(), _field.get_piece_uvs(piece), _field.get_piece_colors(piece)]


func _spawn(skin: ObjectSkin, flat: RefCounted, place: int, velocity: Vector2, mass: float) -> int:
	var texture: Texture2D = skin.texture
	var burst: int = _field.spawn(
		flat,
		skin.to_global,
		_item,
		place,
		texture.get_rid() if texture != null else RID(),
		skin.drawn_color,
		velocity,
		skin.angular_velocity,
		mass,
		skin.collision_layer if meets_debris else 0,
		skin.collision_mask,
		skin
	)
	if burst < 0:
		push_error("Cutout: CutoutDebris2D: %s" % _field.get_last_error())
		return burst
	var is_hidden: bool = is_instance_valid(skin.item) and not skin.item.is_visible_in_tree()
	if is_hidden or texture == null and not skin.is_seen: # nothing of it was seen
		RenderingServer.canvas_item_clear(_field.get_item(burst))
	if skin.has_look or _has_z:
		BurstLook.apply(_field.get_item(burst), skin, _has_z)
	if _is_ordered and skin.show_behind_parent:
		RenderingServer.canvas_item_set_draw_behind_parent(_field.get_item(burst), true)
	return burst


## Takes over the pieces of a [Polygon2D] that has nothing but colours, or returns 0: it has more, so its skin must be
## read. Otherwise as [method take], at a fraction of the cost. Internal.
func take_plain(shown: Polygon2D, flat: RefCounted, blast: CutoutBlast) -> int:
	if _field == null:
		return -1
	if _changed or _taken_frame != Engine.get_process_frames():
		_open_frame()
	# That it is modulated does not matter beside it: the pieces are, too.
	var is_beside: bool = _is_ordered and shown.get_parent() == get_parent()
	if _has_z or eviction == Eviction.LEAST_VISIBLE or not _plainness.is_parent_plain(shown, is_beside):
		return 0
	if _material != null:
		_set_bodies(null)
	if blast != null or _pushes:
		_set_push(blast)
	var burst: int = _field.spawn_plain(
		flat,
		shown,
		_item,
		_order.find_place(shown) if _is_ordered else DrawOrder.ABOVE_ALL,
		blast.mass if blast != null and blast.mass > 0.0 else 1.0,
		1 if meets_debris else 0,
		1
	)
	if burst < 0:
		push_error("Cutout: CutoutDebris2D: %s" % _field.get_last_error())
	return burst


## Frees what ended pieces were made of, for about so long. False: there is nothing more. Internal.
func release(usec: int) -> bool:
	return _field != null and _field.release(usec)


# What all objects of a frame have in common.
func _open_frame() -> void:
	_apply()
	_taken_frame = Engine.get_process_frames()
	_plainness.forget()
	_field.set_contacts(not piece_hit.get_connections().is_empty(), hit_impulse)
	var canvas: CanvasItem = _get_drawn_on()
	_field.set_world_to_item(canvas.get_global_transform().affine_inverse())
	_is_ordered = canvas != self
	_item = canvas.get_canvas_item()
	if _is_ordered:
		_order.follow()
	_has_z = false
	var up: CanvasItem = canvas
	while up != null and not _has_z:
		_has_z = up.z_index != 0
		up = null if up.top_level else up.get_parent() as CanvasItem


func _set_push(blast: CutoutBlast) -> void:
	_pushes = blast != null
	if blast != null:
		_field.set_push(blast.center, blast.radius, blast.speed, blast.falloff, blast.spin)
	else:
		_field.set_push(Vector2.ZERO, 0.0, 0.0, 1.0, 0.0)


func _make_room(flat: RefCounted) -> void:
	var surplus: int = get_piece_count() + _count(flat) - max_pieces
	if surplus > 0:
		_field.evict(surplus, true)


# What the pieces of a burst look like; null: it is gone.
func _get_skin(burst: int) -> ObjectSkin:
	var look: Variant = _field.get_look(burst)
	return Plainness.make_skin(look as Color) if look is Color else look


# Pieces on another's item do not see that this node is hidden.
func _show() -> void:
	if _is_beside:
		_field.set_visible(visible and is_inside_tree())


# Whose item the pieces are drawn on.
func _get_drawn_on() -> CanvasItem:
	return get_parent() as CanvasItem if _is_beside and get_parent() is CanvasItem else self


func _enter_space() -> void:
	_field.set_space(RID() if _is_disabled() else get_world_2d().space)


# As opposed to paused: the physics of a disabled node must not go on either.
func _is_disabled() -> bool:
	var node: Node = self
	while node != null and node.process_mode == PROCESS_MODE_INHERIT:
		node = node.get_parent()
	return node != null and node.process_mode == PROCESS_MODE_DISABLED


func _apply() -> void:
	if not _changed:
		return
	_changed = false
	var vector: Vector2 = ProjectSettings.get_setting("physics/2d/default_gravity_vector")
	var strength: float = ProjectSettings.get_setting("physics/2d/default_gravity")
	_field.set_laws(vector * strength * gravity_scale, linear_damp, angular_damp, fade, shrink)
	_field.set_life(lifetime, lifetime_spread, max_pieces)
	_set_bodies(null)


# Its friction and bounce are those of [param material], if there is one: as bodies of nodes take them.
func _set_bodies(material: PhysicsMaterial) -> void:
	var rub: float = friction
	var spring: float = bounce
	if material != null:
		rub = -material.friction if material.rough else material.friction
		spring = -material.bounce if material.absorbent else material.bounce
	_field.set_bodies(max_bodies, min_body_area, rub, spring, gravity_scale)
	_material = material


func _count(flat: RefCounted) -> int:
	return flat.call(&"get_count") if flat != null else 0


func _emit_ended() -> void:
	if not _field.has_ended():
		return
	var ended: PackedInt64Array = _field.take_ended()
	if piece_ended.get_connections().is_empty():
		return
	for piece: int in ended:
		piece_ended.emit(piece)


func _emit_hits() -> void:
	if piece_hit.get_connections().is_empty():
		if _field.has_hits(): # somebody was connected when the bodies were made
			_field.take_hit_colliders()
		return
	var hits: PackedFloat64Array = _field.take_hits()
	var colliders: PackedInt64Array = _field.take_hit_colliders()
	for i: int in colliders.size():
		var collider: Object = instance_from_id(colliders[i]) if colliders[i] != 0 else null
		piece_hit.emit(
			int(hits[4 * i]), Vector2(hits[4 * i + 1], hits[4 * i + 2]), hits[4 * i + 3], collider
		)
