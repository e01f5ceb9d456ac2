extends RefCounted
## What changes around the storm: workers, limits, frame rate, pause, time scale, low-processor mode.

const Settings := preload("res://addons/cutout/settings/cutout_settings.gd")

const FRAME_RATES: PackedInt32Array = [0, 0, 0, 0, 30, 60, 144, 1000]
const TIME_SCALES: PackedFloat64Array = [1.0, 1.0, 0.0, 0.1, 10.0]
const LIMITS: PackedInt32Array = [100, 1000, 65536, 65536]
const DEFAULT_JOBS: int = 65536
const DEFAULT_MEGABYTES: int = 256

var rng: RandomNumberGenerator

var _tree: SceneTree


func _init(random: RandomNumberGenerator, tree: SceneTree) -> void:
	rng = random
	_tree = tree


## Now and then, one thing changes.
func change() -> void:
	if rng.randi_range(0, 9) != 0:
		return
	match rng.randi_range(0, 7):
		0:
			CutoutBatch.set_workers(rng.randi_range(0, 6), rng.randi_range(0, 1) == 0)
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
			ProjectSettings.set_setting(Settings.WORKERS, rng.randi_range(0, 4))
		7:
			if CutoutBatch.has_method(&"set_preset"):
				CutoutBatch.call(&"set_preset", rng.randi_range(0, 2))


## Back to a fair day; the tree may stay paused, since deliveries go on.
func clear_up() -> void:
	Engine.max_fps = 0
	OS.low_processor_usage_mode = false
	CutoutBatch.set_limits(DEFAULT_JOBS, DEFAULT_MEGABYTES)
