extends CutoutDebrisCase
## fracture_object() replaces objects by debris: where, when, of what, and how it moves at first.


class SharedMass:
	extends CutoutDebris2D
	var shares: PackedFloat64Array

	func take(skin: ObjectSkin, flat: RefCounted, blast: CutoutBlast, share: float = 1.0) -> int:
		shares.append(share)
		return super(skin, flat, blast, share)


class Tough:
	extends Polygon2D
	var applied: CutoutFractureResult

	func apply_fracture(result: CutoutFractureResult) -> void:
		applied = result


func test_it_is_replaced_in_the_frame_in_which_the_pieces_are_there() -> void:
	var shown: Polygon2D = crate()
	shown.position = Vector2(300, 40)
	var result: CutoutFractureResult = await broken(shown)
	check(result.is_ok(), result.message)
	check(is_instance_valid(shown) and shown.is_queued_for_deletion(), "it goes in this frame")
	check(node_of(result) != null and node_of(result).get_parent() == self, "the pieces are beside it")
	check_equal(result.bursts.size(), 1, "one part, one burst")
	check_equal(pieces_of(result).size(), result.get_fragment_count(), "each fragment is a piece")
	check(pieces_of(result).size() > 5, "there are some")
	check_near(area_of_pieces(result), 10_000.0, 1.0, "they cover its area")
	for piece: int in pieces_of(result):
		check(Rect2(299, 39, 102, 102).has_point(node_of(result).get_piece_center(piece)), "where it was")
	await frames(1)
	check(not is_instance_valid(shown), "it is freed")


func test_pieces_stand_where_the_object_stood_under_any_parent() -> void:
	for shape: Transform2D in [
		Transform2D(0.7, Vector2(2.0, -0.5), 0.4, Vector2(300, 20)),
		Transform2D(-2.0, Vector2(-1.5, 3.0), -0.2, Vector2(-7, 11)),
		Transform2D(0.0, Vector2(0.01, 50.0), 0.0, Vector2.ZERO),
	]:
		var parent: Node2D = Node2D.new()
		parent.transform = shape
		add_child(parent)
		var shown: Polygon2D = crate(parent)
		shown.rotation = 0.3
		shown.offset = Vector2(5, -9)
		var to_global: Transform2D = shown.get_global_transform().translated_local(shown.offset)
		var result: CutoutFractureResult = await broken(shown)
		var debris: CutoutDebris2D = node_of(result)
		for piece: int in pieces_of(result):
			var got: Transform2D = debris.get_piece_transform(piece)
			for point: Vector2 in debris.get_piece_polygon(piece):
				check((got * point).distance_to(to_global * point) < 0.02, "place of %s" % point)
		check_near(
			area_of_pieces(result), 10_000.0 * absf(to_global.determinant()), 50.0, "area as it is seen"
		)


func test_fragments_of_several_parts_follow_one_another() -> void:
	var body: RigidBody2D = RigidBody2D.new()
	body.gravity_scale = 0.0
	add_child(body)
	crate(body)
	crate(body, 50.0).position = Vector2(200, 0)
	var result: CutoutFractureResult = await broken(body)
	check(result.is_ok(), result.message)
	check_equal(result.bursts.size(), 2, "a burst for each part")
	check_equal(pieces_of(result).size(), result.get_fragment_count(), "all are counted")
	check_near(area_of_pieces(result), 12_500.0, 1.0, "the pieces cover both")
	check_near(area_of(result.fragments), 12_500.0, 1.0, "the fragments cover both")
	check_equal(result.fragments.size(), pieces_of(result).size(), "a fragment for each piece")
	await frames(1)
	check(not is_instance_valid(body), "the body is gone")


