extends CutoutProcessorCase
## The typed parameter resources: one to one with the Dictionary.

## What the inspector shows whatever the pattern or mode.
const COMMON: Array[String] = ["self_intersection", "min_fragment_area", "cluster_count"]


func test_defaults_are_the_native_defaults() -> void:
	# Equal results with no key and with every key at the resource's default.
	for pair: Array in [
		[{}, CutoutVoronoiFracture.new()],
		[{"type": "slices"}, CutoutSliceFracture.new()],
		[{"type": "slices", "mode": "pattern"}, _pattern_slices()],
	]:
		var plain: int = cutout.submit_fracture(square(), pair[0])
		var typed: int = cutout.submit_fracture(square(), pair[1])
		check(plain > 0 and typed > 0, "both are accepted: every key is known")
		check(await settled(), "both end")
		check_equal(event_of("completed", typed)[2], event_of("completed", plain)[2], "the same pieces")


func _pattern_slices() -> CutoutSliceFracture:
	var slices: CutoutSliceFracture = CutoutSliceFracture.new()
	slices.mode = "pattern"
	return slices


func test_every_exported_property_is_a_key() -> void:
	for fracture: CutoutFracture in [CutoutVoronoiFracture.new(), CutoutSliceFracture.new()]:
		var keys: Array = fracture.to_dictionary().keys()
		keys.erase("type")
		var exported: Array = []
		for property: Dictionary in fracture.get_property_list():
			var usage: int = property["usage"]
			if usage & PROPERTY_USAGE_SCRIPT_VARIABLE and usage & PROPERTY_USAGE_STORAGE:
				exported.append(property["name"])
		keys.sort()
		exported.sort()
		check_equal(keys, exported, "keys and exported properties")


# The table of the native side has every key; the resources have the same keys, types, defaults and ranges.
func test_properties_are_the_native_table() -> void:
	var native: CutoutBatchNative = CutoutBatchNative.new()
	for type: String in ["voronoi", "slices"]:
		var fracture: CutoutFracture = CutoutFracture.from_dictionary({"type": type})
		var properties: Dictionary[String, Dictionary] = {}
		for property: Dictionary in fracture.get_property_list():
			properties[str(property["name"])] = property
		var keys: Array = ["type"]
		for entry: Dictionary in native.get_parameters(type):
			var key: String = entry["key"]
			keys.append(key)
			if not check(properties.has(key), "%s has %s" % [type, key]):
				continue
			check_equal(properties[key]["type"], entry["type"], "type of " + key)
			_check_default(fracture, entry)
			_check_range(properties[key], entry)
		var resource_keys: Array = fracture.to_dictionary().keys()
		keys.sort()
		resource_keys.sort()
		check_equal(resource_keys, keys, "keys of " + type)


func _check_default(fracture: CutoutFracture, entry: Dictionary) -> void:
	var key: String = entry["key"]
	var value: Variant = fracture.get(key)
	check_equal(fracture.to_dictionary()[key], value, "the Dictionary has the property " + key)
	if value is float:
		value = PackedFloat32Array([value])[0] # the native side's floats have 32 bits
	check_equal(value, entry["default"], "default of " + key)


# A slider may end below a range that is wide open, if larger values can be typed in.
func _check_range(property: Dictionary, entry: Dictionary) -> void:
	var key: String = entry["key"]
	var hint: PackedStringArray = str(property["hint_string"]).split(",")
	match int(entry["type"]):
		TYPE_STRING:
			check_equal(property["hint"], PROPERTY_HINT_ENUM, "hint of " + key)
			check_equal(hint, entry["choices"], "words of " + key)
		TYPE_INT, TYPE_FLOAT:
			if key == "seed":
				check_equal([entry["minimum"], entry["maximum"]], [-9223372036854775807 - 1, 9223372036854775807], key)
				return
			check_equal(property["hint"], PROPERTY_HINT_RANGE, "hint of " + key)
			check_equal(hint[0].to_float(), float(entry["minimum"]), "least " + key)
			if "or_greater" in hint:
				check(float(entry["maximum"]) >= 1.0e9 and hint[1].to_float() < 1.0e9, "open end of " + key)
			else:
				check_equal(hint[1].to_float(), float(entry["maximum"]), "most " + key)
			check(not "or_less" in hint, "closed at the other end: " + key)


func test_the_table_refuses_an_unknown_type() -> void:
	expect_errors(['"laser"'])
	check_equal(CutoutBatchNative.new().get_parameters("laser"), [], "nothing")


