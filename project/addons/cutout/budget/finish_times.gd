extends RefCounted
## How many of the finished jobs have waited too long for their delivery, from one number a frame.
##
## Jobs are delivered in the order in which they finished, so it is enough to note, each frame, how many had
## finished by then. Pure: no clock, no engine call.

## A delivery that has waited so long goes out regardless of the budget, up to the ceiling. Microseconds.
const OVERDUE_USEC: float = 2_000_000.0

var _counts: PackedInt64Array = PackedInt64Array() # finished until then, all told; rising
var _times: PackedFloat64Array = PackedFloat64Array()
var _at: int = 0 # the first that still matters
var _overdue_until: int = 0 # so many of all that ever finished have waited too long


## Once a frame: [param taken] jobs of [param finished], all told, are delivered. Returns how many of the others
## are overdue.
func count_overdue(taken: int, finished: int, now: float) -> int:
	if finished == taken:
		_counts.clear()
		_times.clear()
		_at = 0
		return 0
	if _counts.is_empty() or finished > _counts[-1]:
		_counts.append(finished)
		_times.append(now)
	while _at < _counts.size() and now - _times[_at] > OVERDUE_USEC:
		_overdue_until = _counts[_at]
		_at += 1
	if _at >= 256: # what lies before is not needed again
		_counts = _counts.slice(_at - 1)
		_times = _times.slice(_at - 1)
		_at = 1
	return maxi(0, _overdue_until - taken)
