extends CutoutProcessorCase
## The typed parameter resources: one to one with the Dictionary.


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


func test_round_trip() -> void:
	var voronoi: Dictionary = {
		"type": "voronoi",
		"seed": 7,
		"pattern": "random",
		"fragment_count": 21,
		"min_cell_distance": 0.25,
		"edge_padding": 2.5,
	}
	check_equal(CutoutFracture.from_dictionary(voronoi).to_dictionary(), voronoi, "voronoi")
	var slices: Dictionary = {
		"type": "slices",
		"seed": -3,
		"mode": "pattern",
		"line_start": Vector2(1, 2),
		"line_end": Vector2(3, 4),
		"extend": true,
		"pattern": "chaotic",
		"slice_count": 9,
	}
	check_equal(CutoutFracture.from_dictionary(slices).to_dictionary(), slices, "slices")
	check(CutoutFracture.from_dictionary({}) is CutoutVoronoiFracture, "the type is voronoi where none is named")


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


func test_a_resource_can_be_saved_and_loaded() -> void:
	var path: String = "user://cutout_test_fracture.tres"
	var slices: CutoutSliceFracture = CutoutSliceFracture.new()
	slices.mode = "pattern"
	slices.slice_count = 11
	slices.line_end = Vector2(5, 6)
	check_equal(ResourceSaver.save(slices, path), OK, "saved")
	var loaded: CutoutSliceFracture = ResourceLoader.load(path, "", ResourceLoader.CACHE_MODE_IGNORE)
	check_equal(loaded.to_dictionary(), slices.to_dictionary(), "the same when loaded")
	check_equal(DirAccess.remove_absolute(ProjectSettings.globalize_path(path)), OK, "removed")


func test_the_inspector_shows_what_the_mode_uses() -> void:
	var slices: CutoutSliceFracture = CutoutSliceFracture.new()
	check_equal(_shown(slices), ["mode", "line_start", "line_end", "extend"], "single")
	slices.mode = "pattern"
	check_equal(_shown(slices), ["mode", "pattern", "slice_count", "seed"], "pattern")


func _shown(resource: Resource) -> Array:
	var names: Array = []
	for property: Dictionary in resource.get_property_list():
		var usage: int = property["usage"]
		if usage & PROPERTY_USAGE_SCRIPT_VARIABLE and usage & PROPERTY_USAGE_EDITOR:
			names.append(property["name"])
	return names
