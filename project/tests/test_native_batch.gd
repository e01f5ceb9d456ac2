extends CutoutTestSuite
## CutoutBatchNative: blocking calls, results in input order, and what each kind of bad input gets.

const Shapes := preload("res://tests/native_shapes.gd")
const COUNT: int = 40

var _native: CutoutBatchNative = CutoutBatchNative.new()


class ParamsObject:
	extends RefCounted
	var result: Variant

	func _init(p_result: Variant) -> void:
		result = p_result

	func to_dictionary() -> Variant:
		return result


class NeedsAnArgument:
	extends RefCounted

	func to_dictionary(_extra: int) -> Dictionary:
		return {}


func test_a_square_falls_into_its_pieces() -> void:
	var pieces: Array[PackedVector2Array] = _native.fracture(Shapes.SQUARE, {"fragment_count": 7, "seed": 3})
	check_equal(pieces.size(), 7, "number of pieces")
	check_near(Shapes.fragments_area(pieces), 10000.0, 0.1, "their area")
	check_equal(_native.get_errors(), PackedStringArray([""]), "errors")
	check_equal(_native.get_statuses(), PackedInt32Array([CutoutJobQueue.STATUS_OK]), "statuses")


func test_a_polygon_with_a_hole_keeps_its_area() -> void:
	var pieces: Array[PackedVector2Array] = _native.fracture([Shapes.SQUARE, Shapes.HOLE], {"seed": 5})
	check(pieces.size() >= 10, "at least one piece for each site")
	check_near(Shapes.fragments_area(pieces), 9600.0, 0.1, "area of the square less the hole")


func test_a_slice_cuts_in_two() -> void:
	var params: Dictionary = {
		"type": "slices", "mode": "single", "line_start": Vector2(50, -10), "line_end": Vector2(50, 110)
	}
	var pieces: Array[PackedVector2Array] = _native.fracture(Shapes.SQUARE, params)
	check_equal(pieces.size(), 2, "number of pieces")
	for piece: PackedVector2Array in pieces:
		check_near(Shapes.ring_area(piece), 5000.0, 0.01, "half of the square")


func test_strings_and_string_names_are_the_same() -> void:
	var by_string: Dictionary = {"type": "slices", "mode": "pattern", "pattern": "chaotic", "slice_count": 4}
	var by_name: Dictionary = {&"type": &"slices", &"mode": &"pattern", &"pattern": &"chaotic", &"slice_count": 4}
	check_equal(
		_native.fracture(Shapes.SQUARE, by_name), _native.fracture(Shapes.SQUARE, by_string), "the pieces"
	)
	check_equal(_native.get_errors(), PackedStringArray([""]), "errors")


func test_typed_containers_are_taken() -> void:
	var rings: Array[PackedVector2Array] = [Shapes.SQUARE, Shapes.HOLE]
	var params: Dictionary[String, int] = {"fragment_count": 6, "seed": 2}
	var typed: Array[PackedVector2Array] = _native.fracture(rings, params)
	check_equal(
		typed, _native.fracture([Shapes.SQUARE, Shapes.HOLE], {"fragment_count": 6, "seed": 2}), "the pieces"
	)
	check(not typed.is_empty(), "there are pieces")


func test_an_object_gives_its_dictionary() -> void:
	var dictionary: Dictionary = {"fragment_count": 6, "seed": 9}
	var expected: Array[PackedVector2Array] = _native.fracture(Shapes.SQUARE, dictionary)
	check_equal(_native.fracture(Shapes.SQUARE, ParamsObject.new(dictionary)), expected, "the pieces")
	check_equal(expected.size(), 6, "their number")


