extends Node
## Uses the script API in an engine without the native library: every call refuses, none breaks.


func _ready() -> void:
	var square: PackedVector2Array = PackedVector2Array(
		[Vector2.ZERO, Vector2(100, 0), Vector2(100, 100), Vector2(0, 100)]
	)
	_check(CutoutBatch.submit_fracture(square, {}) == -1, "submit_fracture")
	_check(CutoutBatch.last_error.contains("native library is not loaded"), "last_error")
	_check(CutoutBatch.submit_batch([square], {}) == -1, "submit_batch")
	_check(CutoutBatch.submit_batch([], {}) == -1, "an empty batch")
	_check(not CutoutBatch.cancel_job(1) and not CutoutBatch.cancel_batch(1), "cancel")
	_check(CutoutBatch.cancel_all() == 0, "cancel_all")
	_check(CutoutBatch.get_batch_jobs(1).is_empty(), "get_batch_jobs")
	_check(CutoutBatch.get_stats()["workers"] == 0, "get_stats")
	CutoutBatch.set_workers(1)
	CutoutBatch.set_limits(1, 1)
	var batch: CutoutFractureBatch = CutoutBatch.create()
	batch.add_fracture(square, CutoutVoronoiFracture.new())
	var results: Array[CutoutFractureResult] = await batch.execute()
	_check(results.size() == 1 and not results[0].is_ok(), "execute")
	var shown: Polygon2D = Polygon2D.new()
	shown.polygon = square
	add_child(shown)
	var result: CutoutFractureResult = await CutoutBatch.fracture_object(shown, {})
	_check(not result.is_ok() and result.message != "", "fracture_object")
	var debris: CutoutDebris2D = CutoutDebris2D.of(shown)
	_check(debris != null, "CutoutDebris2D.of")
	debris.explode(Vector2.ZERO, 100.0)
	debris.visible = false
	_check(debris.pick_piece(Vector2.ZERO) == -1 and debris.promote(1) == null, "its calls")
	_check(debris.get_piece_count() == 0 and debris.get_burst_pieces(1).is_empty(), "nothing in it")
	debris.clear()
	remove_child(debris)
	debris.free()
	var stream: CutoutFractureStream = CutoutBatch.create_stream()
	stream.push(square, {})
	_check(not stream.start(), "start")
	await get_tree().process_frame
	await get_tree().process_frame
	print("CUTOUT-NO-LIBRARY done")
	get_tree().quit()


func _check(holds: bool, what: String) -> void:
	if not holds:
		print("WRONG: ", what)
