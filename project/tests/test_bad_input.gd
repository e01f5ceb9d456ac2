extends CutoutProcessorCase
## What bad input gets: each kind its own test. Never a crash, a hang or silence.


class NoOutline:
	extends RefCounted


class BadData:
	extends RefCounted
	func get_polygon_data() -> Variant:
		return "a string"


# A submission that must be refused at once, with an engine error and words that help.
func _check_refused(polygon: Variant, params: Variant, status: int, words: PackedStringArray, what: String) -> void:
	expect_errors(["Cutout: "])
	check_equal(cutout.submit_fracture(polygon, params), -1, "%s: submit_fracture" % what)
	check_equal(cutout.last_status, status, "%s: status" % what)
	for word: String in words:
		check(cutout.last_error.contains(word), "%s: '%s' names %s" % [what, cutout.last_error, word])
	check_equal(cutout.submit_batch([square(), polygon], [{}, params]), -1, "%s: submit_batch" % what)
	check(cutout.last_error.contains("1"), "%s: '%s' names the index" % [what, cutout.last_error])
	check_equal(int(cutout.get_stats()["queued"]) + int(cutout.get_stats()["running"]), 0, "%s: nothing is queued" % what)
	await frames(3)
	check_equal(events.size(), 0, "%s: no signal" % what)


# The same for the objects that collect first.
func _check_collectors_refuse(polygon: Variant, params: Variant, status: int, what: String) -> void:
	check_equal(cutout.create().add_fracture(polygon, params), -1, "%s: add_fracture" % what)
	check_equal(cutout.last_status, status, "%s: its status" % what)
	check_equal(cutout.create_stream().push(polygon, params), -1, "%s: push" % what)
	check_equal(cutout.last_status, status, "%s: its status" % what)
	check(cutout.last_error.begins_with("Cutout: push: "), "%s: '%s' names the call" % [what, cutout.last_error])


# A polygon whose fault only the cutting finds: the job is accepted and fails.
func _check_fails(polygon: Variant, status: int, what: String) -> void:
	var id: int = cutout.submit_fracture(polygon, {})
	check(id > 0, "%s: accepted" % what)
	check(await settled(), "%s: it ends" % what)
	check_equal(ends_of(id), PackedStringArray(["failed"]), "%s: its one end" % what)
	check_equal(event_of("failed", id)[2], status, "%s: error" % what)
	check(str(event_of("failed", id)[3]).length() > 10, "%s: message" % what)


func test_null_polygon() -> void:
	await _check_refused(null, {}, JobStatus.BAD_ARGUMENT, ["null"], "null")
	_check_collectors_refuse(null, {}, JobStatus.BAD_ARGUMENT, "null")


func test_null_params() -> void:
	await _check_refused(square(), null, JobStatus.BAD_ARGUMENT, ["null"], "null")
	_check_collectors_refuse(square(), null, JobStatus.BAD_ARGUMENT, "null")


func test_polygon_of_a_wrong_type() -> void:
	for wrong: Variant in ["a string", 5, Vector2.ONE, {}, PackedVector3Array(), PackedFloat32Array([1, 2, 3])]:
		await _check_refused(wrong, {}, JobStatus.BAD_ARGUMENT, ["PackedVector2Array"], str(wrong))
		_check_collectors_refuse(wrong, {}, JobStatus.BAD_ARGUMENT, str(wrong))


func test_ring_of_a_wrong_type() -> void:
	var rings: Array = [square(), "a string"]
	await _check_refused(rings, {}, JobStatus.BAD_ARGUMENT, ["1"], "ring")
	_check_collectors_refuse(rings, {}, JobStatus.BAD_ARGUMENT, "ring")


func test_params_of_a_wrong_type() -> void:
	for wrong: Variant in ["a string", 5, square(), CutoutVoronoiFracture]: # the last: .new() was forgotten
		await _check_refused(square(), wrong, JobStatus.BAD_ARGUMENT, [], str(wrong))
		_check_collectors_refuse(square(), wrong, JobStatus.BAD_ARGUMENT, str(wrong))


func test_params_object_without_to_dictionary() -> void:
	var wrong: NoOutline = NoOutline.new()
	await _check_refused(square(), wrong, JobStatus.BAD_ARGUMENT, [], "object")
	_check_collectors_refuse(square(), wrong, JobStatus.BAD_ARGUMENT, "object")


