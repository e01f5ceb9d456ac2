extends CutoutTestSuite
## CutoutJobQueue: ids, order, limits, cancellation, threads, and what each kind of bad input gets.

const Shapes := preload("res://tests/native_shapes.gd")
const COUNT: int = 40
const EXIT_SCRIPT: String = "res://tests/native_exit.gd"

var _queue: CutoutJobQueue = CutoutJobQueue.new()


class Counting:
	extends CutoutJobQueue
	var count: int = 0

	func submit_counted(polygon: PackedVector2Array) -> int:
		count += 1
		return submit(polygon, {})


func after_each() -> void:
	_queue.stop()


func test_before_anything_is_submitted() -> void:
	check_equal(_queue.has_finished(), false, "has_finished")
	check_equal(_queue.take(), false, "take")
	check_equal(_queue.peek_id(), -1, "peek_id")
	check_equal(_queue.peek_fragment_count(), 0, "peek_fragment_count")
	check_equal(_queue.get_id(), -1, "get_id")
	check_equal(_queue.get_status(), CutoutJobQueue.STATUS_OK, "get_status")
	check_equal(_queue.get_message(), "", "get_message")
	check_equal(_queue.get_fragments().size(), 0, "get_fragments")
	check_equal(_queue.get_cut_usec(), 0, "get_cut_usec")
	check_equal(_queue.get_running(), PackedFloat64Array(), "get_running")
	check_equal(_queue.cancel(1), false, "cancel")
	check_equal(_queue.cancel_all(), 0, "cancel_all")
	check_equal(_queue.get_queued_count() + _queue.get_running_count() + _queue.get_finished_count(), 0, "counts")
	check_equal(_queue.get_last_status(), CutoutJobQueue.STATUS_OK, "get_last_status")
	check_equal(_queue.get_last_error(), "", "get_last_error")
	check(_queue.get_worker_count() >= 1, "there are workers")


func test_a_job_goes_in_and_its_pieces_come_out() -> void:
	var params: Dictionary = {"fragment_count": 7, "seed": 3}
	check_equal(_queue.submit(Shapes.SQUARE, params), 1, "the first id")
	check_equal(_queue.next_id(), 2, "ids of jobs and others are one row")
	check_equal(_queue.submit(Shapes.SQUARE, params), 3, "the next job")
	if not await wait_until(func() -> bool: return _queue.get_finished_count() == 2):
		check(false, "the jobs end")
		return
	check(_queue.has_finished(), "has_finished")
	check_equal(_queue.peek_fragment_count(), 7, "peek_fragment_count")
	var ids: Array[int] = []
	while _queue.has_finished():
		var peeked: int = _queue.peek_id()
		check(_queue.take(), "take")
		check_equal(_queue.get_id(), peeked, "the one that was peeked at")
		check_equal(_queue.get_status(), CutoutJobQueue.STATUS_OK, "status")
		check_equal(_queue.get_message(), "", "message")
		var pieces: Array[PackedVector2Array] = _queue.get_fragments()
		check(pieces == CutoutBatchNative.new().fracture(Shapes.SQUARE, params), "the pieces")
		check(_queue.get_cut_usec() >= 0, "cutting took time")
		ids.append(_queue.get_id())
	ids.sort()
	check_equal(ids, [1, 3] as Array[int], "each job once")
	check(_queue.get_total_cut_usec() > 0, "all the cutting took time")
	check_equal(_queue.take(), false, "nothing more to take")
	check_equal(_queue.get_id(), -1, "nothing is taken now")


func test_many_are_like_one_by_one() -> void:
	var polygons: Array = Shapes.polygons(COUNT)
	var params: Array = Shapes.params(COUNT)
	var ids: PackedInt64Array = _queue.submit_many(polygons, params)
	check_equal(ids.size(), COUNT, "one id for each")
	check_equal(_queue.get_last_status(), CutoutJobQueue.STATUS_OK, "status")
	var results: Dictionary[int, Array] = await _take(COUNT)
	var expected: Array[Array] = CutoutBatchNative.new().process_batch_parallel(polygons, params)
	for i: int in COUNT:
		check(results.get(ids[i]) == expected[i], "result %d" % i)
	ids = _queue.submit_many(polygons, {"seed": 5})
	results = await _take(COUNT)
	check(results.get(ids[7]) == CutoutBatchNative.new().fracture(polygons[7], {"seed": 5}), "one for all")
	check_equal(_queue.submit_many([], {}), PackedInt64Array(), "nothing")
	check_equal(_queue.get_last_status(), CutoutJobQueue.STATUS_OK, "nothing is no error")


