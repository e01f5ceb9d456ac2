extends Node2D
## Cut before the hit: the hit costs only the pieces.

var _cut: CutoutPrefracture


func _ready() -> void:
	_cut = CutoutBatch.prefracture($Crate, {"fragment_count": 40})


func _unhandled_input(event: InputEvent) -> void:
	var click: InputEventMouseButton = event as InputEventMouseButton
	if click == null or not click.pressed or not _cut.is_ready():
		return
	var blast: CutoutBlast = CutoutBlast.new()
	blast.center = click.position
	blast.speed = 300.0
	_cut.shatter(blast)
