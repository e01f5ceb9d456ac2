extends CutoutProcessorCase
## Ids and signals: submit, cancel, progress, ends.


func test_a_job_is_completed_with_its_fragments() -> void:
	var id: int = cutout.submit_fracture(square(), {"fragment_count": 8})
	check(id > 0, "the id is positive")
	check_equal(cutout.last_status, 0, "last_status")
	check_equal(cutout.last_error, "", "last_error")
	check_equal(events.size(), 0, "nothing is emitted from inside the call")
	check(await settled(), "it ends")
	check_equal(ends_of(id), PackedStringArray(["completed"]), "its one end")
	var result: Array = event_of("completed", id)[2]
	check(result.size() >= 2, "there are pieces")
	for piece: Variant in result:
		check(piece is PackedVector2Array, "a piece is a PackedVector2Array")
	check_near(area_of(result), 10_000.0, 0.1, "their area")


func test_holes_and_resources_are_accepted() -> void:
	var params: CutoutVoronoiFracture = CutoutVoronoiFracture.new()
	params.edge_padding = 0.0
	var typed: int = cutout.submit_fracture(frame_polygon(), params)
	var untyped: Array = [frame_polygon()[0], frame_polygon()[1]]
	var plain: int = cutout.submit_fracture(untyped, params)
	check(await settled(), "both end")
	var result: Array = event_of("completed", typed)[2]
	check_near(area_of(result), 8400.0, 0.1, "area without the hole")
	check_equal(event_of("completed", plain)[2], result, "an untyped Array of rings gives the same")


func test_input_is_taken_as_it_is_at_the_call() -> void:
	var ring: PackedVector2Array = square()
	var rings: Array = [ring]
	var params: Dictionary = {"fragment_count": 6}
	var first: int = cutout.submit_fracture(rings, params)
	ring[2] = Vector2(1000.0, 1000.0)
	rings.clear()
	params["fragment_count"] = 1
	check(await settled(), "it ends")
	var result: Array = event_of("completed", first)[2]
	check_near(area_of(result), 10_000.0, 0.1, "area of the polygon as it was")
	check(result.size() > 1, "parameters as they were")


func test_every_job_of_many_ends_once_in_fifo_of_one_worker() -> void:
	cutout.set_workers(1)
	var ids: PackedInt64Array = PackedInt64Array()
	for i: int in 300:
		ids.append(cutout.submit_fracture(square(), {"fragment_count": 3, "seed": i}))
	check(await settled(), "all end")
	var order: PackedInt64Array = PackedInt64Array()
	for event: Array in events:
		check(event[0] == "completed", "each is completed")
		order.append(event[1])
	check_equal(order, ids, "one worker: out in the order of submission")


func test_a_higher_priority_starts_first() -> void:
	cutout.set_workers(1)
	for i: int in 20: # keeps the worker busy while the rest is queued
		cutout.submit_fracture(circle(400), {"fragment_count": 200}, 10)
	var low: int = cutout.submit_fracture(square(), {}, -1)
	var normal: int = cutout.submit_fracture(square(), {})
	var urgent: int = cutout.submit_fracture(square(), {}, 10)
	check(await settled(), "all end")
	var order: PackedInt64Array = PackedInt64Array()
	for event: Array in events:
		if event[1] in [low, normal, urgent]:
			order.append(event[1])
	check_equal(order, PackedInt64Array([urgent, normal, low]), "order of completion")


func test_ids_are_never_shared() -> void:
	var seen: Dictionary[int, bool] = {}
	for i: int in 20:
		var job: int = cutout.submit_fracture(square(), {"fragment_count": 2})
		var batch: int = cutout.submit_batch([square(), square()], {"fragment_count": 2})
		for id: int in [job, batch] + Array(cutout.get_batch_jobs(batch)):
			check(id > 0 and not seen.has(id), "id %d is new" % id)
			seen[id] = true
	check_equal(seen.size(), 80, "ids handed out")
	check(await settled(), "all end")


