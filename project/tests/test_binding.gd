extends CutoutTestSuite
## The binding layer under the native classes, by a class of its own that uses each feature once
## ([code]tests/binding/binding_probe.h[/code]). Its library is loaded here and not at the engine's start, so
## scripts that name the class are compiled here too.

const EXTENSION: String = "res://tests/binding/binding_probe.gdextension"
const FUTURE_EXTENSION: String = "res://tests/binding/binding_probe_future.gdextension"
const PROBE: StringName = &"BindingProbe"

# Not typed: wrong calls of this kind are found only when they run, and end the function with a script error.
const WRONG_CALLS: String = """
extends RefCounted

func too_many(probe: Variant) -> Variant:
	return probe.add(1, 2, 3)

func wrong_type(probe: Variant) -> Variant:
	return probe.add(1, {})

func freed(probe: Variant) -> Variant:
	return probe.add(1, 2)
"""


func before_each() -> void:
	if not GDExtensionManager.is_extension_loaded(EXTENSION):
		check_equal(
			GDExtensionManager.load_extension(EXTENSION), GDExtensionManager.LOAD_STATUS_OK, "the probe loads"
		)


func test_every_type_by_variant() -> void:
	var probe: RefCounted = _probe()
	check_equal(probe.call("invert", true), false, "bool")
	check_equal(probe.call("add", 4000000000, 5), 4000000005, "int")
	check_equal(probe.call("halve", 5.0), 2.5, "float")
	check_equal(probe.call("turn", Vector2(2.0, 3.0)), Vector2(-3.0, 2.0), "Vector2")
	check_equal(probe.call("greet", "Zoë"), "Hello, Zoë!", "String")
	check_equal(probe.call("name_of", &"node"), &"node", "StringName")
	for value: Variant in [null, 1, "text", {"a": 1}, probe, Vector3.ONE, [PackedVector2Array()]]:
		check_equal(probe.call("echo", value), value, "Variant")
	check_equal(probe.call("reverse", [1, "two", null]), [null, "two", 1], "Array")
	check_equal(probe.call("invert_keys", {1: "one", "b": 2}), {"one": 1, 2: "b"}, "Dictionary")
	check_equal(probe.call("twice_byte", PackedByteArray([1, 200])), PackedByteArray([2, 144]), "PackedByteArray")
	check_equal(
		probe.call("twice_int32", PackedInt32Array([1, -2])), PackedInt32Array([2, -4]), "PackedInt32Array"
	)
	check_equal(
		probe.call("twice_int64", PackedInt64Array([1, 1 << 40])),
		PackedInt64Array([2, 1 << 41]),
		"PackedInt64Array"
	)
	check_equal(
		probe.call("twice_float64", PackedFloat64Array([0.5])), PackedFloat64Array([1.0]), "PackedFloat64Array"
	)
	check_equal(
		probe.call("twice_vector2", PackedVector2Array([Vector2(1.0, 2.0)])),
		PackedVector2Array([Vector2(2.0, 4.0)]),
		"PackedVector2Array"
	)
	check_equal(
		probe.call("twice_string", PackedStringArray(["ä", ""])),
		PackedStringArray(["ää", ""]),
		"PackedStringArray"
	)
	check_equal(probe.call("twice_vector2", PackedVector2Array()), PackedVector2Array(), "an empty array")
	var parts: Array = probe.call("split", PackedVector2Array([Vector2.ONE, Vector2.ZERO]))
	check_equal(parts.get_typed_builtin(), TYPE_PACKED_VECTOR2_ARRAY, "element type of a typed array")
	check_equal(parts[1], PackedVector2Array([Vector2.ZERO]), "element of a typed array")


