extends "res://addons/cutout/batch/job_sink.gd"
## Waits for the fracture of a piece of debris, and puts the fragments in its place. Internal.

const Dispatcher := preload("res://addons/cutout/batch/dispatcher.gd")
const JobOutput := preload("res://addons/cutout/batch/job_output.gd")
const JobStatus := preload("res://addons/cutout/batch/job_status.gd")

signal done(result: CutoutFractureResult)

var _debris_id: int
var _piece: int
var _blast: CutoutBlast


## [param debris] is a CutoutDebris2D.
func _init(debris: Node2D, piece: int, blast: CutoutBlast) -> void:
	_debris_id = debris.get_instance_id()
	_piece = piece
	_blast = blast
	_kind = CutoutFrameBudget.Kind.DEBRIS


## False: it was refused.
func submit(dispatcher: Dispatcher, params: Variant, priority: int) -> bool:
	var debris: Node2D = instance_from_id(_debris_id)
	var polygon: PackedVector2Array = debris.call(&"get_piece_polygon", _piece)
	var cover: Array = debris.call(&"get_piece_cover", _piece)
	return dispatcher.submit(polygon, params, priority, self, JobOutput.SHEET, cover) >= 0


func _accept(
	job_id: int, status: int, message: String, _fragments: Array[PackedVector2Array], flat: RefCounted
) -> void:
	var result: CutoutFractureResult = CutoutFractureResult.new()
	result.job_id = job_id
	result.status = status
	result.message = message
	if status == JobStatus.OK:
		_replace(result, flat)
	done.emit(result)
	_release_waiting()


func _replace(result: CutoutFractureResult, flat: RefCounted) -> void:
	var debris: Node2D = instance_from_id(_debris_id) as Node2D
	var burst: int = debris.call(&"replace_piece", _piece, flat, _blast) if debris != null else 0
	if burst == 0:
		result.status = JobStatus.CANCELLED
		result.message = "the piece is gone"
	elif burst < 0:
		result.status = JobStatus.BAD_ARGUMENT
		result.message = "its pieces cannot be shown; the engine error that came with it says why"
	else:
		result.flat = flat
		result._flats = [flat]
		result._makes_fragments = true
		result.bursts.append(burst)
		result.debris = debris


func _get_awaited() -> Array[Signal]:
	return [done]
