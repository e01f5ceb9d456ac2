extends "res://addons/cutout/batch/job_sink.gd"
## The jobs of one [code]submit_batch[/code], whose results are collected in input order. Internal.

const Dispatcher := preload("res://addons/cutout/batch/dispatcher.gd")
const JobOutput := preload("res://addons/cutout/batch/job_output.gd")

var batch_id: int
var job_ids: PackedInt64Array

var _dispatcher: Dispatcher
var _completed: Signal
var _output: int
var _results: Array
var _left: int
var _fragment_count: int = 0


func _init(
	dispatcher: Dispatcher,
	completed: Signal,
	id: int,
	jobs: PackedInt64Array,
	output: int,
	results: Array
) -> void:
	_dispatcher = dispatcher
	_completed = completed
	_output = output
	batch_id = id
	job_ids = jobs
	_left = jobs.size()
	_signals_jobs = true
	_results = results


func _accept(
	job_id: int, _status: int, _message: String, fragments: Array[PackedVector2Array], flat: RefCounted
) -> void:
	var place: int = job_id - job_ids[0] # ids of one submission follow one another
	if _output & JobOutput.ARRAYS != 0:
		_results[place] = fragments
	else:
		_results[place] = flat
	note(1, fragments.size() if flat == null else (flat as CutoutFragments).get_count())


## So many of its jobs, with so many fragments together, are delivered and their results are in their places.
func note(jobs: int, fragments: int) -> void:
	_fragment_count += fragments
	_left -= jobs
	if _left == 0:
		_dispatcher.conclude(self)


func _conclude() -> void:
	_completed.emit(batch_id, _results)


func _get_fragment_count() -> int:
	return _fragment_count
