extends CutoutDebrisCase
## Partial damage: a crater breaks off, the rest stays one object.

const PARAMS: Dictionary = {"fragment_count": 8, "seed": 2}

var results: Array[CutoutFractureResult] = []


func before_each() -> void:
	super()
	results.clear()


func hit(
	object: Object, point: Vector2, radius: float = 20.0, blast: CutoutBlast = null, params: Variant = PARAMS
) -> CutoutFractureResult:
	return await cutout.damage_object(object, point, radius, params, 0, blast)


## Adds the result to [member results].
func hit_later(object: Object, point: Vector2, radius: float = 20.0, blast: CutoutBlast = null) -> void:
	results.append(await hit(object, point, radius, blast))


## The area that a [Polygon2D] draws.
func drawn_area(shown: Polygon2D) -> float:
	if shown.polygons.is_empty():
		return area_of([shown.polygon])
	var faces: Array = []
	for face: PackedInt32Array in shown.polygons:
		var ring: PackedVector2Array = PackedVector2Array()
		for corner: int in face:
			ring.append(shown.polygon[corner])
		faces.append(ring)
	return area_of(faces)


func rest_of(sprite: Node) -> Polygon2D:
	return sprite.get_node_or_null("CutoutRest")


func sprite_of(size: int = 64) -> Sprite2D:
	var image: Image = Image.create_empty(size, size, false, Image.FORMAT_RGBA8)
	image.fill(Color.WHITE)
	var sprite: Sprite2D = Sprite2D.new()
	sprite.texture = ImageTexture.create_from_image(image)
	return sprite


func test_a_crater_breaks_off_and_the_rest_stays() -> void:
	var debris: CutoutDebris2D = still_debris()
	var shown: Polygon2D = crate()
	shown.position = Vector2(200, 100)
	var result: CutoutFractureResult = await hit(shown, Vector2(250, 150), 20.0, into(debris))
	check(result.is_ok(), result.message)
	check_equal(debris.get_piece_count(), 8, "pieces")
	check_equal(result.fragments.size(), 8, "of the result, too")
	check(is_instance_valid(shown) and not shown.is_queued_for_deletion(), "it stays")
	check_near(drawn_area(shown) + area_of_pieces(result), 10_000.0, 0.1, "nothing is lost")
	check(drawn_area(shown) < 9500.0, "there is a hole in it")
	check(debris.pick_piece(Vector2(250, 150)) >= 0, "where it was hit")
	check_equal(debris.pick_piece(Vector2(205, 105)), -1, "and nowhere else")
	result = await hit(shown, Vector2(200, 100), 20.0, into(debris))
	check(result.is_ok(), result.message)
	var whole: CutoutFractureResult = await broken(shown, into(debris), 5)
	check(whole.is_ok(), whole.message)
	check(shown.is_queued_for_deletion(), "what is left can be broken")
	var area: float = 0.0
	for burst: int in range(1, 8):
		for piece: int in debris.get_burst_pieces(burst):
			area += debris.get_piece_area(piece)
	check_near(area, 10_000.0, 0.5, "all of it")


func test_a_miss_changes_nothing() -> void:
	var shown: Polygon2D = crate()
	var result: CutoutFractureResult = await hit(shown, Vector2(500, 500))
	check(result.is_ok(), result.message)
	check(result.fragments.is_empty() and result.bursts.is_empty(), "nothing broke off")
	check_equal(shown.polygon, square(), "it is as it was")


func test_hits_in_a_row() -> void:
	var debris: CutoutDebris2D = still_debris()
	var shown: Polygon2D = crate(null, 300.0)
	var order: Array[int] = []
	for i: int in 60: # all in one frame
		var note: Callable = func(n: int) -> void:
			var result: CutoutFractureResult = await hit(
				shown, Vector2((n * 37) % 300, (n * 91) % 300), 12.0, into(debris)
			)
			order.append(n)
			results.append(result)
		note.call(i)
	check(await wait_until(func() -> bool: return results.size() == 60), "each has a result")
	check_equal(order, Array(range(60), TYPE_INT, &"", null), "in their order")
	var fallen: float = 0.0
	for result: CutoutFractureResult in results:
		check(result.is_ok(), result.message)
		fallen += area_of(result.fragments)
	check(fallen > 10_000.0, "much has fallen")
	check_near(drawn_area(shown) + fallen, 90_000.0, 1.0, "and nothing is lost")


