extends RefCounted
## What is asked for objects, as opposed to polygons: from the call to the jobs of their parts. Internal.
##
## [codeblock]
## var requests: ObjectRequests = ObjectRequests.new()
## requests.dispatcher = dispatcher
## var done: Variant = requests.fracture(object, params, 0, 0, blast) # a Signal, or a CutoutFractureResult
## # once a frame:
## requests.work()             # before delivery
## requests.tidy(budget, tree) # after it
## [/codeblock]

const AlphaOutlines := preload("res://addons/cutout/objects/alpha_outlines.gd")
const Dispatcher := preload("res://addons/cutout/batch/dispatcher.gd")
const ObjectDamage := preload("res://addons/cutout/batch/object_damage.gd")
const JobStatus := preload("res://addons/cutout/batch/job_status.gd")
const NodePool := preload("res://addons/cutout/debris/node_pool.gd")
const ObjectJob := preload("res://addons/cutout/batch/object_job.gd")
const ObjectWaiting := preload("res://addons/cutout/batch/object_waiting.gd")
const Outline := preload("res://addons/cutout/batch/outline.gd")
const PieceJob := preload("res://addons/cutout/batch/piece_job.gd")
const PlainJob := preload("res://addons/cutout/batch/plain_job.gd")

## All [CutoutDebris2D] nodes are in it.
const DEBRIS_GROUP: StringName = &"_cutout_debris"
## What ended debris was made of is freed in what is left of the budget: so much of that, and the least.
## Range (0, 1]; microseconds.
const RELEASE_SHARE: float = 0.5
const RELEASE_LEAST_USEC: int = 100

## Whom the jobs go to.
var dispatcher: Dispatcher:
	set(value):
		dispatcher = value
		damages.dispatcher = value
## Called when a submission was refused.
var refused: Callable
## Spare nodes.
var nodes: NodePool = NodePool.new()

## The hits.
var damages: ObjectDamage

# Objects with a fracture under way that takes their place, by their id: hits on them wait. The last job of each.
var _breaking: Dictionary[int, RefCounted] = {}
var _outlines: AlphaOutlines = AlphaOutlines.new()
var _waiting: ObjectWaiting = ObjectWaiting.new()


func _init() -> void:
	damages = ObjectDamage.new(_outlines, _breaking)


## What to await: the signal of the job that brings the result, or the result if there is nothing to wait for. Not a
## coroutine: see CutoutFractureBatch.execute.
func fracture(object: Variant, params: Variant, priority: int, output: int, blast: CutoutBlast) -> Variant:
	# Many of these may come in one frame, so they are told first.
	if is_instance_valid(object) and object is Polygon2D:
		var shown: Polygon2D = object
		if PlainJob.fits(shown, blast) and not damages.is_busy_with(shown.get_instance_id()):
			return _fracture_plain(shown, params, priority, output, blast)
	if Outline.is_gone(object):
		return make_failure(JobStatus.CANCELLED, "the object was freed")
	if not object is Object:
		return _refuse(JobStatus.BAD_ARGUMENT, "expected an object, got %s" % Outline.describe(object))
	if object is CutoutPrefracture:
		return _hit(object as CutoutPrefracture, blast)
	var is_hit: bool = damages.is_busy_with((object as Object).get_instance_id())
	var job: ObjectJob = ObjectJob.new(object as Object, _outlines, blast, nodes)
	if job.fault != "":
		return _refuse(job.fault_status, job.fault)
	if is_hit:
		_waiting.add_behind_hits(job, Outline.snapshot_params(params), priority, output)
	elif job.get_missing_outline() != null:
		_waiting.add(job, Outline.snapshot_params(params), priority, output)
	elif not _submit(job, params, priority, output):
		return make_failure(dispatcher.last_status, dispatcher.last_error)
	dispatcher.watch(job)
	return job.done


## Hits an object. As [method fracture].
func damage(
	object: Variant, point: Vector2, radius: float, params: Variant, priority: int, blast: CutoutBlast
) -> Variant:
	if Outline.is_gone(object):
		return make_failure(JobStatus.CANCELLED, "the object was freed")
	var node: Node2D = object as Node2D if object is Node2D else null
	var fault: String = ""
	if node == null or node.has_method(&"get_polygon_data"):
		fault = (
			"expected a Polygon2D, a Sprite2D, an AnimatedSprite2D, a CollisionPolygon2D, a CollisionShape2D or a body that"
			+ " holds one; got %s" % Outline.describe(object)
		)
	elif not node.is_inside_tree():
		fault = "%s is not in the tree" % node
	elif not point.is_finite() or not is_finite(radius) or radius <= 0.0:
		fault = "the point is %s and the radius %s; both must be finite, and the radius greater than 0" % [point, radius]
	var copy: Variant = Outline.snapshot_params(params)
	if fault == "" and copy == null:
		fault = "params is %s; it must be a Dictionary or a CutoutFracture" % Outline.describe(params)
	if fault != "":
		dispatcher.refuse(JobStatus.BAD_ARGUMENT, "Cutout: damage_object: %s" % fault)
		return make_failure(dispatcher.last_status, dispatcher.last_error)
	return damages.hit(node, point, radius, copy, priority, blast)


## Fractures a piece of debris again. As [method fracture].
func fracture_piece(debris: Variant, piece: int, params: Variant, priority: int, blast: CutoutBlast) -> Variant:
	if Outline.is_gone(debris):
		return make_failure(JobStatus.CANCELLED, "the debris was freed")
	if not (debris is Node2D and (debris as Node2D).has_method(&"replace_piece")):
		dispatcher.refuse(
			JobStatus.BAD_ARGUMENT,
			"Cutout: fracture_piece: expected a CutoutDebris2D, got %s" % Outline.describe(debris)
		)
		return make_failure(dispatcher.last_status, dispatcher.last_error)
	var node: Node2D = debris
	if not node.call(&"has_piece", piece):
		return make_failure(JobStatus.CANCELLED, "the piece is gone")
	var job: PieceJob = PieceJob.new(node, piece, blast)
	if not job.submit(dispatcher, params, priority):
		refused.call()
		return make_failure(dispatcher.last_status, dispatcher.last_error)
	dispatcher.watch(job)
	return job.done


