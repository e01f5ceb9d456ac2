extends StaticBody2D
## What pieces fall on: uneven, so that rubble comes to lie nearer and farther on the painted ground.

## It reaches beyond the stage, for windows of another shape.
const LEFT: float = -640.0
const RIGHT: float = 1920.0
const BOTTOM: float = 800.0

## The height of its middle, how far its corners are up or down from there at most, and how far apart they are.
const MIDDLE: float = 632.0
const UNEVENNESS: float = 9.0
const STEP: float = 22.0


func _ready() -> void:
	var random: RandomNumberGenerator = RandomNumberGenerator.new()
	random.seed = 7
	var from: Vector2 = Vector2(LEFT, MIDDLE)
	while from.x < RIGHT:
		var to: Vector2 = Vector2(from.x + STEP, MIDDLE + random.randf_range(-UNEVENNESS, UNEVENNESS))
		var block: CollisionPolygon2D = CollisionPolygon2D.new()
		block.polygon = PackedVector2Array([from, to, Vector2(to.x, BOTTOM), Vector2(from.x, BOTTOM)])
		add_child(block)
		from = to
