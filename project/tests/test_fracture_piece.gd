extends CutoutDebrisCase
## Pieces of debris that are fractured again.

const PARAMS: Dictionary = {"fragment_count": 6, "edge_padding": 0.0, "seed": 3}


func again(
	result: CutoutFractureResult, piece: int, params: Dictionary = PARAMS, blast: CutoutBlast = null
) -> CutoutFractureResult:
	return await cutout.fracture_piece(result.debris, piece, params, 0, blast)


func test_fragments_take_the_place_of_the_piece() -> void:
	var debris: CutoutDebris2D = still_debris()
	var shown: Polygon2D = crate()
	shown.transform = Transform2D(Vector2(0.5, 1.0), Vector2(-2.0, 0.3), Vector2(40, 70)) # skewed and flipped
	var result: CutoutFractureResult = await broken(shown, into(debris), 5)
	var piece: int = pieces_of(result)[2]
	debris.set_piece_motion(piece, Vector2(30, -20), 2.0)
	await frames(5)
	var area: float = debris.get_piece_area(piece)
	var center: Vector2 = debris.get_piece_center(piece)
	var parts: CutoutFractureResult = await again(result, piece)
	check(parts.is_ok(), parts.message)
	check(not debris.has_piece(piece), "it is gone")
	check(ended.has(piece) or await wait_until(func() -> bool: return ended.has(piece)), "and that is told")
	var pieces: PackedInt64Array = debris.get_burst_pieces(parts.bursts[0])
	check_equal(pieces.size(), parts.fragments.size(), "its fragments are there")
	check(pieces.size() >= 6, "so many")
	var sum: float = 0.0
	var mean: Vector2 = Vector2.ZERO
	var speed: Vector2 = Vector2.ZERO
	for part: int in pieces:
		sum += debris.get_piece_area(part)
		mean += debris.get_piece_center(part) * debris.get_piece_area(part)
		speed += debris.get_piece_velocity(part) * debris.get_piece_area(part)
		check_near(debris.get_piece_spin(part), 2.0, 0.001, "each turns as it did")
	check_near(sum, area, 0.01, "as large")
	check((mean / sum).distance_to(center) < 2.0, "where it was")
	check((speed / sum).distance_to(Vector2(30, -20)) < 1.0, "and as fast: %s" % (speed / sum))
	check_near(area_of_pieces(result) + area_of_pieces(parts), 10_000.0 * absf(shown_area()), 1.0, "nothing is lost")


func shown_area() -> float:
	return Transform2D(Vector2(0.5, 1.0), Vector2(-2.0, 0.3), Vector2.ZERO).determinant()


func test_and_again() -> void:
	var debris: CutoutDebris2D = still_debris()
	var result: CutoutFractureResult = await broken(crate(), into(debris), 3)
	for _i: int in 5:
		var pieces: PackedInt64Array = pieces_of(result)
		result = await again(result, pieces[0])
		check(result.is_ok(), result.message)
	check(debris.get_piece_count() >= 3 + 5 * 5, "pieces of pieces")
	var area: float = 0.0
	for burst: int in range(1, 10):
		for piece: int in debris.get_burst_pieces(burst):
			area += debris.get_piece_area(piece)
	check_near(area, 10_000.0, 0.5, "cover what there was")


func test_it_looks_the_same() -> void:
	var debris: CutoutDebris2D = still_debris()
	var parent: Node2D = Node2D.new()
	parent.modulate = Color(1, 0.5, 1)
	add_child(parent)
	var shown: Polygon2D = crate(parent)
	shown.texture = PlaceholderTexture2D.new()
	(shown.texture as PlaceholderTexture2D).size = Vector2(50, 200)
	shown.vertex_colors = PackedColorArray([Color.RED, Color.RED, Color.BLUE, Color.BLUE])
	shown.color = Color(1, 1, 1, 0.5)
	shown.z_index = 4
	var result: CutoutFractureResult = await broken(shown, into(debris), 4)
	var piece: int = pieces_of(result)[1]
	var field: Object = debris.get("_field")
	var polygon: PackedVector2Array = debris.get_piece_polygon(piece)
	var uvs: PackedVector2Array = field.call(&"get_piece_uvs", piece)
	var colors: PackedColorArray = field.call(&"get_piece_colors", piece)
	for i: int in polygon.size():
		check(uvs[i].distance_to(polygon[i] / Vector2(50, 200)) < 1e-5, "where the texture is")
		check_near(colors[i].r, 1.0 - polygon[i].y / 100.0, 0.01, "and the colours")
	var parts: CutoutFractureResult = await again(result, piece)
	check(parts.is_ok(), parts.message)
	for part: int in debris.get_burst_pieces(parts.bursts[0]):
		polygon = debris.get_piece_polygon(part)
		uvs = field.call(&"get_piece_uvs", part)
		colors = field.call(&"get_piece_colors", part)
		for i: int in polygon.size():
			check(uvs[i].distance_to(polygon[i] / Vector2(50, 200)) < 1e-4, "of its fragments, too")
			check_near(colors[i].r, 1.0 - polygon[i].y / 100.0, 0.02, "and the colours")
	var body: RigidBody2D = debris.promote(debris.get_burst_pieces(parts.bursts[0])[0])
	check_equal(body.z_index, 4, "the rest of its look as well")


