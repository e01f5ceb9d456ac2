extends CutoutTestSuite
## CutoutFragments: the same data as the plain arrays, shared and not copied, and only for those who ask.

const Shapes := preload("res://tests/native_shapes.gd")
const COUNT: int = 24
const ARRAYS: int = CutoutJobQueue.OUTPUT_ARRAYS
const FLAT: int = CutoutJobQueue.OUTPUT_FLAT
const TRIANGLES: int = CutoutJobQueue.OUTPUT_TRIANGLES
const NEIGHBOURS: int = CutoutJobQueue.OUTPUT_NEIGHBOURS
const PARTS: int = CutoutJobQueue.OUTPUT_CONVEX_PARTS

var _queue: CutoutJobQueue = CutoutJobQueue.new()
var _native: CutoutBatchNative = CutoutBatchNative.new()


func after_each() -> void:
	_queue.stop()


func test_the_same_data_as_the_arrays() -> void:
	var polygons: Array = Shapes.polygons(COUNT)
	var params: Array = Shapes.params(COUNT)
	for i: int in COUNT:
		var expected: Array[PackedVector2Array] = _native.fracture(polygons[i], params[i])
		var flat: CutoutFragments = _native.fracture_flat(polygons[i], params[i])
		check(expected.size() > 1, "there are pieces to compare, item %d" % i)
		_check_consistent(flat, polygons[i])
		check(flat.to_array() == expected, "to_array, item %d" % i)
		for k: int in expected.size():
			check_equal(flat.get_fragment(k), expected[k], "fragment %d, item %d" % [k, i])


func test_cells_labels_and_boundary() -> void:
	var sites: PackedVector2Array = [Vector2(50, 50), Vector2(10, 50), Vector2(90, 50), Vector2(50, 10), Vector2(50, 90)]
	var flat: CutoutFragments = _native.fracture_flat(Shapes.SQUARE, {"pattern": "sites", "sites": sites})
	check_equal(flat.get_cells(), PackedInt32Array([0, 1, 2, 3, 4]), "a cell for each site, in order")
	check_equal(flat.get_labels(), flat.get_cells(), "nothing is merged: labels are cells")
	check_equal(flat.get_boundary_flags(), PackedByteArray([0, 1, 1, 1, 1]), "only the middle one is inside")
	check_near(flat.get_areas()[0], 40.0 * 40.0, 1e-6, "the middle one's area")
	check(flat.get_centroids()[0].is_equal_approx(Vector2(50, 50)), "the middle one's centroid")


func test_arrays_are_shared_and_never_changed() -> void:
	var flat: CutoutFragments = _native.fracture_flat(Shapes.SQUARE, {"fragment_count": 9})
	var before: PackedVector2Array = flat.get_points().duplicate()
	var mine: PackedVector2Array = flat.get_points()
	var other: PackedVector2Array = flat.get_points()
	mine[0] = Vector2(-1, -1)
	mine.resize(1)
	check_equal(other, before, "another's array")
	check_equal(flat.get_points(), before, "the object's own")
	var offsets: PackedInt32Array = flat.get_offsets()
	offsets[1] = 1000
	var areas: PackedFloat64Array = flat.get_areas()
	areas.clear()
	var flags: PackedByteArray = flat.get_boundary_flags()
	flags.fill(7)
	var ring: PackedVector2Array = flat.get_fragment(0)
	ring[0] = Vector2(-1, -1)
	_check_consistent(flat, Shapes.SQUARE)
	check(is_same(flat.to_array(), flat.to_array()), "one Array for all who ask")


