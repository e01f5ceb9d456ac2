extends RefCounted
## What is fractured in the frame benchmarks: the sprite W2 of `tests/support/workloads.h` in its 32 variants, and a
## coast line of any number of points.
##
## [codeblock]
## const Sprites := preload("res://bench/frames/sprites.gd")
## var polygons: Array[PackedVector2Array] = Sprites.make_variants()
## [/codeblock]

## Variants of the sprite.
const VARIANTS: int = 32
## Sites of a sprite's fracture.
const FRAGMENT_COUNT: int = 16

const POINTS: int = 64
const RADIUS: float = 100.0
const SPREAD: float = 25.0
const FIRST_SEED: int = 2000
const MULTIPLIER: int = (0x9E3779B9 << 32) | 0x7F4A7C15
const WARM_UP_STEPS: int = 8


## The outlines of W2: 64 points round a centre at equal angles, at distances from 75 to 125.
static func make_variants() -> Array[PackedVector2Array]:
	var variants: Array[PackedVector2Array] = []
	for k: int in VARIANTS:
		variants.append(_make_star(FIRST_SEED + k))
	return variants


## The parameters of a sprite's fracture; each seed gives other pieces.
static func make_params(seed_value: int) -> Dictionary:
	return {"fragment_count": FRAGMENT_COUNT, "seed": seed_value}


## A simple ring of [param points] points with bays of every size.
static func make_coast(points: int) -> PackedVector2Array:
	var waves: PackedInt32Array = [2, 3, 5, 9, 17, 33, 65, 1021]
	var ring: PackedVector2Array = PackedVector2Array()
	ring.resize(points)
	for k: int in points:
		var angle: float = TAU * k / points
		var radius: float = 1.0
		for i: int in waves.size():
			radius += 0.15 * pow(waves[i], -0.7) * cos(waves[i] * angle + i)
		ring[k] = Vector2.from_angle(angle) * radius * 1000.0
	return ring


static func _make_star(number: int) -> PackedVector2Array:
	var state: int = MULTIPLIER * number
	for _i: int in WARM_UP_STEPS:
		state = _step(state)
	var ring: PackedVector2Array = PackedVector2Array()
	for i: int in POINTS:
		state = _step(state)
		# The upper 24 bits; the mask makes the shift one without a sign.
		var unit: float = ((state >> 40) & 0xFFFFFF) / 16777216.0
		var angle: float = TAU * i / POINTS
		var radius: float = RADIUS + SPREAD * (2.0 * unit - 1.0)
		ring.append(Vector2(radius * cos(angle), radius * sin(angle)))
	return ring


# xorshift64; a right shift of a negative number keeps its sign here, so it is masked.
static func _step(state: int) -> int:
	state ^= state << 13
	state ^= (state >> 7) & 0x01FF_FFFF_FFFF_FFFF
	state ^= state << 17
	return state
