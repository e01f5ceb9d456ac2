extends Node2D
## Partial damage: the rest stays one object, held by its lower edge.

var _blast: CutoutBlast = CutoutBlast.new()


func _ready() -> void:
	_blast.anchor_rects = [Rect2(0.0, 195.0, 200.0, 10.0)] # in the crate's coordinates


func _process(_delta: float) -> void:
	if Input.is_mouse_button_pressed(MOUSE_BUTTON_LEFT) and has_node("Crate"):
		CutoutBatch.damage_object(
			$Crate, get_global_mouse_position(), 30.0, {"fragment_count": 6, "seed": randi()}, 0, _blast
		)