func test_handing_over_does_not_depend_on_size() -> void:
	# Not a measurement of time: a copy of these points would need memory, and the engine counts it.
	var params: Dictionary = {"fragment_count": 20000, "min_cell_distance": 0.0, "edge_padding": 0.0}
	var flat: CutoutFragments = _native.fracture_flat(Shapes.SQUARE, params)
	check(flat.get_points().size() > 80000, "there are many points")
	var kept: Array[PackedVector2Array] = []
	var before: int = OS.get_static_memory_usage()
	for _i: int in 100:
		kept.append(flat.get_points())
	var used: int = OS.get_static_memory_usage() - before
	if before > 0: # counted in debug builds only
		check(used < flat.get_points().size() * 8, "100 arrays share memory: %d bytes more" % used)
	check_equal(kept[99].size(), flat.get_points().size(), "all points are there")


func test_triangles() -> void:
	var polygons: Array = Shapes.polygons(COUNT)
	var params: Array = Shapes.params(COUNT)
	for i: int in COUNT:
		_check_triangles(_native.fracture_flat(polygons[i], params[i]), "item %d" % i)


func test_neighbours() -> void:
	var polygons: Array = Shapes.polygons(COUNT)
	var params: Array = Shapes.params(COUNT)
	for i: int in COUNT:
		_check_neighbours(_native.fracture_flat(polygons[i], params[i]), polygons[i], "item %d" % i)
	var sites: PackedVector2Array = [Vector2(25, 50), Vector2(75, 25), Vector2(75, 75)]
	var flat: CutoutFragments = _native.fracture_flat(Shapes.SQUARE, {"pattern": "sites", "sites": sites})
	check_equal(flat.get_neighbour_offsets(), PackedInt32Array([0, 2, 4, 6]), "each of three touches two")
	check_equal(flat.get_neighbours(), PackedInt32Array([1, 2, 0, 2, 0, 1]), "rising")
	check_equal(flat.get_neighbour_lengths()[0], flat.get_neighbour_lengths()[2], "one border, one length")


func test_convex_parts() -> void:
	var polygons: Array = Shapes.polygons(COUNT)
	var params: Array = Shapes.params(COUNT)
	for i: int in COUNT:
		_check_parts(_native.fracture_flat(polygons[i], params[i]), "item %d" % i)


func test_what_is_derived_is_the_same_on_the_worker_and_on_demand() -> void:
	var polygons: Array = Shapes.polygons(COUNT)
	var params: Array = Shapes.params(COUNT)
	var ids: PackedInt64Array = _queue.submit_many(polygons, params, 0, TRIANGLES | NEIGHBOURS | PARTS)
	if not await _finished(COUNT):
		return
	while _queue.take():
		var i: int = ids.find(_queue.get_id())
		var made: CutoutFragments = _queue.get_flat()
		var asked: CutoutFragments = _native.fracture_flat(polygons[i], params[i])
		check_equal(made.get_triangles(), asked.get_triangles(), "triangles %d" % i)
		check_equal(made.get_triangle_offsets(), asked.get_triangle_offsets(), "their offsets %d" % i)
		check_equal(made.get_neighbours(), asked.get_neighbours(), "neighbours %d" % i)
		check_equal(made.get_neighbour_offsets(), asked.get_neighbour_offsets(), "their offsets %d" % i)
		check_equal(made.get_neighbour_lengths(), asked.get_neighbour_lengths(), "lengths %d" % i)
		check_equal(made.get_convex_parts(), asked.get_convex_parts(), "convex parts %d" % i)
		check_equal(made.get_convex_part_offsets(), asked.get_convex_part_offsets(), "their offsets %d" % i)
		check_equal(made.get_convex_part_owners(), asked.get_convex_part_owners(), "their owners %d" % i)
		var mine: PackedInt32Array = made.get_triangles()
		mine.clear()
		check_equal(made.get_triangles(), asked.get_triangles(), "nobody changes them, %d" % i)