func test_objects_as_results() -> void:
	var probe: RefCounted = _probe()
	check(probe.call("get_other") == null, "none yet")
	var before: int = probe.get("live_count")
	var other: RefCounted = probe.call("make_other")
	check_equal(other.get_class(), String(PROBE), "its class")
	check_equal(other.get("label"), "made", "its own data")
	check(probe.call("get_other") == other, "the same object each time")
	check_equal(probe.get("live_count"), before + 1, "one more")
	probe.call("drop_other")
	check_equal(other.get("label"), "made", "it lives as long as somebody refers to it")
	other = null
	check_equal(probe.get("live_count"), before, "gone with the last reference")
	for method: Dictionary in ClassDB.class_get_method_list(PROBE, true):
		if method["name"] == "make_other":
			check_equal(method["return"]["class_name"], PROBE, "class of the result, as the engine knows it")


func test_every_type_by_pointer_and_no_leak() -> void:
	# Scripts that name the class need its library when the engine starts: a second engine.
	var folder: String = ProjectSettings.globalize_path(EXTENSION.get_base_dir())
	check_equal(DirAccess.make_dir_recursive_absolute(folder.path_join(".godot")), OK, "the folder is made")
	var list: FileAccess = FileAccess.open(folder.path_join(".godot/extension_list.cfg"), FileAccess.WRITE)
	list.store_string("res://binding_probe.gdextension\n")
	list.close()
	var output: Array = []
	var code: int = OS.execute(
		OS.get_executable_path(),
		["--headless", "--verbose", "--path", folder, "--script", "res://typed_calls.gd"],
		output,
		true
	)
	var text: String = output[0]
	check_equal(code, 0, "exit code")
	check(text.contains("TYPED-CALLS 25\n"), "all results were looked at")
	for line: String in text.split("\n"):
		for sign_of_trouble: String in ["WRONG", "ERROR:", "eaked", "rphan"]:
			check(not line.contains(sign_of_trouble), line)


func test_arguments_left_out_get_their_defaults() -> void:
	var probe: RefCounted = _probe()
	check_equal(probe.call("defaults", 1), [1, 2.5, "none", null], "all left out")
	check_equal(probe.call("defaults", 1, 3.5), [1, 3.5, "none", null], "two left out")
	check_equal(probe.call("defaults", 1, 3.5, "x", [2]), [1, 3.5, "x", [2]], "none left out")


func test_a_wrong_number_of_arguments_is_the_engines_error() -> void:
	expect_errors(
		PackedStringArray(
			[
				"'BindingProbe::add': Method expected 2 argument(s), but called with 1",
				"'BindingProbe::add': Method expected 2 argument(s), but called with 3",
				"'BindingProbe::defaults': Method expected 1 argument(s), but called with 0",
				"'BindingProbe::defaults': Method expected 4 argument(s), but called with 5",
			]
		)
	)
	var probe: RefCounted = _probe()
	check_equal(probe.callv("add", [1]), null, "one too few")
	check_equal(probe.callv("add", [1, 2, 3]), null, "one too many")
	check_equal(probe.callv("defaults", []), null, "the one without a default")
	check_equal(probe.callv("defaults", [1, 2, "3", 4, 5]), null, "one too many with defaults")
	check_equal(probe.callv("add", [1, 2]), 3, "the object is as good as before")


func test_a_wrong_type_is_the_engines_error() -> void:
	expect_errors(
		PackedStringArray(
			[
				"Cannot convert argument 2 from Dictionary to int",
				"Cannot convert argument 1 from String to int",
				"Cannot convert argument 1 from Nil to Array",
				"Cannot convert argument 1 from Vector2 to PackedVector2Array",
				"Cannot convert argument 1 from int to String",
				"Cannot convert argument 1 from Object to Dictionary",
			]
		)
	)
	var probe: RefCounted = _probe()
	check_equal(probe.callv("add", [1, {}]), null, "Dictionary for int")
	check_equal(probe.callv("add", ["1", 2]), null, "String for int")
	check_equal(probe.callv("reverse", [null]), null, "null for Array")
	check_equal(probe.callv("twice_vector2", [Vector2.ONE]), null, "Vector2 for PackedVector2Array")
	check_equal(probe.callv("greet", [1]), null, "int for String")
	check_equal(probe.callv("invert_keys", [probe]), null, "Object for Dictionary")


