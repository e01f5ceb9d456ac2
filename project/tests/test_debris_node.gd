extends CutoutDebrisCase
## CutoutDebris2D: lives, limits, bodies, hits, picking, promoting, and what befalls the node.


func after_each() -> void:
	get_tree().paused = false
	get_tree().physics_interpolation = false
	await super()


func test_lives_end() -> void:
	var debris: CutoutDebris2D = still_debris()
	debris.lifetime = 0.3
	debris.lifetime_spread = 0.5
	debris.shrink = 0.1
	var result: CutoutFractureResult = await broken(crate(), into(debris))
	var pieces: PackedInt64Array = pieces_of(result)
	var began: int = Time.get_ticks_msec()
	check(await wait_until(func() -> bool: return debris.get_piece_count() == 0), "all end")
	check(Time.get_ticks_msec() - began > 120, "not at once")
	await frames(2)
	pieces.sort()
	ended.sort()
	check_equal(ended, pieces, "each is told once")
	check(not debris.has_piece(pieces[0]) and debris.get_burst_of(pieces[0]) == -1, "they are gone")
	check(not debris.end_piece(pieces[0]) and not debris.set_piece_motion(pieces[0], Vector2.ONE, 0.0), "gone")
	check(debris.get_piece_polygon(pieces[0]).is_empty() and debris.promote(pieces[0]) == null, "nothing of it")


func test_pieces_lie_on_those_that_came_before() -> void:
	var debris: CutoutDebris2D = still_debris()
	var textured: Polygon2D = crate()
	textured.texture = PlaceholderTexture2D.new()
	var field: RefCounted = debris.get("_field")
	var last: int = -1
	for object: Polygon2D in [crate(), textured, crate()]:
		var result: CutoutFractureResult = await broken(object, into(debris))
		var place: int = field.call(&"get_draw_index", result.bursts[0])
		check(place > last, "drawn after the one before: %d, %d" % [last, place])
		last = place


func test_the_oldest_go_first() -> void:
	var debris: CutoutDebris2D = still_debris()
	var first: CutoutFractureResult = await broken(crate(), into(debris), 10)
	var old: PackedInt64Array = pieces_of(first)
	debris.max_pieces = old.size() + 4
	var second: CutoutFractureResult = await broken(crate(), into(debris), 10)
	check_equal(debris.get_piece_count(), debris.max_pieces, "as many as there may be")
	check_equal(pieces_of(second).size(), second.get_fragment_count(), "all the new ones are there")
	await frames(2)
	check_equal(ended.size(), second.get_fragment_count() - 4, "told")
	for piece: int in ended:
		check(piece in old, "an old one")


func test_the_smallest_go_first() -> void:
	var debris: CutoutDebris2D = still_debris()
	debris.eviction = CutoutDebris2D.Eviction.LEAST_VISIBLE
	var small: CutoutFractureResult = await broken(crate(null, 30.0), into(debris), 10)
	var large: CutoutFractureResult = await broken(crate(null, 300.0), into(debris), 10)
	debris.max_pieces = debris.get_piece_count()
	var small_count: int = pieces_of(small).size()
	await broken(crate(null, 200.0), into(debris), 5)
	await frames(2)
	check(not ended.is_empty() and debris.get_piece_count() <= debris.max_pieces, "some went")
	check_equal(pieces_of(small).size(), small_count - ended.size(), "all of them small")
	check_equal(pieces_of(large).size(), large.get_fragment_count(), "the large ones stay")


func test_no_more_pieces_than_allowed_even_of_one_object() -> void:
	var debris: CutoutDebris2D = still_debris()
	debris.max_pieces = 5
	for kind: CutoutDebris2D.Eviction in [
		CutoutDebris2D.Eviction.OLDEST, CutoutDebris2D.Eviction.LEAST_VISIBLE
	]:
		debris.eviction = kind
		await broken(crate(), into(debris), 20)
		check_equal(debris.get_piece_count(), 5, "as many as there may be")