func test_empty_polygon() -> void:
	await _check_refused([], {}, JobStatus.TOO_FEW_POINTS, [], "no ring")
	await _check_refused(PackedVector2Array(), {}, JobStatus.TOO_FEW_POINTS, ["3"], "no point")
	_check_collectors_refuse([], {}, JobStatus.TOO_FEW_POINTS, "no ring")
	_check_collectors_refuse(PackedVector2Array(), {}, JobStatus.TOO_FEW_POINTS, "no point")


func test_two_points() -> void:
	var two: PackedVector2Array = PackedVector2Array([Vector2.ZERO, Vector2.ONE])
	await _check_refused(two, {}, JobStatus.TOO_FEW_POINTS, ["2", "3"], "two points")
	_check_collectors_refuse(two, {}, JobStatus.TOO_FEW_POINTS, "two points")
	await _check_refused([square(), two], {}, JobStatus.TOO_FEW_POINTS, ["hole 0"], "a hole of two points")
	_check_collectors_refuse([square(), two], {}, JobStatus.TOO_FEW_POINTS, "a hole of two points")


func test_nan_and_infinite() -> void:
	for wrong: float in [NAN, INF, -INF]:
		var ring: PackedVector2Array = square()
		ring[2].y = wrong
		await _check_fails(ring, ClassDB.class_get_integer_constant("CutoutJobQueue", "STATUS_NOT_FINITE"), str(wrong))


func test_no_area() -> void:
	var line: PackedVector2Array = PackedVector2Array([Vector2.ZERO, Vector2(5, 5), Vector2(9, 9)])
	await _check_fails(line, ClassDB.class_get_integer_constant("CutoutJobQueue", "STATUS_ZERO_AREA"), "collinear")


func test_self_intersection() -> void:
	var bow: PackedVector2Array = PackedVector2Array(
		[Vector2.ZERO, Vector2(100, 100), Vector2(100, 0), Vector2(0, 50)]
	)
	await _check_fails(
		bow, ClassDB.class_get_integer_constant("CutoutJobQueue", "STATUS_SELF_INTERSECTION"), "bow tie"
	)


func test_unknown_parameter_key() -> void:
	await _check_refused(square(), {"fragments": 5}, JobStatus.BAD_PARAMETER, ["fragments"], "key")
	await _check_refused(square(), {5: 5}, JobStatus.BAD_PARAMETER, [], "a key that is no string")


func test_unknown_type_and_word() -> void:
	await _check_refused(square(), {"type": "laser"}, JobStatus.BAD_PARAMETER, ["laser"], "type")
	await _check_refused(square(), {"pattern": "spiral"}, JobStatus.BAD_PARAMETER, ["pattern", "spiral"], "pattern")


func test_parameter_of_a_wrong_type() -> void:
	await _check_refused(square(), {"fragment_count": "ten"}, JobStatus.BAD_PARAMETER, ["fragment_count"], "text")
	await _check_refused(square(), {"seed": null}, JobStatus.BAD_PARAMETER, ["seed"], "null")


func test_out_of_range_value() -> void:
	for wrong: Dictionary in [
		{"fragment_count": 0},
		{"fragment_count": -3},
		{"fragment_count": 100_001},
		{"min_cell_distance": 1.5},
		{"edge_padding": -1.0},
		{"edge_padding": NAN},
		{"type": "slices", "mode": "pattern", "slice_count": 1001},
	]:
		var key: String = wrong.keys()[-1]
		await _check_refused(square(), wrong, JobStatus.BAD_PARAMETER, [key], str(wrong))


func test_parameters_that_do_not_go_together() -> void:
	var here: Vector2 = Vector2(3, 4)
	await _check_refused(
		square(), {"type": "slices", "line_start": here, "line_end": here}, JobStatus.BAD_PARAMETER,
		["line_start", "line_end", "(3, 4)"], "a segment without length"
	)
	await _check_refused(square(), {"pattern": "sites"}, JobStatus.BAD_PARAMETER, ["sites"], "no sites")
	await _check_refused(
		square(), {"type": "slices", "mode": "manual"}, JobStatus.BAD_PARAMETER, ["segments"], "no segments"
	)
	await _check_refused(
		square(), {"type": "slices", "segments": PackedVector2Array([here])}, JobStatus.BAD_PARAMETER,
		["segments", "two"], "half a segment"
	)
	await _check_refused(
		square(), {"pattern": "grid", "grid_rows": 1000, "grid_cols": 1000}, JobStatus.BAD_PARAMETER,
		["grid_rows", "grid_cols", "1000000"], "too many cells"
	)


