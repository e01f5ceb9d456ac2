extends CutoutTestSuite
## Runs the example of the README as it stands there.

const README: String = "../README.md"


func test_the_ten_line_example_shatters_its_polygon() -> void:
	var source: String = _first_example()
	if not check(not source.is_empty(), "the README has a block of GDScript"):
		return
	var script: GDScript = GDScript.new()
	script.source_code = source
	if not check_equal(script.reload(), OK, "the example compiles"):
		return
	await _check_node(script)


func _make_node(script: GDScript) -> Polygon2D:
	var node: Polygon2D = Polygon2D.new()
	node.polygon = PackedVector2Array([Vector2(0, 0), Vector2(200, 0), Vector2(200, 100), Vector2(0, 100)])
	node.set_script(script)
	add_child(node)
	return node


func _check_node(script: GDScript) -> void:
	var node: Polygon2D = _make_node(script)
	var debris: CutoutDebris2D = CutoutDebris2D.of(node)
	var before: int = debris.get_piece_count()
	for _frame: int in 600:
		if not is_instance_valid(node):
			break
		await frames(1)
	check(not is_instance_valid(node), "the polygon is gone")
	check_equal(debris.get_piece_count() - before, 12, "pieces of a convex polygon")
	var area: float = 0.0
	for piece: int in debris.get_burst_pieces(debris.get_burst_of(debris.pick_piece(Vector2(100, 50)))):
		area += debris.get_piece_area(piece)
	check_near(area, 20000.0, 0.02, "area of the pieces")
	debris.free()


func _first_example() -> String:
	var path: String = ProjectSettings.globalize_path("res://").path_join(README)
	var parts: PackedStringArray = FileAccess.get_file_as_string(path).split("```gdscript\n")
	return parts[1].get_slice("```", 0) if parts.size() > 1 else ""
