@tool
@icon("res://addons/cutout/icons/CutoutSliceFracture.svg")
class_name CutoutSliceFracture
extends CutoutFracture
## Cuts a polygon along straight lines: like a blade, or a splintering board.

## "single": along one segment. "manual": along each of [member segments] in turn. "pattern": along the lines of
## [member pattern].
@export_enum("single", "pattern", "manual") var mode: String = "single":
	set(value):
		mode = value
		notify_property_list_changed()

@export_group("Segments")
## Where the segment begins, in the polygon's coordinates; default (-100, 0). For "single".
@export_custom(PROPERTY_HINT_NONE, "suffix:px") var line_start: Vector2 = Vector2(-100.0, 0.0)
## Where the segment ends, another point than where it begins; default (100, 0). It cuts where it passes right through a
## piece; where it ends inside one, that piece stays whole. For "single".
@export_custom(PROPERTY_HINT_NONE, "suffix:px") var line_end: Vector2 = Vector2(100.0, 0.0)
## The segments, two points each, in the polygon's coordinates: one at least and 1000 at most; default empty. Each cuts
## the pieces that those before it left, as in "single". For "manual".
@export var segments: PackedVector2Array = PackedVector2Array()
## Cut along the whole line through both points instead; default false. For "single" and "manual".
@export var extend: bool = false

@export_group("Pattern")
## How the lines are placed. [br]
## "radial": rays from [member origin]; the wedges between them are the pieces. [br]
## "parallel": side by side, evenly over the polygon. [br]
## "grid": upright and level ones, evenly over the polygon's bounds. [br]
## "chaotic": through random places in random directions. [br]
## For "pattern".
@export_enum("radial", "parallel", "grid", "chaotic") var pattern: String = "chaotic":
	set(value):
		pattern = value
		notify_property_list_changed()
## The number of lines or rays, 1 to 1000; default 3. For "radial", "parallel" and "chaotic".
@export_range(1, 1000, 1) var slice_count: int = 3
## Where the rays begin, in the polygon's coordinates; it may lie outside. null (not ticked; the default): the polygon's
## centroid, holes considered. For "radial".
@export_custom(PROPERTY_HINT_NONE, "") var origin: Variant = null:
	set(value):
		origin = _as_origin(value, origin)
		notify_property_list_changed()
## How far a ray may turn, as a share of half the angle between two, 0 to 1; default 0. For "radial".
@export_range(0.0, 1.0, 0.01) var radial_randomness: float = 0.0
## The angle of the lines, from the x axis towards the y axis, -360 to 360 degrees; default 0. For "parallel".
@export_range(-360.0, 360.0, 0.1, "degrees") var parallel_angle: float = 0.0
## How far each line may tilt, as a share of 45 degrees, 0 to 1; default 0. For "parallel".
@export_range(0.0, 1.0, 0.01) var parallel_angle_rand: float = 0.0
## Upright lines, spread horizontally, 0 to 1000; default 3. For "grid".
@export_range(0, 1000, 1) var h_slices: int = 3
## Level lines, spread vertically, 0 to 1000; default 3. For "grid".
@export_range(0, 1000, 1) var v_slices: int = 3
## How far each upright line may move, as a share of half the distance between two, 0 to 1; default 0. For "grid".
@export_range(0.0, 1.0, 0.01) var h_random: float = 0.0
## How far each level line may move, as a share of half the distance between two, 0 to 1; default 0. For "grid".
@export_range(0.0, 1.0, 0.01) var v_random: float = 0.0
## How far each upright line may tilt, as a share of 45 degrees, 0 to 1; default 0. For "grid".
@export_range(0.0, 1.0, 0.01) var h_angle_rand: float = 0.0
## How far each level line may tilt, as a share of 45 degrees, 0 to 1; default 0. For "grid".
@export_range(0.0, 1.0, 0.01) var v_angle_rand: float = 0.0


func to_dictionary() -> Dictionary:
	return {
		"type": "slices",
		"seed": seed,
		"self_intersection": self_intersection,
		"min_fragment_area": min_fragment_area,
		"cluster_count": cluster_count,
		"mode": mode,
		"line_start": line_start,
		"line_end": line_end,
		"extend": extend,
		"pattern": pattern,
		"slice_count": slice_count,
		"origin": origin,
		"radial_randomness": radial_randomness,
		"parallel_angle": parallel_angle,
		"parallel_angle_rand": parallel_angle_rand,
		"h_slices": h_slices,
		"v_slices": v_slices,
		"h_random": h_random,
		"v_random": v_random,
		"h_angle_rand": h_angle_rand,
		"v_angle_rand": v_angle_rand,
		"segments": segments,
	}


func _used() -> PackedStringArray:
	match mode:
		"single":
			return ["mode", "line_start", "line_end", "extend"]
		"manual":
			return ["mode", "segments", "extend"]
		"pattern":
			return _used_by_pattern()
	return ["mode"]


func _used_by_pattern() -> PackedStringArray:
	match pattern:
		"radial":
			return ["mode", "pattern", "slice_count", "origin", "radial_randomness", "seed"]
		"parallel":
			return ["mode", "pattern", "slice_count", "parallel_angle", "parallel_angle_rand", "seed"]
		"grid":
			return [
				"mode", "pattern", "h_slices", "v_slices", "h_random", "v_random", "h_angle_rand", "v_angle_rand", "seed",
			]
		"chaotic":
			return ["mode", "pattern", "slice_count", "seed"]
	return ["mode", "pattern"]
