extends Node
## Submits thousands of jobs in every way there is and quits in the next frame. The shell checks that the engine
## ends promptly, without a crash and without a leak report.
##
## [codeblock]
## godot --headless --path project res://tests/quit_in_flight.tscn
## [/codeblock]
## Prints [code]CUTOUT-QUIT submitted=N[/code] right before it asks for the end.


func _ready() -> void:
	var circle: PackedVector2Array = PackedVector2Array()
	for i: int in 500:
		circle.append(Vector2.from_angle(TAU * i / 500.0) * 300.0)
	var params: CutoutVoronoiFracture = CutoutVoronoiFracture.new()
	params.fragment_count = 500
	var submitted: int = 0
	for i: int in 3000:
		params.seed = i
		submitted += int(CutoutBatch.submit_fracture(circle, params) > 0)
	var polygons: Array = []
	polygons.resize(500)
	polygons.fill(circle)
	submitted += CutoutBatch.get_batch_jobs(CutoutBatch.submit_batch(polygons, params)).size()
	var stream: CutoutFractureStream = CutoutBatch.create_stream()
	for i: int in 500:
		submitted += int(stream.push(circle, params) >= 0)
	stream.start()
	_wait_for_batch(circle, params)
	_wait_for_object(circle, params)
	submitted += 51
	await get_tree().process_frame
	await get_tree().process_frame
	print("CUTOUT-QUIT submitted=%d" % submitted)
	get_tree().quit()


func _wait_for_batch(polygon: PackedVector2Array, params: CutoutFracture) -> void:
	var batch: CutoutFractureBatch = CutoutBatch.create()
	for i: int in 50:
		batch.add_fracture(polygon, params)
	await batch.execute()


func _wait_for_object(polygon: PackedVector2Array, params: CutoutFracture) -> void:
	var shown: Polygon2D = Polygon2D.new()
	shown.polygon = polygon
	add_child(shown)
	await CutoutBatch.fracture_object(shown, params)
