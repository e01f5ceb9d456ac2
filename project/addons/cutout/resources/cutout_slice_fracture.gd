@tool
@icon("res://addons/cutout/icons/CutoutSliceFracture.svg")
class_name CutoutSliceFracture
extends CutoutFracture
## Cuts a polygon along straight lines: like a blade, or a splintering board.

## "single": along one segment. "pattern": along several lines.
@export_enum("single", "pattern") var mode: String = "single":
	set(value):
		mode = value
		notify_property_list_changed()
## Where the segment begins. For "single".
@export var line_start: Vector2 = Vector2(-100.0, 0.0)
## Where the segment ends. It cuts where it passes right through a piece; where it ends inside one, that piece
## stays whole. For "single".
@export var line_end: Vector2 = Vector2(100.0, 0.0)
## Cut along the whole line through both points instead. For "single".
@export var extend: bool = false
## How the lines are placed. For "pattern".
@export_enum("chaotic") var pattern: String = "chaotic"
## The number of lines. For "pattern".
@export_range(1, 1000, 1) var slice_count: int = 3


func to_dictionary() -> Dictionary:
	return {
		"type": "slices",
		"seed": seed,
		"mode": mode,
		"line_start": line_start,
		"line_end": line_end,
		"extend": extend,
		"pattern": pattern,
		"slice_count": slice_count,
	}


# The inspector shows what the mode uses. All of it is stored.
func _validate_property(property: Dictionary) -> void:
	var name: String = property["name"]
	var is_of_single: bool = name in ["line_start", "line_end", "extend"]
	var is_of_pattern: bool = name in ["pattern", "slice_count", "seed"]
	if (is_of_single and mode != "single") or (is_of_pattern and mode != "pattern"):
		var usage: int = property["usage"]
		property["usage"] = usage & ~PROPERTY_USAGE_EDITOR
