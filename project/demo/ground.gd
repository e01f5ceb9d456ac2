extends StaticBody2D
## What pieces fall on: uneven, so that rubble comes to lie nearer and farther on the painted ground.

## It reaches beyond the stage, for windows of another shape.
const LEFT: float = -640.0
const RIGHT: float = 1920.0
const BOTTOM: float = 800.0

## The height of its middle, how far bumps reach up and down from there, and how far apart its corners are.
const MIDDLE: float = 634.0
const UNEVENNESS: float = 9.0
const STEP: float = 26.0


func _ready() -> void:
	var x: float = LEFT
	while x < RIGHT:
		var block: CollisionPolygon2D = CollisionPolygon2D.new()
		block.polygon = PackedVector2Array([
			Vector2(x, _height(x)), Vector2(x + STEP, _height(x + STEP)), Vector2(x + STEP, BOTTOM), Vector2(x, BOTTOM),
		])
		add_child(block)
		x += STEP


func _height(x: float) -> float:
	return MIDDLE + UNEVENNESS * sin(x * 0.057) * cos(x * 0.0231 + 1.0) + 0.5 * UNEVENNESS * sin(x * 0.171)
