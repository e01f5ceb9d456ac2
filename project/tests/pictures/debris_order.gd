extends Node2D
## Pieces stay between the siblings that their object stood between. Three squares that overlap are broken one
## after the other, in both directions; the picture must not change.
##
## [codeblock]
## tools/engine picture --path project res://tests/pictures/debris_order.tscn
## [/codeblock]
## Prints PASS or FAIL for each step.

const PLACES: Array[Vector2i] = [Vector2i(75, 100), Vector2i(125, 100), Vector2i(175, 100), Vector2i(225, 100)]


func _ready() -> void:
	for order: Array[int] in [[0, 1, 2] as Array[int], [2, 1, 0] as Array[int]]:
		var stand: Node2D = Node2D.new()
		add_child(stand)
		var squares: Array[Polygon2D] = [
			_square(stand, Color.RED, 50), _square(stand, Color.GREEN, 100), _square(stand, Color.BLUE, 150)
		]
		var debris: CutoutDebris2D = CutoutDebris2D.of(squares[0])
		debris.gravity_scale = 0.0
		debris.max_bodies = 0
		var whole: PackedStringArray = await _colors()
		for i: int in order:
			await CutoutBatch.fracture_object(squares[i], {"fragment_count": 9})
			var now: PackedStringArray = await _colors()
			print("%s %s, after %d: %s" % ["PASS" if now == whole else "FAIL", order, i, now])
		stand.free()
	get_tree().quit()


func _square(parent: Node, color: Color, x: float) -> Polygon2D:
	var shown: Polygon2D = Polygon2D.new()
	shown.polygon = PackedVector2Array([Vector2.ZERO, Vector2(100, 0), Vector2(100, 100), Vector2(0, 100)])
	shown.color = color
	shown.position = Vector2(x, 50)
	parent.add_child(shown)
	return shown


func _colors() -> PackedStringArray:
	for _i: int in 2:
		await RenderingServer.frame_post_draw
	var image: Image = get_viewport().get_texture().get_image()
	var colors: PackedStringArray = PackedStringArray()
	for place: Vector2i in PLACES:
		colors.append(image.get_pixelv(place).to_html(false))
	return colors