func test_what_was_asked_for_is_there_without_work() -> void:
	# What is made on demand needs memory when it is asked for; what the worker made does not.
	var params: Dictionary = {"fragment_count": 20000, "min_cell_distance": 0.0, "edge_padding": 0.0}
	_queue.submit(Shapes.SQUARE, params, 0, TRIANGLES | NEIGHBOURS | PARTS)
	_queue.submit(Shapes.SQUARE, params, 0, FLAT)
	if not await _finished(2):
		return
	while _queue.take():
		var flat: CutoutFragments = _queue.get_flat()
		var before: int = OS.get_static_memory_usage()
		var triangles: PackedInt32Array = flat.get_triangles()
		var neighbours: PackedInt32Array = flat.get_neighbours()
		var parts: PackedInt32Array = flat.get_convex_part_owners()
		var used: int = OS.get_static_memory_usage() - before
		check(triangles.size() > 60000 and parts.size() >= 20000 and neighbours.size() > 60000, "there are many")
		if before > 0: # counted in debug builds only
			check_equal(used > 4 * 60000, _queue.get_id() == 2, "memory for job %d: %d" % [_queue.get_id(), used])


func test_index_out_of_range() -> void:
	var flat: CutoutFragments = _native.fracture_flat(Shapes.SQUARE, {"fragment_count": 5, "seed": 1})
	expect_errors(
		[
			"CutoutFragments.get_fragment(): there is no fragment 5; the index must be 0 to 4",
			"there is no fragment -1; the index",
			"there is no fragment 9223372036854775807; the index",
			"there is no fragment 0; there are none",
		]
	)
	for index: int in [5, -1, 9223372036854775807]:
		check_equal(flat.get_fragment(index), PackedVector2Array(), "fragment %d" % index)
	check_equal(CutoutFragments.new().get_fragment(0), PackedVector2Array(), "of nothing")


func test_an_empty_one() -> void:
	var flat: CutoutFragments = CutoutFragments.new()
	check_equal(flat.get_count(), 0, "count")
	check_equal(flat.get_points(), PackedVector2Array(), "points")
	check_equal(flat.get_offsets(), PackedInt32Array([0]), "offsets")
	check_equal(flat.get_cells().size() + flat.get_labels().size() + flat.get_areas().size(), 0, "arrays")
	check_equal(flat.get_centroids().size() + flat.get_boundary_flags().size(), 0, "more arrays")
	check_equal(flat.to_array().size(), 0, "list")
	check_equal(flat.get_triangles().size() + flat.get_neighbours().size(), 0, "what is derived")
	check_equal(flat.get_triangle_offsets(), PackedInt32Array([0]), "offsets of triangles")
	check_equal(flat.get_neighbour_offsets(), PackedInt32Array([0]), "offsets of neighbours")
	check_equal(flat.get_neighbour_lengths(), PackedFloat64Array(), "lengths")
	check_equal(flat.get_convex_parts().size() + flat.get_convex_part_owners().size(), 0, "convex parts")
	check_equal(flat.get_convex_part_offsets(), PackedInt32Array([0]), "offsets of convex parts")
	check_equal(flat.to_array().get_typed_builtin(), TYPE_PACKED_VECTOR2_ARRAY, "type of the list")


func test_a_failed_fracture_gives_none() -> void:
	expect_errors(["CutoutBatchNative.fracture_flat(): ", "polygon is null"])
	check(_native.fracture_flat(null, {}) == null, "no polygon")
	check_equal(_native.get_statuses(), PackedInt32Array([CutoutJobQueue.STATUS_BAD_ARGUMENT]), "status")
	check(_native.get_errors()[0].contains("polygon is null"), "error")


