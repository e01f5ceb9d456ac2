extends CutoutProcessorCase
## Flat results by way of the script API: who asks for them gets them, in signals, batches, streams and objects.

const JobOutput := preload("res://addons/cutout/batch/job_output.gd")
const ARRAYS: int = CutoutJobQueue.OUTPUT_ARRAYS
const FLAT: int = CutoutJobQueue.OUTPUT_FLAT
const PARAMS: Dictionary = {"fragment_count": 9, "seed": 4}

var _flats: Dictionary[int, CutoutFragments] = {}
var _applied: int = 0


class Target:
	extends RefCounted
	var polygon: PackedVector2Array
	var result: CutoutFractureResult

	func get_polygon_data() -> PackedVector2Array:
		return polygon

	func apply_fracture(given: CutoutFractureResult) -> void:
		result = given


func before_each() -> void:
	await super()
	cutout.fragments_completed.connect(
		func(id: int, fragments: CutoutFragments) -> void:
			events.append(["fragments", id])
			_flats[id] = fragments
	)


func test_the_scripts_number_is_the_natives() -> void:
	check_equal(JobOutput.ARRAYS, ARRAYS, "ARRAYS")
	check_equal(JobOutput.FLAT, FLAT, "FLAT")


func test_a_job_by_signal() -> void:
	var plain: int = cutout.submit_fracture(square(), PARAMS)
	var flat: int = cutout.submit_fracture(square(), PARAMS, 0, FLAT)
	var both: int = cutout.submit_fracture(square(), PARAMS, 0, ARRAYS | FLAT)
	check(await settled(), "all end")
	check_equal(ends_of(plain), PackedStringArray(["completed"]), "plain")
	check_equal(ends_of(flat), PackedStringArray(["fragments", "completed"]), "flat")
	check_equal(ends_of(both), PackedStringArray(["fragments", "completed"]), "both")
	var pieces: Array = event_of("completed", plain)[2]
	check_equal(pieces.size(), 9, "pieces")
	check_equal(event_of("completed", flat)[2], [], "no array where only flat output was asked for")
	check(event_of("completed", both)[2] == pieces, "the array where both were asked for")
	for id: int in [flat, both]:
		check(_flats[id].to_array() == pieces, "the same pieces")


func test_a_batch_by_signal() -> void:
	var polygons: Array = [square(), square(50.0), [square(), square(10.0)], square(20.0)] # item 2: rings touch
	var batch: int = cutout.submit_batch(polygons, PARAMS, 0, FLAT)
	var both: int = cutout.submit_batch([square()], PARAMS, 0, ARRAYS | FLAT)
	var ids: PackedInt64Array = cutout.get_batch_jobs(batch)
	check(await settled(), "all end")
	var results: Array = event_of("batch", batch)[2]
	check_equal(results.size(), 4, "a place for each")
	for i: int in [0, 1, 3]:
		check(results[i] is CutoutFragments and results[i] == _flats[ids[i]], "item %d" % i)
		check_near(area_of(_flats[ids[i]].to_array()), area_of([polygons[i]]), 0.1, "area %d" % i)
	check(results[2] == null and not _flats.has(ids[2]), "what failed has none")
	check_equal(ends_of(ids[2]), PackedStringArray(["failed"]), "the end of what failed")
	var both_results: Array = event_of("batch", both)[2]
	check_equal((both_results[0] as Array).size(), 9, "arrays where both were asked for")


func test_an_object() -> void:
	var target: Target = Target.new()
	target.polygon = square()
	var result: CutoutFractureResult = await cutout.fracture_object(target, PARAMS, 0, FLAT)
	var flat: CutoutFragments = result.flat
	check(result.is_ok() and target.result == result, "applied")
	check_equal(result.fragments.size(), 0, "no arrays")
	check_equal(result.get_fragment_count(), 9, "count")
	check_near(area_of(flat.to_array()), 10_000.0, 0.1, "area")
	check(str(result).contains("9 fragments"), "text")
	result = await cutout.fracture_object(target, PARAMS)
	check(result.flat == null and result.get_fragment_count() == 9, "none unless asked for")
	check_equal(_flats.size(), 0, "nothing of it is signalled")


