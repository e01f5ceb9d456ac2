extends CutoutProcessorCase
## fracture_object: what it reads, applies, and survives.


class Block:
	extends RefCounted
	var data: Variant
	var applied: Array[CutoutFractureResult] = []

	func get_polygon_data() -> Variant:
		return data

	func apply_fracture(result: CutoutFractureResult) -> void:
		applied.append(result)


class Shaped:
	extends Polygon2D

	func get_polygon_data() -> PackedVector2Array:
		return PackedVector2Array([Vector2.ZERO, Vector2(10, 0), Vector2(10, 10), Vector2(0, 10)])


func test_polygon_data_and_apply() -> void:
	var block: Block = Block.new()
	block.data = square()
	var result: CutoutFractureResult = await cutout.fracture_object(block, {"fragment_count": 5})
	check(result.is_ok() and not result.is_cancelled(), "it went well")
	check_near(area_of(result.fragments), 10_000.0, 0.1, "area")
	check_equal(block.applied.size(), 1, "applied once")
	check(block.applied[0] == result, "the same result")
	check(result.job_id > 0, "its job")
	check_equal(events.size(), 0, "the job signals are silent about it")
	block.data = frame_polygon()
	result = await cutout.fracture_object(block, CutoutVoronoiFracture.new())
	check_near(area_of(result.fragments), 8400.0, 0.1, "with a hole")


func test_polygon2d_in_its_own_coordinates() -> void:
	var shown: Polygon2D = Polygon2D.new()
	shown.polygon = square()
	shown.offset = Vector2(1000.0, 0.0)
	shown.position = Vector2(0.0, 1000.0)
	add_child(shown)
	var result: CutoutFractureResult = await cutout.fracture_object(shown, {})
	check_near(area_of(result.fragments), 10_000.0, 0.1, "area")
	for piece: PackedVector2Array in result.fragments:
		for point: Vector2 in piece:
			check(Rect2(0, 0, 100, 100).grow(0.01).has_point(point), "offset and position are not added")


func test_polygon2d_internal_vertices_are_no_outline() -> void:
	var shown: Polygon2D = Polygon2D.new()
	var points: PackedVector2Array = square()
	points.append_array([Vector2(40, 40), Vector2(60, 60)])
	shown.polygon = points
	shown.internal_vertex_count = 2
	shown.polygons = [PackedInt32Array([0, 1, 4]), PackedInt32Array([1, 2, 5])]
	add_child(shown)
	var result: CutoutFractureResult = await cutout.fracture_object(shown, {})
	check(result.is_ok(), "it went well")
	check_near(area_of(result.fragments), 10_000.0, 0.1, "area of the outline")


func test_polygon2d_inverted_is_refused() -> void:
	expect_errors(["invert_enabled"])
	var shown: Polygon2D = Polygon2D.new()
	shown.polygon = square()
	shown.invert_enabled = true
	add_child(shown)
	var result: CutoutFractureResult = await cutout.fracture_object(shown, {})
	check_equal(result.status, JobStatus.BAD_ARGUMENT, "status")


func test_collision_polygon2d() -> void:
	var body: StaticBody2D = StaticBody2D.new()
	var shape: CollisionPolygon2D = CollisionPolygon2D.new()
	shape.polygon = square()
	body.add_child(shape)
	add_child(body)
	var result: CutoutFractureResult = await cutout.fracture_object(shape, {})
	check_near(area_of(result.fragments), 10_000.0, 0.1, "area")


func test_the_own_method_goes_before_the_class() -> void:
	var shaped: Shaped = Shaped.new()
	shaped.polygon = square()
	add_child(shaped)
	var result: CutoutFractureResult = await cutout.fracture_object(shaped, {"edge_padding": 0.0})
	check_near(area_of(result.fragments), 100.0, 0.01, "area of what the method returns")


func test_a_failed_fracture_is_not_applied() -> void:
	var block: Block = Block.new()
	block.data = PackedVector2Array([Vector2.ZERO, Vector2(9, 0), Vector2(9, NAN)])
	var result: CutoutFractureResult = await cutout.fracture_object(block, {})
	check(result.status >= 10 and result.message != "", "status and message")
	check_equal(block.applied.size(), 0, "applied")


func test_freed_before_during_and_at_the_end() -> void:
	var gone: Node = Node.new()
	gone.free()
	var result: CutoutFractureResult = await cutout.fracture_object(gone, {})
	check_equal(result.status, JobStatus.CANCELLED, "freed before the call")
	var leaving: Polygon2D = Polygon2D.new()
	leaving.polygon = square()
	add_child(leaving)
	leaving.queue_free()
	var frame: int = Engine.get_process_frames()
	result = await cutout.fracture_object(leaving, {})
	check_equal(result.status, JobStatus.CANCELLED, "queued for deletion")
	check_equal(Engine.get_process_frames(), frame, "that is known at once")
	var shown: Polygon2D = Polygon2D.new()
	shown.polygon = square()
	add_child(shown)
	var results: Array[CutoutFractureResult] = []
	var wait: Callable = func() -> void: results.append(await cutout.fracture_object(shown, {}))
	wait.call()
	shown.free()
	check(await wait_until(func() -> bool: return results.size() == 1), "the caller goes on")
	check_equal(results[0].status, JobStatus.CANCELLED, "freed meanwhile")
	check_equal(results[0].message, "the object was freed", "why")
	check_equal(results[0].fragments.size(), 0, "no pieces")


func test_a_reference_that_was_let_go_stays_for_its_result() -> void:
	var applied: Array[CutoutFractureResult] = []
	var wait: Callable = func() -> void:
		var block: Block = Block.new()
		block.data = square()
		block.applied = applied
		cutout.fracture_object.call(block, {})
		var batch: CutoutFractureBatch = cutout.create()
		var other: Block = Block.new()
		other.data = square()
		other.applied = applied
		batch.add_fracture(other, {})
		batch.execute.call()
	wait.call()
	check(await wait_until(func() -> bool: return applied.size() == 2), "both results are applied")


func test_many_at_once() -> void:
	var blocks: Array[Block] = []
	for i: int in 200:
		var block: Block = Block.new()
		block.data = square()
		blocks.append(block)
		cutout.fracture_object.call(block, {"fragment_count": 3}) # nobody waits
	var is_done: Callable = func() -> bool:
		return blocks.all(func(block: Block) -> bool: return block.applied.size() == 1)
	check(await wait_until(is_done), "each gets its result")


func test_cancel_all_reaches_objects() -> void:
	var block: Block = Block.new()
	block.data = square()
	var results: Array[CutoutFractureResult] = []
	var wait: Callable = func() -> void: results.append(await cutout.fracture_object(block, {}))
	wait.call()
	check_equal(cutout.cancel_all(), 1, "cancelled")
	check(await wait_until(func() -> bool: return results.size() == 1), "the caller goes on")
	check(results[0].is_cancelled(), "cancelled")
	check_equal(block.applied.size(), 0, "not applied")


# A job that is done before the frame's delivery ends may still go out in it.
func test_one_at_a_time_is_at_most_a_frame_or_two_each() -> void:
	var block: Block = Block.new()
	block.data = square()
	var start: int = Engine.get_process_frames()
	for i: int in 10:
		var result: CutoutFractureResult = await cutout.fracture_object(block, {"fragment_count": 2})
		check(result.is_ok(), "it went well")
	var took: int = Engine.get_process_frames() - start
	check(took <= 30, "nothing waits for frames that it does not need: %d frames" % took)
