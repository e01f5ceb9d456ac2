extends "res://addons/cutout/batch/job_sink.gd"
## Waits for the job of a [Polygon2D] that has nothing but a colour, and puts debris in its place: what [code]object_job.gd[/code]
## does for any object, at less cost, because many of these may be broken in one frame. Internal.

const JobOutput := preload("res://addons/cutout/batch/job_output.gd")
const JobStatus := preload("res://addons/cutout/batch/job_status.gd")
const Replacement := preload("res://addons/cutout/batch/replacement.gd")

signal done(result: CutoutFractureResult)

## What its job is to leave: of [code]CutoutJobQueue.OUTPUT_*[/code].
var output: int

var _object_id: int
var _blast: CutoutBlast
var _makes_fragments: bool
var _breaking: Dictionary[int, RefCounted] # see ObjectRequests


## Whether it is such an object, and what it becomes is debris.
static func fits(shown: Polygon2D, blast: CutoutBlast) -> bool:
	return (
		(blast == null or blast.output == CutoutBlast.Output.DEBRIS)
		and Replacement.is_plain(shown)
		and shown.is_inside_tree()
		and not shown.is_queued_for_deletion()
	)


## [param wanted]: the output that was asked for.
func _init(shown: Polygon2D, blast: CutoutBlast, wanted: int, breaking: Dictionary[int, RefCounted]) -> void:
	_breaking = breaking
	_object_id = shown.get_instance_id()
	_blast = blast
	_kind = CutoutFrameBudget.Kind.DEBRIS
	_makes_fragments = wanted == 0 or wanted & JobOutput.ARRAYS != 0
	output = wanted & ~JobOutput.ARRAYS | JobOutput.SHEET


func _accept(
	job_id: int, status: int, message: String, _fragments: Array[PackedVector2Array], flat: RefCounted
) -> void:
	var result: CutoutFractureResult = CutoutFractureResult.new()
	result.job_id = job_id
	if _breaking.get(_object_id) == self:
		_breaking.erase(_object_id)
	var shown: Polygon2D = null
	if is_instance_id_valid(_object_id):
		shown = instance_from_id(_object_id) as Polygon2D
	if status == JobStatus.OK and (shown == null or shown.is_queued_for_deletion()):
		status = JobStatus.CANCELLED
		message = "the object was freed"
	if status == JobStatus.OK:
		result.flat = flat
		result._flats = [flat]
		result._makes_fragments = _makes_fragments
		if shown.is_inside_tree():
			message = Replacement.replace_plain(shown, flat, _blast, result)
	if status == JobStatus.OK and message != "":
		status = JobStatus.BAD_ARGUMENT
		result = CutoutFractureResult.new()
		result.job_id = job_id
	result.status = status
	result.message = message
	done.emit(result)
	_release_waiting()


func _hold_waiting() -> void:
	_hold_coroutines_of(done)
