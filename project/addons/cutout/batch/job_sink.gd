extends RefCounted
## Where the end of a job goes when somebody other than the plain job signals waits for it. Internal.

## Cost class of what [method _accept] sets off.
var _kind: CutoutFrameBudget.Kind = CutoutFrameBudget.Kind.JOB
## Cost class of [method _conclude].
var _concludes_as: CutoutFrameBudget.Kind = CutoutFrameBudget.Kind.BATCH
## Whether the job signals are emitted for its jobs too.
var _signals_jobs: bool
## [method _accept] only stores; what is costly comes in [method _flush], later in the same frame.
var _collects: bool
var _waiting: Array[RefCounted]


## One of its jobs has ended. Called once a job, inside the frame budget.
func _accept(
	_job_id: int, _status: int, _message: String, _fragments: Array[PackedVector2Array], _flat: RefCounted
) -> void:
	pass


## The last job of this frame has been accepted. Called only for sinks that collect.
func _flush() -> void:
	pass


## Everything has been accepted: tells whoever waits. Called once, inside the frame budget.
func _conclude() -> void:
	pass


## Its jobs are gone and nothing more comes: forgets them, without a signal.
func _abandon() -> void:
	pass


## The signals that coroutines wait for.
func _get_awaited() -> Array[Signal]:
	return []


## Refers to the coroutines that wait now. When the instance that a waiting coroutine belongs to is freed (a scene
## change, the end of the game), the engine clears its variables only if somebody still refers to the coroutine;
## otherwise they leak. To be let go, with [method _release_waiting], when they have been resumed.
func _hold_waiting() -> void:
	for awaited: Signal in _get_awaited():
		for connection: Dictionary in awaited.get_connections():
			var callable: Callable = connection["callable"]
			var waiting: Object = callable.get_object()
			if waiting != null and waiting.is_class("GDScriptFunctionState") and not _waiting.has(waiting):
				_waiting.append(waiting)


# As above, at a third of the cost, for one signal, once.
func _hold_coroutines_of(awaited: Signal) -> void:
	for connection: Dictionary in awaited.get_connections():
		var callable: Callable = connection["callable"]
		var waiting: RefCounted = callable.get_object() as RefCounted
		if waiting != null and waiting.is_class("GDScriptFunctionState"):
			_waiting.append(waiting)


func _release_waiting() -> void:
	_waiting.clear()


## Fragments that [method _conclude] hands over; the measure of its cost.
func _get_fragment_count() -> int:
	return 0