func test_refusals_at_once() -> void:
	const BAD: int = CutoutJobQueue.STATUS_BAD_ARGUMENT
	const TOO_FEW: int = CutoutJobQueue.STATUS_TOO_FEW_POINTS
	const PARAMETER: int = CutoutJobQueue.STATUS_BAD_PARAMETER
	var line: PackedVector2Array = [Vector2.ZERO, Vector2.ONE]
	_refused(null, {}, BAD, "polygon is null")
	_refused("square", {}, BAD, "polygon is String")
	_refused([Shapes.SQUARE, 5], {}, BAD, "ring 1 is int")
	_refused([], {}, TOO_FEW, "no ring")
	_refused(PackedVector2Array(), {}, TOO_FEW, "0 points")
	_refused(line, {}, TOO_FEW, "2 points")
	_refused([Shapes.SQUARE, line], {}, TOO_FEW, "hole 0")
	_refused(Shapes.SQUARE, null, BAD, "params is null")
	_refused(Shapes.SQUARE, [{}], BAD, "params is Array")
	_refused(Shapes.SQUARE, RefCounted.new(), BAD, "to_dictionary()")
	_refused(Shapes.SQUARE, {"fragments": 3}, PARAMETER, "fragments")
	_refused(Shapes.SQUARE, {"fragment_count": 0}, PARAMETER, "fragment_count")
	_refused(Shapes.SQUARE, {"seed": {}}, PARAMETER, "seed")
	check_equal(_queue.submit(Shapes.SQUARE, {}), 1, "none of them took an id")
	check_equal(_queue.get_last_status(), CutoutJobQueue.STATUS_OK, "the last status is that of the last call")
	check_equal(_queue.get_last_error(), "", "so is the last error")


func test_what_only_the_worker_can_find() -> void:
	var broken: PackedVector2Array = Shapes.SQUARE.duplicate()
	broken[1] = Vector2(INF, NAN)
	var id: int = _queue.submit(broken, {})
	check_equal(id, 1, "it is accepted: nobody looks at the points yet")
	check(await wait_until(func() -> bool: return _queue.has_finished()), "it ends")
	check_equal(_queue.peek_fragment_count(), 0, "without a piece")
	check(_queue.take(), "take")
	check_equal(_queue.get_status(), CutoutJobQueue.STATUS_NOT_FINITE, "status")
	check(_queue.get_message() != "", "message")
	check_equal(_queue.get_fragments().size(), 0, "pieces")


func test_many_are_refused_together() -> void:
	_refused_many([Shapes.SQUARE, null, Shapes.SQUARE], {}, CutoutJobQueue.STATUS_BAD_ARGUMENT, "item 1: polygon is null")
	_refused_many(
		[Shapes.SQUARE, Shapes.SQUARE],
		[{}, {"oops": 1}],
		CutoutJobQueue.STATUS_BAD_PARAMETER,
		"item 1: "
	)
	_refused_many([Shapes.SQUARE], [{}, {}], CutoutJobQueue.STATUS_BAD_ARGUMENT, "1 polygons, but 2 params")
	_refused_many([Shapes.SQUARE], {"oops": 1}, CutoutJobQueue.STATUS_BAD_PARAMETER, "oops")
	_refused_many([Shapes.SQUARE], null, CutoutJobQueue.STATUS_BAD_ARGUMENT, "params is null")
	_queue.set_limits(3, 1 << 30)
	_refused_many(Shapes.polygons(4), {}, CutoutJobQueue.STATUS_BAD_ARGUMENT, "these are 4 jobs, more than the queue's limit of 3")
	check_equal(_queue.submit_many(Shapes.polygons(3), {}).size(), 3, "as many as fit")
	check_equal(_queue.submit_many(Shapes.polygons(2), {}), PackedInt64Array(), "two more do not fit now")
	check_equal(_queue.get_last_status(), CutoutJobQueue.STATUS_QUEUE_FULL, "later they would")


