extends CutoutProcessorCase
## Streams.

var results: Array[CutoutFractureResult] = []
var chunk_frames: PackedInt64Array = PackedInt64Array()
var finished_count: int = 0


func _make_stream() -> CutoutFractureStream:
	var stream: CutoutFractureStream = cutout.create_stream()
	stream.results_ready.connect(_on_results)
	stream.finished.connect(func() -> void: finished_count += 1)
	return stream


func _on_results(chunk: Array) -> void:
	check(not chunk.is_empty(), "a chunk is never empty")
	results.append_array(chunk)
	chunk_frames.append(Engine.get_process_frames())


func _check_each_once(count: int) -> void:
	var seen: Dictionary[int, bool] = {}
	for result: CutoutFractureResult in results:
		seen[result.index] = true
	check_equal(results.size(), count, "results")
	check_equal(seen.size(), count, "each index once")


func test_everything_comes_in_chunks_once() -> void:
	var stream: CutoutFractureStream = _make_stream()
	for i: int in 500:
		check_equal(stream.push(square(), {"fragment_count": 3, "seed": i}), i, "the index")
	check_equal(stream.get_waiting_count(), 500, "waiting")
	await frames(3)
	check_equal(results.size(), 0, "nothing before start")
	check_equal(stream.start(), true, "start")
	check_equal(stream.is_running(), true, "it runs")
	await stream.finished
	_check_each_once(500)
	for result: CutoutFractureResult in results:
		check(result.is_ok(), "each is done")
		check_near(area_of(result.fragments), 10_000.0, 0.1, "area")
	check_equal(finished_count, 1, "finished")
	check_equal(stream.is_running(), false, "it rests")
	var frames_seen: Dictionary[int, bool] = {}
	for frame: int in chunk_frames:
		check(not frames_seen.has(frame), "at most one chunk a frame")
		frames_seen[frame] = true
	check_equal(events.size(), 0, "the job signals are silent about it")


func test_pushing_goes_on_while_it_runs() -> void:
	var stream: CutoutFractureStream = _make_stream()
	stream.push(square(), {"fragment_count": 2})
	stream.start()
	for i: int in 40:
		for n: int in 5:
			stream.push(square(), {"fragment_count": 2})
		await frames(1)
	check(await wait_until(func() -> bool: return results.size() == 201), "all come")
	_check_each_once(201)


func test_handlers_may_push() -> void:
	var stream: CutoutFractureStream = _make_stream()
	stream.results_ready.connect(
		func(_chunk: Array) -> void:
			if results.size() < 50:
				stream.push(square(), {"fragment_count": 2})
	)
	stream.push(square(), {"fragment_count": 2})
	stream.start()
	await stream.finished
	_check_each_once(50)
	check_equal(finished_count, 1, "finished")


func test_finished_comes_each_time_it_runs_dry() -> void:
	var stream: CutoutFractureStream = _make_stream()
	stream.start()
	await stream.finished
	check_equal(finished_count, 1, "an empty stream")
	stream.push(square(), {})
	await stream.finished
	check_equal(finished_count, 2, "after a push: start is not needed again")
	await frames(5)
	check_equal(finished_count, 2, "and not without work")
	_check_each_once(1)


func test_start_twice_changes_nothing() -> void:
	var stream: CutoutFractureStream = _make_stream()
	for i: int in 20:
		stream.push(square(), {"fragment_count": 2})
	check_equal(stream.start(), true, "first")
	check_equal(stream.start(), true, "second")
	await stream.finished
	await frames(3)
	_check_each_once(20)
	check_equal(finished_count, 1, "finished")


func test_cancel_reports_the_rest_and_the_stream_can_be_used_on() -> void:
	cutout.set_workers(1)
	var stream: CutoutFractureStream = _make_stream()
	check_equal(stream.cancel(), false, "nothing to cancel")
	for i: int in 2500:
		stream.push(circle(60), {"fragment_count": 40})
	stream.start()
	check(await wait_until(func() -> bool: return not results.is_empty()), "the first chunk comes")
	var done: int = results.size()
	check_equal(stream.cancel(), true, "there is something to cancel")
	check_equal(results.size(), done, "nothing is emitted from inside the call")
	stream.push(square(), {})
	await stream.finished
	_check_each_once(2501)
	var ok: int = 0
	for result: CutoutFractureResult in results:
		ok += int(result.is_ok())
		check(result.is_ok() or result.is_cancelled(), "done or cancelled")
	check_equal(ok, done + 1, "what was handed out before, and what was pushed after")
	check_equal(finished_count, 1, "finished")


