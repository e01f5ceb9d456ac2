@icon("res://addons/cutout/icons/CutoutFractureStream.svg")
class_name CutoutFractureStream
extends "res://addons/cutout/batch/job_source.gd"
## Takes polygons without end and hands out the results in chunks, as they complete.
##
## Made by [code]CutoutBatch.create_stream()[/code].
## [codeblock]
## var stream: CutoutFractureStream = CutoutBatch.create_stream()
## stream.results_ready.connect(_on_results)
## for polygon: PackedVector2Array in polygons:
##     stream.push(polygon, {"fragment_count": 12})
## stream.start()
## [/codeblock]
## Pushing goes on while it runs. The list of what waits has no bound; only a part of it stands in the job queue
## at a time. A stream stays alive while it has work, even when nobody holds it. If [code]CutoutBatch[/code] leaves the
## scene tree while it is at work, everything pushed and not handed out is dropped without a signal; back in the tree,
## the stream can be started again.
## [br]An entry larger than the queue's limit of memory fails; the others go on.

## At most one chunk a frame, of [CutoutFractureResult], in the order in which they completed. Its size follows
## from the frame budget. Each index that was pushed comes exactly once: done, failed or cancelled.
signal results_ready(results: Array)
## Everything pushed until now has been handed out. Emitted each time the stream runs dry, so once if all was
## pushed before [method start]; and one frame after [method start] if nothing was pushed.
signal finished

var _started: bool = false
var _idle: bool = true # finished was emitted, or nothing was started yet
var _chunk: Array[CutoutFractureResult] = []
var _chunk_fragments: int = 0


func _init(dispatcher: Dispatcher = null) -> void:
	super(dispatcher)
	_kind = CutoutFrameBudget.Kind.CHUNK
	_collects = true


## Adds one polygon and returns its index, counted from 0, or -1 if it is refused:
## [code]CutoutBatch.last_error[/code] then says why. [param params] is a Dictionary or a [CutoutFracture].
## Polygon and parameters are copied (points on write). Parameters are checked in full when the job starts; a
## fault is then in the entry's result.
func push(polygon: Variant, params: Variant) -> int:
	if MainThread.refuses("push"):
		return -1
	var index: int = _add(polygon, params, "push")
	if index >= 0 and _started:
		_wake()
	return index


## Begins to work. Does nothing while it is at work. False if the native library is missing or
## [code]CutoutBatch[/code] is not in the scene tree.
func start() -> bool:
	if MainThread.refuses("start"):
		return false
	if _dispatcher == null:
		push_error("Cutout: start: make streams with CutoutBatch.create_stream()")
		return false
	_started = true
	if not _idle:
		return true
	if not _wake():
		_started = false
		return false
	return true


## Cancels everything pushed until now that was not handed out yet: it comes as cancelled results, then
## [signal finished]. The stream can be used on. False if there was nothing to cancel.
func cancel() -> bool:
	if MainThread.refuses("cancel") or _dispatcher == null or not _is_busy():
		return false
	_cancel_everything()
	return true


## Whether it has been started and has something to hand out.
func is_running() -> bool:
	return _started and not _idle


## The number of polygons pushed and not handed out yet.
func get_waiting_count() -> int:
	if MainThread.refuses("get_waiting_count"):
		return 0
	return _get_pending_count() + _job_indices.size() + _chunk.size()


func _wake() -> bool:
	if not _dispatcher.attach(self):
		return false
	_idle = false
	_dispatcher.touch(self)
	return true


func _abandon() -> void:
	super()
	_chunk = []
	_chunk_fragments = 0
	_started = false
	_idle = true


func _settle(
	index: int, job_id: int, status: int, message: String, fragments: Array[PackedVector2Array], flat: RefCounted
) -> void:
	var result: CutoutFractureResult = _make_result(index, job_id, status, message, fragments, flat)
	_chunk.append(result)
	_chunk_fragments += result.get_fragment_count()
	_dispatcher.touch(self)


func _flush() -> void:
	if not _chunk.is_empty():
		var chunk: Array[CutoutFractureResult] = _chunk
		_chunk = []
		_chunk_fragments = 0
		results_ready.emit(chunk)
	# A handler may have pushed or cancelled.
	if not _idle and not _is_busy() and _chunk.is_empty():
		_idle = true
		_release_waiting()
		finished.emit()


func _get_fragment_count() -> int:
	return _chunk_fragments


func _get_awaited() -> Array[Signal]:
	return [finished, results_ready]
