extends RefCounted
## What changes around the storm: workers, back-end, preset, limits and what happens at them, frame rate, pause, time
## scale, low-processor mode; by calls and by project settings.

const Ledger := preload("res://tests/soak/ledger.gd")
const Settings := preload("res://addons/cutout/settings/cutout_settings.gd")

const FRAME_RATES: PackedInt32Array = [0, 0, 0, 0, 0, 60, 144, 1000]
const TIME_SCALES: PackedFloat64Array = [1.0, 1.0, 0.0, 0.1, 10.0]
const LIMITS: PackedInt32Array = [100, 1000, 65536, 65536]
## Each setting that is changed, and its values; the first is the default.
const SETTINGS: Dictionary[String, Array] = {
	Settings.WORKERS: [0, 1, 2, 4],
	Settings.LOWERED_PRIORITY: [true, false],
	Settings.BACKEND: [0, 1, 2],
	Settings.PRESET: [0, 1, 2],
	Settings.STRICT_FIFO: [false, true],
	Settings.SLOW_JOB_MSEC: [100, 1, 10],
	Settings.MAX_JOBS: [65536, 100, 1000],
	Settings.MAX_MEGABYTES: [256, 64],
}

var rng: RandomNumberGenerator

var _tree: SceneTree
var _ledger: Ledger


func _init(random: RandomNumberGenerator, tree: SceneTree, ledger: Ledger) -> void:
	rng = random
	_tree = tree
	_ledger = ledger


## Now and then, one thing changes.
func change() -> void:
	if rng.randi_range(0, 9) != 0:
		return
	match rng.randi_range(0, 9):
		0:
			CutoutBatch.set_workers(rng.randi_range(0, 6), rng.randi_range(0, 1) == 0, rng.randi_range(0, 2))
		1:
			CutoutBatch.set_limits(LIMITS[rng.randi_range(0, LIMITS.size() - 1)], rng.randi_range(64, 512))
		2:
			Engine.max_fps = FRAME_RATES[rng.randi_range(0, FRAME_RATES.size() - 1)]
		3:
			_tree.paused = not _tree.paused
		4:
			Engine.time_scale = TIME_SCALES[rng.randi_range(0, TIME_SCALES.size() - 1)]
		5:
			OS.low_processor_usage_mode = rng.randi_range(0, 3) == 0
		6:
			CutoutBatch.set_preset(rng.randi_range(0, 2))
		7:
			CutoutBatch.strict_fifo = rng.randi_range(0, 1) == 0
			CutoutBatch.slow_job_msec = rng.randf_range(1.0, 200.0)
		8:
			_ledger.drops = true
			CutoutBatch.set_when_full(rng.randi_range(0, 1))
		9:
			var key: String = SETTINGS.keys()[rng.randi_range(0, SETTINGS.size() - 1)]
			ProjectSettings.set_setting(key, SETTINGS[key][rng.randi_range(0, SETTINGS[key].size() - 1)])


## Back to a fair day; the tree may stay paused, since deliveries go on.
func clear_up() -> void:
	Engine.max_fps = 0
	OS.low_processor_usage_mode = false
	for key: String in SETTINGS:
		ProjectSettings.set_setting(key, SETTINGS[key][0])
	CutoutBatch.strict_fifo = false
	CutoutBatch.set_limits(SETTINGS[Settings.MAX_JOBS][0], SETTINGS[Settings.MAX_MEGABYTES][0])
	CutoutBatch.set_when_full(CutoutBatch.WhenFull.REJECT)
	CutoutBatch.set_preset(CutoutBatch.Preset.SMOOTH)
