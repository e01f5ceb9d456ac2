extends Node2D
## The light of a blast: a short flash and a ring that runs outwards with the wave. Also the circle around the
## pointer that shows what a click would hit.

const Debris := preload("res://demo/debris.gd")

## Seconds after which nothing of a blast is seen any more, and those of the flash.
const LIGHT_TIME := 0.6
const FLASH_TIME := 0.18

## The circle at the pointer; 0 hides it.
var aim_radius := 0.0

var _blasts: Array[Debris.Blast] = []
var _clock := 0.0
var _flash: GradientTexture2D


func _init() -> void:
	var gradient := Gradient.new()
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


## Shows the light of [param blast] from now on.
func add(blast: Debris.Blast) -> void:
	_blasts.append(blast)


## No light any more.
func clear() -> void:
	_blasts.clear()
	queue_redraw()


## The showcase's clock, in seconds. Redraws only while there is something to see.
func set_clock(clock: float) -> void:
	_clock = clock
	if not _blasts.is_empty() or aim_radius > 0.0:
		_blasts = _blasts.filter(func(blast: Debris.Blast) -> bool: return clock - blast.time < LIGHT_TIME)
		queue_redraw()


## How far the stage shakes, in pixels.
func shake() -> Vector2:
	var offset := Vector2.ZERO
	for blast: Debris.Blast in _blasts:
		var age := _clock - blast.time
		if age > 0.0:
			var force := blast.strength / 130.0 * exp(-age * 9.0)
			offset += Vector2(sin(age * 71.0), cos(age * 83.0)) * force
	return offset


func _draw() -> void:
	for blast: Debris.Blast in _blasts:
		var age := _clock - blast.time
		if age <= 0.0:
			continue
		if age < FLASH_TIME:
			var size := Vector2.ONE * blast.strength * (0.35 + age)
			draw_texture_rect(_flash, Rect2(blast.origin - size * 0.5, size), false,
					Color(1, 1, 1, 1.0 - age / FLASH_TIME))
		var radius := age * Debris.WAVE_SPEED
		var fading := 1.0 - radius / blast.reach
		if fading > 0.0:
			draw_arc(blast.origin, radius, 0.0, TAU, 96, Color(1.0, 0.85, 0.6, 0.6 * fading), 3.0)
	if aim_radius > 0.0:
		draw_arc(get_local_mouse_position(), aim_radius, 0.0, TAU, 48, Color(1.0, 0.9, 0.7, 0.35), 1.0)