func test_the_largest_have_bodies() -> void:
	var debris: CutoutDebris2D = still_debris()
	debris.max_bodies = 4
	debris.min_body_area = 0.0
	var result: CutoutFractureResult = await broken(crate(), into(debris), 20)
	check_equal(debris.get_body_count(), 4, "so many")
	var least: float = INF
	var most: float = 0.0
	for piece: int in pieces_of(result):
		if debris.has_body(piece):
			least = minf(least, debris.get_piece_area(piece))
		else:
			most = maxf(most, debris.get_piece_area(piece))
	check(least >= most and most > 0.0, "the largest")
	debris.clear()
	debris.min_body_area = 10_001.0
	await broken(crate(), into(debris), 20)
	check_equal(debris.get_body_count(), 0, "none is large enough")


func test_a_lower_limit_takes_bodies_away() -> void:
	var debris: CutoutDebris2D = still_debris()
	debris.max_bodies = 20
	debris.min_body_area = 0.0
	var blast: CutoutBlast = into(debris)
	blast.speed = 200.0
	blast.spin = 3.0
	var result: CutoutFractureResult = await broken(crate(), blast, 12)
	await ticks(4)
	check_equal(debris.get_body_count(), 12, "each has one")
	var before: Dictionary[int, Transform2D] = {}
	for piece: int in pieces_of(result):
		before[piece] = debris.get_piece_transform(piece)
	debris.max_bodies = 5
	await frames(2)
	check_equal(debris.get_body_count(), 5, "as many as there may be")
	check_equal(debris.get_piece_count(), 12, "no piece is gone")
	var least: float = INF
	var most: float = 0.0
	for piece: int in before:
		if debris.has_body(piece):
			least = minf(least, debris.get_piece_area(piece))
		else:
			most = maxf(most, debris.get_piece_area(piece))
			check(debris.get_piece_velocity(piece).length() > 20.0, "it flies on")
		var moved: Vector2 = debris.get_piece_transform(piece).origin - before[piece].origin
		check(moved.length() > 0.1 and moved.length() < 60.0, "from where it was: %s" % moved)
	check(least >= most, "the largest keep theirs")
	debris.max_bodies = 0
	await frames(2)
	check_equal(debris.get_body_count(), 0, "none is left")
	debris.max_bodies = 20
	await frames(2)
	check_equal(debris.get_body_count(), 0, "for pieces that come from now on")


func test_bodies_fall_on_a_floor_hit_it_and_rest() -> void:
	var floor_body: StaticBody2D = _floor(400.0)
	var debris: CutoutDebris2D = still_debris()
	debris.gravity_scale = 1.0
	debris.max_bodies = 6
	debris.min_body_area = 0.0
	debris.bounce = 0.0
	var hits: Array[Array] = []
	debris.piece_hit.connect(
		func(piece: int, place: Vector2, impulse: float, collider: Object) -> void:
			hits.append([piece, place, impulse, collider])
	)
	var shown: Polygon2D = crate()
	shown.position = Vector2(0, 200)
	var result: CutoutFractureResult = await broken(shown, into(debris), 6)
	await ticks(150)
	for piece: int in pieces_of(result):
		check(debris.has_body(piece), "all have a body")
		var lowest: float = -INF
		for point: Vector2 in debris.get_piece_transform(piece) * debris.get_piece_polygon(piece):
			lowest = maxf(lowest, point.y)
		check_near(lowest, 400.0, 3.0, "it lies on the floor")
		check(debris.get_piece_velocity(piece).length() < 20.0, "and rests")
	check(not hits.is_empty(), "hits are told")
	for hit: Array in hits:
		check(hit[3] == floor_body and hit[0] in pieces_of(result), "who hit what")
		check_near((hit[1] as Vector2).y, 400.0, 4.0, "where")
		check(hit[2] >= debris.hit_impulse, "how hard")


func test_hits_that_nobody_hears_are_forgotten() -> void:
	_floor(400.0)
	var debris: CutoutDebris2D = still_debris()
	debris.gravity_scale = 1.0
	debris.max_bodies = 20
	debris.min_body_area = 0.0
	var listen: Callable = func(_piece: int, _place: Vector2, _impulse: float, _collider: Object) -> void: pass
	debris.piece_hit.connect(listen)
	var shown: Polygon2D = crate()
	shown.position = Vector2(0, 280)
	await broken(shown, into(debris), 6)
	debris.piece_hit.disconnect(listen)
	await ticks(60)
	var field: Object = debris.get("_field")
	check(not field.call(&"has_hits"), "none is kept")