func test_islands_fall_unless_they_are_held() -> void:
	var debris: CutoutDebris2D = still_debris()
	for case: int in 3:
		var beam: Polygon2D = Polygon2D.new()
		beam.polygon = PackedVector2Array([Vector2(0, 0), Vector2(100, 0), Vector2(100, 10), Vector2(0, 10)])
		beam.position = Vector2(1000 * case, 50)
		add_child(beam)
		var blast: CutoutBlast = into(debris)
		if case == 1:
			blast.anchor_points = PackedVector2Array([Vector2(1, 5)])
		elif case == 2:
			blast.anchor_rects = [Rect2(-5, -5, 10, 20), Rect2(99, 0, 5, 5)]
		var result: CutoutFractureResult = await hit(beam, beam.position + Vector2(40, 5), 15.0, blast)
		check(result.is_ok(), result.message)
		match case:
			0:
				check(drawn_area(beam) > 350.0, "the larger part stays")
				check_equal(debris.pick_piece(beam.position + Vector2(90, 5)), -1, "there")
				check(debris.pick_piece(beam.position + Vector2(5, 5)) >= 0, "the other falls")
			1:
				check(debris.pick_piece(beam.position + Vector2(90, 5)) >= 0, "what is not held falls")
				check_equal(debris.pick_piece(beam.position + Vector2(5, 5)), -1, "what is held stays")
			2:
				check_equal(debris.pick_piece(beam.position + Vector2(90, 5)), -1, "both are held")
				check_equal(debris.pick_piece(beam.position + Vector2(5, 5)), -1, "both")
				result = await hit(beam, beam.position + Vector2(90, 5), 4.0, blast)
				check(result.is_ok() and result.get_fragment_count() > 0, "one of the islands is hit")
				result = await hit(beam, beam.position + Vector2(5, 5), 60.0, blast)
				check(result.is_ok(), result.message)
				check(drawn_area(beam) > 0.0 and is_instance_valid(beam), "the other one stays")


func test_when_nothing_is_left_it_goes() -> void:
	var debris: CutoutDebris2D = still_debris()
	var shown: Polygon2D = crate()
	hit_later(shown, Vector2(50, 50), 30.0, into(debris))
	hit_later(shown, Vector2(50, 50), 500.0, into(debris))
	hit_later(shown, Vector2(50, 50), 5.0, into(debris))
	check(await wait_until(func() -> bool: return results.size() == 3), "all end")
	check(results[0].is_ok() and results[1].is_ok(), results[1].message)
	check(results[2].is_cancelled(), "there was nothing to hit any more")
	await frames(2)
	check(not is_instance_valid(shown), "freed")


func test_its_paint_stays_where_it_is() -> void:
	var shown: Polygon2D = crate()
	shown.texture = PlaceholderTexture2D.new()
	(shown.texture as PlaceholderTexture2D).size = Vector2(100, 100)
	shown.uv = PackedVector2Array([Vector2(0, 0), Vector2(50, 0), Vector2(50, 200), Vector2(0, 200)])
	shown.vertex_colors = PackedColorArray([Color.RED, Color.RED, Color.BLUE, Color.BLUE])
	for i: int in 5:
		var result: CutoutFractureResult = await hit(shown, Vector2(20 * i + 10, 30), 8.0)
		check(result.is_ok(), result.message)
	check_equal(shown.uv.size(), shown.polygon.size(), "for each point")
	for i: int in shown.polygon.size():
		check(shown.uv[i].distance_to(shown.polygon[i] * Vector2(0.5, 2.0)) < 0.01, "its place in the texture")
		check_near(shown.vertex_colors[i].b, shown.polygon[i].y / 100.0, 0.01, "and its colour")


