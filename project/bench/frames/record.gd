extends Node
## What each frame of the benchmark was like: its length from the beginning of its process step to the beginning of
## the next one's, which part of the run it belongs to, and what happened in it.
##
## Runs before every other node, so a frame's interval has in it all that the frame did and the wait after it. The
## others write into the fields of the running frame.
##
## [codeblock]
## record.part = Record.Part.BUSY   # this frame counts as a measured one
## record.submitted += 10
## var sorted: PackedInt64Array = record.get_sorted(Record.Part.BUSY)
## print(Record.quantile(sorted, 0.99))
## [/codeblock]

const Machine := preload("res://bench/frames/machine.gd")

enum Part {
	REST, ## Counts nowhere: the beginning, and what comes between two rounds.
	IDLE, ## The baseline: nothing is fractured.
	BUSY, ## Measured.
}
const PART_NAMES: PackedStringArray = ["rest", "idle", "busy"]
## Before the addon's own first node.
const BEFORE_ALL: int = -2_000_000_000
const COLUMNS: String = (
	"scenario,frame,part,interval_us,submitted,delivered,submit_us,deliver_us,handler_us,wait_us"
)

## The running frame: its part, jobs submitted and delivered, the time of the submitting calls, and the longest
## single handler where handlers are long. Microseconds.
var part: Part = Part.REST
var submitted: int = 0
var delivered: int = 0
var submit_usec: int = 0
var handler_usec: int = 0

## The frames that have ended, a column each.
var intervals: PackedInt64Array = PackedInt64Array()
var parts: PackedInt64Array = PackedInt64Array()
var submissions: PackedInt64Array = PackedInt64Array()
var deliveries: PackedInt64Array = PackedInt64Array()
var submit_usecs: PackedInt64Array = PackedInt64Array()
var deliver_usecs: PackedInt64Array = PackedInt64Array()
var handler_usecs: PackedInt64Array = PackedInt64Array()
## How long the main thread had work and no processor, because something else on the machine had it.
var wait_usecs: PackedInt64Array = PackedInt64Array()

var _last: int = -1
var _last_wait: int = 0


func _init() -> void:
	process_priority = BEFORE_ALL
	process_mode = Node.PROCESS_MODE_ALWAYS


func _process(_delta: float) -> void:
	var now: int = Time.get_ticks_usec()
	var waited: int = Machine.get_wait_usec()
	if _last >= 0:
		intervals.append(now - _last)
		parts.append(part)
		submissions.append(submitted)
		deliveries.append(delivered)
		submit_usecs.append(submit_usec)
		deliver_usecs.append(int(CutoutBatch.get_stats()["spent_usec"]))
		handler_usecs.append(handler_usec)
		wait_usecs.append(waited - _last_wait)
	_last = now
	_last_wait = waited
	part = Part.REST
	submitted = 0
	delivered = 0
	submit_usec = 0
	handler_usec = 0


## The intervals of one part, the shortest first. Microseconds.
func get_sorted(of: Part) -> PackedInt64Array:
	var sorted: PackedInt64Array = PackedInt64Array()
	for i: int in intervals.size():
		if parts[i] == of:
			sorted.append(intervals[i])
	sorted.sort()
	return sorted


## The sum of one of the columns over a part.
func sum(column: PackedInt64Array, of: Part) -> int:
	var total: int = 0
	for i: int in column.size():
		if parts[i] == of:
			total += column[i]
	return total


## One line for each frame, under [constant COLUMNS].
func write_to(file: FileAccess, scenario: String) -> void:
	file.store_line(COLUMNS)
	for i: int in intervals.size():
		file.store_line(
			"%s,%d,%s,%d,%d,%d,%d,%d,%d,%d"
			% [
				scenario, i, PART_NAMES[parts[i]], intervals[i], submissions[i], deliveries[i],
				submit_usecs[i], deliver_usecs[i], handler_usecs[i], wait_usecs[i],
			]
		)


## The value that [param share] (0 to 1) of a sorted sample do not exceed (nearest rank); 0 of none.
static func quantile(sorted: PackedInt64Array, share: float) -> int:
	if sorted.is_empty():
		return 0
	return sorted[clampi(ceili(share * sorted.size()) - 1, 0, sorted.size() - 1)]
