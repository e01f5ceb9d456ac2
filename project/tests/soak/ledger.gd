extends RefCounted
## The books of the soak: what was accepted and has not ended yet, and every broken promise.
##
## A job is opened when it is accepted and closed by the one signal that ends it. What comes for an id that is not open
## came twice, or was never accepted.

## What a job may not do: come to another end than this.
enum Bound {
	NONE = 0,
	CANCELLED = 1, ## Its cancellation was accepted.
	BAD = 2, ## Its polygon or parameters are bad: it cannot be completed.
}
## Faults that are kept as text; all are counted.
const MOST_TEXTS: int = 50
## Places of polygons in a batch or stream: number i lies so far to the right.
const PLACE: float = 1000.0
const PLACES: int = 64

var fault_count: int = 0
var fault_texts: PackedStringArray = PackedStringArray()
## Ids of jobs that are told by signals, and what binds each.
var jobs: Dictionary[int, int] = {}
## Ids of batches of submit_batch -> the ids of their jobs.
var batches: Dictionary[int, PackedInt64Array] = {}
## Batch objects, streams and single objects under way.
var waiters: int = 0
## Rises when everything is forgotten; who began to wait before that must never hear of it again.
var era: int = 0
## Since the last quiet moment a full queue may have dropped waiting jobs: they fail, and with that status alone.
var drops: bool = false
## Ends: completed, failed, cancelled, by signals and in results.
var completed: int = 0
var failed: int = 0
var cancelled: int = 0
var batches_completed: int = 0
var slow: int = 0

var _hears_progress: bool = false
var _progress: Dictionary[int, float] = {} # of open jobs, the last that was told
var _slow: Dictionary[int, bool] = {} # open jobs that were told to be slow
var _batch_of: Dictionary[int, int] = {} # job -> its batch
var _done: Dictionary[int, bool] = {} # jobs of open batches that were completed


func fault(text: String) -> void:
	fault_count += 1
	if fault_texts.size() < MOST_TEXTS:
		fault_texts.append(text)
		print("FAULT ", text)


func listen() -> void:
	CutoutBatch.job_slow.connect(_on_slow)
	CutoutBatch.job_completed.connect(_on_completed)
	CutoutBatch.job_failed.connect(_on_failed)
	CutoutBatch.job_cancelled.connect(_on_cancelled)
	CutoutBatch.batch_completed.connect(_on_batch_completed)


## Whether progress is listened to. Where nobody does, many plain jobs are delivered in one native call. Only when
## nothing is under way.
func listen_to_progress(listens: bool) -> void:
	if listens and not _hears_progress:
		CutoutBatch.job_progress.connect(_on_progress)
	elif not listens and _hears_progress:
		CutoutBatch.job_progress.disconnect(_on_progress)
	_hears_progress = listens


func is_empty() -> bool:
	return jobs.is_empty() and batches.is_empty() and waiters == 0


func open_job(id: int, bound: int = Bound.NONE) -> void:
	if jobs.has(id) or batches.has(id):
		fault("id %d was handed out twice" % id)
	jobs[id] = bound


func open_batch(id: int, ids: PackedInt64Array, bounds: PackedInt32Array) -> void:
	if jobs.has(id) or batches.has(id):
		fault("batch id %d was handed out twice" % id)
	batches[id] = ids
	for i: int in ids.size():
		open_job(ids[i], bounds[i])
		_batch_of[ids[i]] = id


## A cancellation of a job was accepted (or not).
func note_cancel(id: int, accepted: bool) -> void:
	if not accepted:
		if jobs.has(id) and not jobs[id] & Bound.CANCELLED:
			fault("job %d has not ended, but cannot be cancelled" % id)
	elif not jobs.has(id):
		fault("job %d has ended, but its cancellation was accepted" % id)
	elif jobs[id] & Bound.CANCELLED:
		fault("the cancellation of job %d was accepted twice" % id)
	else:
		jobs[id] |= Bound.CANCELLED


func note_cancel_batch(id: int) -> void:
	for job: int in batches.get(id, PackedInt64Array()):
		if jobs.has(job):
			jobs[job] |= Bound.CANCELLED


func note_cancel_all() -> void:
	for id: int in jobs:
		jobs[id] |= Bound.CANCELLED


## Everything under way is gone without a signal, and nothing of it may come.
func forget() -> void:
	era += 1
	jobs.clear()
	batches.clear()
	_batch_of.clear()
	_done.clear()
	_progress.clear()
	_slow.clear()
	waiters = 0


