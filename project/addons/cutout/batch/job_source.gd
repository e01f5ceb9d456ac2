extends "res://addons/cutout/batch/job_sink.gd"
## A list of fractures that become jobs little by little, as the queue and the frame have room. Internal.
##
## Base of the batch and stream objects. Each entry has an index, counted from 0; each ends in exactly one call
## of [method _settle].

const Dispatcher := preload("res://addons/cutout/batch/dispatcher.gd")
const JobOutput := preload("res://addons/cutout/batch/job_output.gd")
const JobStatus := preload("res://addons/cutout/batch/job_status.gd")
const MainThread := preload("res://addons/cutout/batch/main_thread.gd")
const Outline := preload("res://addons/cutout/batch/outline.gd")

## Entries already handed over are dropped from the front of the list when there are so many of them.
const COMPACT_AT: int = 1024

## What results hold: one or more of [code]CutoutJobQueue.OUTPUT_*[/code], joined by [code]|[/code]. For entries that
## are given to the workers from now on; so set it first. The default is plain arrays. With
## [code]CutoutJobQueue.OUTPUT_FLAT[/code] alone no array is made for each piece. What is none of these fails the
## entries.
var output: int = JobOutput.ARRAYS

var _dispatcher: Dispatcher
var _added: int = 0 # entries all told; the next index
var _touched: bool = false # known to the dispatcher as one to flush
var _attached: bool = false # known to the dispatcher as one to feed from
var _blocked_frames: int = 0 # since its first pending entry found the queue full

var _polygons: Array = [] # entries that are no jobs yet; null: the object was gone when it was added
var _params: Array[Dictionary] = []
var _head: int = 0 # the first of them
var _first: int = 0 # index of _polygons[0]
var _cancel_below: int = 0 # entries with a smaller index do not become jobs any more
var _job_indices: Dictionary[int, int] = {} # id of each job under way -> index


func _init(dispatcher: Dispatcher = null) -> void:
	_dispatcher = dispatcher


# Checks the shape of an entry and keeps a copy. Returns its index, or -1 with the reason noted.
func _add(polygon: Variant, params: Variant, what: String) -> int:
	if _dispatcher == null:
		push_error("Cutout: %s: make this object with CutoutBatch.create() or create_stream()" % what)
		return -1
	var fault: String = Outline.find_fault(polygon)
	if fault != "":
		_dispatcher.refuse(Outline.get_fault_status(polygon), "Cutout: %s: %s" % [what, fault])
		return -1
	return _add_checked(Outline.snapshot(polygon), params, what)


# Like _add; null stands for the polygon of an object that is gone.
func _add_checked(polygon: Variant, params: Variant, what: String) -> int:
	var dictionary: Variant = Outline.snapshot_params(params)
	if dictionary == null:
		_dispatcher.refuse(
			JobStatus.BAD_ARGUMENT,
			"Cutout: %s: the parameters are %s; expected a Dictionary or a CutoutFracture resource"
			% [what, Outline.describe(params)]
		)
		return -1
	# The caller's code has run since the call began: get_polygon_data(), to_dictionary().
	if _refuses_more(what):
		return -1
	_polygons.append(polygon)
	_params.append(dictionary)
	_added += 1
	return _added - 1


func _has_pending() -> bool:
	return _head < _polygons.size()


func _get_pending_count() -> int:
	return _polygons.size() - _head


# Whether entries are still on their way: pending, or jobs under way.
func _is_busy() -> bool:
	return _head < _polygons.size() or not _job_indices.is_empty()


# Turns the first pending entry into a job, or settles it. False: the queue is full now. An entry that the queue
# could never hold is refused with another status, so it is settled.
func _feed_one() -> bool:
	var polygon: Variant = _polygons[_head]
	var index: int = _first + _head
	if index < _cancel_below:
		_drop_first()
		_settle(index, -1, JobStatus.CANCELLED, "cancelled", [], null)
		return true
	if polygon == null or _is_object_gone(index):
		_drop_first()
		_settle(index, -1, JobStatus.CANCELLED, "the object was freed", [], null)
		return true
	var id: int = _dispatcher.submit(polygon, _params[_head], 0, self, output)
	if id >= 0:
		_job_indices[id] = index
		_drop_first()
		return true
	if _dispatcher.last_status == JobStatus.QUEUE_FULL:
		return false
	_drop_first()
	_settle(index, -1, _dispatcher.last_status, _dispatcher.last_error, [], null)
	return true


func _accept(
	job_id: int, status: int, message: String, fragments: Array[PackedVector2Array], flat: RefCounted
) -> void:
	var index: int = _job_indices[job_id]
	_job_indices.erase(job_id)
	_settle(index, job_id, status, message, fragments, flat)


# Override: whether nothing can be added any more; notes the reason.
func _refuses_more(_what: String) -> bool:
	return false


func _abandon() -> void:
	_cancel_below = _added
	_first = _added
	_head = 0
	_polygons.clear()
	_params.clear()
	_job_indices.clear()
	_attached = false
	_touched = false
	_blocked_frames = 0


# Override: the entry has ended.
func _settle(
	_index: int, _job_id: int, _status: int, _message: String, _fragments: Array[PackedVector2Array], _flat: RefCounted
) -> void:
	pass


# Override: whether the object that the entry is for exists no longer.
func _is_object_gone(_index: int) -> bool:
	return false


# Everything added until now ends as cancelled, unless its end was already delivered.
func _cancel_everything() -> void:
	_cancel_below = _added
	for id: int in _job_indices:
		_dispatcher.cancel_for(id)


func _make_result(
	index: int,
	job_id: int,
	status: int,
	message: String,
	fragments: Array[PackedVector2Array],
	flat: RefCounted
) -> CutoutFractureResult:
	var result: CutoutFractureResult = CutoutFractureResult.new()
	result.index = index
	result.job_id = job_id
	result.status = status
	result.message = message
	result.fragments = fragments
	result.flat = flat
	return result


func _drop_first() -> void:
	_polygons[_head] = null
	_head += 1
	if _head == _polygons.size():
		_first += _head
		_polygons.clear()
		_params.clear()
		_head = 0
	elif _head >= COMPACT_AT and _head * 2 >= _polygons.size():
		_polygons = _polygons.slice(_head)
		_params = _params.slice(_head)
		_first += _head
		_head = 0
