extends RefCounted
## What the public objects ask of the machinery behind them. Internal.
##
## This base is what stands in when the native library is missing: it refuses everything and says what to do.
## The real one is [code]native_dispatcher.gd[/code], which is loaded only where the library is.

const JobSink := preload("res://addons/cutout/batch/job_sink.gd")
const JobStatus := preload("res://addons/cutout/batch/job_status.gd")

const NO_LIBRARY: String = (
	"Cutout: the native library is not loaded, so nothing can be fractured. Build it (`make build` in the"
	+ " project's source) or install a release of the addon, check that res://addons/cutout/bin/ holds the file"
	+ " that cutout.gdextension names for this platform, and restart the engine."
)

## Status and reason of the last refusal; 0 and "" after an accepted submission.
var last_status: int = JobStatus.OK
var last_error: String = ""
## A running job is reported as slow after so long. Milliseconds.
var slow_job_msec: float = 100.0


## Notes why a submission is refused. Faults of the program are also reported as engine errors.
func refuse(status: int, message: String) -> void:
	last_status = status
	last_error = message
	if status != JobStatus.QUEUE_FULL:
		push_error(message)


## Puts one job into the queue. Returns its id, or -1 with [member last_error] set. [param sink] may be null:
## then the job signals alone tell how it ends. [param output]: what it leaves, of [code]CutoutJobQueue.OUTPUT_*[/code].
func submit(
	_polygon: Variant, _params: Variant, _priority: int, _sink: JobSink, _output: int, _cover: Array = []
) -> int:
	_note_missing()
	return -1


## As [method submit], of a hit: see [method CutoutJobQueue.submit_hit].
func submit_hit(
	_polygons: Array, _params: Variant, _priority: int, _sink: JobSink, _output: int, _cover: Array, _disc: Transform2D,
	_anchors: Array
) -> int:
	_note_missing()
	return -1


## Puts many jobs into the queue, all or none. Returns the batch's id, or -1.
func submit_batch(_polygons: Array, _params: Variant, _priority: int, _output: int) -> int:
	_note_missing()
	return -1


func get_batch_jobs(_batch_id: int) -> PackedInt64Array:
	return PackedInt64Array()


func cancel_job(_job_id: int) -> bool:
	return false


func cancel_batch(_batch_id: int) -> bool:
	return false


func cancel_all() -> int:
	return 0


func set_priority(_job_id: int, _priority: int) -> bool:
	return false


## Cancels one job of [param sink], whatever has become of it.
func cancel_for(_job_id: int) -> void:
	pass


## The coroutines that wait for [param sink] will not be resumed.
func suspend(_sink: JobSink) -> void:
	pass


## Coroutines will wait for [param sink] from this frame on.
func watch(_sink: JobSink) -> void:
	pass


## From now on [param source] is asked for jobs each frame while the queue has room. False: refused.
func attach(_source: JobSink) -> bool:
	_note_missing()
	return false


## [param sink] has something to flush in this frame or the next.
func touch(_sink: JobSink) -> void:
	pass


## [param sink] has everything: it is concluded as soon as a frame has time for it.
func conclude(_sink: JobSink) -> void:
	pass


## [param backend] is one of CutoutBatch.Backend.
func set_workers(_count: int, _lowered_priority: bool, _backend: int) -> void:
	pass


## [param when_full] is one of CutoutBatch.WhenFull.
func set_order(_strict_fifo: bool, _when_full: int) -> void:
	pass


func set_limits(_max_jobs: int, _max_megabytes: int) -> void:
	pass


## Once a frame, before [method deliver]: see JobSink._hold_waiting. It takes some microseconds for each that was watched.
func hold_waiting() -> void:
	pass


## Delivers what this frame has time for.
func deliver(_budget: CutoutFrameBudget) -> void:
	pass


func get_stats() -> Dictionary:
	return {
		"workers": 0,
		"pending": 0,
		"queued": 0,
		"running": 0,
		"finished": 0,
		"in_flight": 0,
		"delivered_per_second": 0,
		"cut_usec_p50": 0.0,
		"cut_usec_p99": 0.0,
		"delivered_this_frame": 0,
		"delivered_total": 0,
		"completed_total": 0,
		"failed_total": 0,
		"cancelled_total": 0,
		"cut_usec_total": 0,
	}


## Cancels everything and joins the workers. Nothing of it is delivered any more.
func stop() -> void:
	pass


## Works again after [method stop]; ids go on where they were. The workers come with [method set_workers].
func start() -> void:
	pass


# The missing library is reported once (by the autoload); each refusal still says it in last_error.
func _note_missing() -> void:
	last_status = JobStatus.INTERNAL_ERROR
	last_error = NO_LIBRARY