func test_the_material_of_the_body_goes_before() -> void:
	_floor(400.0)
	var debris: CutoutDebris2D = still_debris()
	debris.gravity_scale = 1.0
	debris.max_bodies = 20
	debris.min_body_area = 0.0
	var fastest_up: PackedFloat64Array = [0.0, 0.0]
	for k: int in 2:
		var body: RigidBody2D = RigidBody2D.new()
		if k == 1:
			body.physics_material_override = PhysicsMaterial.new()
			body.physics_material_override.bounce = 1.0
		crate(body)
		body.position = Vector2(0, 100)
		body.freeze = true
		add_child(body)
		var result: CutoutFractureResult = await broken(body, into(debris), 3)
		for _tick: int in 90:
			await ticks(1)
			for piece: int in pieces_of(result):
				fastest_up[k] = minf(fastest_up[k], debris.get_piece_velocity(piece).y)
		debris.clear()
	check(fastest_up[0] > -60.0, "without one it stays down: %s" % fastest_up[0])
	check(fastest_up[1] < -200.0, "with a bouncy one it comes up again: %s" % fastest_up[1])


func test_a_body_is_gone_with_its_piece() -> void:
	var debris: CutoutDebris2D = still_debris()
	debris.max_bodies = 10
	debris.min_body_area = 0.0
	debris.meets_debris = true
	var result: CutoutFractureResult = await broken(crate(), into(debris), 4)
	var query: PhysicsPointQueryParameters2D = PhysicsPointQueryParameters2D.new()
	query.position = debris.get_piece_center(pieces_of(result)[0])
	await ticks(2)
	var space: PhysicsDirectSpaceState2D = get_viewport().world_2d.direct_space_state
	check(not space.intersect_point(query).is_empty(), "it is met")
	check_equal(space.intersect_point(query)[0]["collider"], debris, "and belongs to the node")
	debris.clear()
	# Nothing is freed while the processors are away, yet nothing is met.
	space = get_viewport().world_2d.direct_space_state
	check(space.intersect_point(query).is_empty(), "nothing is met any more")


func test_bodies_are_used_again_and_sleep_meanwhile() -> void:
	var floor_body: StaticBody2D = _floor(400.0)
	var debris: CutoutDebris2D = still_debris()
	debris.gravity_scale = 1.0
	debris.max_bodies = 20
	debris.min_body_area = 0.0
	debris.hit_impulse = 0.0
	var hits: PackedInt64Array = PackedInt64Array()
	debris.piece_hit.connect(
		func(piece: int, _place: Vector2, _impulse: float, _collider: Object) -> void: hits.append(piece)
	)
	var low: Polygon2D = crate()
	low.position = Vector2(0, 299)
	await broken(low, into(debris), 8)
	await ticks(60)
	check(debris.get_body_count() >= 8, "they have bodies")
	debris.clear()
	floor_body.free() # wakes what lies on it
	await ticks(5)
	check_equal(
		PhysicsServer2D.get_process_info(PhysicsServer2D.INFO_ACTIVE_OBJECTS), 0, "bodies without a piece sleep"
	)
	hits.clear()
	var high: Polygon2D = crate()
	high.position = Vector2(0, -400)
	high.rotation = 1.0
	var result: CutoutFractureResult = await broken(high, into(debris), 8)
	var pieces: PackedInt64Array = pieces_of(result)
	check_near(area_of_pieces(result), 10_000.0, 1.0, "those of the next object")
	await ticks(10)
	check(hits.is_empty(), "nothing of what the bodies met before: %s" % hits)
	for piece: int in pieces:
		check(debris.has_body(piece), "a body")
		check_near(debris.get_piece_velocity(piece).x, 0.0, 0.001, "it falls straight")
		check(debris.get_piece_velocity(piece).y > 50.0, "and by itself: %s" % debris.get_piece_velocity(piece))
		check_near(debris.get_piece_spin(piece), 0.0, 0.001, "it does not turn")