func test_bodies_and_blasts() -> void:
	var debris: CutoutDebris2D = still_debris()
	debris.max_bodies = 50
	debris.min_body_area = 0.0
	var result: CutoutFractureResult = await broken(crate(), into(debris), 3)
	var piece: int = pieces_of(result)[0]
	check(debris.has_body(piece), "it has a body")
	var blast: CutoutBlast = CutoutBlast.new()
	blast.center = debris.get_piece_center(piece) + Vector2(1000, 0)
	blast.speed = 300.0
	var parts: CutoutFractureResult = await again(result, piece, PARAMS, blast)
	for part: int in debris.get_burst_pieces(parts.bursts[0]):
		check(debris.has_body(part), "so have its fragments")
		check(debris.get_piece_velocity(part).x < -200.0, "which fly from the blast")
	# A fracture without a blast is not moved by one that was before.
	debris.explode(Vector2.ZERO, 500.0)
	var calm: CutoutFractureResult = await broken(crate(), into(debris), 3)
	check(calm.is_ok(), calm.message)
	result = await cutout.fracture_object(
		crate(), {"fragment_count": 3}, 0, 0, null
	)
	for part: int in node_of(result).get_burst_pieces(result.bursts[0]):
		check_equal(node_of(result).get_piece_velocity(part).x, 0.0, "nor by explode()")


func test_what_cannot_be() -> void:
	expect_errors(["expected a CutoutDebris2D", "fragment_count"])
	var debris: CutoutDebris2D = still_debris()
	var result: CutoutFractureResult = await broken(crate(), into(debris), 3)
	var piece: int = pieces_of(result)[0]
	check((await cutout.fracture_piece(debris, 12345, {})).is_cancelled(), "no such piece")
	check_equal((await cutout.fracture_piece(crate(), piece, {})).status, JobStatus.BAD_ARGUMENT, "no debris")
	check(not (await again(result, piece, {"fragment_count": -1})).is_ok(), "bad parameters")
	check(debris.has_piece(piece), "it stays")
	var wait: Signal = cutout.fracture_piece(debris, piece, PARAMS)
	var gone: CutoutFractureResult = await _after_ending(debris, piece, wait)
	check(gone.is_cancelled(), "it ended meanwhile")
	# Twice at once: the second finds it gone.
	piece = pieces_of(result)[0]
	var first: Signal = cutout.fracture_piece(debris, piece, PARAMS)
	var second: Signal = cutout.fracture_piece(debris, piece, PARAMS)
	var ends: Array[CutoutFractureResult] = []
	first.connect(func(end: CutoutFractureResult) -> void: ends.append(end))
	second.connect(func(end: CutoutFractureResult) -> void: ends.append(end))
	check(await wait_until(func() -> bool: return ends.size() == 2), "both end")
	check(ends[0].is_ok() and ends[1].is_cancelled(), "one of them well")
	wait = cutout.fracture_piece(debris, pieces_of(result)[0], PARAMS)
	ends.clear()
	wait.connect(func(end: CutoutFractureResult) -> void: ends.append(end))
	debris.free()
	check(await wait_until(func() -> bool: return ends.size() == 1), "freed meanwhile")
	check(ends[0].is_cancelled(), "cancelled")


func _after_ending(debris: CutoutDebris2D, piece: int, wait: Signal) -> CutoutFractureResult:
	debris.end_piece(piece)
	return await wait
