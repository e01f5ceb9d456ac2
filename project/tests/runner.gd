extends Node
## Runs the suites of [code]suites.gd[/code] and ends the engine.
##
## [codeblock]
## godot --headless --path project res://tests/runner.tscn [-- --suite=test_name] [-- --scripts]
## [/codeblock]
## With [code]--scripts[/code] it loads every script and scene of the project instead, each being one test.
## The output ends with one line [code]CUTOUT-TESTS passed=N failed=N done[/code]; when that line is missing,
## the run has failed whatever the exit code says.

const Suites: GDScript = preload("res://tests/suites.gd")

## Frames a test may go on after a script error: the function that failed will never return.
const FRAMES_AFTER_SCRIPT_ERROR: int = 30

var _errors: CutoutTestErrorLog = CutoutTestErrorLog.new()
var _passed: int = 0
var _failed: int = 0
var _finished: bool = false # the running test has returned
var _quitting: bool = false
var _watchdog: Thread = Thread.new()
var _watch_mutex: Mutex = Mutex.new()
var _watch_name: String = ""
var _watch_end_msec: int = 0 # 0: nothing to watch
var _watch_stop: bool = false


func _ready() -> void:
	OS.add_logger(_errors)
	_watchdog.start(_watch)
	print("CUTOUT-TESTS begin")
	_run.call_deferred()


# When something other than the runner ends the run: say so, and stop what would crash the engine's exit.
func _exit_tree() -> void:
	if not _quitting:
		_report(_watch_name, PackedStringArray(["the run was ended while this test ran"]))
		_stop_watching()


func _run() -> void:
	var only: String = ""
	var scripts: bool = false
	for argument: String in OS.get_cmdline_user_args():
		if argument.begins_with("--suite="):
			only = argument.trim_prefix("--suite=").trim_suffix(".gd")
		elif argument == "--scripts":
			scripts = true
		else:
			_report("runner.arguments", PackedStringArray(["unknown argument " + argument]))
	if scripts:
		_load_everything("res://")
	else:
		await _run_suites(only)
	_report_stray_errors()
	if _passed + _failed == 0:
		_report("runner", PackedStringArray(["no test ran"]))
	_quit()


func _run_suites(only: String) -> void:
	var suites: Array[String] = Suites.SUITES
	for path: String in suites:
		var suite_name: String = path.get_file().get_basename()
		if only != "" and only != suite_name:
			continue
		var script: GDScript = load(path) as GDScript
		var wrong: PackedStringArray = _errors.take()
		if script == null or not script.can_instantiate():
			wrong.append("%s does not load" % path)
		elif not _is_suite(script):
			wrong.append("%s does not extend CutoutTestSuite" % path)
		elif _tests_of(script).is_empty():
			wrong.append("%s has no test" % path)
		if not wrong.is_empty():
			_report(suite_name, wrong)
			continue
		for method: String in _tests_of(script):
			await _run_test(script, suite_name, method)


func _run_test(script: GDScript, suite_name: String, method: String) -> void:
	_report_stray_errors()
	var test_name: String = "%s.%s" % [suite_name, method]
	var suite: CutoutTestSuite = script.new()
	suite.name = suite_name
	add_child(suite)
	var wrong: PackedStringArray = PackedStringArray()
	_set_watch(test_name, suite.time_limit + 30.0)
	var began: int = Time.get_ticks_msec()
	for part: String in ["before_each", method, "after_each"]:
		_finished = false
		_call_part(suite, part)
		var frames_since_error: int = 0
		while not _finished:
			await get_tree().process_frame
			if _errors.has_script_error():
				frames_since_error += 1
			if frames_since_error > FRAMES_AFTER_SCRIPT_ERROR:
				wrong.append("%s was broken off by a script error" % part)
				break
			if Time.get_ticks_msec() - began > suite.time_limit * 1000.0:
				wrong.append("%s did not end within %d s" % [part, int(suite.time_limit)])
				break
	var took: float = (Time.get_ticks_msec() - began) / 1000.0
	# What the test freed or printed with a delay still counts as its own.
	await get_tree().process_frame
	wrong.append_array(suite.verdict(_errors.take()))
	suite.queue_free()
	await get_tree().process_frame
	_set_watch("", 0.0)
	_report(test_name, wrong, took)