func test_an_explosion_pushes_away_and_falls_off() -> void:
	var debris: CutoutDebris2D = still_debris()
	var blast: CutoutBlast = into(debris)
	blast.center = Vector2(20, 30)
	blast.speed = 400.0
	blast.radius = 60.0
	blast.falloff = 2.0
	var result: CutoutFractureResult = await broken(crate(), blast, 40)
	var reached: int = 0
	for piece: int in pieces_of(result):
		var arm: Vector2 = debris.get_piece_center(piece) - blast.center
		var velocity: Vector2 = debris.get_piece_velocity(piece)
		if arm.length() >= 60.0:
			check_equal(velocity, Vector2.ZERO, "beyond the radius")
			continue
		reached += 1
		check_near(velocity.length(), 400.0 * pow(1.0 - arm.length() / 60.0, 2.0), 0.1, "speed")
		check(velocity.length() < 0.01 or velocity.normalized().dot(arm.normalized()) > 0.999, "away")
		check_equal(debris.get_piece_spin(piece), 0.0, "no spin")
	check(reached > 5, "some are reached")
	check(reached < pieces_of(result).size(), "some are not")
	for piece: int in pieces_of(result):
		debris.set_piece_motion(piece, Vector2.ZERO, 0.0)
	debris.explode(Vector2(50, 50), 100.0, 0.0, 1.0, 3.0)
	for piece: int in pieces_of(result):
		check_near(debris.get_piece_velocity(piece).length(), 100.0, 0.01, "without a radius: the same everywhere")
		check(absf(debris.get_piece_spin(piece)) <= 3.0, "spin")


func test_motion_is_inherited() -> void:
	var body: RigidBody2D = RigidBody2D.new()
	body.gravity_scale = 0.0
	body.position = Vector2(100, 100)
	add_child(body)
	crate(body).position = Vector2(-50, -50)
	body.linear_velocity = Vector2(120, -40)
	body.angular_velocity = 2.0
	var debris: CutoutDebris2D = still_debris()
	debris.max_bodies = 3
	debris.min_body_area = 0.0
	var result: CutoutFractureResult = await broken(body, into(debris))
	check_equal(debris.get_body_count(), 3, "the largest have bodies")
	var sum: Vector2 = Vector2.ZERO
	for piece: int in pieces_of(result):
		check_near(debris.get_piece_spin(piece), 2.0, 0.01, "spin")
		sum += debris.get_piece_velocity(piece) * debris.get_piece_area(piece) / 10_000.0
		var arm: Vector2 = debris.get_piece_center(piece) - body.global_position
		var expected: Vector2 = Vector2(120, -40) + Vector2(-arm.y, arm.x) * 2.0
		check(debris.get_piece_velocity(piece).distance_to(expected) < 1.5, "velocity at its place")
	check(sum.distance_to(Vector2(120, -40)) < 1.5, "momentum is kept")


func test_what_applies_the_result_itself_is_not_replaced() -> void:
	var tough: Tough = Tough.new()
	tough.polygon = square()
	add_child(tough)
	var result: CutoutFractureResult = await broken(tough)
	check(tough.applied == result and result.debris == null and result.bursts.is_empty(), "its own way")
	check_near(area_of(result.fragments), 10_000.0, 1.0, "with fragments")
	await frames(1)
	check(is_instance_valid(tough) and tough.visible, "it stays")


func test_output_none_and_what_is_outside_of_the_tree_stay() -> void:
	var blast: CutoutBlast = CutoutBlast.new()
	blast.output = CutoutBlast.Output.NONE
	var shown: Polygon2D = crate()
	var result: CutoutFractureResult = await broken(shown, blast)
	check(result.is_ok() and result.debris == null and result.bursts.is_empty(), "no debris")
	check_near(area_of(result.fragments), 10_000.0, 1.0, "but fragments")
	remove_child(shown)
	result = await broken(shown)
	check(result.is_ok() and result.debris == null, "outside of the tree")
	await frames(1)
	check(is_instance_valid(shown) and shown.visible, "it stays")
	shown.free()


func test_an_object_that_is_freed_before_its_pieces_come() -> void:
	var shown: Polygon2D = crate()
	var waiting: Array = []
	var wait: Callable = func() -> void: waiting.append(await broken(shown))
	wait.call()
	shown.free()
	check(await wait_until(func() -> bool: return not waiting.is_empty()), "it is told")
	var result: CutoutFractureResult = waiting[0]
	check(result.is_cancelled() and result.debris == null, "it is cancelled")
	check(get_node_or_null(^"CutoutDebris") == null, "nothing is made")


func test_cancel_all_leaves_the_object() -> void:
	var shown: Polygon2D = crate()
	var waiting: Array = []
	var wait: Callable = func() -> void: waiting.append(await broken(shown))
	wait.call()
	cutout.cancel_all()
	check(await wait_until(func() -> bool: return not waiting.is_empty()), "it is told")
	check((waiting[0] as CutoutFractureResult).is_cancelled(), "it is cancelled")
	check(is_instance_valid(shown) and shown.visible and not shown.is_queued_for_deletion(), "it stays")


