extends CutoutProcessorCase
## Batches: submit_batch and the batch object.


# An object as a game would have one.
class Crate:
	extends Node2D
	var outline: Variant
	var applied: Array[CutoutFractureResult] = []

	func _init(shape: Variant) -> void:
		outline = shape

	func get_polygon_data() -> Variant:
		return outline

	func apply_fracture(result: CutoutFractureResult) -> void:
		applied.append(result)


func _make_crate(shape: Variant) -> Crate:
	var crate: Crate = Crate.new(shape)
	add_child(crate)
	return crate


func test_submit_batch_completes_in_input_order() -> void:
	cutout.set_workers(3)
	var polygons: Array = []
	for i: int in 60: # costly ones first, so that the order of completion is another
		polygons.append(circle(400, 100.0 + i) if i < 6 else square(50.0 + i))
	var params: Array = []
	for i: int in 60:
		params.append({"fragment_count": 150 if i < 6 else 3, "edge_padding": 0.0})
	var batch: int = cutout.submit_batch(polygons, params)
	check(batch > 0, "the id")
	var ids: PackedInt64Array = cutout.get_batch_jobs(batch)
	check_equal(ids.size(), 60, "its jobs")
	check(await wait_until(func() -> bool: return not event_of("batch", batch).is_empty(), 30.0), "it ends")
	var results: Array = event_of("batch", batch)[2]
	check_equal(results.size(), 60, "results")
	for i: int in 60:
		check_near(area_of(results[i]) / area_of([polygons[i]]), 1.0, 1e-4, "area of %d" % i)
		check_equal(ends_of(ids[i]), PackedStringArray(["completed"]), "the end of job %d" % i)
		check_equal(event_of("completed", ids[i])[2], results[i], "the signal's and the batch's result")
	check_equal(events[-1][0], "batch", "the batch comes after its jobs")
	check_equal(cutout.get_batch_jobs(batch).size(), 0, "it is forgotten then")


func test_submit_batch_with_one_parameter_set_for_all() -> void:
	var batch: int = cutout.submit_batch([square(), frame_polygon()], {"fragment_count": 5})
	check(await wait_until(func() -> bool: return not event_of("batch", batch).is_empty()), "it ends")
	var results: Array = event_of("batch", batch)[2]
	check_near(area_of(results[0]), 10_000.0, 0.1, "the square")
	check_near(area_of(results[1]), 8400.0, 0.1, "the frame")


func test_a_failed_item_leaves_an_empty_array() -> void:
	var broken: PackedVector2Array = PackedVector2Array([Vector2.ZERO, Vector2(9, 0), Vector2(9, NAN)])
	var batch: int = cutout.submit_batch([square(), broken, square()], {})
	var ids: PackedInt64Array = cutout.get_batch_jobs(batch)
	check(await wait_until(func() -> bool: return not event_of("batch", batch).is_empty()), "it ends")
	var results: Array = event_of("batch", batch)[2]
	check_equal(results[1], [], "in its place")
	check((results[0] as Array).size() > 1 and (results[2] as Array).size() > 1, "the others have pieces")
	check_equal(ends_of(ids[1]), PackedStringArray(["failed"]), "job_failed tells of it")
	check(str(event_of("failed", ids[1])[3]) != "", "and says why")


func test_an_empty_batch_is_completed() -> void:
	var batch: int = cutout.submit_batch([], {})
	check(batch > 0, "the id")
	check_equal(events.size(), 0, "nothing is emitted from inside the call")
	await frames(2)
	check_equal(events, [["batch", batch, []]] as Array[Array], "its end")


func test_cancel_batch() -> void:
	cutout.set_workers(1)
	var polygons: Array = []
	for i: int in 50:
		polygons.append(circle(300))
	var batch: int = cutout.submit_batch(polygons, {"fragment_count": 100})
	var other: int = cutout.submit_fracture(square(), {})
	var ids: PackedInt64Array = cutout.get_batch_jobs(batch)
	check(await wait_until(func() -> bool: return not events.is_empty()), "the first is done")
	var done: int = events.size()
	check_equal(cutout.cancel_batch(batch), true, "it can be cancelled")
	check_equal(cutout.cancel_batch(batch), false, "not twice")
	check(await settled(), "all end")
	await frames(2)
	var cancelled: int = 0
	for i: int in 50:
		check_equal(ends_of(ids[i]).size(), 1, "each ends once")
		cancelled += int(ends_of(ids[i])[0] == "cancelled")
	check_equal(cancelled, 50 - done, "all but those delivered are cancelled")
	check_equal(ends_of(batch), PackedStringArray(["batch"]), "the batch itself is completed once")
	check_equal((event_of("batch", batch)[2] as Array)[49], [], "a cancelled item")
	check_equal(ends_of(other), PackedStringArray(["completed"]), "other jobs go on")
	check_equal(cutout.cancel_batch(batch), false, "not after its end")
	check_equal(cutout.cancel_job(batch), false, "a batch is no job")