func test_picking() -> void:
	var debris: CutoutDebris2D = still_debris()
	var shown: Polygon2D = crate()
	shown.transform = Transform2D(0.4, Vector2(-2, 1), 0.2, Vector2(300, 100))
	var inside: Vector2 = shown.transform * Vector2(30, 40)
	var outside: Vector2 = shown.transform * Vector2(-3, 40)
	var result: CutoutFractureResult = await broken(shown, into(debris))
	var piece: int = debris.pick_piece(inside)
	check(piece in pieces_of(result), "there is one")
	check_equal(debris.get_burst_of(piece), result.bursts[0], "of that burst")
	check_equal(debris.pick_piece(outside), -1, "there is none")
	debris.set_piece_motion(piece, Vector2(5000, 0), 9.0)
	await frames(10)
	var moved: Transform2D = debris.get_piece_transform(piece)
	check_equal(debris.pick_piece(debris.get_piece_center(piece)), piece, "where it is now")
	check(moved.origin.x > 400.0, "it has moved")
	check(debris.end_piece(piece), "ended")
	check(debris.pick_piece(debris.get_piece_center(piece)) != piece, "it is gone")
	await frames(2)
	check(piece in ended, "and told")


func test_promoting() -> void:
	var debris: CutoutDebris2D = still_debris()
	var shown: Polygon2D = crate()
	shown.color = Color(0.5, 0.25, 1.0)
	shown.modulate = Color(1.0, 0.5, 0.5)
	shown.z_index = 3
	shown.transform = Transform2D(0.4, Vector2(-2, 1), 0.2, Vector2(300, 100))
	var result: CutoutFractureResult = await broken(shown, into(debris))
	await frames(2) # the object is freed
	var piece: int = pieces_of(result)[0]
	debris.set_piece_motion(piece, Vector2(50, 20), 1.5)
	var place: PackedVector2Array = debris.get_piece_transform(piece) * debris.get_piece_polygon(piece)
	var body: RigidBody2D = debris.promote(piece)
	check(body != null and body.get_parent() == self, "a node beside the debris")
	check(not debris.has_piece(piece), "the piece is gone")
	check_equal(body.linear_velocity, Vector2(50, 20), "it moves on")
	check_near(body.angular_velocity, 1.5, 0.001, "and turns on")
	var shape: CollisionPolygon2D = null
	var drawn: Polygon2D = null
	for child: Node in body.get_children():
		shape = child as CollisionPolygon2D if child is CollisionPolygon2D else shape
		drawn = child as Polygon2D if child is Polygon2D else drawn
	if not check(shape != null and drawn != null, "it has a shape and is seen"):
		return
	for i: int in place.size():
		check((shape.global_transform * shape.polygon[i]).distance_to(place[i]) < 0.01, "shape")
		check((drawn.global_transform * drawn.polygon[i]).distance_to(place[i]) < 0.01, "picture")
	var color: Color = drawn.color * drawn.self_modulate * drawn.modulate
	check(color.is_equal_approx(Color(0.5, 0.125, 0.5)), "coloured as the object was: %s" % color)
	check_equal(body.z_index, 3, "z")
	await frames(2)
	check(piece in ended, "its end is told")


func test_a_paused_tree() -> void:
	var debris: CutoutDebris2D = still_debris()
	debris.max_bodies = 3
	var blast: CutoutBlast = into(debris)
	blast.speed = 100.0
	var result: CutoutFractureResult = await broken(crate(), blast)
	await ticks(2)
	get_tree().paused = true
	await frames(2)
	var before: Array = pieces_of(result) as Array
	before = before.map(debris.get_piece_center)
	await ticks(10)
	check_equal((pieces_of(result) as Array).map(debris.get_piece_center), before, "all rest")
	get_tree().paused = false
	await ticks(10)
	check((pieces_of(result) as Array).map(debris.get_piece_center) != before, "and go on")