func test_types_convert_as_the_engine_does() -> void:
	var probe: RefCounted = _probe()
	check_equal(probe.call("halve", 5), 2.5, "int for float")
	check_equal(probe.call("add", 1.0, true), 2, "float and bool for int")
	check_equal(probe.call("greet", &"name"), "Hello, name!", "StringName for String")
	check_equal(probe.call("name_of", "name"), &"name", "String for StringName")
	check_equal(probe.call("reverse", PackedInt32Array([1, 2])), [2, 1], "packed array for Array")
	check_equal(
		probe.call("twice_vector2", [Vector2.ONE]), PackedVector2Array([Vector2(2.0, 2.0)]), "and back"
	)


func test_wrong_calls_from_a_script_end_it_and_nothing_else() -> void:
	expect_errors(
		PackedStringArray(
			["Invalid call to function 'add'", "Invalid type in function 'add'", "previously freed"]
		)
	)
	var script: Object = _compile(WRONG_CALLS)
	if script == null:
		return
	var probe: RefCounted = _probe()
	check_equal(script.call("too_many", probe), null, "too many arguments")
	check_equal(script.call("wrong_type", probe), null, "a wrong type")
	var node: Node = Node.new()
	var holder: Array = [node]
	node.free()
	check_equal(script.call("freed", holder[0]), null, "a freed object")
	check_equal(probe.call("add", 1, 2), 3, "the probe is as good as before")


func test_an_exception_is_an_engine_error() -> void:
	expect_errors(PackedStringArray(["BindingProbe.fail(): failed on purpose"]))
	check_equal(_probe().call("fail"), null, "result")


func test_what_a_method_can_tell_of_a_variant() -> void:
	var probe: RefCounted = _probe()
	var node: Node = Node.new()
	var dead: Array = [node]
	check(not str(probe.call("describe", node)).contains("dead"), "a living object is not dead")
	node.free()
	check(str(probe.call("describe", dead[0])).ends_with("(dead)"), "a freed object is dead")
	check_equal(probe.call("describe", null), "null <null>", "null")
	check_equal(probe.call("describe", 3), "int 3 (int)", "int")
	check_equal(probe.call("describe", "ab"), "String ab (text of 2)", "String")
	check_equal(probe.call("describe", &"ab"), "StringName ab (text of 2)", "StringName")
	check_equal(probe.call("describe", 3.5), "float 3.5", "float")
	check_equal(probe.call("call_method", [3, 4], &"size"), 2, "a method of a built-in type")
	check_equal(probe.call("call_method", probe, &"get_speed"), 1.5, "a method of an object")
	check_equal(probe.call("call_method", probe, &"nothing"), "no method", "a method that is not there")
	check_equal(probe.call("call_method", probe, &"add"), "call failed", "a method that wants arguments")
	check_equal(probe.call("call_method", dead[0], &"get_name"), "no method", "a method of a freed object")


func test_properties() -> void:
	var probe: RefCounted = _probe()
	check_equal(probe.get("speed"), 1.5, "as made")
	probe.set("speed", 4)
	check_equal(probe.get("speed"), 4.0, "an int is a float here")
	probe.set("label", "crate")
	check_equal(probe.get("label"), "crate", "a text")
	check_equal(probe.get("no_such_property"), null, "a name that is no property")
	probe.set("live_count", 77)
	check_equal(probe.get("live_count"), 1, "a property without a setter stays")
	var types: Dictionary[String, int] = {}
	for property: Dictionary in ClassDB.class_get_property_list(PROBE, true):
		types[str(property["name"])] = property["type"]
	check_equal(types.get("speed"), TYPE_FLOAT, "type of speed")
	check_equal(types.get("label"), TYPE_STRING, "type of label")
	check_equal(types.get("live_count"), TYPE_INT, "type of live_count")


