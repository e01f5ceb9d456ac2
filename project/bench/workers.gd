## Measures what busy workers cost the game's frame rate: the intervals between frames with every core's worker
## cutting, at the system's normal thread priority and at the lowered one, against idle frames of the same run.
##
## Phases alternate (idle, lowered, normal, idle, ...) so that a drifting machine touches all of them alike.
## Run it through `make bench-workers`; user arguments: `--csv=<file>`, `--rounds=<n>`.
extends Node

## Frames measured in each phase.
const FRAMES_PER_PHASE: int = 300
## Frames dropped at the start of each phase, while workers start and the queue fills.
const WARM_UP_FRAMES: int = 30
## Jobs kept waiting while a phase wants busy workers.
const STOCK: int = 64
## The rate that the engine is paced to, in frames a second.
const FRAME_RATE: int = 60

enum Phase { IDLE, LOWERED, NORMAL }
const PHASE_NAMES: PackedStringArray = ["idle", "lowered", "normal"]

var _queue: CutoutJobQueue = CutoutJobQueue.new()
var _intervals: Array[PackedFloat64Array] = [PackedFloat64Array(), PackedFloat64Array(), PackedFloat64Array()]
var _jobs_done: PackedInt64Array = [0, 0, 0]
var _phase: Phase = Phase.IDLE
var _rounds: int = 4
var _csv: String = ""
var _stocked: bool = false
var _polygon: PackedVector2Array = PackedVector2Array()
var _params: Dictionary = {"type": "voronoi", "fragment_count": 200, "edge_padding": 0.0}


func _ready() -> void:
	for argument: String in OS.get_cmdline_user_args():
		if argument.begins_with("--csv="):
			_csv = argument.trim_prefix("--csv=")
		elif argument.begins_with("--rounds="):
			_rounds = maxi(1, argument.trim_prefix("--rounds=").to_int())
	Engine.max_fps = FRAME_RATE
	for i: int in 64:
		var radius: float = 100.0 if i % 2 == 0 else 80.0
		_polygon.append(Vector2.from_angle(TAU * i / 64.0) * radius)
	for round_index: int in _rounds:
		for phase: Phase in [Phase.IDLE, Phase.LOWERED, Phase.NORMAL]:
			await _measure(phase)
	_report()
	_queue.stop()
	get_tree().quit()


func _measure(phase: Phase) -> void:
	_phase = phase
	_stocked = phase != Phase.IDLE
	if _stocked:
		_queue.configure(OS.get_processor_count(), phase == Phase.LOWERED)
	for frame: int in WARM_UP_FRAMES:
		await get_tree().process_frame
		_keep_busy()
	var last: int = Time.get_ticks_usec()
	for frame: int in FRAMES_PER_PHASE:
		await get_tree().process_frame
		var now: int = Time.get_ticks_usec()
		_intervals[phase].append((now - last) / 1000.0)
		last = now
		_jobs_done[phase] += _keep_busy()
	_stocked = false
	_queue.cancel_all()
	while _queue.get_queued_count() + _queue.get_running_count() + _queue.get_finished_count() > 0:
		_keep_busy()
		await get_tree().process_frame


## Takes what is finished and, in a busy phase, fills the queue up again. Returns the number of jobs that ended well.
func _keep_busy() -> int:
	var done: int = 0
	while _queue.take():
		if _queue.get_status() == CutoutJobQueue.STATUS_OK:
			done += 1
	if _stocked:
		while _queue.get_queued_count() < STOCK:
			if _queue.submit(_polygon, _params) < 0:
				push_error("The queue refused a job: " + _queue.get_last_error())
				break
	return done


func _report() -> void:
	var lines: PackedStringArray = ["workers_priority,frames,jobs,p50_ms,p95_ms,p99_ms,max_ms"]
	print("%-10s %7s %8s %8s %8s %8s %8s" % ["priority", "frames", "jobs", "p50 ms", "p95 ms", "p99 ms", "max ms"])
	for phase: Phase in [Phase.IDLE, Phase.LOWERED, Phase.NORMAL]:
		var sorted: PackedFloat64Array = _intervals[phase].duplicate()
		sorted.sort()
		var row: Array = [
			PHASE_NAMES[phase], sorted.size(), _jobs_done[phase],
			_quantile(sorted, 0.5), _quantile(sorted, 0.95), _quantile(sorted, 0.99), sorted[-1],
		]
		print("%-10s %7d %8d %8.2f %8.2f %8.2f %8.2f" % row)
		lines.append("%s,%d,%d,%.3f,%.3f,%.3f,%.3f" % row)
	if not _csv.is_empty():
		var file: FileAccess = FileAccess.open(_csv, FileAccess.WRITE)
		if file == null:
			push_error("Cannot write %s: %s" % [_csv, error_string(FileAccess.get_open_error())])
		else:
			file.store_string("\n".join(lines) + "\n")
	print("CUTOUT-BENCH done")


static func _quantile(sorted: PackedFloat64Array, q: float) -> float:
	return sorted[mini(sorted.size() - 1, floori(q * sorted.size()))]
