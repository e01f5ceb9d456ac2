extends CutoutProcessorCase
## Priorities that change, queues that are full, orders, back-ends and presets.


# Parameters of a job that takes seconds, unless it is cancelled: a thousand cuts across all pieces.
func _long_params() -> Dictionary:
	var segments: PackedVector2Array = PackedVector2Array()
	var random: RandomNumberGenerator = RandomNumberGenerator.new()
	random.seed = 7
	for i: int in 1000:
		segments.append(Vector2.from_angle(random.randf() * TAU) * 20_000.0)
		segments.append(Vector2.from_angle(random.randf() * TAU) * 20_000.0)
	return {"type": "slices", "mode": "manual", "segments": segments, "extend": true}


# A job that runs now, and goes on until it is cancelled or the test has ended.
func _occupy() -> int:
	var id: int = cutout.submit_fracture(circle(1000, 10_000.0), _long_params(), 100)
	var end: int = Time.get_ticks_msec() + 20_000
	while int(cutout.get_stats()["running"]) == 0 and Time.get_ticks_msec() < end:
		OS.delay_usec(200)
	check_equal(int(cutout.get_stats()["running"]), 1, "a job runs")
	return id


# Ids in the order of their ends.
func _order(kind: String) -> Array:
	return events.filter(func(event: Array) -> bool: return event[0] == kind).map(
		func(event: Array) -> int: return event[1]
	)


func test_set_priority_moves_a_waiting_job() -> void:
	cutout.set_workers(1)
	var running: int = _occupy()
	var first: int = cutout.submit_fracture(square(), {})
	var low: int = cutout.submit_fracture(square(), {}, -1)
	var raised: int = cutout.submit_fracture(square(), {}, -1)
	check_equal(cutout.set_priority(raised, 10), true, "it waits")
	check_equal(cutout.set_priority(running, 0), false, "it runs")
	check_equal(cutout.set_priority(987654, 0), false, "there is none")
	cutout.cancel_job(running)
	check_equal(cutout.set_priority(running, 0), false, "it is cancelled")
	check(await settled(), "all end")
	check_equal(_order("completed"), [raised, first, low], "order")
	check_equal(cutout.set_priority(first, 10), false, "it has ended")


func test_a_batch_jobs_priority() -> void:
	cutout.set_workers(1)
	var running: int = _occupy()
	var batch: int = cutout.submit_batch([square(), square(), square()], {})
	var jobs: PackedInt64Array = cutout.get_batch_jobs(batch)
	check_equal(cutout.set_priority(jobs[2], 5), true, "a job of a batch")
	cutout.cancel_job(running)
	check(await settled(), "all end")
	check_equal(_order("completed"), [jobs[2], jobs[0], jobs[1]], "order")
	check_equal((event_of("batch", batch)[2] as Array).size(), 3, "the batch is whole")


func test_drop_oldest_makes_room() -> void:
	cutout.set_workers(1)
	var running: int = _occupy()
	cutout.set_limits(3, 64)
	cutout.set_when_full(cutout.WhenFull.DROP_OLDEST)
	var high: int = cutout.submit_fracture(square(), {}, 5)
	var oldest: int = cutout.submit_fracture(square(), {})
	var newest: int = cutout.submit_fracture(square(), {})
	check(newest > 0, "accepted though it was full")
	check_equal(events.size(), 0, "nothing is emitted from inside the call")
	check_equal(cutout.submit_fracture(square(), {}, -1), -1, "nothing lower waits")
	check_equal(cutout.last_status, JobStatus.QUEUE_FULL, "status")
	cutout.cancel_job(running)
	check(await settled(), "all end")
	check_equal(ends_of(oldest), PackedStringArray(["failed"]), "the oldest is dropped")
	check_equal(event_of("failed", oldest)[2], JobStatus.QUEUE_FULL, "its status")
	check(str(event_of("failed", oldest)[3]).contains("dropped"), "its message")
	check_equal(_order("completed"), [high, newest], "the others")


func test_drop_oldest_makes_room_for_a_whole_batch_or_for_none() -> void:
	cutout.set_workers(1)
	var running: int = _occupy()
	cutout.set_limits(4, 64)
	cutout.set_when_full(cutout.WhenFull.DROP_OLDEST)
	var dropped: Array[int] = []
	for i: int in 3:
		dropped.append(cutout.submit_fracture(square(), {}))
	expect_errors(["more than the queue's limit"])
	check_equal(cutout.submit_batch([square(), square(), square(), square(), square()], {}), -1, "five")
	check_equal(cutout.submit_batch([square(), square(), square(), square()], {}), -1, "four and the running one")
	var batch: int = cutout.submit_batch([square(), square(), square()], {})
	check(batch > 0, "three")
	cutout.cancel_job(running)
	check(await settled(), "all end")
	check_equal(_order("failed"), dropped, "dropped")
	check_equal((event_of("batch", batch)[2] as Array).size(), 3, "the batch is whole")