func test_a_job_leaves_what_was_asked_for() -> void:
	var params: Dictionary = {"fragment_count": 7, "seed": 3}
	var expected: Array[PackedVector2Array] = _native.fracture(Shapes.SQUARE, params)
	for output: int in [ARRAYS, FLAT, ARRAYS | FLAT, TRIANGLES, NEIGHBOURS, PARTS, ARRAYS | PARTS]:
		check(_queue.submit(Shapes.SQUARE, params, 0, output) > 0, "submit with output %d" % output)
		if not await _finished(1):
			return
		check_equal(_queue.peek_fragment_count(), 7, "peek_fragment_count with output %d" % output)
		check(_queue.take(), "take")
		var flat: CutoutFragments = _queue.get_flat()
		check_equal(flat != null, output != ARRAYS, "flat arrays with output %d" % output)
		check_equal(_queue.get_fragments().size(), 7 if output & ARRAYS != 0 else 0, "arrays with output %d" % output)
		if flat == null:
			continue
		check(is_same(flat, _queue.get_flat()), "the same object each time")
		_check_consistent(flat, Shapes.SQUARE)
		check(flat.to_array() == expected, "the pieces")
		if output & ARRAYS != 0:
			check(is_same(flat.to_array(), _queue.get_fragments()), "the job's own Array, not another")


func test_many_jobs_with_flat_output() -> void:
	var polygons: Array = Shapes.polygons(COUNT)
	var ids: PackedInt64Array = _queue.submit_many(polygons, Shapes.params(COUNT), 0, FLAT)
	if not await _finished(COUNT):
		return
	var seen: int = 0
	while _queue.take():
		seen += 1
		_check_consistent(_queue.get_flat(), polygons[ids.find(_queue.get_id())])
	check_equal(seen, COUNT, "jobs")


func test_an_output_that_does_not_exist_is_refused() -> void:
	for output: int in [0, -1, 1 << 6, ARRAYS | 1 << 40]:
		check_equal(_queue.submit(Shapes.SQUARE, {}, 0, output), -1, "output %d" % output)
		check_equal(_queue.get_last_status(), CutoutJobQueue.STATUS_BAD_ARGUMENT, "status of %d" % output)
		check(_queue.get_last_error().contains("output is %d; it must be" % output), "error of %d" % output)
		check_equal(_queue.submit_many([Shapes.SQUARE], {}, 0, output), PackedInt64Array(), "many, %d" % output)


func test_it_outlives_its_job_and_is_freed_with_the_last_reference() -> void:
	_queue.submit(Shapes.SQUARE, {}, 0, FLAT)
	_queue.submit(Shapes.SQUARE, {}, 0, FLAT)
	if not await _finished(2):
		return
	check(_queue.take(), "take")
	var kept: CutoutFragments = _queue.get_flat()
	check(_queue.take(), "take the next")
	var dropped: WeakRef = weakref(_queue.get_flat())
	check(dropped.get_ref() != null, "the queue holds it")
	check_equal(_queue.take(), false, "nothing more")
	check(_queue.get_flat() == null, "no job, no fragments")
	check(dropped.get_ref() == null, "nobody held it: it is gone")
	_queue = CutoutJobQueue.new()
	_check_consistent(kept, Shapes.SQUARE)
	var gone: WeakRef = weakref(kept)
	kept = null
	check(gone.get_ref() == null, "gone with its last reference")


func test_cancelled_and_failed_jobs_give_none() -> void:
	var slow: Dictionary = {"fragment_count": 20000, "min_cell_distance": 0.0, "edge_padding": 0.0}
	var broken: PackedVector2Array = Shapes.SQUARE.duplicate()
	broken[1] = Vector2(INF, NAN)
	_queue.configure(1)
	_queue.submit(broken, {}, 0, FLAT)
	var cancelled: PackedInt64Array = _queue.submit_many([Shapes.SQUARE, Shapes.SQUARE], slow, 0, ARRAYS | FLAT)
	check(_queue.cancel(cancelled[0]) and _queue.cancel(cancelled[1]), "cancel")
	if not await _finished(3):
		return
	var statuses: Array[int] = []
	while _queue.take():
		statuses.append(_queue.get_status())
		check(_queue.get_flat() == null, "fragments of job %d" % _queue.get_id())
		check_equal(_queue.get_fragments().size(), 0, "arrays of job %d" % _queue.get_id())
	statuses.sort()
	var expected: Array[int] = [
		CutoutJobQueue.STATUS_CANCELLED, CutoutJobQueue.STATUS_CANCELLED, CutoutJobQueue.STATUS_NOT_FINITE
	]
	check_equal(statuses, expected, "statuses")


