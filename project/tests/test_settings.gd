extends CutoutProcessorCase
## The project settings, and what applies them.

const Settings := preload("res://addons/cutout/settings/cutout_settings.gd")

const DEFAULTS: Dictionary[String, Variant] = {
	Settings.WORKERS: 0,
	Settings.LOWERED_PRIORITY: true,
	Settings.MAX_JOBS: 65536,
	Settings.MAX_MEGABYTES: 256,
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
