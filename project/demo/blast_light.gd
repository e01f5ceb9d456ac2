extends Node2D
## What is seen of the player's doings besides the pieces: the flash of a blast and a ring that runs outwards from it, the line of
## a slice, and a circle around the pointer that shows what a click would hit.

## Speed of a blast's ring, in pixels per second.
const RING_SPEED: float = 1500.0

## Seconds after which nothing of a blast is seen any more, those of the flash, and those of a slice.
const LIGHT_TIME: float = 0.6
const FLASH_TIME: float = 0.18
const SLICE_TIME: float = 0.45

const WARM: Color = Color(1.0, 0.85, 0.6)
const STEEL: Color = Color(0.85, 0.97, 1.0)


## One blast.
class Blast:
	extends RefCounted
	var origin: Vector2 = Vector2.ZERO
	var age: float = 0.0
	## The size of its flash and the force of the shake.
	var strength: float = 0.0
	## How far its ring runs, in pixels.
	var reach: float = 0.0


## One slice.
class Slice:
	extends RefCounted
	var from: Vector2 = Vector2.ZERO
	var to: Vector2 = Vector2.ZERO
	var age: float = 0.0


## The circle at the pointer; 0 hides it.
var aim_radius: float = 0.0
## A slice that is being drawn: two points, or none.
var drawn_slice: PackedVector2Array = PackedVector2Array()

var _blasts: Array[Blast] = []
var _slices: Array[Slice] = []
var _flash: GradientTexture2D
var _was_seen: bool = false


func _init() -> void:
	var gradient: Gradient = Gradient.new()
	gradient.set_color(0, Color(1.0, 0.93, 0.75, 0.9))
	gradient.set_color(1, Color(1.0, 0.6, 0.3, 0.0))
	gradient.add_point(0.35, Color(1.0, 0.75, 0.42, 0.4))
	_flash = GradientTexture2D.new()
	_flash.gradient = gradient
	_flash.fill = GradientTexture2D.FILL_RADIAL
	_flash.fill_from = Vector2(0.5, 0.5)
	_flash.fill_to = Vector2(1.0, 0.5)
	_flash.width = 128
	_flash.height = 128


## The light of a blast, from now on.
func add_blast(origin: Vector2, strength: float, reach: float) -> void:
	var blast: Blast = Blast.new()
	blast.origin = origin
	blast.strength = strength
	blast.reach = reach
	_blasts.append(blast)


## The light of a slice, from now on.
func add_slice(from: Vector2, to: Vector2) -> void:
	var slice: Slice = Slice.new()
	slice.from = from
	slice.to = to
	_slices.append(slice)


## No light any more.
func clear() -> void:
	_blasts.clear()
	_slices.clear()
	queue_redraw()


## How far the stage shakes, in pixels.
func get_shake() -> Vector2:
	var offset: Vector2 = Vector2.ZERO
	for blast: Blast in _blasts:
		var force: float = blast.strength / 130.0 * exp(-blast.age * 9.0)
		offset += Vector2(sin(blast.age * 71.0), cos(blast.age * 83.0) - 1.0) * force
	return offset


func _process(delta: float) -> void:
	for blast: Blast in _blasts:
		blast.age += delta
	for slice: Slice in _slices:
		slice.age += delta
	_blasts = _blasts.filter(func(blast: Blast) -> bool: return blast.age < LIGHT_TIME)
	_slices = _slices.filter(func(slice: Slice) -> bool: return slice.age < SLICE_TIME)
	var is_seen: bool = not (_blasts.is_empty() and _slices.is_empty() and drawn_slice.is_empty()) or aim_radius > 0.0
	if is_seen or _was_seen:
		queue_redraw()
	_was_seen = is_seen


func _draw() -> void:
	for blast: Blast in _blasts:
		if blast.age > 0.0:
			_draw_blast(blast)
	for slice: Slice in _slices:
		var fading: float = 1.0 - slice.age / SLICE_TIME
		draw_line(slice.from, slice.to, Color(STEEL, 0.25 * fading), 1.0 + 9.0 * fading)
		draw_line(slice.from, slice.to, Color(STEEL, fading), 0.5 + 2.0 * fading)
	if drawn_slice.size() == 2:
		draw_line(drawn_slice[0], drawn_slice[1], Color(STEEL, 0.8), 1.5)
	if aim_radius > 0.0:
		draw_arc(get_local_mouse_position(), aim_radius, 0.0, TAU, 48, Color(WARM, 0.35), 1.0)


func _draw_blast(blast: Blast) -> void:
	if blast.age < FLASH_TIME:
		var size: Vector2 = Vector2.ONE * blast.strength * (0.35 + blast.age)
		draw_texture_rect(
			_flash, Rect2(blast.origin - size * 0.5, size), false, Color(1, 1, 1, 1.0 - blast.age / FLASH_TIME)
		)
	var radius: float = blast.age * RING_SPEED
	var fading: float = 1.0 - radius / blast.reach
	if fading > 0.0:
		draw_arc(blast.origin, radius, 0.0, TAU, 96, Color(WARM, 0.6 * fading), 3.0)
