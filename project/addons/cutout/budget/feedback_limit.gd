extends RefCounted
## A limit found by trial: it widens while it binds and nothing is late, and is cut when a frame is late.
##
## Additive increase and multiplicative decrease, as in TCP congestion control (Jacobson 1988), with a quick
## start until the first late frame in which it bound, then half the way at a time to the value that was last too much (BIC: Xu,
## Harfoush, Rhee 2004), and slow steps near it. Pure: no clock, no engine call.

## Factor on a late frame. Range (0, 1).
const CUT: float = 0.7
## Factor of one step while it has not been too much yet. Range > 1.
const QUICK_GROWTH: float = 2.0
## Between these shares of the value that was too much, steps are small. Ranges (0, 1) and > 1.
const CAREFUL_FROM: float = 0.85
const CAREFUL_TO: float = 1.1
## A step goes so far towards where the small ones begin, where that is farther. Range (0, 1).
const APPROACH: float = 0.5
## A small step as a share of a full one. Range (0, 1).
const CAREFUL_STEP: float = 0.1

var value: float
## Never below this.
var least: float
## Never above this.
var most: float
## What one widening adds.
var step: float

var _too_much: float = INF


func _init(start: float, lowest: float, highest: float, widening: float) -> void:
	value = start
	least = lowest
	most = highest
	step = widening


## The limit bound and nothing was late: allow more.
func widen() -> void:
	if is_inf(_too_much):
		value = minf(value * QUICK_GROWTH, most)
		return
	var far: float = _too_much * CAREFUL_FROM - value
	var careful: bool = far < 0.0 and value < _too_much * CAREFUL_TO
	value = minf(value + (step * CAREFUL_STEP if careful else maxf(step, far * APPROACH)), most)


## A frame was late: allow less than the value, or than what was [param reached] in spite of it. [param bound] says whether the
## limit was what held delivery back then.
func cut(bound: bool, reached: float = 0.0) -> void:
	var much: float = maxf(value, minf(reached, most))
	if bound:
		_too_much = much
	value = maxf(minf(value, much * CUT), least)
