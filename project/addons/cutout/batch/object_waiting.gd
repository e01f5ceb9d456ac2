extends RefCounted
## Objects whose outline is being made, or that were hit before: they go on when it is there and the hits are over, some in
## each frame. Internal.

const JobStatus := preload("res://addons/cutout/batch/job_status.gd")
const ObjectJob := preload("res://addons/cutout/batch/object_job.gd")

## Time for those whose outline is there, in a frame; one goes on in any case. Microseconds.
const SLICE_USEC: int = 1000


class Entry:
	extends RefCounted
	var job: ObjectJob
	var params: Variant
	var priority: int
	var output: int


var _waiting: Dictionary[ObjectJob, bool] = {}
var _ready: Array[Entry] = []
var _behind_hits: Array[Entry] = []
var _cancelled: Array[ObjectJob] = [] # told in the next process step


## [param params] is a copy.
func add(job: ObjectJob, params: Variant, priority: int, output: int) -> void:
	_waiting[job] = true
	_await(_make_entry(job, params, priority, output))


## As [method add], for one that goes on when the hits on it are over.
func add_behind_hits(job: ObjectJob, params: Variant, priority: int, output: int) -> void:
	var entry: Entry = _make_entry(job, params, priority, output)
	_waiting[job] = true
	_behind_hits.append(entry)


## Once a frame. [param go_on](job, params, priority, output) submits it, or ends it; false: it waits for another outline.
## [param is_hit](object_id) tells whether hits are under way.
func work(go_on: Callable, is_hit: Callable) -> void:
	if not _behind_hits.is_empty():
		var free: Array[Entry] = _behind_hits.filter(
			func(entry: Entry) -> bool: return not is_hit.call(entry.job.get_object_id())
		)
		for entry: Entry in free:
			_behind_hits.erase(entry)
		_ready.append_array(free)
	while not _cancelled.is_empty():
		(_cancelled.pop_front() as ObjectJob).finish()
	var end: int = Time.get_ticks_usec() + SLICE_USEC
	while not _ready.is_empty():
		var entry: Entry = _ready.pop_front()
		if not _waiting.has(entry.job): # it was cancelled
			continue
		if go_on.call(entry.job, entry.params, entry.priority, entry.output):
			_waiting.erase(entry.job)
		else:
			_await(entry)
		if Time.get_ticks_usec() >= end:
			return


## It does not go on.
func cancel(job: ObjectJob) -> void:
	_waiting.erase(job)


## All of them end as cancelled, in the next [method work]. Returns how many.
func cancel_all() -> int:
	var count: int = _waiting.size()
	for job: ObjectJob in _waiting:
		job.fail(JobStatus.CANCELLED, "cancelled")
		_cancelled.append(job)
	_waiting.clear()
	return count


## Forgets them; [param suspend](job) is called for each.
func abandon(suspend: Callable) -> void:
	for job: ObjectJob in _waiting.keys() + _cancelled:
		suspend.call(job)
		job._abandon()
	_waiting.clear()
	_ready.clear()
	_behind_hits.clear()
	_cancelled.clear()


static func _make_entry(job: ObjectJob, params: Variant, priority: int, output: int) -> Entry:
	var entry: Entry = Entry.new()
	entry.job = job
	entry.params = params
	entry.priority = priority
	entry.output = output
	return entry


# Not bind(): for connect() all callables bound to one method are the same, and outlines are shared.
func _await(entry: Entry) -> void:
	var note: Callable = func() -> void: _ready.append(entry)
	entry.job.get_missing_outline().connect(&"ready", note, CONNECT_ONE_SHOT)