func test_setting_a_property_to_a_wrong_type_leaves_it() -> void:
	var probe: RefCounted = _probe()
	probe.set("speed", {})
	check_equal(probe.get("speed"), 1.5, "a Dictionary is no float")


func test_signals() -> void:
	var probe: RefCounted = _probe()
	var seen: Array = []
	probe.connect("moved", func(where: Vector2, label: String) -> void: seen.append([where, label]))
	probe.connect("emptied", func() -> void: seen.append("empty"))
	probe.call("move_to", Vector2(1.0, 2.0), "there")
	probe.call("move_to", Vector2.ZERO)
	probe.call("become_empty")
	check_equal(seen, [[Vector2(1.0, 2.0), "there"], [Vector2.ZERO, "here"], "empty"], "what was emitted")
	var description: Dictionary = ClassDB.class_get_signal(PROBE, &"moved")
	var arguments: Array = description["args"]
	check_equal(arguments.size(), 2, "number of arguments")
	var first: Dictionary = arguments[0]
	check_equal(first["name"], "where", "name of the first")
	check_equal(first["type"], TYPE_VECTOR2, "type of the first")


func test_enum_constants() -> void:
	check_equal(ClassDB.class_get_enum_list(PROBE, true), PackedStringArray(["Mode"]), "enums")
	check_equal(
		ClassDB.class_get_enum_constants(PROBE, &"Mode", true),
		PackedStringArray(["MODE_SLOW", "MODE_FAST"]),
		"constants of the enum"
	)
	check_equal(ClassDB.class_get_integer_constant(PROBE, &"MODE_FAST"), 7, "value")


func test_the_engine_knows_the_signatures() -> void:
	var methods: Dictionary[String, Dictionary] = {}
	for method: Dictionary in ClassDB.class_get_method_list(PROBE, true):
		methods[str(method["name"])] = method
	var defaults: Dictionary = methods["defaults"]
	check_equal(defaults["default_args"], [2.5, "none", null], "defaults")
	var names: Array = (defaults["args"] as Array).map(func(a: Dictionary) -> String: return a["name"])
	check_equal(names, ["number", "real", "text", "any"], "names of the arguments")
	var split_result: Dictionary = methods["split"]["return"]
	check_equal(split_result["type"], TYPE_ARRAY, "a typed array is an Array")
	check_equal(split_result["hint"], PROPERTY_HINT_ARRAY_TYPE, "with a hint")
	check_equal(split_result["hint_string"], "PackedVector2Array", "that names its elements")
	var echo_result: Dictionary = methods["echo"]["return"]
	check(int(echo_result["usage"]) & PROPERTY_USAGE_NIL_IS_VARIANT != 0, "a Variant is no void")
	check(int(methods["add"]["flags"]) & METHOD_FLAG_CONST != 0, "a const method is const")
	check(int(methods["invert"]["flags"]) & METHOD_FLAG_CONST == 0, "another is not")


func test_thousands_of_objects_come_and_go() -> void:
	var before: int = _live_count()
	var kept: Array[RefCounted] = []
	for i: int in 5000:
		var probe: RefCounted = ClassDB.instantiate(PROBE)
		probe.call("hold", PackedVector2Array([Vector2(i, i)]))
		if i % 2 == 0:
			kept.append(probe)
	check_equal(_live_count(), before + 2500, "half of them live")
	kept.clear()
	check_equal(_live_count(), before, "none of them lives")


func test_calls_keep_no_memory() -> void:
	var probe: RefCounted = _probe()
	probe.connect("moved", func(_where: Vector2, _label: String) -> void: pass)
	for _i: int in 3: # what is allocated once is allocated here
		_call_everything(probe)
	var before: int = OS.get_static_memory_usage()
	for _i: int in 100:
		_call_everything(probe)
	check(OS.get_static_memory_usage() - before < 4096, "a hundred rounds of calls keep no memory")


