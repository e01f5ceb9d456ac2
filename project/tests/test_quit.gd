extends CutoutTestSuite
## What can only be seen from outside: a second engine that quits with jobs in flight, and one without the library.

const NO_LIBRARY_FOLDER: String = "user://cutout_without_library"
## What an engine prints when something is wrong at its end.
const TROUBLE: PackedStringArray = ["SCRIPT ERROR", "leaked", "Leaked", "still in use", "Resumed function"]


func before_each() -> void:
	time_limit = 120.0


# Runs a scene in a second engine and returns what it prints; "" when it crashes or does not end well.
func _run_engine(folder: String, scene: String) -> String:
	var output: Array = []
	var code: int = OS.execute(
		OS.get_executable_path(), ["--headless", "--verbose", "--path", folder, scene], output, true
	)
	check_equal(code, 0, "exit code")
	return output[0]


func _check_no_trouble(text: String) -> void:
	for line: String in text.split("\n"):
		for sign_of_trouble: String in TROUBLE:
			check(not line.contains(sign_of_trouble), line)


func test_quitting_with_jobs_in_flight() -> void:
	var began: int = Time.get_ticks_msec()
	var text: String = _run_engine(ProjectSettings.globalize_path("res://"), "res://tests/quit_in_flight.tscn")
	check(text.contains("CUTOUT-QUIT submitted=3551\n"), "it came to its end")
	check(not text.contains("ERROR:"), "no error")
	_check_no_trouble(text)
	# Cutting all of it would take minutes.
	check(Time.get_ticks_msec() - began < 30_000, "promptly")


func test_a_thousand_blasts() -> void:
	var text: String = _run_engine(
		ProjectSettings.globalize_path("res://"), "res://tests/debris_blasts.tscn"
	)
	check(text.contains("CUTOUT-BLASTS blasts=1000 "), "it came to its end")
	check(not text.contains("ERROR:"), "no error")
	_check_no_trouble(text)
	var grown: int = text.get_slice(" grown=", 1).to_int()
	check(grown < 1_000_000, "memory is flat over the second half: %d bytes more" % grown)
	var objects: int = text.get_slice(" objects=", 1).to_int()
	check(objects < 200, "and so are objects: %d more" % objects)


func test_without_the_library_it_says_what_to_do() -> void:
	var folder: String = ProjectSettings.globalize_path(NO_LIBRARY_FOLDER)
	_remove(folder)
	_copy("res://addons/cutout", folder.path_join("addons/cutout"))
	for file: String in ["no_library.gd", "no_library.tscn"]:
		_copy_file("res://tests/" + file, folder.path_join("tests/" + file))
	_copy_file(
		"res://.godot/global_script_class_cache.cfg", folder.path_join(".godot/global_script_class_cache.cfg")
	)
	_copy_file("res://project.godot", folder.path_join("project.godot"))
	var text: String = _run_engine(folder, "res://tests/no_library.tscn")
	check(text.contains("CUTOUT-NO-LIBRARY done\n"), "it came to its end")
	check_equal(text.count("ERROR: Cutout: the native library is not loaded"), 1, "it is said once")
	check_equal(text.count("ERROR: Cutout: CutoutDebris2D needs the native library"), 1, "so is this")
	check(not text.contains("WRONG"), text)
	_check_no_trouble(text)
	_remove(folder)


# A folder with what is in it, without libraries and what names them.
func _copy(from: String, to: String) -> void:
	for file: String in DirAccess.get_files_at(from):
		if not file.get_extension() in ["gdextension", "so", "dll", "dylib"]:
			_copy_file(from.path_join(file), to.path_join(file))
	for child: String in DirAccess.get_directories_at(from):
		_copy(from.path_join(child), to.path_join(child))


func _copy_file(from: String, to: String) -> void:
	check_equal(DirAccess.make_dir_recursive_absolute(to.get_base_dir()), OK, "a folder is made")
	check_equal(DirAccess.copy_absolute(ProjectSettings.globalize_path(from), to), OK, from)


func _remove(folder: String) -> void:
	if not DirAccess.dir_exists_absolute(folder):
		return
	var access: DirAccess = DirAccess.open(folder)
	access.include_hidden = true
	for file: String in access.get_files():
		access.remove(file)
	for child: String in access.get_directories():
		_remove(folder.path_join(child))
	DirAccess.remove_absolute(folder)
