extends CutoutDebrisCase
## Objects that are cut before they are hit.

const PARAMS: Dictionary = {"fragment_count": 12, "edge_padding": 0.0, "seed": 5}


class Own:
	extends Polygon2D
	var results: Array[CutoutFractureResult] = []

	func apply_fracture(result: CutoutFractureResult) -> void:
		results.append(result)


class Shot:
	extends RefCounted
	var times: int = 0

	func note() -> void:
		times += 1


func cut(object: Object, params: Dictionary = PARAMS) -> CutoutPrefracture:
	var made: CutoutPrefracture = cutout.prefracture(object, params)
	if not made.is_over():
		await made.completed
	return made


func test_the_hit_breaks_it_in_the_same_call() -> void:
	var debris: CutoutDebris2D = still_debris()
	var shown: Polygon2D = crate()
	var made: CutoutPrefracture = cutout.prefracture(shown, PARAMS)
	check(not made.is_ready(), "it takes a moment")
	check(made.progress < 1.0, "it is not cut yet")
	var told: Shot = Shot.new()
	made.completed.connect(told.note)
	await made.completed
	check(made.is_ready(), "cut")
	check_equal(made.progress, 1.0, "all of it")
	await frames(3)
	check_equal(told.times, 1, "told once")
	check(shown.is_inside_tree() and shown.visible, "and nothing has happened to the object")
	check_equal(debris.get_piece_count(), 0, "nor are there pieces")
	shown.position = Vector2(300, 200) # it moves before it is hit
	shown.color = Color.RED
	var result: CutoutFractureResult = made.shatter(into(debris))
	check(result.is_ok(), result.message)
	check_equal(debris.get_piece_count(), 12, "its pieces are there at once")
	check_near(area_of_pieces(result), 10_000.0, 1.0, "all of it")
	check(debris.pick_piece(Vector2(350, 250)) >= 0, "where it is now")
	check_equal(result.fragments.size(), 12, "for those who ask")
	check(shown.is_queued_for_deletion(), "and it goes")
	check(not made.is_ready(), "that was it")


func test_it_is_as_without() -> void:
	var debris: CutoutDebris2D = still_debris()
	var now: CutoutFractureResult = await broken(crate(), into(debris))
	var made: CutoutPrefracture = await cut(crate())
	var later: CutoutFractureResult = made.shatter(into(debris))
	check_equal(later.fragments, now.fragments, "the same pieces")


func test_within_the_budget() -> void:
	var debris: CutoutDebris2D = still_debris()
	var all: Array[CutoutPrefracture] = []
	for i: int in 40:
		var shown: Polygon2D = crate(null, 20.0)
		shown.position = Vector2(i * 30, 0)
		all.append(cutout.prefracture(shown, PARAMS))
	var results: Array[CutoutFractureResult] = []
	var hit: Callable = func(made: CutoutPrefracture) -> void:
		results.append(await cutout.fracture_object(made, null, 0, 0, into(debris)))
	for i: int in 20: # those that are not cut yet break as soon as they are
		hit.call(all[i])
	check(await wait_until(func() -> bool: return results.size() == 20), "all end")
	for i: int in range(20, 40):
		if not all[i].is_over():
			await all[i].completed
	for i: int in range(20, 40):
		hit.call(all[i])
	check_equal(results.size(), 20, "not in the call")
	check(await wait_until(func() -> bool: return results.size() == 40), "all end")
	for result: CutoutFractureResult in results:
		check(result.is_ok(), result.message)
	check_equal(debris.get_piece_count(), 480, "all pieces")
	check(not all[0].is_ready() and not all[30].is_ready(), "used")


func test_as_nodes_and_as_nothing() -> void:
	var shown: Polygon2D = crate()
	var made: CutoutPrefracture = await cut(shown)
	var blast: CutoutBlast = CutoutBlast.new()
	blast.output = CutoutBlast.Output.NODES
	var result: CutoutFractureResult = made.shatter(blast)
	check_equal(result.nodes.size(), 12, "nodes")
	cutout.retire(result.nodes)
	shown = crate()
	made = await cut(shown)
	blast.output = CutoutBlast.Output.NONE
	result = made.shatter(blast)
	check_equal(result.fragments.size(), 12, "fragments")
	check(not shown.is_queued_for_deletion(), "the object stays")
	var own: Own = Own.new()
	own.polygon = square()
	add_child(own)
	made = await cut(own)
	check(own.results.is_empty(), "not yet")
	result = made.shatter()
	check(own.results == [result] and result.fragments.size() == 12, "who applies results itself does")