func test_nothing_is_seen_of_an_object_without_area() -> void:
	expect_errors(["makes its area zero"])
	var shown: Polygon2D = crate()
	shown.transform = Transform2D(Vector2.ZERO, Vector2(0, 1), Vector2.ZERO)
	var result: CutoutFractureResult = await broken(shown)
	check_equal(result.status, JobStatus.BAD_ARGUMENT, "it says so")
	check(result.bursts.is_empty() and result.debris == null, "no pieces")
	check(is_instance_valid(shown) and not shown.is_queued_for_deletion(), "it stays")


func test_sprites_with_islands_share_a_texture() -> void:
	var image: Image = Image.create_empty(64, 32, false, Image.FORMAT_RGBA8)
	image.fill_rect(Rect2i(2, 2, 24, 28), Color.RED)
	image.fill_rect(Rect2i(36, 2, 24, 28), Color.GREEN)
	var texture: Texture2D = ImageTexture.create_from_image(image)
	var sprites: Array[Sprite2D] = []
	var results: Array = []
	for i: int in 2:
		var sprite: Sprite2D = Sprite2D.new()
		sprite.texture = texture
		sprite.position = Vector2(200 * i, 0)
		add_child(sprite)
		sprites.append(sprite)
		var wait: Callable = func() -> void: results.append(await broken(sprite))
		wait.call()
	check(await wait_until(func() -> bool: return results.size() == 2), "both are there")
	for result: CutoutFractureResult in results:
		check(result.is_ok(), result.message)
		check_equal(result.bursts.size(), 2, "an island is a part")
		check_near(area_of_pieces(result), 2.0 * 24.0 * 28.0, 130.0, "area")
	check(node_of(results[0]) == node_of(results[1]), "one node for both")
	var frames_of: SpriteFrames = SpriteFrames.new()
	frames_of.add_frame(&"default", texture)
	var animated: AnimatedSprite2D = AnimatedSprite2D.new()
	animated.sprite_frames = frames_of
	add_child(animated)
	var result: CutoutFractureResult = await broken(animated)
	check_equal(result.bursts.size(), 2, "an animated sprite as well")
	check_near(area_of_pieces(result), 2.0 * 24.0 * 28.0, 130.0, "its area")


func test_cancel_all_while_outlines_are_made() -> void:
	var image: Image = Image.create_empty(256, 256, false, Image.FORMAT_RGBA8)
	image.fill_rect(Rect2i(2, 2, 250, 250), Color.RED)
	var sprite: Sprite2D = Sprite2D.new()
	sprite.texture = ImageTexture.create_from_image(image)
	add_child(sprite)
	var told: Array = []
	var wait: Callable = func() -> void: told.append(await broken(sprite))
	wait.call()
	check_equal(cutout.cancel_all(), 1, "it is counted")
	check_equal(told.size(), 0, "nobody is told inside of the call")
	check(await wait_until(func() -> bool: return not told.is_empty()), "it is told")
	check((told[0] as CutoutFractureResult).is_cancelled(), "it is cancelled")
	await frames(30)
	check(is_instance_valid(sprite) and sprite.visible, "it stays")
	check_equal(told.size(), 1, "once")


func test_leaving_the_tree_while_outlines_are_made() -> void:
	var image: Image = Image.create_empty(512, 512, false, Image.FORMAT_RGBA8)
	image.fill_rect(Rect2i(2, 2, 500, 500), Color.RED)
	var told: Array = []
	for i: int in 5:
		image.set_pixel(10 + i, 10, Color.TRANSPARENT)
		var sprite: Sprite2D = Sprite2D.new()
		sprite.texture = ImageTexture.create_from_image(image)
		add_child(sprite)
		var wait: Callable = func() -> void: told.append(await cutout.fracture_object(sprite, {}))
		wait.call()
	remove_child(cutout)
	await frames(30)
	check_equal(told.size(), 0, "nobody is told")
	add_child(cutout)
	var result: CutoutFractureResult = await broken(crate())
	check(result.is_ok() and not pieces_of(result).is_empty(), "afterwards it works as before")


func test_debris_that_goes_before_the_pieces_come() -> void:
	for way: int in 3:
		var debris: CutoutDebris2D = still_debris()
		var shown: Polygon2D = crate()
		var answer: Variant = cutout.fracture_object(shown, {"fragment_count": 12}, 0, 0, into(debris))
		match way:
			0:
				debris.free()
			1:
				debris.queue_free()
			2:
				debris.get_parent().remove_child(debris)
		var result: CutoutFractureResult = await answer
		check(result.is_ok(), result.message)
		check(result.debris != null and result.debris.is_inside_tree(), "they are beside it, then")
		check_equal((result.debris as CutoutDebris2D).get_burst_pieces(result.bursts[0]).size(), 12, "pieces")
		if way == 2:
			debris.free()


