extends Node2D
## The night behind the stage: sky, hills, ground. Drawn once, with no pixel painted twice: a software renderer
## pays for every pixel. The upper sky is the colour the screen is cleared with and costs nothing.

## More than the stage, for windows of another shape.
const LEFT := -1280.0
const RIGHT := 2560.0

## The horizon glow begins here, the ground there.
const GLOW_Y := 250.0
const GROUND_Y := 620.0

## Where the overlay's strip begins; below it nothing is painted.
const BOTTOM_Y := 652.0

const SKY := Color("121831")
const GLOW := Color("58425f")
const FAR_HILLS := Color("2d2c4c")
const NEAR_HILLS := Color("23233e")


func _ready() -> void:
	RenderingServer.set_default_clear_color(SKY)
	var opaque := ShaderMaterial.new()
	opaque.shader = preload("res://demo/backdrop.gdshader")
	material = opaque


func _draw() -> void:
	var top := PackedVector2Array()
	var far := PackedVector2Array()
	var near := PackedVector2Array()
	var ground := PackedVector2Array()
	var x := LEFT
	while x <= RIGHT:
		var near_y := _ridge(x, 548.0, 24.0, 0.0071, 2.1)
		var far_y := minf(_ridge(x, 480.0, 36.0, 0.0046, 0.6), near_y)
		top.append(Vector2(x, GLOW_Y))
		far.append(Vector2(x, far_y))
		near.append(Vector2(x, near_y))
		ground.append(Vector2(x, GROUND_Y))
		x += 20.0
	_fill(top, far, SKY, GLOW)
	_fill(far, near, FAR_HILLS, FAR_HILLS)
	_fill(near, ground, NEAR_HILLS, NEAR_HILLS)
	_fill([Vector2(LEFT, GROUND_Y), Vector2(RIGHT, GROUND_Y)], [Vector2(LEFT, BOTTOM_Y), Vector2(RIGHT, BOTTOM_Y)],
			Color("2f2839"), Color("19161f"))


func _ridge(x: float, middle: float, height: float, pace: float, phase: float) -> float:
	return middle + height * (sin(x * pace + phase) + 0.45 * sin(x * pace * 2.7 + phase * 3.0))


## Fills the band between two lines; the colours belong to the height of the glow's begin and of the ground.
func _fill(upper: PackedVector2Array, lower: PackedVector2Array, above: Color, below: Color) -> void:
	var points := PackedVector2Array()
	var colours := PackedColorArray()
	var indices := PackedInt32Array()
	for i: int in upper.size():
		points.append_array([upper[i], lower[i]])
		for point: Vector2 in [upper[i], lower[i]]:
			colours.append(above.lerp(below, clampf(inverse_lerp(upper[0].y, GROUND_Y - 60.0, point.y), 0.0, 1.0)))
		if i > 0:
			var k := 2 * i
			indices.append_array([k - 2, k, k - 1, k, k + 1, k - 1])
	RenderingServer.canvas_item_add_triangle_array(get_canvas_item(), indices, points, colours)
