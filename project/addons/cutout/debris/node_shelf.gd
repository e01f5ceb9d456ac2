extends RefCounted
## Nodes of one sort for pieces: how one is made, what it is like when new, and the spare ones. Internal.
##
## [codeblock]
## var shelf: NodeShelf = NodeShelf.new(scene) # null: plain ones
## if shelf.fault == "":
##     var body: RigidBody2D = shelf.take()
##     shelf.put_back(body)                    # false: it is not fit to be used again
## [/codeblock]
## A node knows its shelf: [method of]. The spare ones are nobody's children; [method clear] frees them.

const META: StringName = &"_cutout_shelf"
## Signals of plain nodes that somebody may have connected to.
const WATCHED_SIGNALS: Array[StringName] = [
	&"body_entered", &"body_exited", &"sleeping_state_changed", &"tree_exiting", &"tree_exited", &"input_event"
]

var scene: PackedScene
## Why nothing can be made of the scene, or "".
var fault: String = ""
## Objects that will become nodes of it.
var awaited: int = 0
## What a new node has, where a skin does not say it.
var collision_layer: int = 1
var collision_mask: int = 1
var physics_material: PhysicsMaterial
var shown_material: Material

var _spares: Array = [] # nodes, or freed ones
var _spare_ids: Dictionary[int, bool] = {}
var _shape_at: int = -1 # among the children; -1: there is none
var _shown_at: int = -1
var _child_count: int = 0
# As new, for those that come back.
var _modulate: Color
var _self_modulate: Color
var _visible: bool
var _process_mode: Node.ProcessMode
var _z_index: int
var _is_z_relative: bool
var _freeze: bool
var _lock_rotation: bool
var _gravity_scale: float
var _linear_damp: float
var _angular_damp: float
var _constant_force: Vector2
var _constant_torque: float
var _can_sleep: bool
var _contact_monitor: bool


func _init(made_of: PackedScene) -> void:
	scene = made_of
	var model: Node = _make_plain() if scene == null else _instantiate()
	var body: RigidBody2D = model as RigidBody2D
	if body == null:
		fault = (
			"the scene %s cannot be instantiated" % _name()
			if model == null
			else "the root of the scene %s is a %s; it must be a RigidBody2D" % [_name(), model.get_class()]
		)
		if model != null:
			model.free()
		return
	_read(body)
	body.set_meta(META, self)
	_keep(body)


## The shelf of a node, or null: it was not made by one.
static func of(node: Node) -> RefCounted:
	return node.get_meta(META) if node.has_meta(META) else null


## A spare node, or a new one.
func take() -> RigidBody2D:
	while not _spares.is_empty():
		var spare: RigidBody2D = _pop()
		if spare != null:
			return spare
	return make()


## A new node.
func make() -> RigidBody2D:
	var body: RigidBody2D = _make_plain() if scene == null else _instantiate() as RigidBody2D
	body.set_meta(META, self)
	return body


## A node comes back, out of the tree, and is made like new. False: it is not fit for that.
func put_back(body: RigidBody2D) -> bool:
	if not _is_fit(body):
		return false
	_reset(body)
	_keep(body)
	return true


func add_spare() -> void:
	_keep(make())


func is_spare(body: RigidBody2D) -> bool:
	return _spare_ids.has(body.get_instance_id())


func get_spare_count() -> int:
	return _spares.size()


## Frees a spare node. False: there is none.
func free_spare() -> bool:
	if _spares.is_empty():
		return false
	var spare: RigidBody2D = _pop()
	if spare != null:
		spare.free()
	return true


## Frees all spare nodes.
func clear() -> void:
	while free_spare():
		pass


## The child that takes the outline as a shape, or null.
func get_shape(body: RigidBody2D) -> CollisionPolygon2D:
	return body.get_child(_shape_at) as CollisionPolygon2D if _shape_at >= 0 else null


