extends "res://addons/cutout/batch/job_sink.gd"
## One hit on an object: a crater breaks off as debris, the rest stays. Internal.

const AlphaOutlines := preload("res://addons/cutout/objects/alpha_outlines.gd")
const DamageState := preload("res://addons/cutout/objects/damage_state.gd")
const Dispatcher := preload("res://addons/cutout/batch/dispatcher.gd")
const JobOutput := preload("res://addons/cutout/batch/job_output.gd")
const JobStatus := preload("res://addons/cutout/batch/job_status.gd")
const ObjectSkin := preload("res://addons/cutout/objects/skin.gd")
const Outline := preload("res://addons/cutout/batch/outline.gd")
const Replacement := preload("res://addons/cutout/batch/replacement.gd")
const ShapeOutline := preload("res://addons/cutout/objects/shape_outline.gd")
const SkinReader := preload("res://addons/cutout/objects/skin_reader.gd")

signal done(result: CutoutFractureResult)


## A node that is hit.
class Target:
	extends RefCounted
	var node: Node2D
	var skin: ObjectSkin # null: a shape beside what is seen
	var polygons: Array = []
	var to_global: Transform2D
	var job: int = -1
	var flat: RefCounted


var result: CutoutFractureResult = CutoutFractureResult.new()
## What stands in the way, or "".
var fault: String = ""
var fault_status: int = JobStatus.BAD_ARGUMENT

var _object_id: int
var _point: Vector2
var _radius: float
var _params: Variant
var _priority: int
var _blast: CutoutBlast
var _targets: Array[Target] = []
var _open_jobs: int = 0
var _end: Callable # called when it is over


## [param params] is a copy. [param ended] is called when the next hit may begin.
func _init(
	object: Node2D, point: Vector2, radius: float, params: Variant, priority: int, blast: CutoutBlast, ended: Callable
) -> void:
	_object_id = object.get_instance_id()
	_point = point
	_radius = radius
	_params = params
	_priority = priority
	_blast = blast
	_end = ended
	_kind = CutoutFrameBudget.Kind.DEBRIS


## The object, or null if it is gone.
func get_object() -> Node2D:
	return instance_from_id(_object_id) as Node2D


## Reads the object as it is now and submits what is to be cut. False: an outline that is needed is not made yet; call it again.
## What cannot be is in [member fault].
func begin(dispatcher: Dispatcher, outlines: AlphaOutlines) -> bool:
	_targets.clear()
	var object: Node2D = get_object()
	var found: Variant = SkinReader.read(object, outlines)
	if found is String:
		fault = found
		return true
	for skin: ObjectSkin in found:
		if skin.is_waiting():
			return false
		_add_skin(skin)
	var body: CollisionObject2D = object as CollisionObject2D
	if body != null and _targets[0].skin.is_seen:
		_add_shapes(body)
	var anchors: Array = _get_anchors(object)
	var disc: Transform2D = Transform2D(0.0, Vector2(_radius, _radius), 0.0, _point)
	for target: Target in _targets:
		var to_polygon: Transform2D = target.to_global.affine_inverse()
		var held: Array = anchors.map(
			func(anchor: PackedVector2Array) -> PackedVector2Array: return to_polygon * anchor
		)
		target.job = dispatcher.submit_hit(
			target.polygons,
			_params,
			_priority,
			self,
			JobOutput.SHEET if target.skin != null else JobOutput.FLAT,
			_get_cover(target),
			to_polygon * disc,
			held
		)
		if target.job < 0:
			fault = dispatcher.last_error
			fault_status = dispatcher.last_status
			for other: Target in _targets:
				if other.job >= 0:
					dispatcher.cancel_for(other.job)
			return true
		_open_jobs += 1
	return true


## It is over, without a change; whoever calls this goes on with the next one.
func fail(status: int, message: String) -> void:
	result.status = status
	result.message = message
	_tell()


func _accept(
	job_id: int, status: int, message: String, _fragments: Array[PackedVector2Array], flat: RefCounted
) -> void:
	if result.job_id < 0:
		result.job_id = job_id
	if status != JobStatus.OK and result.status == JobStatus.OK:
		result.status = status
		result.message = message
	for target: Target in _targets:
		if target.job == job_id:
			target.flat = flat
	_open_jobs -= 1
	if _open_jobs > 0:
		return
	if fault != "": # one was refused: the others were cancelled
		return
	if result.status == JobStatus.OK:
		_apply()
	_tell()
	_end.call()


