extends CutoutTestSuite
## The editor's help of the native classes tells what the classes have: every method with its arguments, and
## every constant, and nothing else.

const CLASSES: PackedStringArray = ["CutoutBatchNative", "CutoutDebrisField", "CutoutFragments", "CutoutJobQueue"]
const FOLDER: String = "res://../src/gdextension/doc_classes"


func test_pages_match_the_classes() -> void:
	var files: PackedStringArray = PackedStringArray()
	for file: String in DirAccess.get_files_at(ProjectSettings.globalize_path(FOLDER)):
		files.append(file.get_basename())
	files.sort()
	check_equal(files, CLASSES, "a page for each class")
	for native: String in CLASSES:
		_check_page(native)


func _check_page(native: String) -> void:
	var page: Dictionary = _read_page(ProjectSettings.globalize_path(FOLDER.path_join(native + ".xml")))
	check_equal(page["name"], native, "class of the page")
	check_equal(page["inherits"], String(ClassDB.get_parent_class(native)), "parent of " + native)
	var methods: Dictionary[String, String] = {}
	for method: Dictionary in ClassDB.class_get_method_list(native, true):
		methods[str(method["name"])] = _signature(method)
	var documented: Dictionary[String, String] = page["methods"]
	for method: String in methods:
		check_equal(documented.get(method, "no entry"), methods[method], "help of %s.%s()" % [native, method])
	for method: String in documented:
		check(methods.has(method), "%s.%s() is in the help and in the class" % [native, method])
	var constants: Dictionary[String, int] = {}
	for constant: String in ClassDB.class_get_integer_constant_list(native, true):
		constants[constant] = ClassDB.class_get_integer_constant(native, constant)
	check_equal(page["constants"], constants, "constants of " + native)
	check_equal(page["empty"], PackedStringArray(), "entries without a text in " + native)


# "int (polygon: Variant, priority: int = 0)"
func _signature(method: Dictionary) -> String:
	var arguments: Array = method["args"]
	var defaults: Array = method["default_args"]
	var texts: PackedStringArray = PackedStringArray()
	for i: int in arguments.size():
		var argument: Dictionary = arguments[i]
		var text: String = "%s: %s" % [argument["name"], _type(argument)]
		var default_index: int = i - (arguments.size() - defaults.size())
		if default_index >= 0:
			text += " = %s" % [defaults[default_index]]
		texts.append(text)
	var result: Dictionary = method["return"]
	return "%s (%s)" % [_type(result), ", ".join(texts)]


func _type(value: Dictionary) -> String:
	var type: int = value["type"]
	if value["hint"] == PROPERTY_HINT_ARRAY_TYPE:
		return "%s[]" % value["hint_string"]
	if type == TYPE_OBJECT and str(value["class_name"]) != "":
		return str(value["class_name"])
	if type != TYPE_NIL:
		return type_string(type)
	return "Variant" if int(value["usage"]) & PROPERTY_USAGE_NIL_IS_VARIANT != 0 else "void"


func _read_page(path: String) -> Dictionary:
	var methods: Dictionary[String, String] = {}
	var constants: Dictionary[String, int] = {}
	var empty: PackedStringArray = PackedStringArray()
	var page: Dictionary = {"methods": methods, "constants": constants, "empty": empty}
	var parser: XMLParser = XMLParser.new()
	check_equal(parser.open(path), OK, path)
	var method: String = ""
	var result: String = ""
	var arguments: PackedStringArray = PackedStringArray()
	var entry: String = "" # the element whose text has not come yet
	while parser.read() == OK:
		if parser.get_node_type() == XMLParser.NODE_TEXT:
			if parser.get_node_data().strip_edges() != "":
				entry = ""
			continue
		var is_end: bool = parser.get_node_type() == XMLParser.NODE_ELEMENT_END
		if not is_end and parser.get_node_type() != XMLParser.NODE_ELEMENT:
			continue
		var node: String = parser.get_node_name()
		if is_end:
			if entry != "":
				empty.append(entry)
			entry = ""
			if node == "method":
				methods[method] = "%s (%s)" % [result, ", ".join(arguments)]
				method = ""
			continue
		match node:
			"class":
				page["name"] = parser.get_named_attribute_value("name")
				page["inherits"] = parser.get_named_attribute_value("inherits")
			"method":
				method = parser.get_named_attribute_value("name")
				arguments.clear()
			"return":
				result = parser.get_named_attribute_value("type")
			"param":
				var text: String = "%s: %s" % [
					parser.get_named_attribute_value("name"), parser.get_named_attribute_value("type")
				]
				if parser.has_attribute("default"):
					text += " = " + parser.get_named_attribute_value("default")
				arguments.append(text)
			"constant":
				entry = parser.get_named_attribute_value("name")
				constants[entry] = parser.get_named_attribute_value("value").to_int()
			"brief_description", "description":
				entry = "%s %s" % [method, node]
	return page
