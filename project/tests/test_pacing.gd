extends CutoutProcessorCase
## Delivery over frames, by its behaviour: what a frame may take is counted, not timed against the machine.


# Waits until all are cut, without letting a frame go by.
func _wait_until_finished(count: int) -> bool:
	var end: int = Time.get_ticks_msec() + 20_000
	while int(cutout.get_stats()["finished"]) < count:
		if Time.get_ticks_msec() > end:
			return false
		OS.delay_msec(1)
	return true


# Lets frames go by and notes how many were delivered in each, until all are.
func _count_per_frame(total: int) -> PackedInt32Array:
	var per_frame: PackedInt32Array = PackedInt32Array()
	var done: int = 0
	while done < total and per_frame.size() < 5000:
		await get_tree().process_frame
		per_frame.append(events.size() - done)
		done = events.size()
	return per_frame


func test_slow_handlers_get_one_result_a_frame() -> void:
	for i: int in 12:
		cutout.submit_fracture(square(), {"fragment_count": 2})
	check(_wait_until_finished(12), "all are cut")
	cutout.job_completed.connect(func(_id: int, _result: Array) -> void: OS.delay_msec(25))
	var per_frame: PackedInt32Array = await _count_per_frame(12)
	check_equal(events.size(), 12, "all are delivered")
	for i: int in range(per_frame.find(1), per_frame.size()):
		check_equal(per_frame[i], 1, "frame %d" % i)


func test_quick_handlers_get_many_results_a_frame() -> void:
	for i: int in 500:
		cutout.submit_fracture(square(), {"fragment_count": 2})
	check(_wait_until_finished(500), "all are cut")
	var per_frame: PackedInt32Array = await _count_per_frame(500)
	check_equal(events.size(), 500, "all are delivered")
	check(per_frame.size() < 200, "in %d frames" % per_frame.size())
	for i: int in range(1, per_frame.size()):
		check(per_frame[i] >= 1, "at least one in frame %d" % i)


func test_the_first_frame_is_careful_with_many_fragments() -> void:
	# Nothing is known of the handlers yet, so a flood does not all go out at once.
	for i: int in 200:
		cutout.submit_fracture(square(1000.0), {"fragment_count": 30})
	check(_wait_until_finished(200), "all are cut")
	var per_frame: PackedInt32Array = await _count_per_frame(200)
	var first: int = 0
	for count: int in per_frame:
		if count > 0:
			first = count
			break
	check(first >= 1 and first * 30 <= CutoutFrameBudget.FRAGMENTS_START * 1.5, "%d in the first frame" % first)
	check_equal(events.size(), 200, "all are delivered")


func test_stream_chunks_follow_the_budget() -> void:
	var sizes: PackedInt32Array = PackedInt32Array()
	var stream: CutoutFractureStream = cutout.create_stream()
	stream.results_ready.connect(
		func(results: Array) -> void:
			sizes.append(results.size())
			OS.delay_msec(2 * results.size())
	)
	for i: int in 100:
		stream.push(square(), {"fragment_count": 4})
	stream.start()
	await stream.finished
	var sum: int = 0
	for size: int in sizes:
		sum += size
	check_equal(sum, 100, "all come")
	# 2 ms a result, so not more than 0.6 frame times of them once that is known.
	for i: int in range(sizes.size() / 2, sizes.size()):
		check(sizes[i] <= 10, "chunk %d has %d" % [i, sizes[i]])


func test_batch_completion_and_object_results_go_through_the_budget() -> void:
	var stamps: Dictionary[String, int] = {}
	var slow: Callable = func(what: String) -> void:
		stamps[what] = Engine.get_process_frames()
		OS.delay_msec(25)
	cutout.batch_completed.connect(func(id: int, _results: Array) -> void: slow.call("batch %d" % id))
	cutout.submit_batch([square()], {})
	cutout.submit_batch([square()], {})
	var wait: Callable = func(what: String) -> void:
		var shown: Polygon2D = Polygon2D.new()
		shown.polygon = square()
		add_child(shown)
		await cutout.fracture_object(shown, {})
		slow.call(what)
	wait.call("object 1")
	wait.call("object 2")
	check(_wait_until_finished(4), "all are cut")
	check(await wait_until(func() -> bool: return stamps.size() == 4), "all come")
	var used: Dictionary[int, bool] = {}
	for what: String in stamps:
		check(not used.has(stamps[what]), "%s has a frame of its own" % what)
		used[stamps[what]] = true


func test_batches_that_are_complete_wait_for_a_frame_with_time() -> void:
	var stamps: PackedInt64Array = PackedInt64Array()
	cutout.batch_completed.connect(
		func(_id: int, _results: Array) -> void:
			stamps.append(Engine.get_process_frames())
			OS.delay_msec(25)
	)
	for i: int in 4: # complete as soon as they are submitted
		cutout.submit_batch([], {})
	check(await wait_until(func() -> bool: return stamps.size() == 4), "all come")
	for i: int in range(1, 4):
		check(stamps[i] > stamps[i - 1], "batch %d has a frame of its own" % i)


func test_a_backlog_of_slow_handlers_does_not_delay_submission() -> void:
	cutout.job_completed.connect(func(_id: int, _result: Array) -> void: OS.delay_msec(20))
	for i: int in 20:
		cutout.submit_fracture(square(), {"fragment_count": 2})
	check(_wait_until_finished(20), "all are cut")
	await frames(3)
	var id: int = cutout.submit_fracture(square(), {})
	check(id > 0, "a submission is taken at once")
	check(int(cutout.get_stats()["finished"]) > 0, "while others wait for delivery")
	check(await settled(), "all end")
	check_equal(events.size(), 21, "each once")
