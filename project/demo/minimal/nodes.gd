extends Node2D
## For games that want ordinary nodes.


func _ready() -> void:
	CutoutBatch.prewarm_nodes(24)


func _unhandled_input(event: InputEvent) -> void:
	var click: InputEventMouseButton = event as InputEventMouseButton
	if click == null or not click.pressed or not has_node("Crate"):
		return
	var blast: CutoutBlast = CutoutBlast.new()
	blast.output = CutoutBlast.Output.NODES
	var result: CutoutFractureResult = await CutoutBatch.fracture_object(
		$Crate, {"fragment_count": 24}, 0, 0, blast
	)
	get_tree().create_timer(2.0).timeout.connect(CutoutBatch.retire.bind(result.nodes))