func test_from_several_threads_at_once() -> void:
	var flat: CutoutFragments = _native.fracture_flat(Shapes.SQUARE, {"fragment_count": 200, "edge_padding": 0.0})
	var expected: PackedVector2Array = flat.get_points().duplicate()
	var threads: Array[Thread] = []
	for _i: int in 4:
		threads.append(Thread.new())
		threads[-1].start(_read_often.bind(flat, expected))
	for thread: Thread in threads:
		var wrong: int = thread.wait_to_finish()
		check_equal(wrong, 0, "wrong answers on a thread")


func _read_often(flat: CutoutFragments, expected: PackedVector2Array) -> int:
	var list: Array[PackedVector2Array] = flat.to_array()
	var wrong: int = 0
	for i: int in 500:
		var points: PackedVector2Array = flat.get_points()
		wrong += int(points != expected)
		points[0] = Vector2(i, i)
		wrong += int(3 * flat.get_triangle_offsets()[-1] != flat.get_triangles().size())
		wrong += int(flat.get_neighbour_offsets()[-1] != flat.get_neighbour_lengths().size())
		wrong += int(flat.get_convex_part_offsets()[-1] != flat.get_convex_parts().size())
		wrong += int(not is_same(list, flat.to_array()))
		wrong += int(flat.get_fragment(i % flat.get_count()) != list[i % flat.get_count()])
	return wrong


func _finished(count: int) -> bool:
	return check(
		await wait_until(func() -> bool: return _queue.get_finished_count() == count), "%d jobs end" % count
	)


# All arrays agree with one another, and with the polygon.
func _check_consistent(flat: CutoutFragments, polygon: Variant) -> void:
	var count: int = flat.get_count()
	var offsets: PackedInt32Array = flat.get_offsets()
	if not check(count > 0 and offsets.size() == count + 1, "%d fragments, %d offsets" % [count, offsets.size()]):
		return
	check_equal(offsets[0], 0, "the first offset")
	check_equal(offsets[count], flat.get_points().size(), "the last offset")
	for array: Variant in [
		flat.get_cells(), flat.get_labels(), flat.get_areas(), flat.get_centroids(), flat.get_boundary_flags()
	]:
		var elements: PackedStringArray = []
		for element: Variant in array:
			elements.append(str(element))
		check_equal(elements.size(), count, "one element a fragment: %s" % [elements])
	var areas: PackedFloat64Array = flat.get_areas()
	var sum: float = 0.0
	for i: int in count:
		check(offsets[i + 1] - offsets[i] >= 3, "fragment %d has three points" % i)
		var area: float = Shapes.ring_area(flat.get_points().slice(offsets[i], offsets[i + 1]))
		check_near(areas[i], area, 1e-3 + area * 1e-4, "area of fragment %d" % i)
		check(flat.get_boundary_flags()[i] <= 1, "a flag is 0 or 1")
		sum += areas[i]
	var whole: float = Shapes.polygon_area(polygon)
	check_near(sum, whole, whole * 1e-5, "area of all")