func test_bad_polygons() -> void:
	const TOO_FEW: int = CutoutJobQueue.STATUS_TOO_FEW_POINTS
	const BAD: int = CutoutJobQueue.STATUS_BAD_ARGUMENT
	var line: PackedVector2Array = [Vector2.ZERO, Vector2.ONE]
	_bad_polygon(null, BAD, "polygon is null")
	_bad_polygon(5, BAD, "polygon is int")
	_bad_polygon("square", BAD, "polygon is String")
	_bad_polygon(self, BAD, "polygon is Object")
	_bad_polygon(PackedVector3Array([Vector3.ZERO, Vector3.ONE, Vector3.UP]), BAD, "polygon is PackedVector3Array")
	_bad_polygon([Vector2.ZERO, Vector2.ONE, Vector2.UP], BAD, "ring 0 is Vector2")
	_bad_polygon([Shapes.SQUARE, null], BAD, "ring 1 is null")
	_bad_polygon([Shapes.SQUARE, [Shapes.HOLE]], BAD, "ring 1 is Array")
	_bad_polygon([], TOO_FEW, "no ring")
	_bad_polygon(PackedVector2Array(), TOO_FEW, "0 points")
	_bad_polygon(line, TOO_FEW, "2 points")
	_bad_polygon([Shapes.SQUARE, line], TOO_FEW, "hole 0 has 2 points")
	const NOT_FINITE: int = CutoutJobQueue.STATUS_NOT_FINITE
	var broken: PackedVector2Array = Shapes.SQUARE.duplicate()
	broken[2] = Vector2(NAN, 1.0)
	_bad_polygon(broken, NOT_FINITE, "vertex 2 of the outer ring")
	broken[2] = Vector2(1.0, -INF)
	_bad_polygon(broken, NOT_FINITE, "vertex 2 of the outer ring")
	_bad_polygon([Shapes.SQUARE, broken], NOT_FINITE, "vertex 2 of hole 0")
	var bow_tie: PackedVector2Array = [Vector2(0, 0), Vector2(9, 9), Vector2(9, 0), Vector2(0, 9)]
	_bad_polygon(bow_tie, CutoutJobQueue.STATUS_SELF_INTERSECTION, "cross")
	expect_errors(PackedStringArray(["CutoutBatchNative.fracture(): "]))


func test_bad_params() -> void:
	const BAD: int = CutoutJobQueue.STATUS_BAD_PARAMETER
	const CALL: int = CutoutJobQueue.STATUS_BAD_ARGUMENT
	_bad_params(null, CALL, "params is null")
	_bad_params(3, CALL, "params is int")
	_bad_params("voronoi", CALL, "params is String")
	_bad_params([{}], CALL, "params is Array")
	_bad_params({"fragments": 3}, BAD, "fragments")
	_bad_params({"slice_count": 3}, BAD, "slice_count")
	_bad_params({5: 3}, BAD, "5")
	_bad_params({null: 3}, BAD, "null")
	_bad_params({"type": "explode"}, BAD, "explode")
	_bad_params({"type": 1}, BAD, "type")
	_bad_params({"type": null}, BAD, "type")
	_bad_params({"pattern": "spiral"}, BAD, "spiral")
	_bad_params({"pattern": 0}, BAD, "pattern")
	_bad_params({"fragment_count": 0}, BAD, "fragment_count")
	_bad_params({"fragment_count": -1}, BAD, "fragment_count")
	_bad_params({"fragment_count": 1 << 40}, BAD, "fragment_count")
	_bad_params({"fragment_count": 2.5}, BAD, "fragment_count")
	_bad_params({"fragment_count": "10"}, BAD, "fragment_count")
	_bad_params({"fragment_count": null}, BAD, "fragment_count")
	_bad_params({"fragment_count": [1]}, BAD, "fragment_count")
	_bad_params({"min_cell_distance": 1.5}, BAD, "min_cell_distance")
	_bad_params({"min_cell_distance": NAN}, BAD, "min_cell_distance")
	_bad_params({"edge_padding": -1.0}, BAD, "edge_padding")
	_bad_params({"edge_padding": Vector2.ONE}, BAD, "edge_padding")
	_bad_params({"edge_padding": true}, BAD, "edge_padding")
	_bad_params({"type": "slices", "line_start": 3}, BAD, "line_start")
	_bad_params({"type": "slices", "line_start": Vector2(NAN, 0)}, BAD, "line_start")
	_bad_params({"type": "slices", "line_start": Vector3.ZERO}, BAD, "line_start")
	_bad_params({"type": "slices", "extend": "yes"}, BAD, "extend")
	_bad_params({"type": "slices", "slice_count": 1001}, BAD, "slice_count")
	expect_errors(PackedStringArray(["CutoutBatchNative.fracture(): "]))