## Whether a job may have failed because a full queue dropped it.
func may_be_dropped(status: int) -> bool:
	return drops and status == CutoutJobQueue.STATUS_QUEUE_FULL


## Whether the pieces lie where polygon number [param place] was put.
func is_in_place(pieces: Array, place: int) -> bool:
	var first: PackedVector2Array = pieces[0]
	return absf(first[0].x - place % PLACES * PLACE) < PLACE * 0.5


## A result of a batch object or stream: counted, and checked for its place if it has pieces.
func check_result(result: CutoutFractureResult, place: int, what: String) -> void:
	if result.is_ok():
		completed += 1
		if result.fragments.is_empty() and result.flat == null:
			fault("%s: result %d is done, and has no pieces" % [what, result.index])
		elif not result.fragments.is_empty() and not is_in_place(result.fragments, place):
			fault("%s: result %d has the pieces of another polygon" % [what, result.index])
	elif result.is_cancelled():
		cancelled += 1
	else:
		failed += 1
	if not result.is_ok() and result.get_fragment_count() > 0:
		fault("%s: result %d has status %d and pieces" % [what, result.index, result.status])


func _on_progress(id: int, value: float) -> void:
	if not jobs.has(id):
		fault("progress of job %d, which is not under way" % id)
	elif value <= _progress.get(id, 0.0) or value > 1.0:
		fault("progress of job %d went from %f to %f" % [id, _progress.get(id, 0.0), value])
	_progress[id] = value


func _on_slow(id: int, milliseconds: float) -> void:
	slow += 1
	if not jobs.has(id) or _slow.has(id) or milliseconds < CutoutBatch.slow_job_msec:
		fault("job %d was told to be slow after %f ms: a second time, too early, or not under way" % [id, milliseconds])
	_slow[id] = true


func _on_completed(id: int, result: Array) -> void:
	completed += 1
	if _hears_progress and _progress.get(id, 0.0) != 1.0:
		fault("job %d was completed at progress %f" % [id, _progress.get(id, 0.0)])
	var bound: int = _close(id, "completed")
	if bound > Bound.NONE:
		fault("job %d was completed, but it is %s" % [id, _describe(bound)])
	if result.is_empty():
		fault("job %d was completed without a piece" % id)
	if _batch_of.has(id):
		_done[id] = true


func _on_failed(id: int, status: int, message: String) -> void:
	failed += 1
	var bound: int = _close(id, "failed")
	if bound >= 0 and bound != Bound.BAD and not (bound == Bound.NONE and may_be_dropped(status)):
		fault("job %d failed with status %d, %s; it is %s" % [id, status, message, _describe(bound)])
	if message.is_empty():
		fault("job %d failed without a message" % id)


func _on_cancelled(id: int) -> void:
	cancelled += 1
	var bound: int = _close(id, "cancelled")
	if bound >= 0 and not bound & Bound.CANCELLED:
		fault("job %d was cancelled, and nobody asked for it" % id)


func _on_batch_completed(id: int, results: Array) -> void:
	batches_completed += 1
	if not batches.has(id):
		fault("batch %d was completed, but is not under way" % id)
		return
	var ids: PackedInt64Array = batches[id]
	batches.erase(id)
	if results.size() != ids.size():
		fault("batch %d of %d has %d results" % [id, ids.size(), results.size()])
		return
	for i: int in ids.size():
		if jobs.has(ids[i]):
			fault("batch %d was completed before its job %d ended" % [id, ids[i]])
		var is_done: bool = _done.erase(ids[i])
		var pieces: Array = results[i]
		if is_done == pieces.is_empty():
			fault("batch %d: job %d was %scompleted, its result has %d pieces" % [
				id, ids[i], "" if is_done else "not ", pieces.size()
			])
		elif is_done and not is_in_place(pieces, i):
			fault("batch %d: result %d has the pieces of another polygon" % [id, i])
		_batch_of.erase(ids[i])


# What bound it, or -1: it was not open.
func _close(id: int, end: String) -> int:
	if not jobs.has(id):
		fault("job %d was %s, but is not under way" % [id, end])
		return -1
	var bound: int = jobs[id]
	jobs.erase(id)
	_progress.erase(id)
	_slow.erase(id)
	return bound


static func _describe(bound: int) -> String:
	return ["good", "cancelled", "bad", "bad and cancelled"][bound]
