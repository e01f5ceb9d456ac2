extends Node2D
## Pieces have ids: they can be found, moved, cut again and promoted.


func _ready() -> void:
	await CutoutBatch.fracture_object($Crate, {"fragment_count": 6})
	var debris: CutoutDebris2D = CutoutDebris2D.of($Floor)
	debris.lifetime = 0.0
	debris.gravity_scale = 0.05


func _unhandled_input(event: InputEvent) -> void:
	var click: InputEventMouseButton = event as InputEventMouseButton
	if click == null or not click.pressed:
		return
	var debris: CutoutDebris2D = CutoutDebris2D.of($Floor)
	var piece: int = debris.pick_piece(click.position)
	if piece < 0:
		return
	if click.button_index == MOUSE_BUTTON_LEFT:
		await CutoutBatch.fracture_piece(debris, piece, {"fragment_count": 5})
	else:
		debris.promote(piece)
