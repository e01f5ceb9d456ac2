extends StaticBody2D
## What pieces fall on: uneven, so that rubble comes to lie nearer and farther on the painted ground. At the sides of the
## window it has walls, so that large pieces stay to be seen.

## It reaches beyond the stage, for windows of another shape.
const LEFT: float = -640.0
const RIGHT: float = 1920.0
const BOTTOM: float = 800.0

## The height of its middle, how far its corners are up or down from there at most, and how far apart they are.
const MIDDLE: float = 632.0
const UNEVENNESS: float = 9.0
const STEP: float = 22.0

var _left_wall: CollisionShape2D
var _right_wall: CollisionShape2D


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
	_left_wall = _make_wall(Vector2.RIGHT)
	_right_wall = _make_wall(Vector2.LEFT)


## Puts the walls to the sides of what is seen.
func place_walls(left: float, right: float) -> void:
	_left_wall.position.x = left
	_right_wall.position.x = right


func _make_wall(normal: Vector2) -> CollisionShape2D:
	var half: WorldBoundaryShape2D = WorldBoundaryShape2D.new()
	half.normal = normal
	var wall: CollisionShape2D = CollisionShape2D.new()
	wall.shape = half
	add_child(wall)
	return wall