func test_a_full_queue_says_so_and_recovers() -> void:
	_queue.set_limits(5, 1 << 30)
	for i: int in 5:
		check(_queue.submit(Shapes.SQUARE, {}) > 0, "job %d fits" % i)
	check_equal(_queue.submit(Shapes.SQUARE, {}), -1, "the sixth does not")
	check_equal(_queue.get_last_status(), CutoutJobQueue.STATUS_QUEUE_FULL, "status")
	check(_queue.get_last_error().contains("5 jobs of at most 5"), "the error says how full")
	check(await wait_until(func() -> bool: return _queue.has_finished()), "a job ends")
	check_equal(_queue.submit(Shapes.SQUARE, {}), -1, "finished jobs count until they are taken")
	check(_queue.take(), "one is taken")
	check(_queue.submit(Shapes.SQUARE, {}) > 0, "another fits")


func test_bytes_are_bounded_too() -> void:
	var points: PackedVector2Array = Shapes.star(50000, 1000.0)
	_queue.set_limits(1000, 500_000)
	_refused(points, {}, CutoutJobQueue.STATUS_BAD_ARGUMENT, "more than the queue's limit of 500000")
	_refused(Shapes.SQUARE, {"fragment_count": 100000}, CutoutJobQueue.STATUS_BAD_ARGUMENT, "ask for fewer fragments")
	_refused_many([Shapes.SQUARE, points], {}, CutoutJobQueue.STATUS_BAD_ARGUMENT, "submit them in parts")
	check(_queue.submit(Shapes.SQUARE, {}) > 0, "a square fits")


func test_full_by_bytes_is_told_from_never() -> void:
	var points: PackedVector2Array = Shapes.star(5000, 1000.0)
	_queue.set_limits(1000, 4_000_000)
	var accepted: int = 0
	while accepted < 1000 and _queue.submit(points, {}) > 0:
		accepted += 1
	check(accepted >= 1 and accepted < 1000, "%d fit" % accepted)
	check_equal(_queue.get_last_status(), CutoutJobQueue.STATUS_QUEUE_FULL, "status")
	check(_queue.get_last_error().contains("bytes"), "the error speaks of bytes")
	check_equal((await _take(accepted)).size(), accepted, "they end")
	check_equal(_queue.take(), false, "the last is let go of")
	check(_queue.submit(points, {}) > 0, "there is room again")


func test_limits_and_workers_out_of_range() -> void:
	expect_errors(
		PackedStringArray(
			["max_jobs is 0", "max_jobs is -1", "max_bytes is 0", "workers is -1", "workers is 257"]
		)
	)
	_queue.set_limits(0, 1000)
	check_equal(_queue.get_last_status(), CutoutJobQueue.STATUS_BAD_ARGUMENT, "status")
	_queue.set_limits(-1, 1000)
	_queue.set_limits(1000, 0)
	_queue.configure(-1)
	_queue.configure(257, false)
	check(_queue.submit(Shapes.SQUARE, {}) > 0, "all stays as it was")


func test_workers_can_be_changed_at_any_time() -> void:
	_queue.configure(3)
	check_equal(_queue.get_worker_count(), 3, "before the first job")
	_queue.submit_many(Shapes.polygons(COUNT), Shapes.params(COUNT))
	_queue.configure(1, false)
	check_equal(_queue.get_worker_count(), 1, "with jobs in flight")
	check_equal((await _take(COUNT)).size(), COUNT, "every job ends")
	_queue.configure()
	check_equal(_queue.get_worker_count(), maxi(OS.get_processor_count() - 1, 1), "automatic")


func test_a_higher_priority_starts_first() -> void:
	_queue.configure(1)
	var long: int = _queue.submit(Shapes.star(200, 500.0), {"fragment_count": 60000, "min_cell_distance": 0.0})
	check(await wait_until(func() -> bool: return _queue.get_running_count() == 1), "the first job runs")
	var ids: Array[int] = []
	for priority: int in [-1, 0, 5, 10, 0, -9]:
		ids.append(_queue.submit(Shapes.SQUARE, {}, priority))
	if not check_equal(_queue.get_queued_count(), 6, "the others wait"):
		return
	var order: Array = (await _take(7)).keys()
	check_equal(order, [long, ids[3], ids[2], ids[1], ids[4], ids[0], ids[5]], "order of the ends")


