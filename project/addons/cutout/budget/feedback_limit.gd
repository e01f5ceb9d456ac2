extends RefCounted
## A limit found by trial: it widens while it binds and nothing is late, and is cut when a frame is late.
##
## Additive increase and multiplicative decrease, as in TCP congestion control (Jacobson 1988), with a quick
## start until the first late frame in which it bound, and with slow steps near the value that was last too much, as in
## CUBIC (Ha, Rhee, Xu 2008). Pure: no clock, no engine call.

## Factor on a late frame. Range (0, 1).
const CUT: float = 0.7
## Factor of one step while it has not been too much yet. Range > 1.
const QUICK_GROWTH: float = 2.0
## Between these shares of the value that was too much, steps are small. Ranges (0, 1) and > 1.
const CAREFUL_FROM: float = 0.85
const CAREFUL_TO: float = 1.1
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
	var careful: bool = value > _too_much * CAREFUL_FROM and value < _too_much * CAREFUL_TO
	value = minf(value + (step * CAREFUL_STEP if careful else step), most)


## A frame was late: allow less. [param bound] says whether the limit was what held delivery back then.
func cut(bound: bool) -> void:
	if bound:
		_too_much = value
	value = maxf(value * CUT, least)
