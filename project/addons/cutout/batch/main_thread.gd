@tool
extends Object
## The one guard of the public calls: all of them are for the main thread. Internal.

const FAULT: String = (
	"called on another thread than the main one; CutoutBatch, its batch objects and its streams are for the main"
	+ " thread: use call_deferred()"
)


## Whether this is not the main thread.
static func is_elsewhere() -> bool:
	return OS.get_thread_caller_id() != OS.get_main_thread_id()


## True, and an engine error, if this is not the main thread. Touches nothing that the main thread may use.
static func refuses(what: String) -> bool:
	if not is_elsewhere():
		return false
	push_error("Cutout: %s: %s" % [what, FAULT])
	return true
