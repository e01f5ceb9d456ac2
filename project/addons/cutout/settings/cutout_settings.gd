extends Object
## The project settings of the addon, each named once. Registered by the autoload, so that they work without the
## editor plugin, and by the plugin, so that they show in the editor.

## Worker threads; 0 = one fewer than the cores, at least one.
const WORKERS: String = "cutout/batch/workers"
## Whether the workers run at a lowered priority of the operating system, so that the game's own threads go first.
const LOWERED_PRIORITY: String = "cutout/batch/lowered_priority"
## Who runs the jobs: CutoutBatch.Backend.
const BACKEND: String = "cutout/batch/backend"
## How much of the machine the addon takes: CutoutBatch.Preset.
const PRESET: String = "cutout/batch/preset"
## What becomes of a submission that finds the queue full: CutoutBatch.WhenFull.
const WHEN_FULL: String = "cutout/batch/when_full"
## Whether results come in the order of submission, for each priority.
const STRICT_FIFO: String = "cutout/batch/strict_fifo"
## A job that has been running for so long is reported by the signal job_slow. Milliseconds.
const SLOW_JOB_MSEC: String = "cutout/batch/slow_job_msec"
## Jobs that may be in the queue: submitted and not delivered. More are refused.
const MAX_JOBS: String = "cutout/batch/max_jobs"
## Memory that those jobs may hold, roughly. More are refused.
const MAX_MEGABYTES: String = "cutout/batch/max_megabytes"

## The most that MAX_MEGABYTES may be: a terabyte.
const MOST_MEGABYTES: int = 1_048_576


## Makes every setting known, with its default and range.
static func register() -> void:
	_register(WORKERS, 0, TYPE_INT, "0,256,1")
	_register(LOWERED_PRIORITY, true, TYPE_BOOL, "")
	_register(BACKEND, 0, TYPE_INT, "Own Threads,Engine Pool,Main Thread", PROPERTY_HINT_ENUM)
	_register(PRESET, 0, TYPE_INT, "Smooth,Fast,Background", PROPERTY_HINT_ENUM)
	_register(WHEN_FULL, 0, TYPE_INT, "Reject,Drop Oldest", PROPERTY_HINT_ENUM)
	_register(STRICT_FIFO, false, TYPE_BOOL, "")
	_register(SLOW_JOB_MSEC, 100, TYPE_INT, "1,60000,1,or_greater,suffix:ms")
	_register(MAX_JOBS, 65536, TYPE_INT, "1,1048576,1,or_greater")
	_register(MAX_MEGABYTES, 256, TYPE_INT, "1,4096,1,or_greater,suffix:MiB")


static func get_workers() -> int:
	return clampi(ProjectSettings.get_setting_with_override(WORKERS), 0, 256)


static func get_lowered_priority() -> bool:
	return ProjectSettings.get_setting_with_override(LOWERED_PRIORITY)


static func get_backend() -> int:
	return clampi(ProjectSettings.get_setting_with_override(BACKEND), 0, 2)


static func get_preset() -> int:
	return clampi(ProjectSettings.get_setting_with_override(PRESET), 0, 2)


static func get_when_full() -> int:
	return clampi(ProjectSettings.get_setting_with_override(WHEN_FULL), 0, 1)


static func get_strict_fifo() -> bool:
	return ProjectSettings.get_setting_with_override(STRICT_FIFO)


static func get_slow_job_msec() -> int:
	return maxi(1, ProjectSettings.get_setting_with_override(SLOW_JOB_MSEC))


static func get_max_jobs() -> int:
	return maxi(1, ProjectSettings.get_setting_with_override(MAX_JOBS))


static func get_max_megabytes() -> int:
	return clampi(ProjectSettings.get_setting_with_override(MAX_MEGABYTES), 1, MOST_MEGABYTES)


static func _register(
	key: String,
	default: Variant,
	type: int,
	hint: String,
	hint_kind: PropertyHint = PROPERTY_HINT_RANGE
) -> void:
	if not ProjectSettings.has_setting(key):
		ProjectSettings.set_setting(key, default)
	ProjectSettings.set_initial_value(key, default)
	ProjectSettings.set_as_basic(key, true)
	ProjectSettings.add_property_info(
		{
			"name": key,
			"type": type,
			"hint": hint_kind if hint != "" else PROPERTY_HINT_NONE,
			"hint_string": hint,
		}
	)
