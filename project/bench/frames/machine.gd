extends Object
## What the process holds in memory, and how long its main thread waited for a processor, from Linux's own books: the
## engine's monitors do not see what an extension allocates. Where there is no /proc every figure is -1.

const STATUS: String = "/proc/self/status"
const SCHEDULE: String = "/proc/self/schedstat"
const CLEAR: String = "/proc/self/clear_refs"
## Written to CLEAR: the peak begins anew at what is held now.
const RESET_PEAK: String = "5"


## Memory held now, in KiB.
static func get_resident_kib() -> int:
	return _read("VmRSS:")


## The most that was held since [method reset_peak], in KiB.
static func get_peak_kib() -> int:
	return _read("VmHWM:")


## False: the peak cannot be reset here, so it counts from the start of the process.
static func reset_peak() -> bool:
	var file: FileAccess = FileAccess.open(CLEAR, FileAccess.WRITE)
	if file == null:
		return false
	file.store_string(RESET_PEAK)
	file.close()
	return get_peak_kib() - get_resident_kib() < 1024


## How long the main thread has waited for a processor since the process began. Microseconds.
static func get_wait_usec() -> int:
	var file: FileAccess = FileAccess.open(SCHEDULE, FileAccess.READ)
	if file == null:
		return -1
	# Nanoseconds on a processor, nanoseconds of waiting for one, time slices.
	return file.get_line().get_slice(" ", 1).to_int() / 1000


static func _read(key: String) -> int:
	var file: FileAccess = FileAccess.open(STATUS, FileAccess.READ)
	if file == null:
		return -1
	while not file.eof_reached():
		var line: String = file.get_line()
		if line.begins_with(key):
			return line.trim_prefix(key).to_int()
	return -1