func test_sprites() -> void:
	var debris: CutoutDebris2D = still_debris()
	var sprite: Sprite2D = sprite_of()
	sprite.position = Vector2(300, 300)
	sprite.scale = Vector2(4, -2) # flipped
	add_child(sprite)
	var result: CutoutFractureResult = await hit(sprite, Vector2(300, 300), 30.0, into(debris))
	check(result.is_ok(), result.message)
	check(area_of_pieces(result) > 1500.0, "a crater as it is seen")
	var rest: Polygon2D = rest_of(sprite)
	check(rest != null, "the rest is drawn")
	await frames(2)
	check_equal(rest.texture, sprite.texture, "with its texture")
	check_near(drawn_area(rest) * 8.0 + area_of_pieces(result), 64.0 * 64.0 * 8.0, 40.0, "all that is left")
	for i: int in 20:
		result = await hit(sprite, Vector2(200 + 10 * i, 250 + 5 * i), 15.0, into(debris))
		check(result.is_ok(), result.message)
	check_equal(sprite.get_child_count(true), 1, "one node draws it")
	result = await broken(sprite, into(debris), 6)
	check(result.is_ok() and sprite.is_queued_for_deletion(), "what is left can be broken")
	var area: float = 0.0
	for burst: int in range(1, 60):
		for piece: int in debris.get_burst_pieces(burst):
			area += debris.get_piece_area(piece)
	check_near(area, 64.0 * 64.0 * 8.0, 60.0, "and nothing is lost")


func test_bodies() -> void:
	var debris: CutoutDebris2D = still_debris()
	var body: RigidBody2D = RigidBody2D.new()
	body.gravity_scale = 0.0
	body.mass = 10.0
	var shown: Polygon2D = crate(body)
	var outline: CollisionPolygon2D = CollisionPolygon2D.new()
	outline.polygon = square()
	body.add_child(outline)
	var box: CollisionShape2D = CollisionShape2D.new()
	box.shape = RectangleShape2D.new()
	(box.shape as RectangleShape2D).size = Vector2(100, 100)
	box.position = Vector2(50, 50)
	body.add_child(box)
	body.position = Vector2(500, 500)
	add_child(body)
	await ticks(2)
	var result: CutoutFractureResult = await hit(body, Vector2(550, 550), 25.0, into(debris))
	check(result.is_ok(), result.message)
	var left: float = drawn_area(shown)
	check_near(left + area_of_pieces(result), 10_000.0, 0.5, "what is seen")
	check_near(body.mass, 10.0 * left / 10_000.0, 0.01, "it is lighter")
	check(box.disabled, "the box is no box any more")
	await ticks(2)
	var query: PhysicsPointQueryParameters2D = PhysicsPointQueryParameters2D.new()
	var space: PhysicsDirectSpaceState2D = get_viewport().world_2d.direct_space_state
	query.position = Vector2(550, 550)
	check(space.intersect_point(query).is_empty(), "there is nothing in the hole")
	for place: Vector2 in [Vector2(510, 510), Vector2(590, 510), Vector2(590, 590), Vector2(510, 590)]:
		query.position = place
		check(not space.intersect_point(query).is_empty(), "round it there is: %s" % place)
	for i: int in 10:
		result = await hit(body, Vector2(500 + 10 * i, 505), 8.0, into(debris))
		check(result.is_ok(), result.message)
	await ticks(2)
	query.position = Vector2(550, 503)
	check(space.intersect_point(query).is_empty(), "nor where it was dug away")
	result = await broken(body, into(debris), 5)
	check(result.is_ok() and body.is_queued_for_deletion(), "what is left can be broken")


