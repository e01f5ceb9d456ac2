extends Node
## Measures the intervals between frames while polygons are fractured, against idle frames of the same run.
##
## One scenario a process. Run it through `make bench-frames`; user arguments: `--scenario=<name>`,
## `--csv=<file>` for the row of figures, `--frames=<file>` for a line each frame, `--seconds=<n>` for the scenarios
## that have a length.

const Machine := preload("res://bench/frames/machine.gd")
const Record := preload("res://bench/frames/record.gd")
const Scenario := preload("res://bench/frames/scenario.gd")
const Scenarios := preload("res://bench/frames/scenarios.gd")

const HEADER: String = (
	"scenario,jobs,fragments,p50_ms,p95_ms,p99_ms,max_ms,idle_p99_ms,ratio_p99,jobs_per_s,"
	+ "latency_frames_p50,latency_frames_p99,peak_mib"
)
## The rate that the engine is paced to, in frames a second.
const FRAME_RATE: int = 60
## Frames before the first round, while the engine settles, and between two rounds, while the limiter does.
const WARM_UP_FRAMES: int = 60
const REST_FRAMES: int = 8
## A round that is not over after so many frames has lost a job.
const MOST_FRAMES: int = 30_000

## Emitted in each process step, after the game's own work.
signal stepped

var _scenario: Scenario
var _record: Record = Record.new()
var _csv: String = ""
var _frames_file: String = ""
var _resident_kib: int = 0


func _ready() -> void:
	Engine.max_fps = FRAME_RATE
	var fault: String = _read_arguments()
	if not fault.is_empty():
		push_error("bench-frames: " + fault)
		get_tree().quit(1)
		return
	_scenario.record = _record
	_scenario.prepare()
	_scenario.listen()
	add_child(_record)
	await _pass_frames(WARM_UP_FRAMES, Record.Part.REST)
	Machine.reset_peak()
	_resident_kib = Machine.get_resident_kib()
	for k: int in _scenario.rounds:
		await _pass_frames(_scenario.idle_frames, Record.Part.IDLE)
		await _measure_round()
		await _pass_frames(REST_FRAMES, Record.Part.REST)
	get_tree().quit(0 if _report() else 1)


func _process(_delta: float) -> void:
	if _scenario != null:
		_scenario.begin_frame()
		stepped.emit()


func _read_arguments() -> String:
	var seconds: float = 0.0
	for argument: String in OS.get_cmdline_user_args():
		var value: String = argument.get_slice("=", 1)
		match argument.get_slice("=", 0):
			"--scenario":
				_scenario = Scenarios.make(value)
			"--csv":
				_csv = value
			"--frames":
				_frames_file = value
			"--seconds":
				seconds = value.to_float()
			_:
				return "unknown argument " + argument
	if _scenario == null:
		return "--scenario=NAME is needed, one of " + ", ".join(Scenarios.get_names())
	if seconds > 0.0 and _scenario.seconds > 0.0:
		_scenario.seconds = seconds
	return ""


func _pass_frames(count: int, part: Record.Part) -> void:
	for _i: int in count:
		await stepped
		_record.part = part


func _measure_round() -> void:
	var is_submitting: bool = true
	var tail: int = Scenario.TAIL_FRAMES
	for n: int in MOST_FRAMES:
		await stepped
		_record.part = Record.Part.BUSY
		if is_submitting:
			is_submitting = _scenario.submit_in(n)
		elif _scenario.is_all_back():
			tail -= 1
			if tail == 0:
				return
	push_error("bench-frames: %d of %d jobs have not come back" % [
		_scenario.submitted - _scenario.delivered, _scenario.submitted
	])


# False: jobs were lost, or the results cannot be written.
func _report() -> bool:
	var idle: PackedInt64Array = _record.get_sorted(Record.Part.IDLE)
	var busy: PackedInt64Array = _record.get_sorted(Record.Part.BUSY)
	var busy_usec: int = _record.sum(_record.intervals, Record.Part.BUSY)
	var jobs: int = _scenario.delivered
	var idle_p99: float = Record.quantile(idle, 0.99) / 1000.0
	var p99: float = Record.quantile(busy, 0.99) / 1000.0
	var peak: float = (Machine.get_peak_kib() - _resident_kib) / 1024.0
	var row: String = "%s,%d,%d,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.0f,%d,%d,%.1f" % [
		_scenario.title, jobs, _scenario.fragments, Record.quantile(busy, 0.5) / 1000.0,
		Record.quantile(busy, 0.95) / 1000.0, p99, busy[-1] / 1000.0, idle_p99, p99 / idle_p99,
		jobs * 1_000_000.0 / busy_usec, _get_latency(0.5), _get_latency(0.99), peak,
	]
	print(row)
	print(
		"# %s: %d measured and %d idle frames; on the main thread a job takes %.2f us to submit and %.2f us to deliver,"
		% [
			_scenario.title, busy.size(), idle.size(),
			float(_record.sum(_record.submit_usecs, Record.Part.BUSY)) / maxi(1, jobs),
			float(_record.sum(_record.deliver_usecs, Record.Part.BUSY)) / maxi(1, jobs),
		]
		+ " on a worker %.1f us" % (float(CutoutBatch.get_stats()["cut_usec_total"]) / maxi(1, jobs))
	)
	for remark: String in _scenario.get_remarks():
		print("# %s: %s" % [_scenario.title, remark])
	var is_good: bool = _scenario.is_all_back() and _scenario.lost == 0
	if not _csv.is_empty():
		var file: FileAccess = _open(_csv)
		is_good = is_good and file != null
		if file != null:
			file.store_line(HEADER)
			file.store_line(row)
	if not _frames_file.is_empty():
		var file: FileAccess = _open(_frames_file)
		is_good = is_good and file != null
		if file != null:
			_record.write_to(file, _scenario.title)
	print("CUTOUT-BENCH %s" % ("done" if is_good else "failed"))
	return is_good


func _open(path: String) -> FileAccess:
	var file: FileAccess = FileAccess.open(path, FileAccess.WRITE)
	if file == null:
		push_error("bench-frames: cannot write %s: %s" % [path, error_string(FileAccess.get_open_error())])
	return file


# The latency, in frames, that this share of the jobs do not exceed.
func _get_latency(share: float) -> int:
	var left: int = ceili(share * _scenario.delivered)
	for latency: int in _scenario.latencies.size():
		left -= _scenario.latencies[latency]
		if left <= 0:
			return latency
	return _scenario.latencies.size()
