extends RefCounted
## What one kind of delivery costs: a high quantile of [code]fixed + per_fragment * fragments[/code].
##
## A straight line is fitted by least squares with exponential forgetting; the quantile of the ratio of seen to
## fitted cost is tracked beside it (stochastic approximation: Robbins, Monro 1951), because costs of handlers
## are heavy-tailed and their mean says little. Pure: no clock, no engine call.

## Weight that an earlier sample keeps when a new one arrives. Range (0, 1); about 1 / (1 - it) samples count.
const MEMORY: float = 0.97
## The share of deliveries that shall cost no more than the estimate. Range (0, 1).
const QUANTILE: float = 0.9
## How fast the quantile moves, as a share of itself. Range (0, 1).
const PACE: float = 0.2
## Cost of a delivery without fragments before anything is known. Microseconds.
const ASSUMED_FIXED_USEC: float = 20.0
## Cost of a fragment before anything is known: about a new body with a shape. Microseconds.
const ASSUMED_FRAGMENT_USEC: float = 20.0
## Fragments of the assumed second sample, which gives the line its first slope.
const ASSUMED_FRAGMENTS: float = 10.0
## Weight of the assumed samples against one that was seen. It fades like any other. Range > 0.
const ASSUMED_WEIGHT: float = 2.0
## Weight of the sample at zero fragments that never fades: it keeps the line defined when all deliveries have
## as many fragments as each other. Range > 0.
const ANCHOR_WEIGHT: float = 0.05
## Bounds of the quantile's ratio.
const LEAST_RATIO: float = 1.0
const MOST_RATIO: float = 20.0

## The line, after the last [method solve]. Microseconds; never negative.
var fixed_usec: float = ASSUMED_FIXED_USEC
var fragment_usec: float = ASSUMED_FRAGMENT_USEC
## Ratio of the quantile to the line.
var ratio: float = 1.5

# Sums over the samples: weight, fragments, their square, cost, their product.
var _w: float = 0.0
var _x: float = 0.0
var _xx: float = 0.0
var _y: float = 0.0
var _xy: float = 0.0
var _changed: bool = false


## What is assumed of a fragment before anything is known, in microseconds.
func _init(assumed_fragment_usec: float = ASSUMED_FRAGMENT_USEC) -> void:
	fragment_usec = assumed_fragment_usec
	_add(0.0, ASSUMED_FIXED_USEC, ASSUMED_WEIGHT)
	_add(
		ASSUMED_FRAGMENTS,
		ASSUMED_FIXED_USEC + assumed_fragment_usec * ASSUMED_FRAGMENTS,
		ASSUMED_WEIGHT
	)
	solve()


## What a delivery of so many fragments will probably not exceed. Microseconds.
func estimate(fragments: float) -> float:
	return ratio * (fixed_usec + fragment_usec * fragments)


## Learns from one delivery. The line itself moves at the next [method solve].
func observe(fragments: float, usec: float) -> void:
	_follow(fragments, usec)
	_learn(fragments, usec)


## Learns from a group of deliveries: what they cost on the average, and what one of them, picked without regard to its
## cost, did.
func observe_group(
	mean_fragments: float, mean_usec: float, picked_fragments: float, picked_usec: float
) -> void:
	_follow(picked_fragments, picked_usec)
	_learn(mean_fragments, mean_usec)


func _follow(fragments: float, usec: float) -> void:
	if usec > ratio * (fixed_usec + fragment_usec * fragments):
		ratio = minf(ratio * (1.0 + PACE * QUANTILE), MOST_RATIO)
	else:
		ratio = maxf(ratio * (1.0 - PACE * (1.0 - QUANTILE)), LEAST_RATIO)


func _learn(fragments: float, usec: float) -> void:
	_w = _w * MEMORY + 1.0
	_x = _x * MEMORY + fragments
	_xx = _xx * MEMORY + fragments * fragments
	_y = _y * MEMORY + usec
	_xy = _xy * MEMORY + fragments * usec
	_changed = true


## Fits the line to what was observed. Once a frame is enough.
func solve() -> void:
	if not _changed:
		return
	_changed = false
	var w: float = _w + ANCHOR_WEIGHT
	var y: float = _y + ANCHOR_WEIGHT * ASSUMED_FIXED_USEC
	var spread: float = w * _xx - _x * _x
	var slope: float = (w * _xy - _x * y) / spread if spread > 1e-9 else 0.0
	slope = maxf(slope, 0.0)
	var start: float = (y - slope * _x) / w
	if start < 0.0: # costs do not fall below nothing: a line through the origin then
		start = 0.0
		slope = _xy / _xx
	fixed_usec = start
	fragment_usec = slope


func _add(fragments: float, usec: float, weight: float) -> void:
	_w += weight
	_x += weight * fragments
	_xx += weight * fragments * fragments
	_y += weight * usec
	_xy += weight * fragments * usec
	_changed = true