## Cuts it in advance.
func prefracture(object: Variant, params: Variant, priority: int) -> CutoutPrefracture:
	var made: CutoutPrefracture = CutoutPrefracture.new()
	if Outline.is_gone(object):
		made._end(JobStatus.CANCELLED, "the object was freed")
		return made
	var job: ObjectJob = null
	var fault: String = ""
	if object is Object:
		job = ObjectJob.new(object as Object, _outlines, null, nodes, made)
		fault = job.fault
	else:
		fault = "expected an object, got %s" % Outline.describe(object)
	if fault != "":
		var status: int = job.fault_status if job != null else JobStatus.BAD_ARGUMENT
		dispatcher.refuse(status, "Cutout: prefracture: %s" % fault)
		made._end(dispatcher.last_status, dispatcher.last_error)
		return made
	made._job = job
	made._hit = func(held: ObjectJob, blast: CutoutBlast) -> CutoutFractureResult: return held.hit(blast, nodes)
	made._stop = _stop
	if damages.is_busy_with((object as Object).get_instance_id()):
		_waiting.add_behind_hits(job, Outline.snapshot_params(params), priority, 0)
	elif job.get_missing_outline() != null:
		_waiting.add(job, Outline.snapshot_params(params), priority, 0)
	elif not _submit(job, params, priority, 0):
		made._end(dispatcher.last_status, dispatcher.last_error)
	return made


## A result that says why there is none.
static func make_failure(status: int, message: String) -> CutoutFractureResult:
	var result: CutoutFractureResult = CutoutFractureResult.new()
	result.status = status
	result.message = message
	return result


## Objects whose outline is there by now go on.
func work() -> void:
	_waiting.work(_go_on_with, damages.is_busy_with)
	damages.work()


## Nodes are made and taken back, and a part of what ended debris was made of is freed.
func tidy(budget: CutoutFrameBudget, tree: SceneTree) -> void:
	nodes.work(budget)
	var share: int = maxi(int(RELEASE_SHARE * budget.get_left_usec()), RELEASE_LEAST_USEC)
	var end: int = Time.get_ticks_usec() + share
	for debris: Node in tree.get_nodes_in_group(DEBRIS_GROUP):
		debris.call(&"release", end - Time.get_ticks_usec())
		if Time.get_ticks_usec() >= end:
			return


## All that wait for an outline end as cancelled. Returns how many.
func cancel_all() -> int:
	return _waiting.cancel_all() + damages.cancel_all()


## Forgets everything.
func abandon() -> void:
	nodes.clear()
	_waiting.abandon(dispatcher.suspend)
	damages.abandon(dispatcher.suspend)
	_breaking.clear()


# What was cut in advance, or will be: within the budget, as soon as it is there.
func _hit(prefracture: CutoutPrefracture, blast: CutoutBlast) -> Variant:
	var refusal: CutoutFractureResult = prefracture._find_refusal()
	if refusal != null:
		return refusal
	var job: ObjectJob = prefracture._use()
	job.aim(blast, nodes)
	if not job.get_jobs().is_empty(): # else it may wait for hits, which must not wait for it
		_note_breaking(job)
	if job.is_cut():
		dispatcher.conclude(job)
	dispatcher.watch(job)
	return job.done


func _fracture_plain(
	shown: Polygon2D, params: Variant, priority: int, output: int, blast: CutoutBlast
) -> Variant:
	var job: PlainJob = PlainJob.new(shown, blast, output, _breaking)
	if dispatcher.submit(shown.polygon, params, priority, job, job.output) < 0:
		refused.call()
		return make_failure(dispatcher.last_status, dispatcher.last_error)
	_breaking[shown.get_instance_id()] = job
	dispatcher.watch(job)
	return job.done


func _note_breaking(job: ObjectJob) -> void:
	job.breaking = _breaking
	_breaking[job.get_object_id()] = job


func _stop(job: ObjectJob) -> void:
	_waiting.cancel(job)
	for id: int in job.get_jobs():
		dispatcher.cancel_for(id)


func _refuse(status: int, message: String) -> CutoutFractureResult:
	dispatcher.refuse(status, "Cutout: fracture_object: %s" % message)
	return make_failure(dispatcher.last_status, dispatcher.last_error)


func _submit(job: ObjectJob, params: Variant, priority: int, output: int) -> bool:
	if job.submit_all(dispatcher, params, priority, output):
		if not job.waits_for_hit:
			_note_breaking(job)
		return true
	refused.call()
	for id: int in job.get_jobs(): # what went in before the one that was refused
		dispatcher.cancel_for(id)
	return false


# The outline that an object waited for is there, or cannot be made. False: it waits for another one.
func _go_on_with(job: ObjectJob, params: Variant, priority: int, output: int) -> bool:
	var object: Object = job.get_object()
	if object != null:
		job.read(object, _outlines)
		if job.fault == "" and job.get_missing_outline() != null: # it shows another picture by now
			return false
		if job.fault == "" and _submit(job, params, priority, output):
			return true
		if job.fault != "":
			dispatcher.refuse(job.fault_status, "Cutout: fracture_object: %s" % job.fault)
		job.fail(dispatcher.last_status, dispatcher.last_error)
	job.finish()
	return true