func test_parameters_of_a_list_and_of_null() -> void:
	var many: PackedVector2Array = PackedVector2Array()
	many.resize(100_001)
	await _check_refused(square(), {"sites": many}, JobStatus.BAD_PARAMETER, ["sites", "100001"], "too many sites")
	await _check_refused(square(), {"sites": [Vector2.ZERO]}, JobStatus.BAD_PARAMETER, ["sites"], "an Array of points")
	await _check_refused(square(), {"origin": "middle"}, JobStatus.BAD_PARAMETER, ["origin", "null"], "text")
	await _check_refused(square(), {"type": "slices", "extend": null}, JobStatus.BAD_PARAMETER, ["extend"], "null")


# Points are looked at by the worker, so these are accepted and fail there.
func test_points_of_a_list() -> void:
	var nan: PackedVector2Array = PackedVector2Array([Vector2.ZERO, Vector2(1, NAN)])
	var twice: PackedVector2Array = PackedVector2Array([Vector2.ZERO, Vector2.ONE, Vector2.ONE, Vector2.ONE])
	for pair: Array in [
		[{"pattern": "sites", "sites": nan}, ["sites", "point 1"]],
		[{"type": "slices", "mode": "manual", "segments": nan}, ["segments", "point 1"]],
		[{"type": "slices", "mode": "manual", "segments": twice}, ["segments", "segment 1"]],
	]:
		var params: Dictionary = pair[0]
		var id: int = cutout.submit_fracture(square(), params)
		check(await settled(), "it ends")
		var event: Array = event_of("failed", id)
		if check(event.size() == 4, "it fails: %s" % params):
			check_equal(event[2], JobStatus.BAD_PARAMETER, "status")
			for word: String in pair[1]:
				check(str(event[3]).contains(word), "%s says %s" % [event[3], word])


func test_resource_out_of_range() -> void:
	var params: CutoutVoronoiFracture = CutoutVoronoiFracture.new()
	params.fragment_count = 0
	await _check_refused(square(), params, JobStatus.BAD_PARAMETER, ["fragment_count"], "resource")


func test_lengths_differ() -> void:
	expect_errors(["Cutout: "])
	for params: Array in [[], [{}], [{}, {}, {}]]:
		check_equal(cutout.submit_batch([square(), square()], params), -1, "refused")
		check_equal(cutout.last_status, JobStatus.BAD_ARGUMENT, "status")
		check(cutout.last_error.contains("2") and cutout.last_error.contains(str(params.size())), cutout.last_error)
	check_equal(cutout.submit_batch([], [{}]), -1, "no polygon and one parameter set")
	check_equal(cutout.last_status, JobStatus.BAD_ARGUMENT, "status")
	await frames(3)
	check_equal(events.size(), 0, "no signal")


func test_negative_and_unknown_ids() -> void:
	for id: int in [-1, 0, 12345, -9_223_372_036_854_775_807 - 1, 9_223_372_036_854_775_807]:
		check_equal(cutout.cancel_job(id), false, "cancel_job(%d)" % id)
		check_equal(cutout.cancel_batch(id), false, "cancel_batch(%d)" % id)
		check_equal(cutout.get_batch_jobs(id).size(), 0, "get_batch_jobs(%d)" % id)
	var job: int = cutout.submit_fracture(square(), {})
	check_equal(cutout.cancel_batch(job), false, "a job is no batch")
	check(await settled(), "it ends")
	check_equal(ends_of(job), PackedStringArray(["completed"]), "and is not cancelled by that")


func test_full_queue_by_number() -> void:
	cutout.set_limits(10, 64)
	for i: int in 10:
		check(cutout.submit_fracture(square(), {}) > 0, "there is room")
	for i: int in 5:
		check_equal(cutout.submit_fracture(square(), {}), -1, "refused")
		check_equal(cutout.last_status, JobStatus.QUEUE_FULL, "status")
		check(cutout.last_error.contains("full") or cutout.last_error.contains("limit"), cutout.last_error)
	check_equal(cutout.submit_batch([square()], {}), -1, "a batch too")
	check_equal(full_count, 1, "queue_full comes once a frame")
	check(await settled(), "the others end")
	check_equal(events.size(), 10, "each of them")
	check(cutout.submit_fracture(square(), {}) > 0, "there is room again")
	check_equal(cutout.last_error, "", "and no error is left")
	check_equal(cutout.submit_batch([square(), square(), square(), square(), square(), square()], {}) > 0, true, "six")
	check_equal(cutout.submit_batch([square(), square(), square(), square(), square()], {}), -1, "five more do not fit")
	check_equal(full_count, 2, "queue_full")
	check(await settled(), "all end")


