extends RefCounted
## The hits on objects, in their order: one on an object begins when the one before is over. Internal.

const AlphaOutlines := preload("res://addons/cutout/objects/alpha_outlines.gd")
const DamageJob := preload("res://addons/cutout/batch/damage_job.gd")
const Dispatcher := preload("res://addons/cutout/batch/dispatcher.gd")
const JobStatus := preload("res://addons/cutout/batch/job_status.gd")

## Whom the jobs go to.
var dispatcher: Dispatcher

var _outlines: AlphaOutlines
var _breaking: Dictionary[int, RefCounted] # objects that are being cut, by their id
var _lines: Dictionary[int, Array] = {} # of DamageJobs, by their object; the first is at work
var _holders: Dictionary[int, int] = {} # of lines: the body that holds the object
var _held: Dictionary[int, Dictionary] = {} # the same by the body: a set of lines
var _idle: Dictionary[int, bool] = {} # lines whose first one waits: for an outline, or to begin
var _cancelled: Array[DamageJob] = []


func _init(outlines: AlphaOutlines, breaking: Dictionary[int, RefCounted]) -> void:
	_outlines = outlines
	_breaking = breaking


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
	if _is_blocked(object) or not job.begin(dispatcher, _outlines):
		_idle[id] = true
	elif job.fault != "":
		dispatcher.refuse(job.fault_status, _name_fault(job.fault))
		job.result.status = dispatcher.last_status
		job.result.message = dispatcher.last_error
		return job.result
	_open_line(object, job)
	dispatcher.watch(job)
	return job.done


## Whether hits on the object of that id are under way, or on a body that holds it, or on what it holds as a body.
func is_busy_with(object_id: int) -> bool:
	if _lines.is_empty():
		return false
	if _lines.has(object_id):
		return true
	var node: Node = instance_from_id(object_id) as Node if is_instance_id_valid(object_id) else null
	return not _get_related(node).is_empty()


## Once a frame: what waited begins.
func work() -> void:
	while not _cancelled.is_empty():
		(_cancelled.pop_front() as DamageJob).fail(JobStatus.CANCELLED, "cancelled")
	for id: int in _idle.keys():
		if is_instance_id_valid(id) and _is_blocked(instance_from_id(id) as Node):
			continue
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
			_close_line(id)
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
	_holders.clear()
	_held.clear()
	_idle.clear()
	_cancelled.clear()


# Whether a hit at work changes the same nodes, or they are being cut: it, a body that holds it, or what it holds as a body.
func _is_blocked(object: Node) -> bool:
	if not _breaking.is_empty():
		var holder: Node = _get_holder(object)
		if _breaking.has(object.get_instance_id()) or holder != null and _breaking.has(holder.get_instance_id()):
			return true
		if object is CollisionObject2D and _holds_breaking(object):
			return true
	return _get_related(object).any(func(id: int) -> bool: return not _idle.has(id))


func _holds_breaking(node: Node) -> bool:
	return node.get_children().any(
		func(child: Node) -> bool:
			return (
				not child is CollisionObject2D
				and (_breaking.has(child.get_instance_id()) or _holds_breaking(child))
			)
	)


# The lines of a body that holds the node, or of what the node holds as a body.
func _get_related(node: Node) -> Array:
	if node is CollisionObject2D:
		return (_held[node.get_instance_id()] as Dictionary).keys() if _held.has(node.get_instance_id()) else []
	var holder: Node = _get_holder(node)
	return [holder.get_instance_id()] if holder != null and _lines.has(holder.get_instance_id()) else []


func _open_line(object: Node, job: DamageJob) -> void:
	var id: int = object.get_instance_id()
	_lines[id] = [job]
	var holder: Node = _get_holder(object)
	if holder == null:
		return
	_holders[id] = holder.get_instance_id()
	if not _held.has(_holders[id]):
		_held[_holders[id]] = {}
	_held[_holders[id]][id] = true


func _close_line(id: int) -> void:
	_lines.erase(id)
	if not _holders.has(id):
		return
	var lines: Dictionary = _held[_holders[id]]
	lines.erase(id)
	if lines.is_empty():
		_held.erase(_holders[id])
	_holders.erase(id)


# A body holds what is below it, but not below another one.
static func _get_holder(node: Node) -> Node:
	var up: Node = node.get_parent() if node != null and not node is CollisionObject2D else null
	while up != null and not up is CollisionObject2D:
		up = up.get_parent()
	return up


# The first of a line is over.
func _go_on(id: int) -> void:
	if not _lines.has(id):
		return
	var line: Array = _lines[id]
	line.pop_front()
	var object: Node = (line[0] as DamageJob).get_object() if not line.is_empty() else null
	if object != null and not _get_related(object).is_empty():
		_idle[id] = true # by turns
	else:
		_begin(id)


# The first of a line that can begin does; those that cannot are over.
func _begin(id: int) -> void:
	while _lines.has(id):
		var line: Array = _lines[id]
		if line.is_empty():
			_close_line(id)
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
