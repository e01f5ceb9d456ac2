extends Node
## A scene that a test frees while its jobs are in flight: it listens, waits, and owns what is fractured.

## The processor that it submits to.
var cutout: Node
## Fractures under way.
var submitted: int = 0


func _ready() -> void:
	var square: PackedVector2Array = PackedVector2Array(
		[Vector2.ZERO, Vector2(100, 0), Vector2(100, 100), Vector2(0, 100)]
	)
	cutout.connect(&"job_completed", _on_completed)
	for i: int in 50:
		cutout.call(&"submit_fracture", square, {"fragment_count": 20})
		submitted += 1
	cutout.call(&"submit_batch", [square], {})
	submitted += 1
	var shown: Polygon2D = Polygon2D.new()
	shown.polygon = square
	add_child(shown)
	submitted += 2
	_wait_for_object(shown, square)


func _wait_for_object(shown: Polygon2D, square: PackedVector2Array) -> void:
	_wait_for_batch(square)
	await cutout.call(&"fracture_object", shown, {})
	push_error("a coroutine of a freed scene went on")


func _wait_for_batch(square: PackedVector2Array) -> void:
	var batch: CutoutFractureBatch = cutout.call(&"create")
	batch.add_fracture(square, {})
	await batch.execute()
	push_error("a coroutine of a freed scene went on")


func _on_completed(_id: int, _result: Array) -> void:
	push_error("a handler of a freed scene was called")