func test_bare_shapes() -> void:
	var body: StaticBody2D = StaticBody2D.new()
	var outline: CollisionPolygon2D = CollisionPolygon2D.new()
	outline.polygon = square()
	body.add_child(outline)
	add_child(body)
	var result: CutoutFractureResult = await hit(outline, Vector2(50, 50), 15.0)
	check(result.is_ok() and result.get_fragment_count() == 8, result.message)
	var area: float = area_of([outline.polygon])
	for child: Node in body.get_children(true):
		if child != outline and child is CollisionPolygon2D:
			area += area_of([(child as CollisionPolygon2D).polygon])
	check_near(area + area_of(result.fragments), 10_000.0, 0.5, "the rest")
	result = await hit(body, Vector2(0, 0), 15.0)
	check(result.is_ok(), result.message)


func test_skewed_and_moved_meanwhile() -> void:
	var debris: CutoutDebris2D = still_debris()
	var parent: Node2D = Node2D.new()
	parent.transform = Transform2D(Vector2(2.0, 1.0), Vector2(-1.0, -1.5), Vector2(40, 70))
	add_child(parent)
	var shown: Polygon2D = crate(parent)
	var point: Vector2 = shown.to_global(Vector2(50, 50))
	hit_later(shown, point, 30.0, into(debris))
	parent.position += Vector2(500, 0)
	check(await wait_until(func() -> bool: return results.size() == 1), "it ends")
	var result: CutoutFractureResult = results[0]
	check(result.is_ok(), result.message)
	check(debris.pick_piece(point + Vector2(500, 0)) >= 0, "in the object, where that is now")
	var reach: float = 0.0
	for piece: int in pieces_of(result):
		for place: Vector2 in debris.get_piece_transform(piece) * debris.get_piece_polygon(piece):
			reach = maxf(reach, place.distance_to(point + Vector2(500, 0)))
	check(reach > 22.0 and reach < 50.0, "a circle as it is seen: %s" % reach)


func test_what_cannot_be() -> void:
	expect_errors(
		["expected a Polygon2D", "not in the tree", "the point is", "the point is", "the point is", "params is", "voronoi",
		"fragment_count", "has 2 points"]
	)
	check_equal((await hit(self, Vector2.ZERO)).status, JobStatus.BAD_ARGUMENT, "no such object")
	var outside: Polygon2D = Polygon2D.new()
	outside.polygon = square()
	check(not (await hit(outside, Vector2.ZERO)).is_ok(), "not in the tree")
	outside.free()
	var shown: Polygon2D = crate()
	check(not (await hit(shown, Vector2(NAN, 0))).is_ok(), "no place")
	check(not (await hit(shown, Vector2.ZERO, -1.0)).is_ok(), "no radius")
	check(not (await hit(shown, Vector2.ZERO, INF)).is_ok(), "no radius")
	check(not (await hit(shown, Vector2.ZERO, 5.0, null, 7)).is_ok(), "no parameters")
	check(not (await hit(shown, Vector2.ZERO, 5.0, null, {"type": "slices"})).is_ok(), "slices")
	check(not (await hit(shown, Vector2.ZERO, 5.0, null, {"fragment_count": 0})).is_ok(), "no pieces")
	check(not (await hit(shown, Vector2.ZERO, 1e30)).is_ok(), "too large")
	check_equal(shown.polygon, square(), "it is as it was")
	var thin: Polygon2D = crate()
	thin.polygon = PackedVector2Array([Vector2.ZERO, Vector2.ONE])
	check(not (await hit(thin, Vector2.ZERO)).is_ok(), "no polygon")