func test_execute_returns_results_in_the_order_of_adding() -> void:
	cutout.set_workers(3)
	var batch: CutoutFractureBatch = cutout.create()
	for i: int in 40:
		var index: int = batch.add_fracture(
			circle(300) if i < 4 else square(10.0 + i), {"fragment_count": 100 if i < 4 else 2, "edge_padding": 0}
		)
		check_equal(index, i, "the index")
	var steps: PackedInt32Array = PackedInt32Array()
	batch.progress.connect(
		func(done: int, total: int) -> void:
			check_equal(total, 40, "total")
			steps.append(done)
	)
	var results: Array[CutoutFractureResult] = await batch.execute()
	check_equal(results.size(), 40, "results")
	for i: int in 40:
		check_equal(results[i].index, i, "index")
		check(results[i].is_ok() and results[i].job_id > 0, "it went well")
		if i >= 4:
			check_near(area_of(results[i].fragments), (10.0 + i) * (10.0 + i), 0.5, "area")
	check_equal(steps[-1], 40, "progress ends with all")
	for i: int in range(1, steps.size()):
		check(steps[i] > steps[i - 1], "progress rises")
	check_equal(events.size(), 0, "the job signals are silent about it")


func test_objects_get_their_own_result() -> void:
	var batch: CutoutFractureBatch = cutout.create()
	var crates: Array[Crate] = []
	for i: int in 5:
		crates.append(_make_crate(square(20.0 + i)))
		check_equal(batch.add_fracture(crates[i], {"fragment_count": 4, "edge_padding": 0.0}), i, "index")
	var shown: Polygon2D = Polygon2D.new()
	shown.polygon = square()
	add_child(shown)
	batch.add_fracture(shown, CutoutVoronoiFracture.new())
	var results: Array[CutoutFractureResult] = await batch.execute()
	for i: int in 5:
		check_equal(crates[i].applied.size(), 1, "applied once")
		check(crates[i].applied[0] == results[i], "its own result")
	check_near(area_of(results[5].fragments), 10_000.0, 0.1, "the Polygon2D")


func test_an_empty_batch_object_returns_at_once() -> void:
	var batch: CutoutFractureBatch = cutout.create()
	var frame: int = Engine.get_process_frames()
	var results: Array[CutoutFractureResult] = await batch.execute()
	check_equal(results.size(), 0, "results")
	check_equal(Engine.get_process_frames(), frame, "frames it took")


func test_execute_twice_gives_the_same_results() -> void:
	var batch: CutoutFractureBatch = cutout.create()
	batch.add_fracture(square(), {})
	var both: Array = []
	var wait: Callable = func() -> void: both.append(await batch.execute())
	wait.call()
	wait.call()
	check(await wait_until(func() -> bool: return both.size() == 2), "both callers go on")
	check(is_same(both[0], both[1]), "the same results")
	var third: Array[CutoutFractureResult] = await batch.execute()
	check(is_same(third, both[0]), "and again afterwards")
	check_equal(third.size(), 1, "one result")


func test_adding_after_execute_is_refused() -> void:
	expect_errors(["this batch has been executed"])
	var batch: CutoutFractureBatch = cutout.create()
	batch.add_fracture(square(), {})
	await batch.execute()
	check_equal(batch.add_fracture(square(), {}), -1, "refused")
	check_equal(cutout.last_status, JobStatus.BAD_ARGUMENT, "status")


func test_cancel_before_and_after_execute() -> void:
	var batch: CutoutFractureBatch = cutout.create()
	batch.add_fracture(square(), {})
	batch.add_fracture(square(), {})
	check_equal(batch.cancel(), true, "it can be cancelled before")
	var results: Array[CutoutFractureResult] = await batch.execute()
	check_equal(results.size(), 2, "results")
	for result: CutoutFractureResult in results:
		check(result.is_cancelled() and result.fragments.is_empty(), "cancelled")
	check_equal(batch.cancel(), false, "nothing is left to cancel")


func test_cancel_while_it_runs() -> void:
	cutout.set_workers(1)
	var batch: CutoutFractureBatch = cutout.create()
	for i: int in 3000:
		batch.add_fracture(circle(60), {"fragment_count": 40})
	batch.progress.connect(func(_done: int, _total: int) -> void: batch.cancel(), CONNECT_ONE_SHOT)
	var results: Array[CutoutFractureResult] = await batch.execute()
	check_equal(results.size(), 3000, "results")
	var ok: int = 0
	for i: int in 3000:
		check_equal(results[i].index, i, "index")
		check(results[i].is_ok() or results[i].is_cancelled(), "done or cancelled")
		ok += int(results[i].is_ok())
	check(ok > 0 and ok < 3000, "%d were done" % ok)


func test_a_batch_that_nobody_holds_goes_on() -> void:
	var crate: Crate = _make_crate(square())
	var batch: CutoutFractureBatch = cutout.create()
	batch.add_fracture(crate, {})
	batch.execute.call() # without await: nobody waits
	batch = null
	check(await wait_until(func() -> bool: return crate.applied.size() == 1), "the result is applied")