# The call is of its own so that the runner goes on when it never returns.
func _call_part(suite: CutoutTestSuite, part: String) -> void:
	await suite.call(part)
	_finished = true


func _load_everything(folder: String) -> void:
	# The files themselves, not ResourceLoader.list_directory, which still names what was deleted.
	for sub_folder: String in DirAccess.get_directories_at(folder):
		if FileAccess.file_exists(folder.path_join(sub_folder).path_join(".gdignore")):
			continue
		_load_everything(folder.path_join(sub_folder))
	for file: String in DirAccess.get_files_at(folder):
		var path: String = folder.path_join(file)
		if not file.get_extension() in ["gd", "tscn", "tres"]:
			continue
		_set_watch(path, 60.0)
		var resource: Resource = ResourceLoader.load(path)
		var wrong: PackedStringArray = PackedStringArray()
		if resource == null:
			wrong.append("it does not load")
		elif resource is GDScript:
			var script: GDScript = resource
			# A script that parses is valid; an abstract one cannot be instantiated and is valid too.
			if not script.can_instantiate() and not script.is_abstract():
				wrong.append("it does not compile")
		elif resource is PackedScene:
			var scene: PackedScene = resource
			if not scene.can_instantiate():
				wrong.append("it is an empty scene")
		wrong.append_array(_errors.take())
		_report(path, wrong)
	_set_watch("", 0.0)


func _is_suite(script: GDScript) -> bool:
	var base: Script = script.get_base_script()
	while base != null:
		if base.get_global_name() == &"CutoutTestSuite":
			return true
		base = base.get_base_script()
	return false


func _tests_of(script: GDScript) -> PackedStringArray:
	var names: PackedStringArray = PackedStringArray()
	for method: Dictionary in script.get_script_method_list():
		var method_name: String = method["name"]
		if method_name.begins_with("test_") and not names.has(method_name):
			names.append(method_name)
	return names


func _report(test_name: String, wrong: PackedStringArray, took: float = -1.0) -> void:
	if wrong.is_empty():
		_passed += 1
		print("PASS %s%s" % [test_name, " (%.2f s)" % took if took >= 0.0 else ""])
		return
	_failed += 1
	for why: String in wrong:
		print("FAIL %s: %s" % [test_name, why.replace("\n", " | ")])


# Errors that belong to no test: before the first, between two, or after the last.
func _report_stray_errors() -> void:
	var errors: PackedStringArray = _errors.take()
	if not errors.is_empty():
		_report("runner.errors_outside_tests", errors)


func _quit() -> void:
	_quitting = true
	_stop_watching()
	print("CUTOUT-TESTS passed=%d failed=%d done" % [_passed, _failed])
	get_tree().quit(0 if _failed == 0 else 1)


func _stop_watching() -> void:
	_watch_mutex.lock()
	_watch_stop = true
	_watch_mutex.unlock()
	_watchdog.wait_to_finish()
	OS.remove_logger(_errors)


func _set_watch(what: String, seconds: float) -> void:
	_watch_mutex.lock()
	_watch_name = what
	_watch_end_msec = 0 if seconds <= 0.0 else Time.get_ticks_msec() + int(seconds * 1000.0)
	_watch_mutex.unlock()


# A thread of its own: ends the engine when the main thread hangs, which no frame can notice.
func _watch() -> void:
	while true:
		OS.delay_msec(50)
		_watch_mutex.lock()
		var stop: bool = _watch_stop
		var end: int = _watch_end_msec
		var what: String = _watch_name
		_watch_mutex.unlock()
		if stop:
			return
		if end > 0 and Time.get_ticks_msec() > end:
			print("FAIL %s: the main thread hangs; the run is ended here" % what)
			OS.kill(OS.get_process_id())
