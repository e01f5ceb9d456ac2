extends Node2D
## The least that breaks something: one call.


func _unhandled_input(event: InputEvent) -> void:
	var click: InputEventMouseButton = event as InputEventMouseButton
	if click == null or not click.pressed or not has_node("Crate"):
		return
	var blast: CutoutBlast = CutoutBlast.new()
	blast.center = click.position
	blast.speed = 400.0
	blast.spin = 4.0
	var result: CutoutFractureResult = await CutoutBatch.fracture_object(
		$Crate, {"fragment_count": 24}, 0, 0, blast
	)
	($Label as Label).text = "%d pieces" % result.get_fragment_count()
