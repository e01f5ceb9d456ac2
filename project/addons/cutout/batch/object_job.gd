extends "res://addons/cutout/batch/job_sink.gd"
## Waits for the one job of an object and applies its result. Internal.

const JobStatus := preload("res://addons/cutout/batch/job_status.gd")
const Outline := preload("res://addons/cutout/batch/outline.gd")

signal done(result: CutoutFractureResult)

var result: CutoutFractureResult = CutoutFractureResult.new()

var _object_id: int
var _held: RefCounted # an object that lives by being referred to stays until its result is there


func _init(object: Object) -> void:
	_object_id = object.get_instance_id()
	_held = object as RefCounted
	_kind = CutoutFrameBudget.Kind.OBJECT


func _accept(
	job_id: int, status: int, message: String, fragments: Array[PackedVector2Array], flat: RefCounted
) -> void:
	result.job_id = job_id
	var object: Object = instance_from_id(_object_id) if is_instance_id_valid(_object_id) else null
	if object == null or Outline.is_gone(object):
		result.status = JobStatus.CANCELLED
		result.message = "the object was freed"
	else:
		result.status = status
		result.message = message
		result.fragments = fragments
		result.flat = flat
		if result.is_ok() and object.has_method(&"apply_fracture"):
			object.call(&"apply_fracture", result)
	done.emit(result)
	_release_waiting()


func _get_awaited() -> Array[Signal]:
	return [done]