func test_points_are_shared_until_somebody_writes() -> void:
	var probe: RefCounted = _probe()
	var points: PackedVector2Array = PackedVector2Array()
	points.resize(1000)
	points.fill(Vector2(1.0, 2.0))
	probe.call("hold", points)
	check(probe.call("shares_memory", points), "handing over copies no point")
	points[0] = Vector2(1000.0, 1000.0)
	check(not probe.call("shares_memory", points), "writing makes the script's array its own")
	points.clear()
	check_equal(probe.call("sum_held_on_thread"), 3000.0, "another thread reads what was handed over")


func test_unloading_and_loading_again() -> void:
	check_equal(_live_count(), 0, "nothing lives")
	check_equal(
		GDExtensionManager.unload_extension(EXTENSION), GDExtensionManager.LOAD_STATUS_OK, "it unloads"
	)
	check(not ClassDB.class_exists(PROBE), "the class is gone")
	check_equal(GDExtensionManager.load_extension(EXTENSION), GDExtensionManager.LOAD_STATUS_OK, "it loads again")
	check_equal(_probe().call("add", 1, 2), 3, "it works again")


func test_an_engine_that_is_too_old_is_refused() -> void:
	expect_errors(PackedStringArray(["Binding probe of the future needs Godot 99.1 or newer", "returned an error"]))
	check_equal(
		GDExtensionManager.load_extension(FUTURE_EXTENSION), GDExtensionManager.LOAD_STATUS_FAILED, "status"
	)
	check_equal(_probe().call("add", 1, 2), 3, "what is loaded stays")


func test_the_same_library_twice_is_refused() -> void:
	expect_errors(PackedStringArray(["Binding probe is loaded already", "returned an error"]))
	var copy: String = "user://binding_probe_copy.gdextension"
	var config: ConfigFile = ConfigFile.new()
	check_equal(config.load(EXTENSION), OK, "the configuration loads")
	var library: String = config.get_value("libraries", "linux.x86_64")
	config.set_value("libraries", "linux.x86_64", EXTENSION.get_base_dir().path_join(library))
	check_equal(config.save(copy), OK, "its copy is saved")
	check_equal(GDExtensionManager.load_extension(copy), GDExtensionManager.LOAD_STATUS_FAILED, "status")
	DirAccess.remove_absolute(copy)
	check_equal(_probe().call("add", 1, 2), 3, "what is loaded stays")


func _probe() -> RefCounted:
	return ClassDB.instantiate(PROBE)


func _call_everything(probe: RefCounted) -> void:
	var points: PackedVector2Array = PackedVector2Array([Vector2.ONE, Vector2.ZERO])
	probe.call("greet", "somebody with a long name")
	probe.call("name_of", &"a_name_that_is_new")
	probe.call("echo", {"key": [1, 2, 3]})
	probe.call("reverse", [points, "text", null])
	probe.call("invert_keys", {"one": points})
	probe.call("twice_vector2", points)
	probe.call("twice_string", PackedStringArray(["text", "more text"]))
	probe.call("split", points)
	probe.call("defaults", 1)
	probe.call("describe", &"a name")
	probe.call("call_method", points, &"size")
	probe.call("hold", points)
	probe.call("sum_held_on_thread")
	probe.call("move_to", Vector2.ONE)
	probe.set("label", "a label")
	probe.get("label")
	ClassDB.instantiate(PROBE)


# How many probes live besides the one that is asked.
func _live_count() -> int:
	return int(_probe().call("get_live_count")) - 1


func _compile(source: String) -> Object:
	var script: GDScript = GDScript.new()
	script.source_code = source
	if not check_equal(script.reload(), OK, "the script compiles"):
		return null
	return script.new()
