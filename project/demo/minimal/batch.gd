extends Node2D
## Many objects with one await; results come in the order in which they were added.


func _ready() -> void:
	for i: int in 20:
		var crate: Polygon2D = Polygon2D.new()
		crate.polygon = PackedVector2Array([Vector2.ZERO, Vector2(80, 0), Vector2(80, 80), Vector2(0, 80)])
		crate.position = Vector2(120 + i % 10 * 100, 200 + i / 10 * 100)
		crate.color = Color.from_hsv(i / 20.0, 0.6, 0.9)
		crate.add_to_group(&"crates")
		add_child(crate)


func _unhandled_input(event: InputEvent) -> void:
	var click: InputEventMouseButton = event as InputEventMouseButton
	if click == null or not click.pressed:
		return
	var batch: CutoutFractureBatch = CutoutBatch.create()
	for crate: Node in get_tree().get_nodes_in_group(&"crates"):
		batch.add_fracture(crate, {"fragment_count": 10})
		crate.queue_free()
	var results: Array = await batch.execute()
	($Label as Label).text = "%d results" % results.size()
