class_name CutoutTestErrorLog
extends Logger
## Collects what the engine reports as an error (not as a warning) while tests run.
##
## Thread rule: the engine calls [method _log_error] from any thread, so a mutex guards what is collected.

var _mutex: Mutex = Mutex.new()
var _errors: PackedStringArray = PackedStringArray()
var _script_error: bool = false


func _log_error(
	function: String,
	file: String,
	line: int,
	code: String,
	rationale: String,
	_editor_notify: bool,
	error_type: int,
	_script_backtraces: Array[ScriptBacktrace]
) -> void:
	if error_type == Logger.ERROR_TYPE_WARNING:
		return
	var text: String = code if rationale == "" else "%s (%s)" % [rationale, code]
	_mutex.lock()
	_note("%s [%s, %s:%d]" % [text, function, file.get_file(), line], function, error_type)
	_mutex.unlock()


# Called with the mutex held.
func _note(text: String, _function: String, error_type: int) -> void:
	_errors.append(text)
	_script_error = _script_error or error_type == Logger.ERROR_TYPE_SCRIPT


## Whether a script error is among those collected since the last [method take].
func has_script_error() -> bool:
	_mutex.lock()
	var result: bool = _script_error
	_mutex.unlock()
	return result


## Everything collected since the last call, oldest first.
func take() -> PackedStringArray:
	_mutex.lock()
	var result: PackedStringArray = _errors
	_errors = PackedStringArray()
	_script_error = false
	_mutex.unlock()
	return result