func test_full_queue_by_memory() -> void:
	cutout.set_limits(65_536, 1)
	var accepted: int = 0
	var big: PackedVector2Array = circle(20_000)
	while accepted < 100 and cutout.submit_fracture(big, {"fragment_count": 2}) > 0:
		accepted += 1
	check(accepted >= 1 and accepted < 20, "%d polygons of 160 kB fit into 1 MiB" % accepted)
	check_equal(cutout.last_status, JobStatus.QUEUE_FULL, "status")
	cutout.cancel_all()
	check(await settled(), "they end")


func test_what_can_never_fit_is_refused_as_such() -> void:
	expect_errors(["Cutout: this job needs about", "Cutout: these are 3 jobs, more than the queue's limit of 2"])
	cutout.set_limits(2, 1)
	check_equal(cutout.submit_fracture(square(), {"fragment_count": 100_000}), -1, "refused")
	check_equal(cutout.last_status, JobStatus.BAD_ARGUMENT, "status")
	check(cutout.last_error.contains("more than the queue's limit of 1048576"), cutout.last_error)
	check_equal(cutout.submit_batch([square(), square(), square()], {}), -1, "three where two are allowed")
	check_equal(cutout.last_status, JobStatus.BAD_ARGUMENT, "status")
	check_equal(full_count, 0, "the queue is not full")


func test_object_full_queue() -> void:
	cutout.set_limits(1, 64)
	cutout.submit_fracture(square(), {})
	var shown: Polygon2D = Polygon2D.new()
	shown.polygon = square()
	add_child(shown)
	var result: CutoutFractureResult = await cutout.fracture_object(shown, {})
	check_equal(result.status, JobStatus.QUEUE_FULL, "status")
	check_equal(full_count, 1, "queue_full")
	check(await settled(), "the other ends")


func test_objects_that_cannot_be_fractured() -> void:
	expect_errors(["Cutout: "])
	for wrong: Variant in [null, 5, "a string", NoOutline.new(), BadData.new(), self]:
		var result: CutoutFractureResult = await cutout.fracture_object(wrong, {})
		check_equal(result.status, JobStatus.BAD_ARGUMENT, "status")
		check(result.message.begins_with("Cutout: fracture_object: "), result.message)
		if wrong is Object:
			check_equal(cutout.create().add_fracture(wrong, {}), -1, "add_fracture")
			check_equal(cutout.last_status, JobStatus.BAD_ARGUMENT, "status")
	var shown: Polygon2D = Polygon2D.new()
	add_child(shown)
	var empty: CutoutFractureResult = await cutout.fracture_object(shown, {})
	check_equal(empty.status, JobStatus.TOO_FEW_POINTS, "a Polygon2D without points")
	shown.polygon = square()
	var bad: CutoutFractureResult = await cutout.fracture_object(shown, {"no": 1})
	check_equal(bad.status, JobStatus.BAD_PARAMETER, "an unknown key")


func test_object_freed_before_its_result() -> void:
	var shown: Polygon2D = Polygon2D.new()
	shown.polygon = circle(500)
	add_child(shown)
	var results: Array[CutoutFractureResult] = []
	var wait: Callable = func() -> void: results.append(await cutout.fracture_object(shown, {"fragment_count": 100}))
	wait.call()
	shown.free()
	check(await wait_until(func() -> bool: return not results.is_empty()), "the caller goes on")
	check(results[0].is_cancelled(), "cancelled, without an error")