func _check_triangles(flat: CutoutFragments, what: String) -> void:
	var points: PackedVector2Array = flat.get_points()
	var offsets: PackedInt32Array = flat.get_offsets()
	var corners: PackedInt32Array = flat.get_triangles()
	var ends: PackedInt32Array = flat.get_triangle_offsets()
	if not check_equal(ends.size(), flat.get_count() + 1, "offsets of triangles, " + what):
		return
	check_equal(ends[0], 0, "the first offset, " + what)
	check_equal(3 * ends[-1], corners.size(), "the last offset, " + what)
	for i: int in flat.get_count():
		check_equal(ends[i + 1] - ends[i], offsets[i + 1] - offsets[i] - 2, "triangles of %d, %s" % [i, what])
		var area: float = 0.0
		for k: int in range(3 * ends[i], 3 * ends[i + 1], 3):
			for corner: int in corners.slice(k, k + 3):
				check(corner >= offsets[i] and corner < offsets[i + 1], "a corner of fragment %d, %s" % [i, what])
			var a: Vector2 = points[corners[k]]
			var b: Vector2 = points[corners[k + 1]]
			var c: Vector2 = points[corners[k + 2]]
			check((b - a).cross(c - a) > -1e-3, "a triangle of fragment %d turns the right way, %s" % [i, what])
			area += (b - a).cross(c - a) / 2.0
		check_near(area, flat.get_areas()[i], 1e-2 + area * 1e-4, "triangles cover fragment %d, %s" % [i, what])


func _check_parts(flat: CutoutFragments, what: String) -> void:
	var points: PackedVector2Array = flat.get_convex_parts()
	var ends: PackedInt32Array = flat.get_convex_part_offsets()
	var owners: PackedInt32Array = flat.get_convex_part_owners()
	if not check_equal(ends.size(), owners.size() + 1, "offsets of convex parts, " + what):
		return
	check_equal(ends[-1], points.size(), "the last offset, " + what)
	var left: PackedFloat64Array = flat.get_areas()
	for k: int in owners.size():
		var part: PackedVector2Array = points.slice(ends[k], ends[k + 1])
		check(part.size() >= 3 and part.size() <= 8, "%d points of a part, %s" % [part.size(), what])
		check(k == 0 or owners[k] >= owners[k - 1], "in the order of the fragments, " + what)
		for i: int in part.size():
			var turn: float = (part[i] - part[i - 1]).cross(part[(i + 1) % part.size()] - part[i])
			check(turn > -1e-3, "a part is convex: %s, %s" % [turn, what])
		left[owners[k]] -= Shapes.ring_area(part)
	for i: int in left.size():
		check_near(left[i], 0.0, 1e-2 + flat.get_areas()[i] * 1e-4, "parts cover fragment %d, %s" % [i, what])


func _check_neighbours(flat: CutoutFragments, polygon: Variant, what: String) -> void:
	var ends: PackedInt32Array = flat.get_neighbour_offsets()
	var others: PackedInt32Array = flat.get_neighbours()
	var lengths: PackedFloat64Array = flat.get_neighbour_lengths()
	if not check_equal(ends.size(), flat.get_count() + 1, "offsets of neighbours, " + what):
		return
	check_equal(others.size(), lengths.size(), "a length for each, " + what)
	var borders: Dictionary[Vector2i, float] = {}
	for i: int in flat.get_count():
		for k: int in range(ends[i], ends[i + 1]):
			check(k == ends[i] or others[k] > others[k - 1], "rising, fragment %d, %s" % [i, what])
			borders[Vector2i(i, others[k])] = lengths[k]
	var sum: float = 0.0
	for pair: Vector2i in borders:
		check(pair.x != pair.y, "nobody is its own neighbour, " + what)
		check_equal(borders.get(Vector2i(pair.y, pair.x), -1.0), borders[pair], "the other way round, " + what)
		sum += borders[pair]
	# Every edge is either inside, where two fragments have it, or on the polygon's boundary.
	for ring: PackedVector2Array in flat.to_array():
		sum -= _length(ring)
	for ring: PackedVector2Array in ([polygon] if polygon is PackedVector2Array else polygon):
		sum += _length(ring)
	check_near(sum, 0.0, 0.01, "borders and boundary are all the edges, " + what)


func _length(ring: PackedVector2Array) -> float:
	var length: float = 0.0
	for i: int in ring.size():
		length += ring[i - 1].distance_to(ring[i])
	return length