func test_strict_fifo() -> void:
	cutout.set_workers(2)
	cutout.strict_fifo = true
	var first: int = cutout.submit_fracture(circle(1000, 10_000.0), _long_params())
	var later: Array = []
	for i: int in 20:
		later.append(cutout.submit_fracture(square(), {}))
	var other_band: int = cutout.submit_fracture(square(), {}, 5)
	check(await wait_until(func() -> bool: return int(cutout.get_stats()["finished"]) == 20), "the short ones")
	check_equal(_order("completed"), [other_band], "they wait for the first, another band does not")
	cutout.cancel_job(first)
	check(await settled(), "all end")
	check_equal(_order("completed"), [other_band] + later, "order of submission")
	check_equal(cutout.strict_fifo, true, "it can be asked for")


func test_slow_jobs_are_reported_once() -> void:
	cutout.slow_job_msec = 30.0
	var slow: Array[int] = []
	cutout.job_slow.connect(
		func(id: int, milliseconds: float) -> void:
			slow.append(id)
			check(milliseconds >= 30.0, "milliseconds")
	)
	var id: int = cutout.submit_fracture(circle(1000, 10_000.0), _long_params())
	check(await wait_until(func() -> bool: return not slow.is_empty()), "it is reported")
	await frames(5)
	cutout.cancel_job(id)
	cutout.submit_fracture(square(), {})
	check(await settled(), "all end")
	check_equal(slow, [id] as Array[int], "once, and no other")


func test_short_jobs_pass_a_long_one_of_two_workers() -> void:
	cutout.set_workers(2)
	var long_ones: Array[int] = []
	for i: int in 3:
		long_ones.append(cutout.submit_fracture(circle(1000, 10_000.0), _long_params()))
	var short_one: int = cutout.submit_fracture(square(), {}, -1)
	check(await wait_until(func() -> bool: return not ends_of(short_one).is_empty()), "it ends")
	for id: int in long_ones:
		check_equal(ends_of(id).size(), 0, "the long ones have not")
		cutout.cancel_job(id)
	check(await settled(), "all end")


func _check_back_end(backend: int) -> void:
	cutout.set_workers(2, true, backend)
	var ids: Array[int] = []
	for i: int in 300:
		ids.append(cutout.submit_fracture(square(), {"fragment_count": 8, "seed": i}))
	var batch: int = cutout.submit_batch([square(), square()], {"fragment_count": 5})
	check_equal(events.size(), 0, "nothing is emitted from inside the call")
	check(await settled(), "all end")
	for id: int in ids:
		check_equal(ends_of(id), PackedStringArray(["completed"]), "its one end")
	check_equal((event_of("batch", batch)[2] as Array).size(), 2, "the batch")
	var cancelled: int = cutout.submit_fracture(circle(1000, 10_000.0), _long_params())
	check_equal(cutout.cancel_job(cancelled), true, "cancel")
	check(await settled(), "it ends")
	check_equal(ends_of(cancelled), PackedStringArray(["cancelled"]), "cancelled")
	var own: Array = event_of("completed", ids[7])[2]
	cutout.set_workers(1)
	var again: int = cutout.submit_fracture(square(), {"fragment_count": 8, "seed": 7})
	check(await settled(), "back to own threads")
	check_equal(event_of("completed", again)[2], own, "the same pieces")
	cutout.set_workers(2, true, backend)
	for i: int in 50:
		cutout.submit_fracture(square(), {})
	cutout.free() # with jobs under way


func test_the_engines_pool() -> void:
	await _check_back_end(cutout.Backend.ENGINE_POOL)
	await frames(3)


func test_the_main_thread() -> void:
	await _check_back_end(cutout.Backend.MAIN_THREAD)
	await frames(3)


func test_presets_change_workers_and_budget() -> void:
	await frames(2)
	cutout.set_preset(cutout.Preset.FAST)
	await frames(2)
	check_equal(int(cutout.get_stats()["workers"]), OS.get_processor_count(), "a worker for each core")
	check_equal(cutout.get_stats()["budget_usec"], 40_000.0, "budget")
	for i: int in 3000:
		cutout.submit_fracture(square(), {"fragment_count": 4})
	check(await settled(), "all end")
	check_equal(_order("completed").size(), 3000, "completed")
	cutout.set_preset(cutout.Preset.BACKGROUND)
	await frames(2)
	check_equal(int(cutout.get_stats()["workers"]), 1, "one worker")
	check_equal(cutout.get_stats()["budget_usec"], 500.0, "budget")
	cutout.submit_fracture(square(), {})
	check(await settled(), "it works")
	cutout.set_preset(cutout.Preset.SMOOTH)
	await frames(2)
	check_equal(
		int(cutout.get_stats()["workers"]), maxi(1, OS.get_processor_count() - 1), "as the settings say"
	)


