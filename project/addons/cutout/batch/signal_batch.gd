extends "res://addons/cutout/batch/job_sink.gd"
## The jobs of one [code]submit_batch[/code], whose results are collected in input order. Internal.

const Dispatcher := preload("res://addons/cutout/batch/dispatcher.gd")
const JobOutput := preload("res://addons/cutout/batch/job_output.gd")

var batch_id: int
var job_ids: PackedInt64Array

var _dispatcher: Dispatcher
var _completed: Signal
var _output: int
var _results: Array = []
var _indices: Dictionary[int, int] = {}
var _left: int
var _fragment_count: int = 0


func _init(
	dispatcher: Dispatcher, completed: Signal, id: int, jobs: PackedInt64Array, output: int
) -> void:
	_dispatcher = dispatcher
	_completed = completed
	_output = output
	batch_id = id
	job_ids = jobs
	_left = jobs.size()
	_signals_jobs = true
	_results.resize(_left)
	for i: int in _left:
		_indices[jobs[i]] = i


func _accept(
	job_id: int, _status: int, _message: String, fragments: Array[PackedVector2Array], flat: RefCounted
) -> void:
	if _output & JobOutput.ARRAYS != 0:
		_results[_indices[job_id]] = fragments
	else:
		_results[_indices[job_id]] = flat
	_fragment_count += fragments.size() if flat == null else (flat as CutoutFragments).get_count()
	_left -= 1
	if _left == 0:
		_dispatcher.conclude(self)


func _conclude() -> void:
	_completed.emit(batch_id, _results)


func _get_fragment_count() -> int:
	return _fragment_count
