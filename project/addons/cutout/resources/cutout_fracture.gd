@tool
@abstract
@icon("res://addons/cutout/icons/CutoutFracture.svg")
class_name CutoutFracture
extends Resource
## How to fracture a polygon: the base of [CutoutVoronoiFracture] and [CutoutSliceFracture].
##
## A typed form of the parameter Dictionary: it can be edited in the inspector, saved, and handed to every call
## that takes parameters. Ranges are checked when it is used; a value out of range is refused with a message.

const _SCRIPTS: Dictionary[String, String] = {
	"voronoi": "res://addons/cutout/resources/cutout_voronoi_fracture.gd",
	"slices": "res://addons/cutout/resources/cutout_slice_fracture.gd",
}

## Number of the pattern: the same seed gives the same pieces, another one an unrelated pattern.
@warning_ignore("shadowed_global_identifier")
@export var seed: int = 0


## All parameters under their names, and "type".
@abstract func to_dictionary() -> Dictionary


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
		var value: Variant = _convert(params[key], typeof(known[key]))
		if value == null:
			push_error(
				"Cutout: parameter %s is of type %s; expected %s"
				% [key, type_string(typeof(params[key])), type_string(typeof(known[key]))]
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