func test_cancelling() -> void:
	_queue.configure(1)
	var long: Dictionary = {"fragment_count": 100000, "min_cell_distance": 0.0, "edge_padding": 0.0}
	var running: int = _queue.submit(Shapes.star(500, 5000.0), long)
	check(await wait_until(func() -> bool: return _queue.get_running_count() == 1), "the first job runs")
	var row: PackedFloat64Array = _queue.get_running()
	check_equal(row.size(), 3, "one id, its progress and its time")
	check_equal(int(row[0]), running, "the id")
	check(row[1] >= 0.0 and row[1] <= 1.0, "the progress")
	check(row[2] >= 0.0 and row[2] < 60_000.0, "the milliseconds")
	var waiting: int = _queue.submit(Shapes.SQUARE, {})
	check_equal(_queue.cancel(waiting), true, "a waiting job")
	check_equal(_queue.cancel(waiting), false, "only once")
	check_equal(_queue.cancel(running), true, "a running job")
	check_equal(_queue.cancel(99), false, "an unknown id")
	check_equal(_queue.cancel(-1), false, "a negative id")
	check_equal(_queue.cancel(0), false, "no id")
	var began: int = Time.get_ticks_msec()
	var taken: Dictionary[int, int] = {}
	while taken.size() < 2 and Time.get_ticks_msec() - began < 10000:
		if _queue.take():
			taken[_queue.get_id()] = _queue.get_status()
			check_equal(_queue.get_fragments().size(), 0, "no piece of a cancelled job")
			check(_queue.get_message() != "", "a message")
		await frames(1)
	check_equal(taken.get(waiting), CutoutJobQueue.STATUS_CANCELLED, "status of the one that waited")
	check_equal(taken.get(running), CutoutJobQueue.STATUS_CANCELLED, "status of the one that ran")
	_queue.submit(Shapes.star(500, 5000.0), long)
	_queue.submit_many(Shapes.polygons(9), {})
	check_equal(_queue.cancel_all(), 10, "all of them")
	check_equal((await _take(10)).size(), 10, "cancelled jobs come out too")


func test_changing_the_arrays_afterwards_changes_nothing() -> void:
	_queue.configure(1)
	var points: PackedVector2Array = Shapes.star(300, 400.0)
	var hole: PackedVector2Array = Shapes.HOLE.duplicate()
	var polygon: Array[PackedVector2Array] = [points, hole]
	var params: Dictionary = {"fragment_count": 50, "seed": 11}
	var expected: Array[PackedVector2Array] = CutoutBatchNative.new().fracture(polygon.duplicate(true), params)
	check(expected.size() >= 50, "there are pieces")
	for i: int in 20:
		_queue.submit(polygon, params)
	for i: int in points.size():
		points[i] = Vector2(NAN, NAN)
	hole.clear()
	polygon[0].fill(Vector2.ZERO)
	polygon.clear()
	params.clear()
	var results: Dictionary[int, Array] = await _take(20)
	for id: int in results:
		check(results[id] == expected, "pieces of job %d" % id)


func test_another_thread_is_refused() -> void:
	expect_errors(PackedStringArray(["CutoutJobQueue.submit(): called on another thread", "take(): called on"]))
	check_equal(_queue.submit(Shapes.SQUARE, {}), 1, "this thread owns it now")
	var thread: Thread = Thread.new()
	var work: Callable = func() -> Array: return [_queue.submit(Shapes.SQUARE, {}), _queue.take()]
	thread.start(work)
	check_equal(thread.wait_to_finish(), [-1, false], "what the other thread gets")
	check_equal((await _take(1)).keys(), [1], "the queue is as good as before")


func test_a_thread_may_have_a_queue_of_its_own() -> void:
	var thread: Thread = Thread.new()
	var work: Callable = func() -> int:
		var queue: CutoutJobQueue = CutoutJobQueue.new()
		var ids: PackedInt64Array = queue.submit_many(Shapes.polygons(COUNT), Shapes.params(COUNT))
		var count: int = 0
		while count < ids.size():
			if queue.take():
				count += 1 if queue.get_status() == CutoutJobQueue.STATUS_OK else COUNT
			else:
				OS.delay_usec(200)
		return count
	thread.start(work)
	check_equal(thread.wait_to_finish(), COUNT, "jobs that ended well")