func test_progress_rises_and_ends_with_one_before_the_result() -> void:
	var values: Dictionary[int, PackedFloat64Array] = {}
	var late: PackedInt64Array = PackedInt64Array()
	cutout.job_progress.connect(
		func(id: int, value: float) -> void:
			if not ends_of(id).is_empty():
				late.append(id)
			var list: PackedFloat64Array = values.get(id, PackedFloat64Array())
			list.append(value)
			values[id] = list
	)
	var ids: PackedInt64Array = PackedInt64Array()
	for i: int in 3:
		ids.append(cutout.submit_fracture(circle(3000), {"fragment_count": 60_000, "seed": i}))
	var failing: int = cutout.submit_fracture(PackedVector2Array([Vector2.ZERO, Vector2.ONE, Vector2(2, NAN)]), {})
	check(await settled(30.0), "all end")
	for id: int in ids:
		var list: PackedFloat64Array = values.get(id, PackedFloat64Array([0.0]))
		check_equal(list[-1], 1.0, "the last value")
		for i: int in range(1, list.size()):
			check(list[i] > list[i - 1], "it rises")
		check(list[0] > 0.0, "it begins above 0")
	check_equal(late.size(), 0, "values after the end")
	check(not values.has(failing), "a job that failed is never at 1.0")
	check(values[ids[0]].size() + values[ids[1]].size() + values[ids[2]].size() > 3, "long jobs report between")


func test_a_queued_job_is_cancelled() -> void:
	cutout.set_workers(1)
	cutout.submit_fracture(circle(1000), {"fragment_count": 500})
	var id: int = cutout.submit_fracture(square(), {})
	check_equal(cutout.cancel_job(id), true, "it can be")
	check_equal(cutout.cancel_job(id), false, "not twice")
	check_equal(events.size(), 0, "nothing is emitted from inside the call")
	check(await settled(), "all end")
	check_equal(ends_of(id), PackedStringArray(["cancelled"]), "its one end")
	check_equal(cutout.cancel_job(id), false, "not after its end")


func test_a_finished_job_is_cancelled_until_it_is_delivered() -> void:
	var id: int = cutout.submit_fracture(square(), {})
	var end: int = Time.get_ticks_msec() + 5000
	while int(cutout.get_stats()["finished"]) == 0 and Time.get_ticks_msec() < end:
		OS.delay_msec(1) # no frame goes by, so it is not delivered
	check_equal(int(cutout.get_stats()["finished"]), 1, "it has finished")
	check_equal(cutout.cancel_job(id), true, "it can be cancelled")
	check(await settled(), "it ends")
	check_equal(ends_of(id), PackedStringArray(["cancelled"]), "its one end")


func test_cancel_all_ends_everything() -> void:
	var ids: PackedInt64Array = PackedInt64Array()
	for i: int in 50:
		ids.append(cutout.submit_fracture(circle(500), {"fragment_count": 200}))
	var batch: int = cutout.submit_batch([square(), square()], {})
	ids.append_array(cutout.get_batch_jobs(batch))
	var stream: CutoutFractureStream = cutout.create_stream()
	for i: int in 10:
		stream.push(square(), {})
	stream.start()
	var statuses: PackedInt32Array = PackedInt32Array()
	stream.results_ready.connect(
		func(results: Array) -> void:
			for result: CutoutFractureResult in results:
				statuses.append(result.status)
	)
	check_equal(cutout.cancel_all(), 62, "fractures cancelled")
	check(await settled(), "all end")
	await frames(2)
	for id: int in ids:
		check_equal(ends_of(id), PackedStringArray(["cancelled"]), "the one end of %d" % id)
	check_equal(event_of("batch", batch)[2], [[], []], "the batch: an empty Array for each")
	check_equal(statuses.size(), 10, "results of the stream")
	for status: int in statuses:
		check_equal(status, JobStatus.CANCELLED, "each is cancelled")
	check_equal(cutout.cancel_all(), 0, "nothing is left")


func test_handlers_may_submit_and_cancel() -> void:
	cutout.set_workers(1)
	var first: PackedInt64Array = PackedInt64Array()
	for i: int in 30:
		first.append(cutout.submit_fracture(square(), {"fragment_count": 3}))
	var again: PackedInt64Array = PackedInt64Array()
	cutout.job_completed.connect(
		func(id: int, _result: Array) -> void:
			if not id in first:
				return
			again.append(cutout.submit_fracture(square(), {"fragment_count": 2}))
			cutout.cancel_job(first[-1])
			cutout.cancel_job(id)
			if id == first[5]:
				cutout.cancel_job(again[0])
	)
	check(await settled(), "all end")
	for id: int in first.slice(0, -1):
		check_equal(ends_of(id), PackedStringArray(["completed"]), "its one end")
	check_equal(ends_of(first[-1]), PackedStringArray(["cancelled"]), "the one that was cancelled by a handler")
	check_equal(again.size(), 29, "submissions from handlers")
	for id: int in again:
		check_equal(ends_of(id).size(), 1, "each ends once")


func test_a_handler_may_cancel_everything() -> void:
	for i: int in 100:
		cutout.submit_fracture(square(), {"fragment_count": 3})
	cutout.job_completed.connect(func(_id: int, _result: Array) -> void: cutout.cancel_all())
	check(await settled(), "all end")
	check_equal(events.size(), 100, "ends")
	check_equal(events.filter(func(event: Array) -> bool: return event[0] == "completed").size(), 1, "completed")


