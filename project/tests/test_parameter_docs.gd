extends CutoutTestSuite
## docs/parameters.md says of every parameter what the native table says: key, type, default, range, in the table's
## order, and nothing else; and shows a picture of every pattern.

const PAGE: String = "../docs/parameters.md"


func test_tables_are_the_native_table() -> void:
	var sections: PackedStringArray = _page().split("\n## type \"")
	if not check_equal(sections.size(), 3, "a section for each type"):
		return
	check_equal(
		_rows(sections[0]), [["`type`", "String", '"voronoi"', '"voronoi", "slices"']] as Array[Array], "the first table"
	)
	var native: CutoutBatchNative = CutoutBatchNative.new()
	for section: String in [sections[1], sections[2]]:
		var type: String = section.get_slice('"', 0)
		var rows: Array[Array] = _rows(section)
		var entries: Array = native.get_parameters(type)
		check_equal(rows.size(), entries.size(), "rows of " + type)
		for i: int in mini(rows.size(), entries.size()):
			check_equal(rows[i], _row(entries[i]), "row %d of %s" % [i, type])


func test_every_pattern_has_its_words_and_its_picture() -> void:
	var page: String = _page()
	var shown: PackedStringArray = PackedStringArray()
	for part: String in page.split("](images/").slice(1):
		shown.append(part.get_slice(")", 0))
	for file: String in shown:
		check(FileAccess.file_exists(_project_file("../docs/images/" + file)), file + " is there")
	var native: CutoutBatchNative = CutoutBatchNative.new()
	for type: String in ["voronoi", "slices"]:
		var section: String = page.split('\n## type "%s"' % type)[1].split("\n## ")[0]
		for entry: Dictionary in native.get_parameters(type):
			if not entry["key"] in ["pattern", "mode"]:
				continue
			for word: String in entry["choices"]:
				if type == "slices" and word == "pattern":
					continue # its patterns are listed instead
				check(section.contains("\n### %s\n" % word), "%s %s has a heading" % [type, word])
				check("patterns/%s_%s.png" % [type, word] in shown, "%s %s has a picture" % [type, word])


func _row(entry: Dictionary) -> Array:
	var type: int = entry["type"]
	var type_name: String = type_string(type) + (" or null" if entry["nullable"] else "")
	return ["`%s`" % entry["key"], type_name, _default(entry), _range(entry)]


func _default(entry: Dictionary) -> String:
	var value: Variant = entry["default"]
	match typeof(value):
		TYPE_NIL:
			return "null"
		TYPE_STRING:
			return '"%s"' % value
		TYPE_FLOAT:
			return String.num(value, 6) if value != floorf(value) else "%.1f" % value
		TYPE_VECTOR2:
			return "(%d, %d)" % [value.x, value.y]
		TYPE_PACKED_VECTOR2_ARRAY:
			return "empty" if (value as PackedVector2Array).is_empty() else str(value)
	return str(value)


func _range(entry: Dictionary) -> String:
	match int(entry["type"]):
		TYPE_BOOL:
			return "true, false"
		TYPE_STRING:
			var words: PackedStringArray = PackedStringArray()
			for word: String in entry["choices"]:
				words.append('"%s"' % word)
			return ", ".join(words)
		TYPE_VECTOR2:
			return "within " + _number(entry["maximum"])
		TYPE_PACKED_VECTOR2_ARRAY:
			return "%s to %s points" % [_number(entry["minimum"]), _number(entry["maximum"])]
	if entry["key"] == "seed":
		return "any 64-bit integer"
	if is_inf(entry["maximum"]):
		return _number(entry["minimum"]) + " and up"
	return "%s to %s" % [_number(entry["minimum"]), _number(entry["maximum"])]


func _number(value: float) -> String:
	return "1e9" if value == 1.0e9 else "%d" % value


# The first four columns of every row of the tables in a section.
func _rows(section: String) -> Array[Array]:
	var rows: Array[Array] = []
	for line: String in section.split("\n"):
		if not line.begins_with("| `"):
			continue
		var cells: PackedStringArray = line.trim_prefix("|").trim_suffix("|").split("|")
		check_equal(cells.size(), 5, "columns of " + line)
		var row: Array = []
		for cell: String in cells.slice(0, 4):
			row.append(cell.strip_edges())
		check(not cells[cells.size() - 1].strip_edges().is_empty(), "a meaning in " + line)
		rows.append(row)
	return rows


func _page() -> String:
	var page: String = FileAccess.get_file_as_string(_project_file(PAGE))
	check(not page.is_empty(), PAGE + " is there")
	return page


func _project_file(path: String) -> String:
	return ProjectSettings.globalize_path("res://").path_join(path)
