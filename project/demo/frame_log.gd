extends RefCounted
## Frame intervals as the game sees them: from the beginning of one frame to the beginning of the next.

## Intervals in microseconds, in order.
var intervals := PackedInt64Array()

var _last := -1


## Call it once at the beginning of each frame. Returns the interval, or 0 for the first frame.
func stamp() -> int:
	var now := Time.get_ticks_usec()
	var interval := now - _last if _last >= 0 else 0
	if _last >= 0:
		intervals.append(interval)
	_last = now
	return interval


## Forgets the last stamp: what happens until the next one is no frame of the game (saving a picture, say).
func skip() -> void:
	_last = -1


## The intervals numbered [param from] up to [param to] (not included).
func part(from: int, to: int) -> PackedInt64Array:
	return intervals.slice(from, to)


## The interval in milliseconds that [param share] (0 to 1) of [param sample] do not exceed (nearest rank).
static func quantile(sample: PackedInt64Array, share: float) -> float:
	if sample.is_empty():
		return 0.0
	var sorted := sample.duplicate()
	sorted.sort()
	return sorted[clampi(ceili(share * sorted.size()) - 1, 0, sorted.size() - 1)] / 1000.0
