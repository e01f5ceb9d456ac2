extends Node2D
## The night behind the stage: sky, hills, ground. Drawn once.

## More than the stage, for windows of another shape.
const LEFT := -1280.0
const RIGHT := 2560.0

const GROUND_Y := 620.0


func _draw() -> void:
	_band(-720.0, 0.0, Color("0d1222"), Color("0d1222"))
	_band(0.0, 380.0, Color("0d1222"), Color("232a4d"))
	_band(380.0, GROUND_Y, Color("232a4d"), Color("54405f"))
	_hills(470.0, 38.0, 0.0046, 0.6, Color("2b2b4a"))
	_hills(540.0, 26.0, 0.0071, 2.1, Color("22233d"))
	_band(GROUND_Y, 652.0, Color("2a2536"), Color("17151f"))
	_band(652.0, 1440.0, Color("17151f"), Color("0c0b11"))
	draw_line(Vector2(LEFT, GROUND_Y + 0.5), Vector2(RIGHT, GROUND_Y + 0.5), Color("5d4a5c"), 1.0)


func _band(top: float, bottom: float, above: Color, below: Color) -> void:
	draw_polygon(
			[Vector2(LEFT, top), Vector2(RIGHT, top), Vector2(RIGHT, bottom), Vector2(LEFT, bottom)],
			[above, above, below, below])


func _hills(middle: float, height: float, pace: float, phase: float, colour: Color) -> void:
	var ridge := PackedVector2Array()
	var x := LEFT
	while x <= RIGHT:
		ridge.append(Vector2(x, middle + height * (sin(x * pace + phase) + 0.45 * sin(x * pace * 2.7 + phase * 3.0))))
		x += 20.0
	ridge.append(Vector2(RIGHT, GROUND_Y))
	ridge.append(Vector2(LEFT, GROUND_Y))
	draw_colored_polygon(ridge, colour)