func test_a_script_error_in_a_handler_stalls_nothing() -> void:
	expect_errors(["Nonexistent function 'no_such_function'"])
	var ids: PackedInt64Array = PackedInt64Array()
	for i: int in 8:
		ids.append(cutout.submit_fracture(square(), {"fragment_count": 3}))
	cutout.job_completed.connect(_break_off)
	check(await settled(), "all end")
	for id: int in ids:
		check_equal(ends_of(id), PackedStringArray(["completed"]), "its one end")


func _break_off(_id: int, result: Array) -> void:
	var first: Variant = result[0]
	first.no_such_function()


func _free_child(path: NodePath) -> void:
	if has_node(path):
		get_node(path).free()


func test_a_handler_that_leaves_is_no_error() -> void:
	var listener: Node = Node.new()
	add_child(listener)
	cutout.job_completed.connect(_free_child.bind(listener.get_path()).unbind(2))
	cutout.job_completed.connect(listener.set_meta.bind(&"heard", true).unbind(2))
	for i: int in 5:
		cutout.submit_fracture(square(), {"fragment_count": 3})
	check(await settled(), "all end")
	check_equal(events.size(), 5, "ends")


func test_delivery_goes_on_while_paused_and_with_time_stopped() -> void:
	get_tree().paused = true
	Engine.time_scale = 0.0
	var id: int = cutout.submit_fracture(square(), {})
	var ended: bool = await settled()
	Engine.time_scale = 1.0
	get_tree().paused = false
	check(ended, "it ends")
	check_equal(ends_of(id), PackedStringArray(["completed"]), "its one end")


func test_the_figures_add_up() -> void:
	for i: int in 20:
		cutout.submit_fracture(square(), {"fragment_count": 3})
	var cancelled: int = cutout.submit_fracture(square(), {})
	cutout.cancel_job(cancelled)
	cutout.submit_fracture(PackedVector2Array([Vector2.ZERO, Vector2.ONE, Vector2(2, NAN)]), {})
	var before: Dictionary = cutout.get_stats()
	check_equal(
		int(before["queued"]) + int(before["running"]) + int(before["finished"]), 22, "under way"
	)
	check(await settled(), "all end")
	var stats: Dictionary = cutout.get_stats()
	check_equal(stats["completed_total"], 20, "completed")
	check_equal(stats["failed_total"], 1, "failed")
	check_equal(stats["cancelled_total"], 1, "cancelled")
	check_equal(stats["delivered_total"], 22, "delivered")
	check(int(stats["workers"]) >= 1, "workers")
	check(int(stats["cut_usec_total"]) > 0, "cutting time")
	check(float(stats["budget_usec"]) >= CutoutFrameBudget.FLOOR_USEC, "budget")
	check(stats.has("spent_usec") and stats.has("delivered_this_frame"), "spent and delivered in the frame")


func test_workers_can_be_changed_while_jobs_are_under_way() -> void:
	var ids: PackedInt64Array = PackedInt64Array()
	for i: int in 100:
		ids.append(cutout.submit_fracture(square(), {"fragment_count": 5}))
		if i % 25 == 10:
			cutout.set_workers(1 + i % 3, i % 2 == 0)
	check(await settled(), "all end")
	for id: int in ids:
		check_equal(ends_of(id), PackedStringArray(["completed"]), "its one end")


func test_the_autoload_is_there_with_its_signals() -> void:
	check(CutoutBatch is Processor, "CutoutBatch is the processor")
	var done: Array[Array] = []
	var note: Callable = func(id: int, result: Array) -> void: done.append([id, result.size()])
	CutoutBatch.job_completed.connect(note)
	var id: int = CutoutBatch.submit_fracture(square(), {"fragment_count": 4})
	check(await wait_until(func() -> bool: return not done.is_empty()), "it is completed")
	CutoutBatch.job_completed.disconnect(note)
	check_equal(done[0][0], id, "its id")
	check_equal(events.size(), 0, "the other processor knows nothing of it")


func test_the_status_numbers_are_the_native_ones() -> void:
	var native: Dictionary[String, int] = {}
	for constant: String in ClassDB.class_get_integer_constant_list("CutoutJobQueue", true):
		native[constant] = ClassDB.class_get_integer_constant("CutoutJobQueue", constant)
	var ours: Dictionary = (JobStatus as GDScript).get_script_constant_map()
	check(ours.size() >= 6, "there are some")
	for constant: String in ours:
		check_equal(native.get("STATUS_" + constant, -1), ours[constant], "STATUS_" + constant)