func test_stopping_and_starting_again() -> void:
	var ids: PackedInt64Array = _queue.submit_many(Shapes.polygons(COUNT), Shapes.params(COUNT))
	_queue.stop()
	_queue.stop()
	check_equal(_queue.get_worker_count(), 0, "no workers")
	var count: int = 0
	while _queue.take():
		count += 1
		check(_queue.get_status() in [CutoutJobQueue.STATUS_OK, CutoutJobQueue.STATUS_CANCELLED], "status")
	check_equal(count, ids.size(), "every job comes out")
	check_equal(_queue.submit(Shapes.SQUARE, {}), -1, "nothing goes in")
	check(_queue.get_last_error().contains("stopped"), "the error says why")
	_queue.configure()
	check(_queue.submit(Shapes.SQUARE, {}) > 0, "configure() starts it again")
	check_equal((await _take(1)).size(), 1, "and it works")


func test_dropping_queues_with_jobs_in_flight() -> void:
	var began: int = Time.get_ticks_msec()
	for _i: int in 50:
		var queue: CutoutJobQueue = CutoutJobQueue.new()
		queue.configure(2)
		queue.submit_many(Shapes.polygons(10), {"fragment_count": 2000, "min_cell_distance": 0.0})
	check(Time.get_ticks_msec() - began < 20000, "none of them is waited for")


func test_wrong_arguments_are_the_engines_errors() -> void:
	expect_errors(
		PackedStringArray(
			[
				"'CutoutJobQueue::submit': Method expected 2 argument(s), but called with 1",
				"'CutoutJobQueue::submit': Method expected 6 argument(s), but called with 7",
				"Cannot convert argument 3 from String to int",
				"Cannot convert argument 1 from Nil to int",
				"Cannot convert argument 1 from Dictionary to Array",
			]
		)
	)
	_queue.callv("submit", [Shapes.SQUARE])
	_queue.callv("submit", [Shapes.SQUARE, {}, 1, 2, false, [], 3])
	_queue.callv("submit", [Shapes.SQUARE, {}, "high"])
	_queue.callv("cancel", [null])
	_queue.callv("submit_many", [{}, {}])
	check_equal(_queue.submit(Shapes.SQUARE, {}), 1, "none of them did anything")


func test_a_script_may_extend_it() -> void:
	var queue: Counting = Counting.new()
	check_equal(queue.submit_counted(Shapes.SQUARE), 1, "the id")
	check_equal(queue.count, 1, "the script's own variable")
	check(await wait_until(queue.has_finished), "its job ends")


func test_statuses_are_an_enum() -> void:
	var names: PackedStringArray = ClassDB.class_get_enum_constants(&"CutoutJobQueue", &"Status", true)
	check_equal(names.size(), 17, "number of statuses")
	check_equal(CutoutJobQueue.STATUS_OK, 0, "ok")
	check_equal(CutoutJobQueue.STATUS_CANCELLED, 1, "cancelled")
	check_equal(CutoutJobQueue.STATUS_QUEUE_FULL, 22, "queue full")
	check_equal(CutoutJobQueue.STATUS_INTERNAL_ERROR, 31, "internal error")


func test_quitting_with_jobs_in_flight() -> void:
	for mode: String in ["held", "dropped", "leaked"]:
		var output: Array = []
		var began: int = Time.get_ticks_msec()
		var code: int = OS.execute(
			OS.get_executable_path(),
			[
				"--headless",
				"--verbose",
				"--path",
				ProjectSettings.globalize_path("res://"),
				"--script",
				EXIT_SCRIPT,
				"--",
				mode
			],
			output,
			true
		)
		var text: String = output[0]
		check_equal(code, 0, "exit code, " + mode)
		check(text.contains("NATIVE-EXIT in flight"), "jobs were in flight, " + mode)
		check(Time.get_ticks_msec() - began < 20000, "it ends promptly, " + mode)
		if mode == "leaked":
			check(text.contains("leaked"), "a leak is reported, so a report would be seen")
			continue
		for line: String in text.split("\n"):
			for sign_of_trouble: String in ["ERROR:", "eaked", "rphan"]:
				check(not line.contains(sign_of_trouble), line)


# Waits until `count` jobs have ended; their fragments by id, in the order of the ends.
func _take(count: int) -> Dictionary[int, Array]:
	var results: Dictionary[int, Array] = {}
	var end: int = Time.get_ticks_msec() + 30000
	while results.size() < count and Time.get_ticks_msec() < end:
		if _queue.take():
			results[_queue.get_id()] = _queue.get_fragments()
		else:
			await get_tree().process_frame
	check_equal(results.size(), count, "jobs that ended")
	return results


