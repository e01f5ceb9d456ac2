extends CutoutProcessorCase
## The project settings, and what applies them.

const Settings := preload("res://addons/cutout/settings/cutout_settings.gd")

const DEFAULTS: Dictionary[String, Variant] = {
	Settings.WORKERS: 0,
	Settings.LOWERED_PRIORITY: true,
	Settings.MAX_JOBS: 65536,
	Settings.MAX_MEGABYTES: 256,
	Settings.BACKEND: 0,
	Settings.PRESET: 0,
	Settings.WHEN_FULL: 0,
	Settings.STRICT_FIFO: false,
	Settings.SLOW_JOB_MSEC: 100,
}


func after_each() -> void:
	for key: String in DEFAULTS:
		ProjectSettings.set_setting(key, DEFAULTS[key])
	await super()


func test_they_are_known_with_their_defaults() -> void:
	for key: String in DEFAULTS:
		check(ProjectSettings.has_setting(key), key + " is known")
		check_equal(ProjectSettings.get_setting(key), DEFAULTS[key], key)
	var described: Dictionary[String, Dictionary] = {}
	for property: Dictionary in ProjectSettings.get_property_list():
		described[property["name"]] = property
	for key: String in DEFAULTS:
		check(described.has(key), key + " is listed")
	check_equal(described[Settings.WORKERS]["hint_string"], "0,256,1", "range of the workers")


func test_a_new_processor_takes_them() -> void:
	ProjectSettings.set_setting(Settings.WORKERS, 3)
	ProjectSettings.set_setting(Settings.MAX_JOBS, 2)
	var other: Processor = Processor.new()
	add_child(other)
	check_equal(other.get_stats()["workers"], 3, "workers")
	check(other.submit_fracture(square(), {}) > 0, "first")
	check(other.submit_fracture(square(), {}) > 0, "second")
	check_equal(other.submit_fracture(square(), {}), -1, "a third is too many")
	check_equal(other.last_status, JobStatus.QUEUE_FULL, "status")
	other.free()


func test_a_change_is_applied_while_it_runs() -> void:
	ProjectSettings.set_setting(Settings.WORKERS, 2)
	ProjectSettings.set_setting(Settings.MAX_JOBS, 1)
	check(await wait_until(func() -> bool: return cutout.get_stats()["workers"] == 2), "workers")
	check(cutout.submit_fracture(square(), {}) > 0, "first")
	check_equal(cutout.submit_fracture(square(), {}), -1, "a second is too many")
	ProjectSettings.set_setting(Settings.WORKERS, 1)
	check(await wait_until(func() -> bool: return cutout.get_stats()["workers"] == 1), "workers again")
	check(await settled(), "the job ends")
	check_equal(events.size(), 1, "once")


func test_what_a_call_set_stays_until_the_setting_changes() -> void:
	cutout.set_limits(1, 64)
	ProjectSettings.set_setting(Settings.WORKERS, 2)
	check(await wait_until(func() -> bool: return cutout.get_stats()["workers"] == 2), "workers")
	check(cutout.submit_fracture(square(), {}) > 0, "first")
	check_equal(cutout.submit_fracture(square(), {}), -1, "the limit of the call holds")
	check(await settled(), "the job ends")


func test_the_policies_are_taken_from_them() -> void:
	ProjectSettings.set_setting(Settings.STRICT_FIFO, true)
	ProjectSettings.set_setting(Settings.SLOW_JOB_MSEC, 250)
	ProjectSettings.set_setting(Settings.WHEN_FULL, 1)
	ProjectSettings.set_setting(Settings.MAX_JOBS, 1)
	ProjectSettings.set_setting(Settings.BACKEND, 2)
	var other: Processor = Processor.new()
	add_child(other)
	check_equal(other.strict_fifo, true, "strict_fifo")
	check_equal(other.slow_job_msec, 250.0, "slow_job_msec")
	var failed: Array[int] = []
	var completed: Array[int] = []
	other.job_failed.connect(func(id: int, _error: int, _message: String) -> void: failed.append(id))
	other.job_completed.connect(func(id: int, _result: Array) -> void: completed.append(id))
	var first: int = other.submit_fracture(square(), {})
	var second: int = other.submit_fracture(square(), {}) # on the main thread nothing has run yet
	check(second > 0, "it makes room")
	check(await wait_until(func() -> bool: return completed.size() == 1), "it ends")
	check_equal(failed, [first] as Array[int], "the first was dropped")
	check_equal(completed, [second] as Array[int], "the second")
	other.free()


func test_fast_keeps_the_back_end_of_the_project() -> void:
	ProjectSettings.set_setting(Settings.BACKEND, 2)
	ProjectSettings.set_setting(Settings.PRESET, 1)
	var other: Processor = Processor.new()
	add_child(other)
	check_equal(other.get_stats()["workers"], 1, "the main thread, not a thread for each core")
	var completed: Array[int] = []
	other.job_completed.connect(func(id: int, _result: Array) -> void: completed.append(id))
	for i: int in 100:
		other.submit_fracture(square(), {"seed": i})
	check(await wait_until(func() -> bool: return completed.size() == 100), "all end")
	other.free()