func test_a_node_that_does_not_process_rests() -> void:
	var debris: CutoutDebris2D = still_debris()
	debris.max_bodies = 3
	var blast: CutoutBlast = into(debris)
	blast.speed = 100.0
	var result: CutoutFractureResult = await broken(crate(), blast)
	await ticks(2)
	debris.process_mode = Node.PROCESS_MODE_DISABLED
	await frames(2)
	var before: Array = (pieces_of(result) as Array).map(debris.get_piece_center)
	await ticks(30)
	check_equal((pieces_of(result) as Array).map(debris.get_piece_center), before, "all rest")
	debris.process_mode = Node.PROCESS_MODE_INHERIT
	await ticks(3)
	for piece: int in pieces_of(result):
		var far: float = debris.get_piece_center(piece).distance_to(before[pieces_of(result).find(piece)])
		check(far > 0.0 and far < 30.0, "goes on from there, and does not jump: %f" % far)
	check_equal(debris.get_body_count(), 3, "with its bodies")


func test_a_node_that_moves_leaves_pieces_where_they_are() -> void:
	var debris: CutoutDebris2D = still_debris()
	var result: CutoutFractureResult = await broken(crate(), into(debris))
	var before: Array = (pieces_of(result) as Array).map(debris.get_piece_center)
	debris.transform = Transform2D(1.0, Vector2(3, -2), 0.3, Vector2(70, 9))
	await frames(3)
	check_equal((pieces_of(result) as Array).map(debris.get_piece_center), before, "where they were")


func test_out_of_the_tree_and_back() -> void:
	var debris: CutoutDebris2D = still_debris()
	debris.max_bodies = 3
	debris.gravity_scale = 1.0
	var result: CutoutFractureResult = await broken(crate(), into(debris))
	remove_child(debris)
	await ticks(3)
	check_equal(debris.get_piece_count(), result.get_fragment_count(), "all are kept")
	check_equal(debris.get_body_count(), 3, "with their bodies")
	var before: Array = (pieces_of(result) as Array).map(debris.get_piece_center)
	add_child(debris)
	await ticks(20)
	for i: int in before.size():
		var piece: int = pieces_of(result)[i]
		check(debris.get_piece_center(piece).y > (before[i] as Vector2).y + 1.0, "and they fall again")


func test_into_another_world_and_freed_mid_blast() -> void:
	var debris: CutoutDebris2D = still_debris()
	debris.max_bodies = 10
	var blast: CutoutBlast = into(debris)
	blast.speed = 200.0
	await broken(crate(), blast)
	var viewport: SubViewport = SubViewport.new()
	viewport.world_2d = World2D.new()
	add_child(viewport)
	remove_child(debris)
	viewport.add_child(debris)
	await ticks(3)
	check(debris.get_body_count() > 0, "bodies go along")
	viewport.free() # with the debris, and the world of its bodies
	check(not is_instance_valid(debris), "freed")
	debris = still_debris()
	var waiting: Array = []
	var wait: Callable = func() -> void: waiting.append(await broken(crate(), into(debris)))
	wait.call()
	debris.free()
	check(await wait_until(func() -> bool: return not waiting.is_empty()), "it is told")
	var result: CutoutFractureResult = waiting[0]
	check(result.is_ok() and node_of(result) != null and not pieces_of(result).is_empty(), "another node takes them")


func test_physics_interpolation() -> void:
	get_tree().physics_interpolation = true
	var debris: CutoutDebris2D = still_debris()
	debris.max_bodies = 3
	debris.gravity_scale = 1.0
	var result: CutoutFractureResult = await broken(crate(), into(debris))
	await ticks(20)
	for piece: int in pieces_of(result):
		check(debris.get_piece_center(piece).y > 5.0, "all fall")


func test_one_node_for_all_beside_one_another() -> void:
	var taken: Node2D = Node2D.new() # the name is taken
	taken.name = "CutoutDebris"
	add_child(taken)
	var shown: Polygon2D = crate()
	var debris: CutoutDebris2D = CutoutDebris2D.of(shown)
	check(debris != null and debris.get_parent() == self, "beside it")
	check(CutoutDebris2D.of(shown) == debris, "made once")
	debris.queue_free()
	check(CutoutDebris2D.of(shown) != debris, "one that is about to be freed takes nothing")
	check(CutoutDebris2D.of(null) == null, "of nothing")
	var outside: Node2D = Node2D.new()
	check(CutoutDebris2D.of(outside) == null, "of what is outside of the tree")
	outside.free()