func test_taken_out_of_the_tree_while_it_is_cut() -> void:
	for scene_nodes: bool in [false, true]:
		var shown: Polygon2D = crate()
		var blast: CutoutBlast = CutoutBlast.new()
		blast.output = CutoutBlast.Output.NODES if scene_nodes else CutoutBlast.Output.DEBRIS
		var told: Array[CutoutFractureResult] = []
		var wait: Callable = func() -> void: told.append(await broken(shown, blast))
		wait.call()
		remove_child(shown)
		check(await wait_until(func() -> bool: return told.size() == 1), "it is told")
		check(told[0].is_ok(), told[0].message)
		check_near(area_of(told[0].fragments), 10_000.0, 0.1, "its fragments are there")
		check(told[0].debris == null and told[0].nodes.is_empty(), "nothing takes its place")
		check(is_instance_valid(shown) and not shown.is_queued_for_deletion(), "it stays")
		shown.free()


func test_the_mass_of_a_body_is_shared_by_its_parts() -> void:
	var body: StaticBody2D = StaticBody2D.new()
	for side: float in [10.0, 20.0]:
		var part: Polygon2D = Polygon2D.new()
		part.polygon = PackedVector2Array([Vector2.ZERO, Vector2(side, 0), Vector2(side, side), Vector2(0, side)])
		part.position.x = side * 5.0
		body.add_child(part)
	add_child(body)
	var shares: PackedFloat64Array = []
	var debris: SharedMass = SharedMass.new()
	debris.shares = shares
	add_child(debris)
	var result: CutoutFractureResult = await broken(body, into(debris))
	check(result.is_ok(), result.message)
	check_equal(debris.shares.size(), 2, "a share for each part")
	check_near(debris.shares[0], 0.2, 1e-6, "of the small one")
	check_near(debris.shares[1], 0.8, 1e-6, "of the large one")


func test_many_sprites_of_one_texture_are_spread_over_frames() -> void:
	var image: Image = Image.create_empty(64, 64, false, Image.FORMAT_RGBA8)
	image.fill_rect(Rect2i(2, 2, 60, 60), Color.RED)
	var texture: Texture2D = ImageTexture.create_from_image(image)
	var ended: Array[CutoutFractureResult] = []
	for i: int in 400:
		var sprite: Sprite2D = Sprite2D.new()
		sprite.texture = texture
		sprite.position = Vector2(i % 20, i / 20) * 70.0
		add_child(sprite)
		var wait: Callable = func() -> void: ended.append(await broken(sprite, null, 3))
		wait.call()
	var waiting: Object = (cutout.get("_objects") as Object).get("_waiting")
	var steps: PackedInt64Array = [400]
	for _frame: int in 600:
		var left: int = (waiting.get("_waiting") as Dictionary).size()
		if left != steps[-1]:
			steps.append(left)
		if ended.size() == 400:
			break
		await frames(1)
	check_equal(ended.size(), 400, "all end")
	check(ended.all(func(result: CutoutFractureResult) -> bool: return result.is_ok()), "well")
	check(steps.size() > 3, "they did not all go on in one frame: %s" % steps)


func test_five_hundred_at_once() -> void:
	var debris: CutoutDebris2D = still_debris()
	debris.max_bodies = 100
	debris.min_body_area = 0.0
	var blast: CutoutBlast = into(debris)
	blast.speed = 300.0
	var results: Array = []
	for i: int in 500:
		var shown: Polygon2D = crate(null, 40.0)
		shown.position = Vector2(50 * (i % 25), 50 * (i / 25))
		var wait: Callable = func() -> void: results.append(await broken(shown, blast))
		wait.call()
	check(await wait_until(func() -> bool: return results.size() == 500), "all end")
	var sum: int = 0
	for result: CutoutFractureResult in results:
		sum += result.get_fragment_count()
		check(result.is_ok() and result.bursts.size() == 1, "each is well")
	check_equal(debris.get_piece_count(), sum, "all pieces are there")
	check_equal(debris.get_body_count(), 100, "bodies up to the limit")
	debris.clear()
	check_equal(debris.get_piece_count() + debris.get_body_count(), 0, "and gone")
	await frames(30)