## The child that shows it, or null.
func get_shown(body: RigidBody2D) -> Polygon2D:
	return body.get_child(_shown_at) as Polygon2D if _shown_at >= 0 else null


func _keep(body: RigidBody2D) -> void:
	_spares.append(body)
	_spare_ids[body.get_instance_id()] = true


# The last spare node; null if somebody has freed it.
func _pop() -> RigidBody2D:
	var spare: Variant = _spares.pop_back()
	if not is_instance_valid(spare):
		return null
	_spare_ids.erase((spare as RigidBody2D).get_instance_id())
	return spare


static func _make_plain() -> RigidBody2D:
	var body: RigidBody2D = RigidBody2D.new()
	body.add_child(CollisionPolygon2D.new())
	body.add_child(Polygon2D.new())
	return body


func _instantiate() -> Node:
	return scene.instantiate() if scene.can_instantiate() else null


func _name() -> String:
	return scene.resource_path if scene.resource_path != "" else str(scene)


func _read(body: RigidBody2D) -> void:
	_child_count = body.get_child_count()
	for i: int in _child_count:
		if _shape_at < 0 and body.get_child(i) is CollisionPolygon2D:
			_shape_at = i
		elif _shown_at < 0 and body.get_child(i) is Polygon2D:
			_shown_at = i
	var shown: Polygon2D = get_shown(body)
	if shown != null:
		shown_material = shown.material
	collision_layer = body.collision_layer
	collision_mask = body.collision_mask
	physics_material = body.physics_material_override
	_modulate = body.modulate
	_self_modulate = body.self_modulate
	_visible = body.visible
	_process_mode = body.process_mode
	_z_index = body.z_index
	_is_z_relative = body.z_as_relative
	_freeze = body.freeze
	_lock_rotation = body.lock_rotation
	_gravity_scale = body.gravity_scale
	_linear_damp = body.linear_damp
	_angular_damp = body.angular_damp
	_constant_force = body.constant_force
	_constant_torque = body.constant_torque
	_can_sleep = body.can_sleep
	_contact_monitor = body.contact_monitor


# What somebody has built on to is not used again. What a scene does to itself is its own affair.
func _is_fit(body: RigidBody2D) -> bool:
	if body.get_child_count() != _child_count:
		return false
	if _shape_at >= 0 and get_shape(body) == null or _shown_at >= 0 and get_shown(body) == null:
		return false
	if scene != null:
		return true
	if body.get_script() != null or not body.get_groups().is_empty():
		return false
	for watched: StringName in WATCHED_SIGNALS:
		if body.has_connections(watched):
			return false
	return true


# What pieces are dressed with is set anew anyway.
func _reset(body: RigidBody2D) -> void:
	if body.modulate != _modulate:
		body.modulate = _modulate
	if body.self_modulate != _self_modulate:
		body.self_modulate = _self_modulate
	if body.visible != _visible:
		body.visible = _visible
	if body.process_mode != _process_mode:
		body.process_mode = _process_mode
	if body.z_index != _z_index:
		body.z_index = _z_index
	if body.z_as_relative != _is_z_relative:
		body.z_as_relative = _is_z_relative
	if body.freeze != _freeze:
		body.freeze = _freeze
	if body.lock_rotation != _lock_rotation:
		body.lock_rotation = _lock_rotation
	if body.gravity_scale != _gravity_scale:
		body.gravity_scale = _gravity_scale
	if body.linear_damp != _linear_damp:
		body.linear_damp = _linear_damp
	if body.angular_damp != _angular_damp:
		body.angular_damp = _angular_damp
	if body.constant_force != _constant_force:
		body.constant_force = _constant_force
	if body.constant_torque != _constant_torque:
		body.constant_torque = _constant_torque
	if body.can_sleep != _can_sleep:
		body.can_sleep = _can_sleep
	if body.contact_monitor != _contact_monitor:
		body.contact_monitor = _contact_monitor
	if body.sleeping:
		body.sleeping = false
	body.transform = Transform2D()
