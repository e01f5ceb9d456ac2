@tool
extends RefCounted
## Fractures for previews in the editor, where no autoload runs: one queue with one worker for all of them. Internal.
##
## [codeblock]
## var preview: FracturePreview = FracturePreview.get_shared() # null where the native library is missing
## preview.request(polygon, params, func(fragments: Array, message: String) -> void: ...)
## preview.poll() # now and then
## [/codeblock]

const NATIVE_CLASS: StringName = &"CutoutJobQueue"
const BACKEND_OWN_THREADS: int = 0

static var _shared: WeakRef = null

var _queue: Variant = null # a CutoutJobQueue
var _waiting: Dictionary[int, Callable] = {}


## The one that others use, too: it goes with the last of them.
static func get_shared() -> RefCounted:
	var shared: RefCounted = _shared.get_ref() if _shared != null else null
	if shared == null and ClassDB.class_exists(NATIVE_CLASS):
		shared = new()
		_shared = weakref(shared)
	return shared


func _init() -> void:
	_queue = ClassDB.instantiate(NATIVE_CLASS)
	_queue.configure(1, true, BACKEND_OWN_THREADS)


## [param done](fragments: Array, message: String) is called by [method poll], or at once if it is refused.
func request(polygon: Variant, params: Variant, done: Callable) -> void:
	var id: int = _queue.submit(polygon, params)
	if id < 0:
		done.call([], _queue.get_last_error())
	else:
		_waiting[id] = done


## Hands out what is there.
func poll() -> void:
	while _queue.take():
		var id: int = _queue.get_id()
		var done: Callable = _waiting.get(id, Callable())
		_waiting.erase(id)
		if done.is_valid(): # the node may be gone
			done.call(_queue.get_fragments(), _queue.get_message())