func test_objects_that_go_and_cancelling() -> void:
	var shown: Polygon2D = crate()
	for i: int in 50:
		hit_later(shown, Vector2(i, i), 3.0)
	shown.free()
	check(await wait_until(func() -> bool: return results.size() == 50), "all end")
	for result: CutoutFractureResult in results:
		check(result.is_cancelled(), "cancelled")
	results.clear()
	shown = crate()
	for i: int in 50:
		hit_later(shown, Vector2(i, i), 3.0)
	cutout.cancel_all()
	check(await wait_until(func() -> bool: return results.size() == 50), "all end")
	check(results.all(func(result: CutoutFractureResult) -> bool: return result.is_cancelled()), "cancelled")
	check((await hit(shown, Vector2(50, 50))).is_ok(), "and it goes on")
	# One that is broken as a whole while it is hit.
	results.clear()
	hit_later(shown, Vector2(20, 20), 5.0)
	var whole: CutoutFractureResult = await broken(shown)
	check(whole.is_ok(), whole.message)
	check(await wait_until(func() -> bool: return results.size() == 1), "ends, too")


func test_a_copy_is_as_the_original_was_when_that_is_hit_again() -> void:
	var shown: Polygon2D = crate()
	await hit(shown, Vector2(50, 50), 20.0)
	var copy: Polygon2D = shown.duplicate()
	add_child(copy)
	var area: float = drawn_area(copy)
	await hit(shown, Vector2(20, 20), 8.0)
	check(drawn_area(shown) < area - 10.0, "the original has two holes")
	var result: CutoutFractureResult = await broken(copy)
	check(result.is_ok(), result.message)
	check_near(area_of(result.fragments), area, 0.5, "the copy has one")


func test_what_is_broken_behind_hits_is_what_they_leave() -> void:
	for output: CutoutBlast.Output in [CutoutBlast.Output.DEBRIS, CutoutBlast.Output.NONE]:
		results.clear()
		var debris: CutoutDebris2D = still_debris()
		var shown: Polygon2D = crate()
		hit_later(shown, Vector2(50, 50), 20.0, into(debris))
		hit_later(shown, Vector2(0, 0), 10.0, into(debris))
		var blast: CutoutBlast = into(debris)
		blast.output = output
		var ahead: CutoutPrefracture = cutout.prefracture(shown, PARAMS)
		var whole: CutoutFractureResult = await broken(shown, blast)
		check(whole.is_ok(), whole.message)
		check_equal(results.size(), 2, "after the hits")
		var area: float = area_of(whole.fragments)
		for result: CutoutFractureResult in results:
			area += area_of_pieces(result)
		check_near(area, 10_000.0, 0.5, "each part of it once")
		ahead.cancel()
	# It goes while the call waits for the hits; and all is cancelled then.
	results.clear()
	var gone: Polygon2D = crate()
	hit_later(gone, Vector2(50, 50))
	var answer: Variant = cutout.fracture_object(gone, PARAMS)
	gone.free()
	var result: CutoutFractureResult = await answer
	check(result.is_cancelled(), "it is gone")
	var other: Polygon2D = crate()
	hit_later(other, Vector2(50, 50))
	answer = cutout.fracture_object(other, PARAMS)
	cutout.cancel_all()
	result = await answer
	check(result.is_cancelled(), "cancelled")
	check(is_instance_valid(other) and not other.is_queued_for_deletion(), "it stays")


func test_an_outline_that_is_set_anew_is_whole() -> void:
	var shown: Polygon2D = crate()
	await hit(shown, Vector2(50, 50))
	shown.polygons = []
	shown.polygon = square(10.0)
	var result: CutoutFractureResult = await hit(shown, Vector2(0, 0), 3.0)
	check(result.is_ok(), result.message)
	check_near(drawn_area(shown) + area_of(result.fragments), 100.0, 0.1, "the new one")
	await hit(shown, Vector2(5, 5), 2.0) # a hole
	var copy: Polygon2D = shown.duplicate()
	add_child(copy)
	result = await hit(copy, Vector2(10, 10), 3.0)
	check(result.is_ok(), result.message)
	check(drawn_area(copy) < drawn_area(shown), "a copy is an object of its own")
	check((await broken(copy)).is_ok(), "that can be broken")