func test_an_object_freed_meanwhile_is_cancelled() -> void:
	cutout.set_workers(1)
	var busy: int = cutout.submit_fracture(circle(3000), {"fragment_count": 100_000}) # keeps the worker
	check(await wait_until(func() -> bool: return int(cutout.get_stats()["running"]) == 1), "it runs")
	var batch: CutoutFractureBatch = cutout.create()
	var kept: Crate = _make_crate(square())
	var before: Crate = _make_crate(square())
	var during: Crate = _make_crate(square())
	var deferred: Crate = _make_crate(square())
	var gone: Crate = _make_crate(square())
	gone.free()
	batch.add_fracture(kept, {})
	batch.add_fracture(before, {})
	batch.add_fracture(during, {})
	batch.add_fracture(deferred, {})
	check_equal(batch.add_fracture(gone, {}), 4, "a freed object is no error")
	before.free()
	var results: Array[CutoutFractureResult] = []
	var wait: Callable = func() -> void: results.append_array(await batch.execute())
	wait.call()
	await frames(3)
	check_equal(int(cutout.get_stats()["queued"]), 3, "the jobs of the objects that are there wait")
	during.free()
	deferred.queue_free()
	cutout.cancel_job(busy)
	check(await wait_until(func() -> bool: return results.size() == 5), "it ends")
	check(results[0].is_ok(), "the one that stayed")
	for i: int in range(1, 5):
		check_equal(results[i].status, JobStatus.CANCELLED, "object %d" % i)
		check_equal(results[i].message, "the object was freed", "why")
	check_equal(results[1].job_id, -1, "what was gone before never was a job")
	check(results[2].job_id > 0, "what was freed meanwhile was")


func test_faults_found_late_are_in_the_results() -> void:
	expect_errors(["no_such_key"])
	var batch: CutoutFractureBatch = cutout.create()
	batch.add_fracture(square(), {})
	batch.add_fracture(square(), {"no_such_key": 1})
	batch.add_fracture(PackedVector2Array([Vector2.ZERO, Vector2(9, 0), Vector2(9, NAN)]), {})
	var results: Array[CutoutFractureResult] = await batch.execute()
	check(results[0].is_ok(), "the good one")
	check_equal(results[1].status, JobStatus.BAD_PARAMETER, "the unknown key")
	check(results[1].message.contains("no_such_key"), "its message names it")
	check(results[2].status >= 10 and results[2].message != "", "the NaN")


func test_a_batch_larger_than_the_queue_waits_its_turn() -> void:
	cutout.set_limits(20, 64)
	var batch: CutoutFractureBatch = cutout.create()
	for i: int in 300:
		batch.add_fracture(square(), {"fragment_count": 2})
	var results: Array[CutoutFractureResult] = await batch.execute()
	for result: CutoutFractureResult in results:
		check(result.is_ok(), "each is done")
	check_equal(full_count, 0, "queue_full is for refused submissions only")


func test_an_entry_that_can_never_fit_fails_alone() -> void:
	expect_errors(["more than the queue's limit of 1048576"])
	cutout.set_limits(65_536, 1)
	var batch: CutoutFractureBatch = cutout.create()
	batch.add_fracture(square(), {"fragment_count": 100_000})
	batch.add_fracture(square(), {})
	var results: Array[CutoutFractureResult] = await batch.execute()
	check_equal(results[0].status, JobStatus.BAD_ARGUMENT, "the large one")
	check(results[0].message.contains("ask for fewer fragments"), results[0].message)
	check_equal(results[0].job_id, -1, "it never was a job")
	check(results[1].is_ok(), "the other one")


# Executes its batch while the batch asks for its polygon or its parameters.
class Impatient:
	extends RefCounted
	var batch: CutoutFractureBatch

	func get_polygon_data() -> PackedVector2Array:
		batch.execute()
		return PackedVector2Array([Vector2.ZERO, Vector2(100, 0), Vector2(100, 100)])

	func to_dictionary() -> Dictionary:
		batch.execute()
		return {}


func test_executing_from_inside_add_fracture() -> void:
	expect_errors(["this batch has been executed"])
	for from_params: bool in [false, true]:
		var impatient: Impatient = Impatient.new()
		impatient.batch = cutout.create()
		impatient.batch.add_fracture(square(), {})
		var index: int = (
			impatient.batch.add_fracture(square(), impatient)
			if from_params
			else impatient.batch.add_fracture(impatient, {})
		)
		check_equal(index, -1, "refused")
		check_equal(cutout.last_status, JobStatus.BAD_ARGUMENT, "status")
		var results: Array[CutoutFractureResult] = await impatient.batch.execute()
		check_equal(results.size(), 1, "what was added before")
		check(results[0].is_ok(), "is done")
		impatient.batch = null