# A value of its own for every key, through the resource, a file, and back.
func test_round_trip_through_a_file() -> void:
	var native: CutoutBatchNative = CutoutBatchNative.new()
	for type: String in ["voronoi", "slices"]:
		for origin: Variant in [null, Vector2.ZERO, Vector2(3.5, -7.25)]:
			var params: Dictionary = {"type": type}
			for entry: Dictionary in native.get_parameters(type):
				params[entry["key"]] = _other_value(entry)
			params["origin"] = origin
			var fracture: CutoutFracture = CutoutFracture.from_dictionary(params)
			check_equal(fracture.to_dictionary(), params, "all keys of " + type)
			var loaded: CutoutFracture = _saved_and_loaded(fracture)
			check_equal(loaded.to_dictionary(), params, "all keys of %s in a file" % type)
			check_equal(
				CutoutFracture.from_dictionary(loaded.to_dictionary()).to_dictionary(), params, "and once more"
			)
	check(CutoutFracture.from_dictionary({}) is CutoutVoronoiFracture, "the type is voronoi where none is named")


# Not the default.
func _other_value(entry: Dictionary) -> Variant:
	match int(entry["type"]):
		TYPE_BOOL:
			return not bool(entry["default"])
		TYPE_INT:
			return int(entry["default"]) + 4
		TYPE_FLOAT:
			return 0.625 if float(entry["maximum"]) < 2.0 else float(entry["default"]) + 0.5
		TYPE_VECTOR2:
			return Vector2(12.5, -3)
		TYPE_STRING:
			for word: String in entry["choices"]:
				if word != entry["default"]:
					return word
		TYPE_PACKED_VECTOR2_ARRAY:
			return PackedVector2Array([Vector2(1, 2), Vector2(3, 4)])
	return null


func _saved_and_loaded(fracture: CutoutFracture) -> CutoutFracture:
	var path: String = "user://cutout_test_fracture.tres"
	check_equal(ResourceSaver.save(fracture, path), OK, "saved")
	var loaded: CutoutFracture = ResourceLoader.load(path, "", ResourceLoader.CACHE_MODE_IGNORE)
	check_equal(DirAccess.remove_absolute(ProjectSettings.globalize_path(path)), OK, "removed")
	return loaded


# As a node of a game has it: part of its scene.
func test_it_is_saved_in_a_scene() -> void:
	var script: GDScript = GDScript.new()
	script.source_code = "extends Node\n@export var fracture: CutoutFracture\n"
	check_equal(script.reload(), OK, "the node's script")
	var node: Node = Node.new()
	node.set_script(script)
	node.set("fracture", CutoutFracture.from_dictionary({"pattern": "impact", "origin": Vector2.ZERO, "seed": 5}))
	var scene: PackedScene = PackedScene.new()
	check_equal(scene.pack(node), OK, "packed")
	node.free()
	var path: String = "user://cutout_test_scene.tscn"
	check_equal(ResourceSaver.save(scene, path), OK, "saved")
	var loaded: PackedScene = ResourceLoader.load(path, "", ResourceLoader.CACHE_MODE_IGNORE)
	var copy: Node = loaded.instantiate()
	var fracture: CutoutVoronoiFracture = copy.get("fracture")
	check_equal([fracture.pattern, fracture.origin, fracture.seed], ["impact", Vector2.ZERO, 5], "as it was")
	copy.free()
	check_equal(DirAccess.remove_absolute(ProjectSettings.globalize_path(path)), OK, "removed")


func test_every_pattern_is_cut() -> void:
	var ids: Dictionary[int, String] = {}
	for pattern: String in ["random", "grid", "radial", "spiderweb", "poisson", "impact", "sites"]:
		var voronoi: CutoutVoronoiFracture = CutoutVoronoiFracture.new()
		voronoi.pattern = pattern
		voronoi.sites = PackedVector2Array([Vector2(20, 20), Vector2(80, 30), Vector2(50, 400)])
		ids[cutout.submit_fracture(square(), voronoi)] = pattern
	for pattern: String in ["radial", "parallel", "grid", "chaotic"]:
		var slices: CutoutSliceFracture = _pattern_slices()
		slices.pattern = pattern
		ids[cutout.submit_fracture(square(), slices)] = pattern
	var manual: CutoutSliceFracture = CutoutSliceFracture.new()
	manual.mode = "manual"
	manual.segments = PackedVector2Array([Vector2(-1, 50), Vector2(101, 50), Vector2(50, -1), Vector2(50, 50)])
	ids[cutout.submit_fracture(square(), manual)] = "manual"
	check_equal(ids.size(), 12, "all were accepted")
	check(await settled(), "all end")
	for id: int in ids:
		var event: Array = event_of("completed", id)
		if check(event.size() > 2, ids[id] + " is completed"):
			check((event[2] as Array).size() >= 2, ids[id] + " gives several pieces")


# The points are the script's own memory, copied only when the script writes to them meanwhile.
func test_points_may_change_after_submitting() -> void:
	var sites: PackedVector2Array = PackedVector2Array([Vector2(25, 50), Vector2(75, 50)])
	var voronoi: Dictionary = {"pattern": "sites", "sites": sites}
	var id: int = cutout.submit_fracture(square(), voronoi)
	sites[0] = Vector2(NAN, 0)
	voronoi["sites"] = PackedVector2Array()
	check(await settled(), "it ends")
	check_equal((event_of("completed", id)[2] as Array).size(), 2, "two halves")