func test_scene_changed_with_jobs_in_flight() -> void:
	# As change_scene does: the scene with its listeners and waiting coroutines is freed at the end of the frame,
	# the autoload stays. One worker with a long job first, so that nothing has finished by then.
	cutout.set_workers(1)
	cutout.submit_fracture(circle(20_000), {"fragment_count": 60_000})
	var script: GDScript = load("res://tests/scene_with_jobs.gd")
	var scene: Node = script.new()
	scene.set("cutout", cutout)
	add_child(scene)
	check_equal(scene.get("submitted"), 53, "jobs in flight")
	scene.queue_free()
	await frames(2)
	check(not is_instance_valid(scene), "the scene is gone")
	check_equal(events.size(), 0, "before anything has ended")
	check(await settled(), "they end")
	check_equal(events.size(), 53, "and are signalled to whoever still listens")
	check(cutout.submit_fracture(square(), {}) > 0, "it goes on")
	check(await settled(), "to the end")


func test_processor_leaves_the_tree_with_jobs_in_flight() -> void:
	expect_errors(["has left the scene tree"])
	for i: int in 200:
		cutout.submit_fracture(circle(500), {"fragment_count": 100})
	var stream: CutoutFractureStream = cutout.create_stream()
	stream.push(square(), {})
	stream.start()
	var batch: CutoutFractureBatch = cutout.create()
	batch.add_fracture(square(), {})
	var wait: Callable = func() -> void: await batch.execute()
	wait.call()
	var before: int = Time.get_ticks_msec()
	remove_child(cutout)
	check(Time.get_ticks_msec() - before < 2000, "promptly")
	await frames(3)
	check_equal(events.size(), 0, "nothing is signalled any more")
	check_equal(cutout.submit_fracture(square(), {}), -1, "refused")
	check_equal(cutout.submit_batch([square()], {}), -1, "a batch too")
	check_equal(stream.start(), false, "the stream does not start")
	check_equal(stream.get_waiting_count(), 0, "it has dropped what it held")
	check_equal(cutout.create_stream().start(), false, "a new one does not start")
	cutout.set_workers(2)
	check_equal(int(cutout.get_stats()["workers"]), 0, "no workers out of the tree")
	var results: Array[CutoutFractureResult] = await batch.execute()
	check_equal(results.size(), 1, "the batch has its results")
	check(results[0].is_cancelled(), "cancelled")
	add_child(cutout)
	var id: int = cutout.submit_fracture(square(), {})
	check(id > 200, "in the tree again, it works again; ids go on: %d" % id)
	check(await settled(), "to the end")
	check_equal(events.size(), 1, "nothing of the time before comes")
	check_equal(ends_of(id), PackedStringArray(["completed"]), "the new job's end")
	var indices: Array[int] = []
	stream.results_ready.connect(
		func(chunk: Array) -> void:
			for result: CutoutFractureResult in chunk:
				check(result.is_ok(), "done")
				indices.append(result.index)
	)
	check_equal(stream.push(square(), {}), 1, "the stream's indices go on")
	check_equal(stream.start(), true, "it can be started again")
	await stream.finished
	check_equal(indices, [1] as Array[int], "what was pushed since")


func test_a_handler_takes_the_processor_out_and_back() -> void:
	cutout.set_workers(1)
	var batch: int = cutout.submit_batch([square(), square(), square()], {})
	var stream: CutoutFractureStream = cutout.create_stream()
	stream.push(square(), {})
	stream.start()
	cutout.job_completed.connect(
		func(_id: int, _result: Array) -> void:
			remove_child(cutout)
			add_child(cutout),
		CONNECT_ONE_SHOT
	)
	check(await wait_until(func() -> bool: return not events.is_empty()), "the first job ends")
	var id: int = cutout.submit_fracture(square(), {})
	check(id > batch, "ids go on")
	check(await settled(), "to the end")
	await frames(3)
	check_equal(events.size(), 2, "the first job's end and the new one's, no other")
	check_equal(ends_of(batch).size(), 0, "the batch is dropped")
	check_equal(ends_of(id), PackedStringArray(["completed"]), "the new job")
	check_equal(stream.is_running(), false, "the stream is dropped")


# On another thread; the results that a caller there gets.
func _call_everything(batch: CutoutFractureBatch, stream: CutoutFractureStream, id: int) -> Array:
	cutout.set_workers(3)
	cutout.set_limits(1, 1)
	var executed: Array[CutoutFractureResult] = batch.execute()
	var object_result: CutoutFractureResult = cutout.fracture_object(CutoutVoronoiFracture.new(), {})
	return [
		cutout.submit_fracture(square(), {}),
		cutout.last_status,
		cutout.last_error.contains("main thread"),
		cutout.submit_batch([], {}),
		cutout.get_batch_jobs(id).size(),
		cutout.cancel_job(id),
		cutout.cancel_batch(id),
		cutout.cancel_all(),
		cutout.get_stats()["queued"],
		object_result.status,
		executed.size(),
		executed[0].status,
		batch.add_fracture(square(), {}),
		batch.cancel(),
		stream.push(square(), {}),
		stream.start(),
		stream.cancel(),
		stream.get_waiting_count(),
	]