func test_a_hit_waits_for_a_fracture_before_it() -> void:
	expect_errors(["has no visible child"]) # where the body is left with nothing
	cutout.set_workers(2)
	for kind: int in 4:
		var body: StaticBody2D = StaticBody2D.new()
		add_child(body)
		var shown: Polygon2D = crate(body, 200.0)
		if kind == 1:
			shown.texture = PlaceholderTexture2D.new() # not by the short way
		var first: Array[CutoutFractureResult] = []
		var wait: Callable = func(what: Node2D) -> void:
			first.append(await cutout.fracture_object(what, {"fragment_count": 20_000}, -1))
		wait.call(body if kind == 2 else shown)
		var hit: CutoutFractureResult = await cutout.damage_object(
			body if kind == 3 else shown, Vector2(100, 0), 40.0, PARAMS, 10
		)
		check_equal(first.size(), 1, "kind %d: the fracture came before" % kind)
		check(first[0].is_ok(), first[0].message)
		check_near(area_of(first[0].fragments), 40_000.0, 1.0, "all of it")
		check(not hit.is_ok() or hit.get_fragment_count() == 0, "nothing is left to hit: %s" % hit)
		if is_instance_valid(body):
			body.free()
	cutout.set_workers(0)


func test_a_hit_after_a_fracture_that_fails() -> void:
	var shown: Polygon2D = Polygon2D.new()
	shown.polygon = PackedVector2Array([Vector2(0, 0), Vector2(200, 200), Vector2(200, 0), Vector2(0, 200)])
	add_child(shown)
	var first: Array[CutoutFractureResult] = []
	var wait: Callable = func() -> void: first.append(await cutout.fracture_object(shown, PARAMS))
	wait.call()
	var hit: CutoutFractureResult = await cutout.damage_object(shown, Vector2(20, 20), 30.0, PARAMS)
	check(first.size() == 1 and not first[0].is_ok(), "it crosses itself, and stays")
	check(hit.is_ok() and hit.get_fragment_count() > 0, "a hit repairs it: %s" % hit)


func test_a_hit_just_before_what_waited_for_hits_goes_on() -> void:
	var shown: Polygon2D = crate(null, 200.0)
	var ended: PackedStringArray = []
	var note: Callable = func(name_of_it: String, wait: Signal) -> void:
		var result: CutoutFractureResult = await wait
		ended.append(name_of_it + (" ok" if result.is_ok() else ""))
	var first: Signal = cutout.damage_object(shown, Vector2(100, 0), 40.0, PARAMS)
	var cut: CutoutPrefracture = cutout.prefracture(shown, PARAMS)
	note.call("fracture", cutout.fracture_object(cut, null))
	await first
	await get_tree().process_frame # in the next frame, before anything else
	note.call("hit", cutout.damage_object(shown, Vector2(0, 100), 40.0, PARAMS))
	check(await wait_until(func() -> bool: return ended.size() == 2, 5.0), "both end: %s" % [ended])
	check("fracture ok" in ended, "it breaks: %s" % [ended])


func test_hits_on_a_body_and_on_what_it_holds() -> void:
	var body: StaticBody2D = StaticBody2D.new()
	add_child(body)
	var shown: Polygon2D = crate(body, 200.0)
	var order: Array = []
	var note: Callable = func(object: Node2D, title: String, at: Vector2) -> void:
		await hit_later(object, at, 40.0)
		order.append(title)
	note.call(body, "body", Vector2(0, 100))
	note.call(shown, "shown", Vector2(200, 100))
	note.call(body, "body", Vector2(100, 0))
	note.call(shown, "shown", Vector2(100, 200))
	var whole: CutoutFractureResult = await cutout.fracture_object(shown, PARAMS)
	check_equal(results.size(), 4, "hits come before")
	check_equal(order, ["body", "shown", "body", "shown"], "by turns")
	var lost: float = 0.0
	for result: CutoutFractureResult in results:
		check_equal(result.status, JobStatus.OK, result.message)
		lost += area_of(result.fragments)
	check_near(lost + area_of(whole.fragments), 40_000.0, 1.0, "all of it once")