func test_a_batch_object() -> void:
	var batch: CutoutFractureBatch = cutout.create()
	batch.output = FLAT
	batch.add_fracture(square(), PARAMS)
	batch.add_fracture([square(), square(10.0)], PARAMS)
	var results: Array[CutoutFractureResult] = await batch.execute()
	var flat: CutoutFragments = results[0].flat
	check_near(area_of(flat.to_array()), 10_000.0, 0.1, "area")
	check(results[0].fragments.is_empty(), "no arrays")
	check(results[1].flat == null and not results[1].is_ok(), "what failed has none")


func test_a_stream() -> void:
	var stream: CutoutFractureStream = cutout.create_stream()
	stream.output = ARRAYS | FLAT
	var seen: Array[CutoutFractureResult] = []
	stream.results_ready.connect(func(chunk: Array) -> void: seen.append_array(chunk))
	for _i: int in 20:
		stream.push(square(), PARAMS)
	stream.start()
	check(await wait_until(func() -> bool: return seen.size() == 20), "all come")
	for result: CutoutFractureResult in seen:
		var flat: CutoutFragments = result.flat
		check(flat != null and is_same(flat.to_array(), result.fragments), "both, made once")


func test_a_cancelled_job_gives_none() -> void:
	var id: int = cutout.submit_fracture(circle(2000), {"fragment_count": 3000, "edge_padding": 0.0}, 0, FLAT)
	check(cutout.cancel_job(id), "cancel")
	check(await settled(), "it ends")
	check_equal(ends_of(id), PackedStringArray(["cancelled"]), "its end")
	# One that has finished already, but whose end was not delivered yet.
	var late: int = cutout.submit_fracture(square(), PARAMS, 0, FLAT)
	var end: int = Time.get_ticks_msec() + 5000
	while int(cutout.get_stats()["finished"]) == 0 and Time.get_ticks_msec() < end:
		OS.delay_msec(1)
	check(cutout.cancel_job(late), "cancel what is ready")
	check(await settled(), "it ends, too")
	check_equal(ends_of(late), PackedStringArray(["cancelled"]), "its end, too")
	check_equal(_flats.size(), 0, "no fragments")


func test_an_output_that_does_not_exist() -> void:
	expect_errors(["output is 0; it must be", "output is 64; it must be"])
	check_equal(cutout.submit_fracture(square(), PARAMS, 0, 0), -1, "refused")
	check_equal(cutout.last_status, JobStatus.BAD_ARGUMENT, "status")
	check_equal(cutout.submit_batch([square()], PARAMS, 0, 64), -1, "a batch is refused")
	var batch: CutoutFractureBatch = cutout.create()
	batch.output = 64
	batch.add_fracture(square(), PARAMS)
	var results: Array[CutoutFractureResult] = await batch.execute()
	check_equal(results[0].status, JobStatus.BAD_ARGUMENT, "an entry of a batch object fails")
	check(results[0].message.contains("output is 64"), "and says why")


func test_leaving_the_tree_in_the_handler() -> void:
	cutout.fragments_completed.connect(
		func(_id: int, _fragments: CutoutFragments) -> void:
			_applied += 1
			remove_child(cutout)
	)
	cutout.submit_fracture(square(), PARAMS, 0, FLAT)
	cutout.submit_fracture(square(), PARAMS, 0, FLAT)
	check(await wait_until(func() -> bool: return _applied > 0), "the first comes")
	await frames(3)
	check_equal(_applied, 1, "nothing comes after leaving")
	check_equal(events.size(), 1, "not even its job_completed: %s" % [events])
	add_child(cutout)
	var id: int = cutout.submit_fracture(square(), PARAMS)
	check(await settled(), "it works again")
	check_equal(ends_of(id), PackedStringArray(["completed"]), "its end")