func test_bad_objects_as_params() -> void:
	const CALL: int = CutoutJobQueue.STATUS_BAD_ARGUMENT
	_bad_params(RefCounted.new(), CALL, "no method to_dictionary()")
	_bad_params(ParamsObject.new(3), CALL, "to_dictionary() gave int")
	_bad_params(ParamsObject.new(null), CALL, "to_dictionary() gave null")
	_bad_params(ParamsObject.new({"oops": 1}), CutoutJobQueue.STATUS_BAD_PARAMETER, "oops")
	_bad_params(NeedsAnArgument.new(), CALL, "could not be called")
	var node: Node = Node.new()
	var holder: Array = [node]
	node.free()
	_bad_params(holder[0], CALL, "freed")
	expect_errors(PackedStringArray(["CutoutBatchNative.fracture(): "]))


func test_all_ways_give_the_same_in_input_order() -> void:
	var polygons: Array = Shapes.polygons(COUNT)
	var params: Array = Shapes.params(COUNT)
	var one_by_one: Array[Array] = []
	for i: int in COUNT:
		one_by_one.append(_native.fracture(polygons[i], params[i]))
		check_near(
			Shapes.fragments_area(one_by_one[i]) / Shapes.polygon_area(polygons[i]), 1.0, 1e-5, "area of %d" % i
		)
	var parallel: Array[Array] = _native.process_batch_parallel(polygons, params)
	check(parallel == one_by_one, "parallel")
	check_equal(_native.get_errors().size(), COUNT, "one place for each error")
	check_equal(_native.get_statuses().count(CutoutJobQueue.STATUS_OK), COUNT, "all went well")
	for chunk: int in [1, 3, COUNT - 1, COUNT, 10000]:
		check(_native.process_batch_streaming(polygons, params, chunk) == one_by_one, "chunks of %d" % chunk)
	var fragments: Array = parallel[2]
	check_equal(fragments.get_typed_builtin(), TYPE_PACKED_VECTOR2_ARRAY, "type of a result's elements")


func test_one_set_of_params_for_all() -> void:
	var polygons: Array = Shapes.polygons(5)
	var params: Dictionary = {"fragment_count": 3, "seed": 4}
	var results: Array[Array] = _native.process_batch_parallel(polygons, params)
	for i: int in 5:
		check(results[i] == _native.fracture(polygons[i], params), "result %d" % i)


func test_a_failed_item_leaves_its_place_empty() -> void:
	expect_errors(
		PackedStringArray(
			[
				"process_batch_parallel(): item 1: polygon is null",
				"process_batch_parallel(): item 3: ",
				"process_batch_streaming(): item 1: polygon is null",
				"process_batch_streaming(): item 3: ",
			]
		)
	)
	var polygons: Array = [Shapes.SQUARE, null, Shapes.SQUARE, Shapes.SQUARE]
	var params: Array = [{}, {}, {"seed": 1}, {"fragment_count": -3}]
	for results: Array in [
		_native.process_batch_parallel(polygons, params), _native.process_batch_streaming(polygons, params, 2)
	]:
		check_equal(results.map(func(r: Array) -> int: return r.size()), [10, 0, 10, 0], "pieces of each")
		var statuses: PackedInt32Array = [
			CutoutJobQueue.STATUS_OK,
			CutoutJobQueue.STATUS_BAD_ARGUMENT,
			CutoutJobQueue.STATUS_OK,
			CutoutJobQueue.STATUS_BAD_PARAMETER,
		]
		check_equal(_native.get_statuses(), statuses, "statuses")
		check(not is_same(results[1], results[3]), "empty results are Arrays of their own")
	check_equal(_native.get_errors()[0], "", "no error for the first")
	check(_native.get_errors()[3].contains("fragment_count"), "the last error names the parameter")


func test_a_call_that_makes_no_sense() -> void:
	expect_errors(
		PackedStringArray(["3 polygons, but 2 params", "chunk_size is 0", "chunk_size is -4", "params is null"])
	)
	var polygons: Array = Shapes.polygons(3)
	check_equal(_native.process_batch_parallel(polygons, [{}, {}]).size(), 0, "lengths that differ")
	check_equal(_native.get_statuses(), PackedInt32Array([CutoutJobQueue.STATUS_BAD_ARGUMENT]), "status")
	check_equal(_native.process_batch_streaming(polygons, {}, 0).size(), 0, "chunks of nothing")
	check_equal(_native.process_batch_streaming(polygons, {}, -4).size(), 0, "chunks of less")
	check_equal(_native.process_batch_parallel(polygons, null).size(), 0, "no params")