func test_another_thread_is_refused() -> void:
	expect_errors(
		[
			"set_workers: called on another thread", "set_limits: called on", "execute: called on",
			"fracture_object: called on", "submit_fracture: called on", "submit_batch: called on",
			"get_batch_jobs: called on", "cancel_job: called on", "cancel_batch: called on", "cancel_all: called on",
			"get_stats: called on", "add_fracture: called on", "cancel: called on", "push: called on",
			"start: called on", "get_waiting_count: called on",
		]
	)
	cutout.set_workers(1)
	var batch: CutoutFractureBatch = cutout.create()
	batch.add_fracture(square(), {})
	var stream: CutoutFractureStream = cutout.create_stream()
	stream.push(square(), {})
	var id: int = cutout.submit_batch([square()], {})
	var thread: Thread = Thread.new()
	thread.start(_call_everything.bind(batch, stream, id))
	check_equal(
		thread.wait_to_finish(),
		[
			-1, JobStatus.BAD_ARGUMENT, true, -1, 0, false, false, 0, 0, JobStatus.BAD_ARGUMENT,
			1, JobStatus.BAD_ARGUMENT, -1, false, -1, false, false, 0,
		],
		"what the other thread gets"
	)
	check_equal(cutout.last_error, "", "this thread's last submission was accepted")
	check_equal(cutout.get_stats()["workers"], 1, "the workers are as they were")
	check_equal(batch.size(), 1, "the batch is as it was")
	var results: Array[CutoutFractureResult] = await batch.execute()
	check(results[0].is_ok(), "and can be executed")
	check(await settled(), "the rest ends")
	check_equal(events.size(), 2, "one job and its batch, no other")
	check_equal(event_of("batch", id).is_empty(), false, "the batch of this thread")


func test_limits_and_workers_out_of_range() -> void:
	expect_errors(["set_limits", "set_workers"])
	cutout.set_limits(0, 10)
	cutout.set_limits(10, -1)
	for absurd: int in [1_048_577, 1 << 43, 1 << 44, (1 << 63) - 1]:
		cutout.set_limits(10, absurd)
	cutout.set_limits(65_536, 1_048_576)
	cutout.set_workers(-1)
	cutout.set_workers(1000)
	check(cutout.submit_fracture(square(), {}) > 0, "nothing has changed")
	check(await settled(), "to the end")


func test_objects_made_by_hand() -> void:
	expect_errors(["CutoutBatch.create"])
	check_equal(CutoutFractureBatch.new().add_fracture(square(), {}), -1, "batch")
	check_equal(CutoutFractureStream.new().push(square(), {}), -1, "stream")
	check_equal(CutoutFractureStream.new().start(), false, "start")
	var results: Array = await CutoutFractureBatch.new().execute()
	check_equal(results.size(), 0, "execute")


func test_without_the_native_library() -> void:
	var dispatcher: RefCounted = load("res://addons/cutout/batch/dispatcher.gd").new()
	check_equal(dispatcher.call(&"get_stats").keys(), _native_figures(), "the figures are there, all 0")
	var batch: CutoutFractureBatch = CutoutFractureBatch.new(dispatcher)
	check_equal(batch.add_fracture(square(), {}), 0, "adding works")
	var results: Array[CutoutFractureResult] = await batch.execute()
	check_equal(results[0].status, JobStatus.INTERNAL_ERROR, "the result says it")
	check(results[0].message.contains("native library is not loaded"), "in words")
	var stream: CutoutFractureStream = CutoutFractureStream.new(dispatcher)
	check_equal(stream.push(square(), {}), 0, "pushing works")
	check_equal(stream.start(), false, "it does not start")


func _native_figures() -> Array:
	var keys: Array = cutout.get_stats().keys()
	for key: String in ["budget_usec", "spent_usec", "target_usec", "late_frames_total", "missed_frames_total"]:
		keys.erase(key)
	for key: String in ["pooled_nodes", "waiting_nodes"]:
		keys.erase(key)
	return keys