func test_ids_are_never_used_again() -> void:
	var debris: CutoutDebris2D = still_debris()
	var seen: Dictionary[int, bool] = {}
	for i: int in 5:
		var result: CutoutFractureResult = await broken(crate(), into(debris))
		for piece: int in pieces_of(result):
			check(not seen.has(piece), "a new id")
			seen[piece] = true
		debris.clear()
		await frames(2)
	check(ended.is_empty(), "clear() tells nothing")


func _floor(y: float) -> StaticBody2D:
	var body: StaticBody2D = StaticBody2D.new()
	var shape: CollisionShape2D = CollisionShape2D.new()
	var box: RectangleShape2D = RectangleShape2D.new()
	box.size = Vector2(2000, 200)
	shape.shape = box
	body.add_child(shape)
	body.position = Vector2(0, y + 100.0)
	add_child(body)
	return body


func test_another_world_without_leaving_the_tree() -> void:
	var view: SubViewport = SubViewport.new()
	view.world_2d = World2D.new()
	add_child(view)
	var first: CutoutFractureResult = await broken(crate(view))
	await ticks(2)
	view.world_2d = World2D.new()
	await ticks(2)
	var second: CutoutFractureResult = await broken(crate(view))
	var before: Array[float] = [center_y(first), center_y(second)]
	await ticks(10)
	check(center_y(first) > before[0] + 1.0, "those that were there fall on")
	check(center_y(second) > before[1] + 1.0, "new ones fall")
	view.free()


func center_y(result: CutoutFractureResult) -> float:
	return node_of(result).get_piece_center(pieces_of(result)[0]).y


func test_where_no_node_can_be_made() -> void:
	expect_errors(["Parent node is busy"])
	var parent: Node2D = Node2D.new()
	var object: Polygon2D = crate(parent)
	var made: Array = [0]
	object.ready.connect(func() -> void: made[0] = CutoutDebris2D.of(object))
	var orphans: int = Performance.get_monitor(Performance.OBJECT_ORPHAN_NODE_COUNT) as int
	add_child(parent)
	check(made[0] == null, "none is made")
	check_equal(
		Performance.get_monitor(Performance.OBJECT_ORPHAN_NODE_COUNT) as int, orphans - 2, "nothing is left over"
	)
	var cut: CutoutPrefracture = cutout.prefracture(object, {"fragment_count": 5})
	check(await wait_until(cut.is_ready), "cut")
	var results: Array[CutoutFractureResult] = []
	object.tree_exiting.connect(func() -> void: results.append(cut.shatter(null)))
	parent.free()
	check_equal(results[0].status, JobStatus.BAD_ARGUMENT, "it could not be shown")


func test_debris_of_another_parent_keeps_the_colour() -> void:
	var red: Node2D = Node2D.new()
	red.modulate = Color.RED
	add_child(red)
	var white: Node2D = Node2D.new()
	add_child(white)
	var debris: CutoutDebris2D = CutoutDebris2D.of(crate(white))
	debris.lifetime = 0.0
	var result: CutoutFractureResult = await broken(crate(red), into(debris))
	var body: RigidBody2D = debris.promote(pieces_of(result)[0])
	var shown: Polygon2D = body.get_child(1)
	check_equal(shown.color * shown.modulate, Color.RED, "colour")


class Leaving:
	extends CanvasItemMaterial
	var left: Callable

	func _notification(what: int) -> void:
		if what == NOTIFICATION_PREDELETE:
			left.call()


func test_a_material_whose_end_takes_all_pieces_away() -> void:
	var debris: CutoutDebris2D = still_debris()
	var calls: Array[int] = [0]
	for round_: int in 3:
		for _i: int in 4:
			var object: Polygon2D = crate()
			var material: Leaving = Leaving.new()
			material.left = func() -> void:
				calls[0] += 1
				debris.clear()
			object.material = material
			material = null
			await broken(object, into(debris))
		if round_ == 0:
			debris.clear()
		elif round_ == 1:
			debris.end_piece(debris.get_burst_pieces(5)[0])
			debris.max_pieces = 1
			await frames(2)
		else:
			debris.clear()
		await frames(2)
	check_equal(calls[0], 12, "each has ended")
	check_equal(debris.get_piece_count(), 0, "no piece is left")