func test_cancel_before_start() -> void:
	var stream: CutoutFractureStream = _make_stream()
	for i: int in 5:
		stream.push(square(), {})
	check_equal(stream.cancel(), true, "there is something to cancel")
	stream.start()
	await stream.finished
	_check_each_once(5)
	for result: CutoutFractureResult in results:
		check_equal(result.status, JobStatus.CANCELLED, "status")
		check_equal(result.job_id, -1, "it never was a job")


func test_a_stream_that_nobody_holds_goes_on() -> void:
	var stream: CutoutFractureStream = _make_stream()
	for i: int in 50:
		stream.push(square(), {"fragment_count": 2})
	stream.start()
	var watch: WeakRef = weakref(stream)
	stream = null
	check(await wait_until(func() -> bool: return finished_count == 1), "it finishes")
	_check_each_once(50)
	await frames(2)
	check(watch.get_ref() == null, "and is freed then")


func test_two_streams_and_jobs_share_the_queue() -> void:
	var first: CutoutFractureStream = _make_stream()
	var second: CutoutFractureStream = cutout.create_stream()
	var second_count: Array[int] = [0]
	second.results_ready.connect(func(chunk: Array) -> void: second_count[0] += chunk.size())
	for i: int in 300:
		first.push(square(), {"fragment_count": 2})
		second.push(square(), {"fragment_count": 2})
	first.start()
	second.start()
	var id: int = cutout.submit_fracture(square(), {})
	check(await wait_until(func() -> bool: return results.size() == 300 and second_count[0] == 300), "all come")
	check_equal(ends_of(id), PackedStringArray(["completed"]), "the job")


func test_what_is_pushed_is_copied() -> void:
	var stream: CutoutFractureStream = _make_stream()
	var ring: PackedVector2Array = square()
	var params: CutoutVoronoiFracture = CutoutVoronoiFracture.new()
	stream.push(ring, params)
	stream.push([ring], params)
	ring[0] = Vector2(-500.0, -500.0)
	params.fragment_count = -1
	stream.start()
	await stream.finished
	for result: CutoutFractureResult in results:
		check(result.is_ok(), "parameters as they were")
		check_near(area_of(result.fragments), 10_000.0, 0.1, "polygon as it was")


func test_an_entry_that_can_never_fit_fails_alone() -> void:
	expect_errors(["more than the queue's limit of 1048576"])
	cutout.set_limits(65_536, 1)
	var stream: CutoutFractureStream = _make_stream()
	stream.push(square(), {"fragment_count": 100_000})
	for i: int in 20:
		stream.push(square(), {"fragment_count": 2})
	stream.start()
	await stream.finished
	_check_each_once(21)
	for result: CutoutFractureResult in results:
		check_equal(result.status, JobStatus.BAD_ARGUMENT if result.index == 0 else JobStatus.OK, "status")


func test_an_entry_without_room_does_not_hold_back_other_streams() -> void:
	cutout.set_limits(65_536, 10)
	cutout.set_workers(1)
	# Keeps the one worker and most of the memory, so that the large entry has no room until this one is delivered.
	check(cutout.submit_fracture(circle(3000), {"fragment_count": 65_000}) > 0, "the first job")
	check(await wait_until(func() -> bool: return int(cutout.get_stats()["running"]) == 1), "it runs")
	await frames(1)
	var large: CutoutFractureStream = cutout.create_stream()
	large.push(square(), {"fragment_count": 20_000})
	large.start()
	var small: CutoutFractureStream = _make_stream()
	for i: int in 10:
		small.push(square(), {"fragment_count": 2})
	small.start()
	await frames(1)
	var stats: Dictionary = cutout.get_stats()
	check_equal(int(stats["pending"]), 1, "the large entry waits")
	check_equal(int(stats["queued"]), 10, "the small ones are jobs already")
	check(await settled(), "all end")
	await frames(2)
	_check_each_once(10)
	check_equal(large.is_running(), false, "the large one too")
	check_equal(int(cutout.get_stats()["completed_total"]), 12, "all well")


func test_faults_found_late_are_in_the_results() -> void:
	expect_errors(["no_such_key"])
	var stream: CutoutFractureStream = _make_stream()
	stream.push(square(), {"no_such_key": 1})
	stream.push(PackedVector2Array([Vector2.ZERO, Vector2(9, 0), Vector2(9, NAN)]), {})
	stream.push(square(), {})
	stream.start()
	await stream.finished
	_check_each_once(3)
	results.sort_custom(
		func(a: CutoutFractureResult, b: CutoutFractureResult) -> bool: return a.index < b.index
	)
	check_equal(results[0].status, JobStatus.BAD_PARAMETER, "the unknown key")
	check(results[0].message.contains("no_such_key"), "its message names it")
	check(results[1].status >= 10 and results[1].message != "", "the NaN")
	check(results[2].is_ok(), "the good one")
