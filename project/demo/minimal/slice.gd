extends Node2D
## A single slice, along the line that was drawn.

var _start: Vector2


func _unhandled_input(event: InputEvent) -> void:
	var click: InputEventMouseButton = event as InputEventMouseButton
	if click == null:
		return
	if click.pressed:
		_start = click.position
	elif has_node("Crate") and _start.distance_to(click.position) > 5.0:
		cut(_start, click.position)


## Cuts the crate from one place to the other (global).
func cut(from: Vector2, to: Vector2) -> void:
	var crate: Polygon2D = $Crate
	var slice: CutoutSliceFracture = CutoutSliceFracture.new()
	slice.mode = "single"
	slice.line_start = crate.to_local(from)
	slice.line_end = crate.to_local(to)
	slice.extend = true
	await CutoutBatch.fracture_object(crate, slice)
