extends RefCounted
## The hits on objects, in their order: one on an object begins when the one before is over. Internal.

const AlphaOutlines := preload("res://addons/cutout/objects/alpha_outlines.gd")
const DamageJob := preload("res://addons/cutout/batch/damage_job.gd")
const Dispatcher := preload("res://addons/cutout/batch/dispatcher.gd")
const JobStatus := preload("res://addons/cutout/batch/job_status.gd")

## Whom the jobs go to.
var dispatcher: Dispatcher

var _outlines: AlphaOutlines
var _lines: Dictionary[int, Array] = {} # of DamageJobs, by their object; the first is at work
var _idle: Dictionary[int, bool] = {} # lines whose first one waits: for an outline, or to begin
var _cancelled: Array[DamageJob] = []


func _init(outlines: AlphaOutlines) -> void:
	_outlines = outlines


## What to await: its signal, or its result if there is nothing to wait for.
func hit(
	object: Node2D, point: Vector2, radius: float, params: Variant, priority: int, blast: CutoutBlast
) -> Variant:
	var id: int = object.get_instance_id()
	var job: DamageJob = DamageJob.new(object, point, radius, params, priority, blast, _go_on.bind(id))
	if _lines.has(id):
		_lines[id].append(job)
		dispatcher.watch(job)
		return job.done
	if not job.begin(dispatcher, _outlines):
		_idle[id] = true
	elif job.fault != "":
		dispatcher.refuse(job.fault_status, _name_fault(job.fault))
		job.result.status = dispatcher.last_status
		job.result.message = dispatcher.last_error
		return job.result
	_lines[id] = [job]
	dispatcher.watch(job)
	return job.done


## Whether hits on the object of that id are under way.
func is_busy_with(object_id: int) -> bool:
	return _lines.has(object_id)


## Once a frame: what waited begins.
func work() -> void:
	while not _cancelled.is_empty():
		(_cancelled.pop_front() as DamageJob).fail(JobStatus.CANCELLED, "cancelled")
	for id: int in _idle.keys():
		_idle.erase(id)
		_begin(id)


## All that have not begun end as cancelled, in the next [method work]. Returns how many.
func cancel_all() -> int:
	var count: int = 0
	for id: int in _lines.keys():
		var line: Array = _lines[id]
		var keeps: int = 0 if _idle.has(id) else 1 # its jobs are cancelled by the queue
		for job: DamageJob in line.slice(keeps):
			_cancelled.append(job)
			count += 1
		line.resize(keeps)
		if keeps == 0:
			_idle.erase(id)
			_lines.erase(id)
	return count


## Forgets them; [param suspend](job) is called for each.
func abandon(suspend: Callable) -> void:
	for id: int in _lines:
		for job: DamageJob in _lines[id]:
			suspend.call(job)
			job._abandon()
	for job: DamageJob in _cancelled:
		suspend.call(job)
	_lines.clear()
	_idle.clear()
	_cancelled.clear()


# The first of a line is over.
func _go_on(id: int) -> void:
	if not _lines.has(id):
		return
	_lines[id].pop_front()
	_begin(id)


# The first of a line that can begin does; those that cannot are over.
func _begin(id: int) -> void:
	while _lines.has(id):
		var line: Array = _lines[id]
		if line.is_empty():
			_lines.erase(id)
			return
		var job: DamageJob = line[0]
		var object: Node2D = job.get_object()
		var is_gone: bool = object == null or object.is_queued_for_deletion() or not object.is_inside_tree()
		if not is_gone:
			if not job.begin(dispatcher, _outlines):
				_idle[id] = true
				return
			if job.fault == "":
				return
			dispatcher.refuse(job.fault_status, _name_fault(job.fault))
		line.pop_front()
		if is_gone:
			job.fail(JobStatus.CANCELLED, "the object is gone")
		else:
			job.fail(dispatcher.last_status, dispatcher.last_error)


static func _name_fault(fault: String) -> String:
	return fault if fault.begins_with("Cutout: ") else "Cutout: damage_object: %s" % fault