func _refused(polygon: Variant, params: Variant, status: int, text: String) -> void:
	var what: String = "%s with %s" % [polygon, params]
	check_equal(_queue.submit(polygon, params), -1, what)
	_check_refusal(what, status, text)


func _refused_many(polygons: Array, params: Variant, status: int, text: String) -> void:
	var what: String = "%s with %s" % [polygons, params]
	check_equal(_queue.submit_many(polygons, params), PackedInt64Array(), what)
	_check_refusal(what, status, text)


func _check_refusal(what: String, status: int, text: String) -> void:
	check_equal(_queue.get_last_status(), status, "status of " + what)
	var error: String = _queue.get_last_error()
	check(error.contains(text), "error of %s: '%s' has '%s'" % [what, error, text])
	check_equal(_queue.get_queued_count() + _queue.get_running_count() + _queue.get_finished_count(), 0, "queued")


class Target:
	extends RefCounted
	signal job_completed(id: int, fragments: Array)


class Nested:
	extends RefCounted
	var call: Callable

	func to_dictionary() -> Dictionary:
		call.call()
		return {}


class Keeper:
	extends RefCounted
	var queue: CutoutJobQueue = CutoutJobQueue.new()
	var was_alive: bool = false

	# Called on the member itself: the engine holds no reference of its own.
	func submit(params: Variant, is_many: bool) -> void:
		if is_many:
			queue.submit_many([Shapes.SQUARE], params)
		else:
			queue.submit(Shapes.SQUARE, params)

	func let_go() -> void:
		var reference: WeakRef = weakref(queue)
		queue = null
		was_alive = reference.get_ref() != null


func test_results_that_cannot_be_filled_are_refused() -> void:
	var read_only: Array = [null]
	read_only.make_read_only()
	var numbers: Array[int] = [1]
	var rings: Array[PackedVector2Array] = [Shapes.SQUARE]
	for results: Variant in [read_only, numbers, rings, [], [null, null], 5, {}]:
		check_equal(_queue.submit_many([Shapes.SQUARE], {}, 0, 1, results).size(), 0, str(results))
		check(_queue.get_last_error().contains("results must be an Array"), _queue.get_last_error())
	check_equal(_queue.submit_many([Shapes.SQUARE], {}, 0, 1, [null]).size(), 1, "a good one")


func test_a_delivery_to_nobody_takes_nothing() -> void:
	_queue.submit(Shapes.SQUARE, {}, 0, 1, true)
	check(await wait_until(func() -> bool: return _queue.has_finished()), "it is cut")
	var limits: PackedFloat64Array = [1e6, 0.0, 0.0, 1e6, 1.0]
	var target: Target = Target.new()
	expect_errors(["target must be an object with the signal"])
	for wrong: Variant in [null, 5, self]:
		check_equal(_queue.deliver_completed(wrong, {}, limits), PackedFloat64Array(), str(wrong))
	check_equal(_queue.deliver_completed(target, {}, []), PackedFloat64Array(), "no limits")
	check_equal(_queue.get_finished_count(), 1, "it still waits")
	check_equal(int(_queue.deliver_completed(target, {}, limits)[0]), 1, "delivered")


func test_a_submission_outlives_the_last_reference() -> void:
	for is_many: bool in [false, true]:
		var nested: Nested = Nested.new()
		var keeper: Keeper = Keeper.new()
		nested.call = keeper.let_go
		keeper.submit(nested, is_many)
		check_equal(keeper.was_alive, true, "alive until it returns")


