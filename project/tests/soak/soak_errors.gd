extends CutoutTestErrorLog
## Counts what the engine reports during the soak: the errors that the soak makes on purpose, and others.
##
## Thread rule: the engine calls it from any thread, so a mutex guards the counts.

## The functions of the soak that throw, each with this in its name.
const ON_PURPOSE: String = "throw_on_purpose"
## Others that are kept as text; all are counted.
const MOST_TEXTS: int = 50

var _thrown: int = 0
var _others: int = 0
var _texts: PackedStringArray = PackedStringArray()
var _announced: PackedStringArray = PackedStringArray()


## Errors that contain [param text] are made on purpose, too.
func announce(text: String) -> void:
	_mutex.lock()
	_announced.append(text)
	_mutex.unlock()


# Called with the mutex held.
func _note(text: String, function: String, _error_type: int) -> void:
	if function.contains(ON_PURPOSE) or _is_announced(text):
		_thrown += 1
	else:
		_others += 1
		if _texts.size() < MOST_TEXTS:
			_texts.append(text)


## Errors that were made on purpose.
func get_thrown() -> int:
	_mutex.lock()
	var count: int = _thrown
	_mutex.unlock()
	return count


## The number of all other errors, and the first of them.
func get_others() -> Array:
	_mutex.lock()
	var others: Array = [_others, _texts.duplicate()]
	_mutex.unlock()
	return others


func _is_announced(text: String) -> bool:
	for part: String in _announced:
		if text.contains(part):
			return true
	return false
