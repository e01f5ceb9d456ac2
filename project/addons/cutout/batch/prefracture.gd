@icon("res://addons/cutout/icons/CutoutPrefracture.svg")
class_name CutoutPrefracture
extends RefCounted
## An object that is cut before it is hit, so that the hit costs only its pieces.
##
## Comes from [code]CutoutBatch.prefracture[/code]. Keep it for as long as the object may be hit.
## [codeblock]
## var ready_crate: CutoutPrefracture
##
## func _ready() -> void:
##     ready_crate = CutoutBatch.prefracture($Crate, {"fragment_count": 24})
##
## func _on_hit(place: Vector2) -> void:
##     var blast: CutoutBlast = CutoutBlast.new()
##     blast.center = place
##     blast.speed = 500.0
##     ready_crate.shatter(blast)
## [/codeblock]
## The pieces are those of the outline and the picture that the object had when it was read. Where it is, how it moves and
## how it is coloured are taken at the hit. An object that has changed its outline or its picture is to be cut again.
## [br][b]Memory[/b]: about 100 bytes a point of the pieces, 10 KB for an object of 17 pieces.
## [br][b]Threads[/b]: for the main thread.

## It can be shattered, or will never be: see [member status]. Not emitted when it was so at once.
signal completed

const JobStatus := preload("res://addons/cutout/batch/job_status.gd")
const MainThread := preload("res://addons/cutout/batch/main_thread.gd")

## How far it is. Range [0, 1]; 1 when nothing more comes, also if it failed.
var progress: float:
	get:
		return 1.0 if _is_over or _job == null else float(_job.call(&"get_progress"))
## 0 as long as all is well, otherwise one of [code]CutoutJobQueue.STATUS_*[/code] (1 is cancelled).
var status: int = JobStatus.OK
## What is wrong, where, and what to do about it; "" if nothing is.
var message: String = ""

var _job: RefCounted = null # an ObjectJob
var _hit: Callable # what breaks it: of the job; a result
var _stop: Callable # what cancels it: of the job
var _is_over: bool = false # cut, or never
var _is_used: bool = false


## Whether [method shatter] works now.
func is_ready() -> bool:
	return _is_over and status == JobStatus.OK and not _is_used


## Whether nothing more comes: it is cut, was cancelled, or failed.
func is_over() -> bool:
	return _is_over


## Breaks the object now, in this very call. It is meant for single hits: many at once are better awaited, each within the
## frame budget, with [code]CutoutBatch.fracture_object(prefracture, null, 0, 0, blast)[/code], which also waits for one
## that is not cut yet.
## [br]The result is as that of [code]CutoutBatch.fracture_object[/code]: cancelled if the object is gone or was shattered
## before; an error if it is not ready.
func shatter(blast: CutoutBlast = null) -> CutoutFractureResult:
	if MainThread.refuses("CutoutPrefracture.shatter"):
		return _make_failure(JobStatus.BAD_ARGUMENT, MainThread.FAULT)
	var refusal: CutoutFractureResult = _find_refusal()
	if refusal != null:
		return refusal
	if not _is_over:
		return _make_failure(
			JobStatus.BAD_ARGUMENT,
			"it is not cut yet; await completed, or await CutoutBatch.fracture_object() of it"
		)
	return _hit.call(_use(), blast)


## Stops it, if it is not cut yet: it ends as cancelled. What is cut already is forgotten.
func cancel() -> void:
	if MainThread.refuses("CutoutPrefracture.cancel") or _is_used or status != JobStatus.OK:
		return
	if not _is_over:
		_stop.call(_job)
	_end(JobStatus.CANCELLED, "cancelled")


# Why it cannot be shattered, now or ever; null if it can.
func _find_refusal() -> CutoutFractureResult:
	if _is_used:
		return _make_failure(JobStatus.CANCELLED, "the object was shattered before")
	return _make_failure(status, message) if status != JobStatus.OK else null


# It ends as cancelled, and nobody is told.
func _forget() -> void:
	_is_over = true
	status = JobStatus.CANCELLED
	message = "cancelled"
	_job = null


# The job, which is no longer ours.
func _use() -> RefCounted:
	_is_used = true
	var job: RefCounted = _job
	_job = null
	return job


# Nothing more comes.
func _end(made_status: int, made_message: String) -> void:
	if _is_over and status != JobStatus.OK:
		return
	var was_over: bool = _is_over
	_is_over = true
	status = made_status
	message = made_message
	if status != JobStatus.OK:
		_job = null
	if not was_over:
		completed.emit()


static func _make_failure(made_status: int, made_message: String) -> CutoutFractureResult:
	var result: CutoutFractureResult = CutoutFractureResult.new()
	result.status = made_status
	result.message = made_message
	return result
