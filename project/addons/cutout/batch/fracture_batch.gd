@icon("res://addons/cutout/icons/CutoutFractureBatch.svg")
class_name CutoutFractureBatch
extends "res://addons/cutout/batch/job_source.gd"
## Fractures many objects or polygons together and waits for all of them.
##
## Made by [code]CutoutBatch.create()[/code].
## [codeblock]
## var batch: CutoutFractureBatch = CutoutBatch.create()
## for box: Node2D in boxes:
##     batch.add_fracture(box, {"fragment_count": 12})
## for result: CutoutFractureResult in await batch.execute():
##     print(result.index, ": ", result.fragments.size())
## [/codeblock]
## An object that has a method [code]apply_fracture(result: CutoutFractureResult)[/code] gets it called with its
## own result, inside the frame budget, as soon as its fragments are there; not if it failed or was cancelled.
## A batch runs once. It stays alive while it runs, even when nobody holds it. If [code]CutoutBatch[/code] leaves the
## scene tree meanwhile, its entries that have no result yet are cancelled; no signal tells so, and nobody who awaits
## [method execute] is resumed, but calling it again gives the results.
## [br]An entry larger than the queue's limit of memory fails; the others go on.

## Entries done of all, as they are delivered; at most once a frame, and with [code]done == total[/code] just
## before [method execute] returns.
signal progress(done: int, total: int)

signal _concluded(results: Array[CutoutFractureResult])

var _objects: Dictionary[int, int] = {} # index -> instance id
var _held: Array[RefCounted] = [] # objects that live by being referred to: they stay until the batch is gone
var _results: Array[CutoutFractureResult] = []
var _done: int = 0
var _fragment_count: int = 0
var _executed: bool = false
var _is_over: bool = false


func _init(dispatcher: Dispatcher = null) -> void:
	super(dispatcher)
	_kind = CutoutFrameBudget.Kind.OBJECT


## Adds one fracture and returns its index in the results, or -1 if it is refused:
## [code]CutoutBatch.last_error[/code] then says why. [param object_or_polygon] is a polygon, or an object as for
## [code]CutoutBatch.fracture_object[/code]; its polygon is read now. [param params] is a Dictionary or a
## [CutoutFracture]. An object freed before its result is no error: its result is cancelled. Parameters are
## checked in full when the batch runs; a fault is then in the entry's result.
func add_fracture(object_or_polygon: Variant, params: Variant) -> int:
	const WHAT: String = "add_fracture"
	if MainThread.refuses(WHAT) or _refuses_more(WHAT):
		return -1
	if typeof(object_or_polygon) != TYPE_OBJECT or _dispatcher == null:
		return _add(object_or_polygon, params, WHAT)
	if Outline.is_gone(object_or_polygon):
		return _add_checked(null, params, WHAT)
	var object: Object = object_or_polygon
	var object_id: int = object.get_instance_id()
	var held: RefCounted = object as RefCounted
	var polygon: Variant = Outline.read_object(object)
	if polygon is String:
		_dispatcher.refuse(JobStatus.BAD_ARGUMENT, "Cutout: add_fracture: %s" % polygon)
		return -1
	var index: int = _add(polygon, params, WHAT)
	if index >= 0:
		_objects[index] = object_id
		if held != null:
			_held.append(held)
	return index


## Runs everything that was added. Await it: it gives the results, an Array of [CutoutFractureResult], in the order
## of adding, once all are delivered. Called again it gives the same results; an empty batch gives them at once.
func execute() -> Variant:
	# A signal, or what it would bring. Not a coroutine: the engine leaks a coroutine that another one waits for
	# when the game quits in between.
	if MainThread.refuses("execute"):
		return _make_failures(JobStatus.BAD_ARGUMENT, "Cutout: execute: " + MainThread.FAULT)
	if not _executed:
		_executed = true
		_results.resize(_added)
		if _added == 0:
			_is_over = true
		elif not _dispatcher.attach(self):
			_fail_all(_dispatcher.last_status, _dispatcher.last_error)
	return _results if _is_over else _concluded


## Cancels what is not delivered yet; those results are cancelled, and [method execute] returns as usual. False
## if there was nothing to cancel.
func cancel() -> bool:
	if MainThread.refuses("cancel") or _is_over or _dispatcher == null or _done == _added:
		return false
	_cancel_everything()
	return true


## The number of entries.
func size() -> int:
	return _added


func _settle(
	index: int, job_id: int, status: int, message: String, fragments: Array[PackedVector2Array], flat: RefCounted
) -> void:
	var object: Object = null
	if _objects.has(index):
		if _is_object_gone(index):
			status = JobStatus.CANCELLED
			message = "the object was freed"
			fragments = []
			flat = null
		else:
			object = instance_from_id(_objects[index])
	var result: CutoutFractureResult = _make_result(index, job_id, status, message, fragments, flat)
	_results[index] = result
	_done += 1
	_fragment_count += result.get_fragment_count()
	_dispatcher.touch(self)
	if _done == _added:
		_dispatcher.conclude(self)
	if object != null and result.is_ok() and object.has_method(&"apply_fracture"):
		object.call(&"apply_fracture", result)


func _is_object_gone(index: int) -> bool:
	if not _objects.has(index):
		return false
	return not is_instance_id_valid(_objects[index]) or Outline.is_gone(instance_from_id(_objects[index]))


func _flush() -> void:
	if _done < _added:
		progress.emit(_done, _added)


func _conclude() -> void:
	progress.emit(_done, _added)
	_is_over = true
	_concluded.emit(_results)
	_release_waiting()


func _get_awaited() -> Array[Signal]:
	return [_concluded, progress]


func _get_fragment_count() -> int:
	return _fragment_count


func _refuses_more(what: String) -> bool:
	if _dispatcher == null or not _executed:
		return false
	_dispatcher.refuse(
		JobStatus.BAD_ARGUMENT,
		"Cutout: %s: this batch has been executed; make a new one with CutoutBatch.create()" % what
	)
	return true


func _abandon() -> void:
	super()
	for index: int in _added:
		if _results[index] == null:
			_results[index] = _make_result(
				index, -1, JobStatus.CANCELLED, "CutoutBatch left the scene tree", [], null
			)
	_done = _added
	_is_over = true


func _fail_all(status: int, message: String) -> void:
	_results = _make_failures(status, message)
	_done = _added
	_is_over = true


func _make_failures(status: int, message: String) -> Array[CutoutFractureResult]:
	var results: Array[CutoutFractureResult] = []
	for index: int in _added:
		results.append(_make_result(index, -1, status, message, [], null))
	return results