func test_monitors_show_the_figures() -> void:
	var names: Array = Performance.get_custom_monitor_names().filter(
		func(monitor: StringName) -> bool: return str(monitor).begins_with("Cutout/")
	)
	check_equal(names.size(), 11, "monitors")
	for monitor: StringName in names:
		check(Performance.get_custom_monitor(monitor) is float, str(monitor))


func test_monitors_belong_to_a_processor_in_the_tree() -> void:
	# The autoload has them; where there is none, the first has.
	var autoload: Node = get_tree().root.get_node_or_null("CutoutBatch")
	check(autoload != null, "the autoload")
	cutout.free()
	check(Performance.has_custom_monitor(&"Cutout/queued"), "another's end does not take them away")


func test_figures_of_the_second() -> void:
	for i: int in 100:
		cutout.submit_fracture(square(), {"fragment_count": 4})
	check(await settled(), "all end")
	check(
		await wait_until(func() -> bool: return int(cutout.get_stats()["delivered_per_second"]) > 0, 5.0),
		"delivered per second"
	)
	var stats: Dictionary = cutout.get_stats()
	check(float(stats["cut_usec_p50"]) > 0.0, "median")
	check(float(stats["cut_usec_p99"]) >= float(stats["cut_usec_p50"]), "p99")


func test_what_is_no_backend_preset_or_policy_is_refused() -> void:
	cutout.set_limits(1, 64)
	for bad: int in [-1, 3, 1 << 40]:
		expect_errors(
			["set_workers: backend is %d" % bad, "set_preset: preset is %d" % bad, "set_when_full: when_full is %d" % bad]
		)
		cutout.set_workers(2, true, bad as Processor.Backend)
		cutout.set_preset(bad as Processor.Preset)
		cutout.set_when_full(bad as Processor.WhenFull)
	var id: int = cutout.submit_fracture(square(), {})
	check_equal(cutout.submit_fracture(square(), {}), -1, "nothing is dropped")
	check(await settled(), "somebody runs the jobs")
	check_equal(ends_of(id), PackedStringArray(["completed"]), "its one end")
	cutout.slow_job_msec = NAN
	check_equal(cutout.slow_job_msec, 1.0, "not a number")


func test_a_handler_of_job_slow_cancels_for_good() -> void:
	cutout.slow_job_msec = 30.0
	var late: Array[float] = []
	cutout.job_slow.connect(
		func(id: int, _milliseconds: float) -> void: check_equal(cutout.cancel_job(id), true, "cancel")
	)
	cutout.job_progress.connect(
		func(id: int, value: float) -> void:
			if not cutout.set_priority(id, 0) and (cutout._dispatcher.get("_cancelled") as Dictionary).has(id):
				late.append(value)
	)
	for i: int in 6:
		cutout.submit_fracture(circle(1000, 10_000.0), _long_params())
	check(await settled(), "all end")
	check_equal(late, [] as Array[float], "no progress after it")


func test_slow_jobs_are_forgotten_when_they_have_ended() -> void:
	cutout.slow_job_msec = 1.0
	var slow: Array[int] = []
	cutout.job_slow.connect(func(id: int, _milliseconds: float) -> void: slow.append(id))
	var end: int = Time.get_ticks_msec() + 20_000
	while slow.is_empty() and Time.get_ticks_msec() < end:
		cutout.submit_fracture(circle(20_000), {"fragment_count": 4000, "seed": Time.get_ticks_usec()})
		await frames(1)
	check(not slow.is_empty(), "there are some")
	check(await settled(), "all end")
	cutout.submit_fracture(square(), {})
	check(await settled(), "all end")
	check_equal((cutout._dispatcher.get("_slow") as Dictionary).size(), 0, "remembered")


func test_entries_of_a_batch_object_wait_instead_of_dropping_each_other() -> void:
	cutout.set_workers(1)
	var running: int = _occupy()
	cutout.set_limits(10, 64)
	cutout.set_when_full(cutout.WhenFull.DROP_OLDEST)
	var plain: int = cutout.submit_fracture(square(), {}, -1)
	var batch: CutoutFractureBatch = cutout.create()
	for i: int in 100:
		batch.add_fracture(square(), {"fragment_count": 4, "seed": i})
	var concluded: Signal = batch.execute()
	await frames(3)
	cutout.cancel_job(running)
	var results: Array = await concluded
	for result: CutoutFractureResult in results:
		check(result.is_ok(), str(result))
	check_equal(ends_of(plain), PackedStringArray(["completed"]), "nor do they drop others")
	var held: int = _occupy()
	for i: int in 9:
		cutout.submit_fracture(square(), {})
	check(cutout.submit_fracture(square(), {}) > 0, "a submission still drops")
	cutout.cancel_job(held)
	check(await settled(), "all end")