func _tell() -> void:
	done.emit(result)
	_release_waiting()


func _apply() -> void:
	var object: Node2D = get_object()
	if object == null or object.is_queued_for_deletion():
		result.status = JobStatus.CANCELLED
		result.message = "the object was freed"
		return
	var left: float = 0.0
	var lost: float = 0.0
	var is_hit: bool = false
	for target: Target in _targets:
		var remains: Dictionary = target.flat.call(&"get_remains")
		if target.skin != null:
			left += remains["area"] if remains["hit"] else 1.0 # what is missed is there
			lost += remains["lost"]
		if not remains["hit"] or not is_instance_valid(target.node):
			continue
		is_hit = true
		if target.skin != null:
			_break_off(target, object)
		var state: DamageState = DamageState.make(target.node)
		state.apply(target.node, remains)
		state.take(target.node)
	if not is_hit:
		return
	if left <= 0.0:
		object.queue_free()
		return
	var body: RigidBody2D = object as RigidBody2D
	if body != null:
		body.mass = maxf(body.mass * left / (left + lost), 0.001)
		body.sleeping = false


func _break_off(target: Target, object: Node2D) -> void:
	result._flats.append(target.flat)
	result._makes_fragments = true
	if result.flat == null:
		result.flat = target.flat
	if int(target.flat.call(&"get_count")) == 0:
		return
	var debris: Node2D = Replacement.find_debris(object, _blast)
	if debris == null or _blast != null and _blast.output == CutoutBlast.Output.NONE:
		return
	SkinReader.refresh(target.skin)
	target.skin.host = object
	var burst: int = debris.call(&"take", target.skin, target.flat, _blast)
	if burst >= 0:
		result.bursts.append(burst)
		result.debris = debris


# Islands of one node are one target.
func _add_skin(skin: ObjectSkin) -> void:
	var polygon: Variant = skin.polygon
	if not _targets.is_empty() and _targets[-1].node == skin.transform_node:
		_targets[-1].polygons.append(polygon)
		return
	var target: Target = Target.new()
	target.node = skin.transform_node as Node2D
	target.skin = skin
	target.to_global = skin.to_global
	target.polygons.append(polygon)
	_targets.append(target)


# Collision follows what is seen.
func _add_shapes(body: CollisionObject2D) -> void:
	for child: Node in body.get_children():
		if not (child is CollisionPolygon2D or child is CollisionShape2D):
			continue
		var target: Target = Target.new()
		target.node = child as Node2D
		target.to_global = target.node.get_global_transform()
		var state: DamageState = DamageState.of(child)
		if state != null:
			target.polygons = state.polygons
		elif not child.get(&"disabled"):
			var outline: Variant = ShapeOutline.read(target.node)
			if not outline is String:
				target.polygons.append(outline)
		if not target.polygons.is_empty():
			_targets.append(target)


func _get_anchors(object: Node2D) -> Array:
	var anchors: Array = []
	if _blast == null:
		return anchors
	var to_global: Transform2D = object.get_global_transform()
	for point: Vector2 in _blast.anchor_points:
		anchors.append(to_global * PackedVector2Array([point]))
	for rect: Rect2 in _blast.anchor_rects:
		var box: Rect2 = rect.abs()
		anchors.append(
			to_global
			* PackedVector2Array(
				[box.position, Vector2(box.end.x, box.position.y), box.end, Vector2(box.position.x, box.end.y)]
			)
		)
	return anchors


static func _get_cover(target: Target) -> Array:
	var skin: ObjectSkin = target.skin
	if skin == null or skin.texture == null and skin.colors.is_empty():
		return []
	var count: int = 0
	for polygon: Variant in target.polygons:
		for ring: PackedVector2Array in polygon if polygon is Array else [polygon]:
			count += ring.size()
	return [skin.uv, skin.uvs.slice(0, count), skin.colors.slice(0, count)]


func _abandon() -> void:
	_targets.clear()


func _get_awaited() -> Array[Signal]:
	return [done]