func test_a_batch_is_let_go_when_a_handler_stops_the_queue() -> void:
	var canary: RefCounted = RefCounted.new()
	var alive: WeakRef = weakref(canary)
	var results: Array = [null, null, null, canary]
	_queue.submit_many([Shapes.SQUARE, Shapes.SQUARE, Shapes.SQUARE, Shapes.SQUARE], {}, 0, 1, results)
	check(await wait_until(func() -> bool: return _queue.get_finished_count() == 4), "cut")
	var target: Target = Target.new()
	var delivered: Array[int] = []
	target.job_completed.connect(
		func(id: int, _fragments: Array) -> void:
			delivered.append(id)
			_queue.stop()
			while _queue.take():
				pass
			_queue.configure(1, true, CutoutJobQueue.BACKEND_OWN_THREADS)
	)
	_queue.deliver_completed(target, {}, [1e6, 0.0, 0.0, 1e6, 1.0])
	check_equal(delivered.size(), 1, "delivered")
	results = []
	canary = null
	# A worker sheds it, a later delivery lets it go.
	var is_gone: Callable = func() -> bool:
		_queue.deliver_completed(target, {}, [1e6, 0.0, 0.0, 1e6, 1.0])
		return alive.get_ref() == null
	check(await wait_until(is_gone, 3.0), "let go")


func test_parameters_that_are_alike_are_read_like_any_others() -> void:
	var resource: CutoutVoronoiFracture = CutoutVoronoiFracture.new()
	resource.fragment_count = 5
	resource.seed = 8
	var params: Array = [
		{"fragment_count": 5, "seed": 1},
		{"fragment_count": 5, "seed": 2}, # another seed alone
		{"seed": 3, "fragment_count": 5}, # in another order
		{&"fragment_count": 5, &"seed": 4},
		{"fragment_count": 5}, # none
		{"fragment_count": 5, "edge_padding": 0.5}, # as many keys, but others
		{"fragment_count": 6, "edge_padding": 0.5},
		{"fragment_count": 6, "edge_padding": 0.25},
		{"fragment_count": 6, "seed": -7},
		{"fragment_count": 6, "seed": 9.0},
		{"fragment_count": 6.0, "seed": 9},
		{"fragment_count": 6, "seed": 10, "pattern": "poisson"},
		{"fragment_count": 6, "seed": 11, "pattern": "grid"},
		{"type": "slices", "seed": 3, "mode": "pattern"},
		{"type": "slices", "seed": 4, "mode": "pattern"},
		{"seed": 4},
		{},
		{},
		{"seed": 5},
		resource,
		resource,
		{"seed": 5},
	]
	var polygons: Array = []
	polygons.resize(params.size())
	polygons.fill(Shapes.SQUARE)
	var ids: PackedInt64Array = _queue.submit_many(polygons, params)
	check_equal(ids.size(), params.size(), _queue.get_last_error())
	var results: Dictionary[int, Array] = await _take(ids.size())
	var native: CutoutBatchNative = CutoutBatchNative.new()
	for i: int in ids.size():
		check(results.get(ids[i]) == native.fracture(Shapes.SQUARE, params[i]), "item %d" % i)


func test_a_bad_one_among_many_that_are_alike_is_found() -> void:
	var good: Dictionary = {"fragment_count": 5, "seed": 1, "edge_padding": 0.5}
	for bad: Dictionary in [
		{"fragment_count": 5, "seed": null, "edge_padding": 0.5},
		{"fragment_count": 5, "seed": 1.5, "edge_padding": 0.5},
		{"fragment_count": 5, "sed": 1, "edge_padding": 0.5},
		{"fragment_count": -5, "seed": 1, "edge_padding": 0.5},
		{"fragment_count": 5, "seed": 1, "edge_padding": NAN},
		{"fragment_count": 5, "seed": 1, 3: 0.5},
	]:
		var ids: PackedInt64Array = _queue.submit_many(
			[Shapes.SQUARE, Shapes.SQUARE, Shapes.SQUARE, Shapes.SQUARE], [good, good, bad, good]
		)
		check_equal(ids, PackedInt64Array(), str(bad))
		check(_queue.get_last_error().begins_with("item 2: "), _queue.get_last_error())


func test_warming_up_starts_workers_and_leaves_no_job() -> void:
	_queue.warm_up()
	_queue.warm_up()
	check_equal(_queue.get_queued_count() + _queue.get_running_count() + _queue.get_finished_count(), 0, "no job")
	check(_queue.get_worker_count() > 0, "workers")
	var ids: PackedInt64Array = _queue.submit_many(Shapes.polygons(COUNT), Shapes.params(COUNT))
	var results: Dictionary[int, Array] = await _take(COUNT)
	for id: int in ids:
		check(results.has(id), "job %d" % id)
	_queue.tidy()
	_queue.stop()
	_queue.warm_up()
	_queue.tidy()
	check_equal(_queue.get_worker_count(), 0, "it starts none that were stopped")
