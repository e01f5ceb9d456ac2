@tool
@abstract
@icon("res://addons/cutout/icons/CutoutFracture.svg")
class_name CutoutFracture
extends Resource
## How to fracture a polygon: the base of [CutoutVoronoiFracture] and [CutoutSliceFracture].
##
## A typed form of the parameter Dictionary: it can be edited in the inspector, saved, and handed to every call
## that takes parameters. Ranges are checked when it is used; a value out of range is refused with a message.
## The inspector shows what the chosen pattern or mode uses; all of it is saved and handed over.

const _SCRIPTS: Dictionary[String, String] = {
	"voronoi": "res://addons/cutout/resources/cutout_voronoi_fracture.gd",
	"slices": "res://addons/cutout/resources/cutout_slice_fracture.gd",
}

const _ALWAYS_USED: Array[String] = ["self_intersection", "min_fragment_area", "cluster_count"]

## Number of the pattern: the same seed gives the same pieces, another one an unrelated pattern. Any 64-bit
## integer; default 0.
@warning_ignore("shadowed_global_identifier")
@export var seed: int = 0
## What to do with a polygon that crosses or touches itself: "refuse" it, with the place of the first crossing, or
## "repair" it: what the outer ring winds round (the non-zero rule), less what the holes wind round, is cut. Default
## "refuse".
@export_enum("refuse", "repair") var self_intersection: String = "refuse"
## Pieces smaller than this join the neighbour with which they share the longest border, in square units of the polygon, 0
## and up; default 0: none do. The area stays. A piece without neighbours stays as it is.
@export_range(0.0, 1000.0, 0.1, "or_greater", "suffix:px²") var min_fragment_area: float = 0.0
## Puts the pieces together to this many chunks of irregular, concave shape, 0 to 100000; default 0: none are. There are
## more where the polygon's pieces are not all connected, or where a chunk would have a hole, and fewer where there are not
## so many pieces.
@export_range(0, 100000, 1) var cluster_count: int = 0


## All parameters under their names, and "type".
@abstract func to_dictionary() -> Dictionary


# The properties that the chosen pattern or mode uses.
@abstract func _used() -> PackedStringArray


## The resource for a parameter Dictionary: the one that its "type" names, "voronoi" where it has none. Unknown
## keys and wrong types are errors, and give null.
static func from_dictionary(params: Dictionary) -> CutoutFracture:
	var type: Variant = params.get("type", "voronoi")
	if not (type is String or type is StringName) or not _SCRIPTS.has(String(type)):
		push_error('Cutout: type is %s; expected "voronoi" or "slices"' % var_to_str(type))
		return null
	var script: GDScript = load(_SCRIPTS[String(type)])
	var fracture: CutoutFracture = script.new()
	var known: Dictionary = fracture.to_dictionary()
	for key: Variant in params:
		if not known.has(key):
			push_error('Cutout: unknown parameter %s of "%s"; known are %s' % [var_to_str(key), type, known.keys()])
			return null
		if String(key) == "type":
			continue
		var is_origin: bool = String(key) == "origin"
		if is_origin and params[key] == null:
			continue # the default
		var wanted: int = TYPE_VECTOR2 if is_origin else typeof(known[key])
		var value: Variant = _convert(params[key], wanted)
		if value == null:
			push_error(
				"Cutout: parameter %s is of type %s; expected %s%s"
				% [key, type_string(typeof(params[key])), type_string(wanted), " or null" if is_origin else ""]
			)
			return null
		fracture.set(String(key), value)
	return fracture


# The value as the wanted type, where nothing is lost; else null.
static func _convert(value: Variant, type: int) -> Variant:
	if typeof(value) == type:
		return value
	if type == TYPE_FLOAT and value is int:
		return float(value)
	if type == TYPE_INT and value is float and int(value) == value:
		return int(value)
	if type == TYPE_STRING and value is StringName:
		return String(value)
	if type == TYPE_VECTOR2 and value is Vector2i:
		return Vector2(value)
	return null


# The inspector shows what is used. A property that may be null is a Vector2 with a box to tick.
func _validate_property(property: Dictionary) -> void:
	var usage: int = property["usage"]
	if not usage & PROPERTY_USAGE_SCRIPT_VARIABLE or not usage & PROPERTY_USAGE_STORAGE:
		return
	var name: String = property["name"]
	if name == "origin":
		property["type"] = TYPE_VECTOR2
		property["hint_string"] = "suffix:px"
		usage = (usage & ~PROPERTY_USAGE_NIL_IS_VARIANT) | PROPERTY_USAGE_CHECKABLE
		if get(name) != null:
			usage |= PROPERTY_USAGE_CHECKED
	if not name in _ALWAYS_USED and not name in _used():
		usage &= ~PROPERTY_USAGE_EDITOR
	property["usage"] = usage


# A point, or null: what an origin may be. Anything else is an error and leaves it as it was.
static func _as_origin(value: Variant, before: Variant) -> Variant:
	if value == null or value is Vector2:
		return value
	if value is Vector2i:
		return Vector2(value)
	push_error("Cutout: origin is of type %s; expected Vector2 or null" % type_string(typeof(value)))
	return before