func test_nothing_gives_nothing() -> void:
	check_equal(_native.process_batch_parallel([], {}).size(), 0, "parallel")
	check_equal(_native.process_batch_parallel([], []).size(), 0, "with params for each")
	check_equal(_native.process_batch_streaming([], {}, 8).size(), 0, "streaming")
	check_equal(_native.get_errors(), PackedStringArray(), "errors")


func test_wrong_arguments_are_the_engines_errors() -> void:
	expect_errors(
		PackedStringArray(
			[
				"'CutoutBatchNative::fracture': Method expected 2 argument(s), but called with 1",
				"Cannot convert argument 1 from Nil to Array",
				"Cannot convert argument 3 from String to int",
			]
		)
	)
	check_equal(_native.callv("fracture", [Shapes.SQUARE]), null, "an argument is missing")
	check_equal(_native.callv("process_batch_parallel", [null, {}]), null, "null for an Array")
	check_equal(_native.callv("process_batch_streaming", [[], {}, "8"]), null, "String for int")


func test_several_threads_at_once() -> void:
	var polygons: Array = Shapes.polygons(COUNT)
	var params: Array = Shapes.params(COUNT)
	var expected: Array[Array] = _native.process_batch_parallel(polygons, params)
	var threads: Array[Thread] = []
	for i: int in 4:
		var thread: Thread = Thread.new()
		# Two of them share one object, and may find the statuses of the other's last call in it.
		var shared: bool = i < 2
		var native: CutoutBatchNative = _native if shared else CutoutBatchNative.new()
		var work: Callable = func() -> bool:
			var good: bool = true
			for _round: int in 5:
				good = good and native.process_batch_parallel(polygons, params) == expected
				good = good and (shared or native.get_statuses().size() == COUNT)
				good = good and native.fracture(polygons[0], params[0]) == expected[0]
			return good
		check_equal(thread.start(work), OK, "thread %d starts" % i)
		threads.append(thread)
	for i: int in threads.size():
		check_equal(threads[i].wait_to_finish(), true, "thread %d" % i)


func test_a_script_that_runs_meanwhile_may_do_anything() -> void:
	# to_dictionary() runs in the middle of a call: here it empties the lists and fractures something itself.
	var polygons: Array = [Shapes.SQUARE, Shapes.SQUARE]
	var params: Array = []
	var meddler: Meddler = Meddler.new(polygons, params, _native)
	params.append_array([meddler, {"fragment_count": 3}])
	var results: Array[Array] = _native.process_batch_parallel(polygons, params)
	check_equal(polygons.size() + params.size(), 0, "the lists are empty")
	check_equal(results.map(func(r: Array) -> int: return r.size()), [4, 3], "pieces of each")


func test_memory_stays() -> void:
	for _i: int in 20: # what is allocated once is allocated here
		_native.process_batch_parallel(Shapes.polygons(8), Shapes.params(8))
	var before: int = OS.get_static_memory_usage()
	for _i: int in 200:
		_native.process_batch_parallel(Shapes.polygons(8), Shapes.params(8))
		_native.get_errors()
	check(OS.get_static_memory_usage() - before < 4096, "two hundred calls keep no memory")


func _bad_polygon(polygon: Variant, status: int, text: String) -> void:
	_bad(polygon, {}, status, text)


func _bad_params(params: Variant, status: int, text: String) -> void:
	_bad(Shapes.SQUARE, params, status, text)


func _bad(polygon: Variant, params: Variant, status: int, text: String) -> void:
	var what: String = "%s with %s" % [polygon, params]
	check_equal(_native.fracture(polygon, params).size(), 0, "no piece of " + what)
	check_equal(_native.get_statuses(), PackedInt32Array([status]), "status of " + what)
	var error: String = _native.get_errors()[0]
	check(error != "" and error.contains(text), "error of %s: '%s' has '%s'" % [what, error, text])


class Meddler:
	extends RefCounted
	var _polygons: Array
	var _params: Array
	var _native: CutoutBatchNative

	func _init(polygons: Array, params: Array, native: CutoutBatchNative) -> void:
		_polygons = polygons
		_params = params
		_native = native

	func to_dictionary() -> Dictionary:
		_polygons.clear()
		_params.clear()
		_native.process_batch_parallel([PackedVector2Array(Shapes.HOLE), Shapes.SQUARE], {})
		return {"fragment_count": 4}