func test_origin_is_null_or_a_point() -> void:
	var fracture: CutoutVoronoiFracture = CutoutVoronoiFracture.new()
	fracture.origin = Vector2i(3, 4)
	check_equal(fracture.origin, Vector2(3, 4), "a Vector2i")
	fracture.origin = null
	check(fracture.origin == null, "null")
	expect_errors(["origin is of type String", "parameter origin is of type int"])
	fracture.origin = "middle"
	check(fracture.origin == null, "another type changes nothing")
	check(CutoutFracture.from_dictionary({"origin": 3}) == null, "nor in a Dictionary")


func test_from_dictionary_takes_what_loses_nothing() -> void:
	var fracture: CutoutVoronoiFracture = CutoutFracture.from_dictionary(
		{&"type": &"voronoi", "fragment_count": 12.0, "edge_padding": 3}
	)
	check_equal(fracture.fragment_count, 12, "a whole float")
	check_equal(fracture.edge_padding, 3.0, "an int")


func test_from_dictionary_refuses() -> void:
	expect_errors(['"laser"', '"sede"', "fragment_count", "fragment_count", "slice_count"])
	check(CutoutFracture.from_dictionary({"type": "laser"}) == null, "type")
	check(CutoutFracture.from_dictionary({"sede": 1}) == null, "key")
	check(CutoutFracture.from_dictionary({"fragment_count": "ten"}) == null, "wrong type")
	check(CutoutFracture.from_dictionary({"fragment_count": 2.5}) == null, "a broken number")
	check(CutoutFracture.from_dictionary({"slice_count": 3}) == null, "a key of the other type")


func test_the_inspector_shows_what_the_mode_uses() -> void:
	var slices: CutoutSliceFracture = CutoutSliceFracture.new()
	check_equal(_shown_of_mode(slices), ["mode", "line_start", "line_end", "extend"], "single")
	slices.mode = "manual"
	check_equal(_shown_of_mode(slices), ["mode", "segments", "extend"], "manual")
	slices.mode = "pattern"
	check_equal(_shown_of_mode(slices), ["mode", "pattern", "slice_count", "seed"], "chaotic")
	slices.pattern = "radial"
	check_equal(_shown_of_mode(slices), ["mode", "pattern", "slice_count", "origin", "radial_randomness", "seed"], "radial")
	slices.pattern = "parallel"
	check_equal(
		_shown_of_mode(slices), ["mode", "pattern", "slice_count", "parallel_angle", "parallel_angle_rand", "seed"], "parallel"
	)
	slices.pattern = "grid"
	check_equal(
		_shown_of_mode(slices),
		["mode", "pattern", "h_slices", "v_slices", "h_random", "v_random", "h_angle_rand", "v_angle_rand", "seed"],
		"grid"
	)
	var voronoi: CutoutVoronoiFracture = CutoutVoronoiFracture.new()
	check_equal(_shown_of_mode(voronoi), ["pattern", "fragment_count", "min_cell_distance", "edge_padding", "seed"], "random")
	voronoi.pattern = "grid"
	check_equal(_shown_of_mode(voronoi), ["pattern", "grid_rows", "grid_cols", "grid_jitter", "seed"], "grid")
	for pattern: String in ["radial", "spiderweb"]:
		voronoi.pattern = pattern
		check_equal(
			_shown_of_mode(voronoi),
			["pattern", "origin", "ring_count", "ring_size", "points_per_ring", "radial_variation", "seed"],
			pattern
		)
	voronoi.pattern = "impact"
	check(voronoi.get_property_list().size() > 0 and "crater" in _shown(voronoi), "impact")
	voronoi.pattern = "sites"
	check_equal(_shown_of_mode(voronoi), ["pattern", "sites"], "sites")


# What is shown, less what every mode shows.
func _shown_of_mode(resource: CutoutFracture) -> Array:
	var shown: Array = _shown(resource)
	for common: String in COMMON:
		check(common in shown, common + " is shown")
		shown.erase(common)
	return shown


# A box to tick, and where it is ticked, a Vector2.
func test_the_inspector_shows_origin_as_a_checkable_point() -> void:
	for fracture: CutoutFracture in [CutoutVoronoiFracture.new(), CutoutSliceFracture.new()]:
		for origin: Variant in [null, Vector2.ZERO]:
			fracture.set("origin", origin)
			for property: Dictionary in fracture.get_property_list():
				if property["name"] != "origin":
					continue
				var usage: int = property["usage"]
				check_equal(property["type"], TYPE_VECTOR2, "type")
				check(usage & PROPERTY_USAGE_CHECKABLE != 0, "a box")
				check_equal(usage & PROPERTY_USAGE_CHECKED != 0, origin != null, "ticked")


func _shown(resource: Resource) -> Array:
	var names: Array = []
	for property: Dictionary in resource.get_property_list():
		var usage: int = property["usage"]
		if usage & PROPERTY_USAGE_SCRIPT_VARIABLE and usage & PROPERTY_USAGE_EDITOR:
			names.append(property["name"])
	return names