func test_sprites() -> void:
	var image: Image = Image.create_empty(16, 16, false, Image.FORMAT_RGBA8)
	image.fill_rect(Rect2i(2, 2, 12, 12), Color.WHITE)
	var sprite: Sprite2D = Sprite2D.new()
	sprite.texture = ImageTexture.create_from_image(image)
	sprite.scale = Vector2(4, 4)
	add_child(sprite)
	var made: CutoutPrefracture = await cut(sprite)
	check(made.is_ready(), made.message)
	sprite.modulate = Color(1, 1, 1, 0.5)
	sprite.rotation = 0.5
	var result: CutoutFractureResult = made.shatter(into(still_debris()))
	check(result.is_ok() and pieces_of(result).size() >= 12, result.message)
	check(area_of_pieces(result) > 2000.0, "as large as it is seen")


func test_before_it_is_in_the_tree() -> void:
	var shown: Polygon2D = Polygon2D.new()
	shown.polygon = square()
	var made: CutoutPrefracture = await cut(shown)
	check(made.is_ready(), made.message)
	var debris: CutoutDebris2D = still_debris()
	add_child(shown)
	check(made.shatter(into(debris)).is_ok(), "it breaks")
	check_equal(debris.get_piece_count(), 12, "into pieces")


func test_what_cannot_be() -> void:
	expect_errors(["prefracture: expected an object", "has 2 points", "fragment_count"])
	check_equal(cutout.prefracture(5, {}).status, JobStatus.BAD_ARGUMENT, "no object")
	var shown: Polygon2D = crate()
	shown.polygon = PackedVector2Array([Vector2.ZERO, Vector2.ONE])
	var made: CutoutPrefracture = await cut(shown)
	check(made.is_over() and made.status != JobStatus.OK and made.message != "", "too few points")
	check_equal(made.progress, 1.0, "nothing more comes")
	check_equal(made.shatter().status, made.status, "it stays so")
	var result: CutoutFractureResult = await cutout.fracture_object(made, null)
	check_equal(result.status, made.status, "also here")
	made = cutout.prefracture(crate(), {"fragment_count": -3})
	check(made.is_over() and made.status != JobStatus.OK, "bad parameters")
	made = cutout.prefracture(crate(), PARAMS)
	check_equal(made.shatter().status, JobStatus.BAD_ARGUMENT, "too early")
	await made.completed
	check(made.shatter().is_ok(), "but not too late")
	check(made.shatter().is_cancelled(), "only once")
	result = await cutout.fracture_object(made, null)
	check(result.is_cancelled(), "only once, either way")


func test_objects_that_go() -> void:
	var shown: Polygon2D = crate()
	var made: CutoutPrefracture = cutout.prefracture(shown, PARAMS)
	shown.free()
	await made.completed
	check_equal(made.status, JobStatus.CANCELLED, "freed before it was cut")
	shown = crate()
	made = await cut(shown)
	shown.free()
	check(made.is_ready(), "nobody has looked")
	check(made.shatter().is_cancelled(), "freed before it was hit")
	check_equal(cutout.prefracture(shown, {}).status, JobStatus.CANCELLED, "no object any more")


func test_cancelling() -> void:
	var made: CutoutPrefracture = cutout.prefracture(crate(null, 1000.0), {"fragment_count": 20_000})
	var told: Shot = Shot.new()
	made.completed.connect(told.note)
	made.cancel()
	check(made.is_over() and made.status == JobStatus.CANCELLED, "cancelled")
	check(made.shatter().is_cancelled(), "and does not break")
	check(await settled(), "its job ends")
	check_equal(told.times, 1, "told once")
	made = cutout.prefracture(crate(), PARAMS)
	cutout.cancel_all()
	if not made.is_over():
		await made.completed
	check_equal(made.status, JobStatus.CANCELLED, "by cancel_all(), too")
	for _i: int in 50: # nobody keeps them
		cutout.prefracture(crate(), PARAMS)
	check(await settled(), "they are cut for nothing")
