extends "res://addons/cutout/batch/dispatcher.gd"
## Between the native job queue and the public objects: who waits for which job, and the delivery inside the
## frame budget. Internal; names native classes, so it is loaded only where the library is.
##
## Delivery is first in, first out over everything that has finished, whoever waits for it. Each job ends in
## exactly one of completed, failed and cancelled. Handlers may submit, cancel and free as they like: nothing of
## a delivery is read after its handler was called.

const BodyLimit := preload("res://addons/cutout/budget/body_limit.gd")
const JobSource := preload("res://addons/cutout/batch/job_source.gd")
const SourceFeed := preload("res://addons/cutout/batch/source_feed.gd")
const SignalBatch := preload("res://addons/cutout/batch/signal_batch.gd")
const PoolRunner := preload("res://addons/cutout/batch/pool_runner.gd")
const FinishTimes := preload("res://addons/cutout/budget/finish_times.gd")

## The share of what is left of the budget that the main thread cuts in, where there are no workers, and the least
## of it. Range (0, 1); microseconds.
const MAIN_THREAD_SHARE: float = 0.5
const MAIN_THREAD_LEAST_USEC: float = 100.0

static var _suspended: Array[RefCounted] = [] # coroutines that will not be resumed, see JobSink._hold_waiting

var _queue: CutoutJobQueue = CutoutJobQueue.new()
var _stopped: bool = false
var _run: int = 0 # rises with each stop
var _live: Dictionary[int, JobSink] = {} # every job whose end is not delivered; null: nobody but the signals
var _cancelled: Dictionary[int, bool] = {} # of those, the ones that must end as cancelled
var _batches: Dictionary[int, SignalBatch] = {}
var _batch_of_first: Dictionary[int, SignalBatch] = {} # by the id of its first job
var _released: PackedInt64Array = PackedInt64Array() # first ids of batches that were concluded in this frame
var _concluding: Array[JobSink] = [] # have everything, wait for a frame with time
var _touched: Array[JobSink] = [] # to flush
var _flushing: Array[JobSink] = [] # those of this frame, while their handlers run
var _sources: Array[JobSource] = [] # to feed from
var _watched: Array[JobSink] = [] # coroutines may have begun to wait for them
var _pool: PoolRunner # where the engine's pool runs the jobs
var _pool_before: Array[PoolRunner] = [] # of earlier back-ends, until their tasks are done
var _on_main_thread: bool = false # where nobody does
var _overflow: CutoutJobQueue.Overflow = CutoutJobQueue.OVERFLOW_REJECT
var _slow: Dictionary[int, bool] = {} # running jobs that were reported as slow
var _last_progress: Dictionary[int, float] = {}
var _finish_times: FinishTimes = FinishTimes.new()

var _api: Object
var _fragments_completed: Signal
var _job_completed: Signal
var _job_progress: Signal
var _job_slow: Signal
var _job_failed: Signal
var _job_cancelled: Signal
var _batch_completed: Signal

var _taken: int = 0
var _ended: PackedInt64Array = PackedInt64Array([0, 0, 0]) # completed, failed, cancelled
var _delivered_in_frame: int = 0
var _bodies: BodyLimit = BodyLimit.new()
var _second_start: int = 0 # of the second that is being counted; microseconds
var _taken_before: int = 0 # at its start
var _per_second: int = 0


## [param api] has the signals.
func _init(api: Object) -> void:
	_api = api
	_fragments_completed = Signal(api, &"fragments_completed")
	_job_completed = Signal(api, &"job_completed")
	_job_progress = Signal(api, &"job_progress")
	_job_slow = Signal(api, &"job_slow")
	_job_failed = Signal(api, &"job_failed")
	_job_cancelled = Signal(api, &"job_cancelled")
	_batch_completed = Signal(api, &"batch_completed")


func submit(
	polygon: Variant, params: Variant, priority: int, sink: JobSink, output: int, cover: Array = []
) -> int:
	if _stopped:
		_refuse_stopped()
		return -1
	return _note_submitted(_queue.submit(polygon, params, priority, output, sink == null, cover), sink)


func submit_hit(
	polygons: Array, params: Variant, priority: int, sink: JobSink, output: int, cover: Array, disc: Transform2D,
	anchors: Array
) -> int:
	if _stopped:
		_refuse_stopped()
		return -1
	return _note_submitted(_queue.submit_hit(polygons, params, priority, output, cover, disc, anchors), sink)


func _note_submitted(id: int, sink: JobSink) -> int:
	if id < 0:
		refuse(_queue.get_last_status(), "Cutout: " + _queue.get_last_error())
		return -1
	_live[id] = sink
	if _pool != null:
		_pool.wake()
	if last_status != JobStatus.OK:
		last_status = JobStatus.OK
		last_error = ""
	return id


func submit_batch(polygons: Array, params: Variant, priority: int, output: int) -> int:
	if _stopped:
		_refuse_stopped()
		return -1
	var ids: PackedInt64Array = PackedInt64Array()
	var results: Array = []
	results.resize(polygons.size())
	if not polygons.is_empty():
		ids = _queue.submit_many(polygons, params, priority, output, results)
		if ids.is_empty():
			refuse(_queue.get_last_status(), "Cutout: " + _queue.get_last_error())
			return -1
	var batch_id: int = _queue.next_id()
	var batch: SignalBatch = SignalBatch.new(self, _batch_completed, batch_id, ids, output, results)
	_batches[batch_id] = batch
	for id: int in ids:
		_live[id] = batch
	if ids.is_empty():
		conclude(batch)
	else:
		_batch_of_first[ids[0]] = batch
	if _pool != null:
		_pool.tend(ids.size())
	last_status = JobStatus.OK
	last_error = ""
	return batch_id


func get_batch_jobs(batch_id: int) -> PackedInt64Array:
	if not _batches.has(batch_id):
		return PackedInt64Array()
	return _batches[batch_id].job_ids.duplicate()


func cancel_job(job_id: int) -> bool:
	# A job of a stream or batch object is not the caller's to cancel: its id was never handed out.
	if not _live.has(job_id) or not _is_signalled(_live[job_id]) or _cancelled.has(job_id):
		return false
	cancel_for(job_id)
	return true


func set_priority(job_id: int, priority: int) -> bool:
	if not _live.has(job_id) or not _is_signalled(_live[job_id]) or _cancelled.has(job_id):
		return false
	return _queue.set_priority(job_id, priority)


func cancel_batch(batch_id: int) -> bool:
	if not _batches.has(batch_id):
		return false
	var any: bool = false
	for id: int in _batches[batch_id].job_ids:
		if _live.has(id) and not _cancelled.has(id):
			cancel_for(id)
			any = true
	return any


func cancel_all() -> int:
	var count: int = _live.size() - _cancelled.size()
	for id: int in _live:
		_cancelled[id] = true
	_queue.cancel_all()
	_queue.end_delivery()
	for source: JobSource in _sources:
		count += source._get_pending_count()
		source._cancel_everything()
	return count


func cancel_for(job_id: int) -> void:
	# The queue may have finished it already; its end is not delivered, so it is cancelled all the same.
	_cancelled[job_id] = true
	_queue.cancel(job_id)
	_queue.end_delivery()


func watch(sink: JobSink) -> void:
	_watched.append(sink)


func attach(source: JobSink) -> bool:
	if _stopped:
		_refuse_stopped()
		return false
	var jobs: JobSource = source
	if not jobs._attached:
		jobs._attached = true
		_sources.append(jobs)
		watch(jobs)
	return true


func touch(sink: JobSink) -> void:
	var jobs: JobSource = sink
	if not jobs._touched and not _stopped:
		jobs._touched = true
		_touched.append(jobs)


func conclude(sink: JobSink) -> void:
	_concluding.append(sink)


func set_workers(count: int, lowered_priority: bool, backend: int) -> void:
	if _stopped: # it would start them
		_refuse_stopped()
		return
	_on_main_thread = backend == 2
	if _on_main_thread:
		count = 1
	_queue.configure(
		count,
		lowered_priority,
		CutoutJobQueue.BACKEND_OWN_THREADS if backend == 0 else CutoutJobQueue.BACKEND_GUESTS
	)
	if _pool != null:
		_pool_before.append(_pool) # its tasks end by themselves
	_queue.warm_up()
	_pool = PoolRunner.new(_queue, _queue.get_worker_count()) if backend == 1 else null


func set_order(strict_fifo: bool, when_full: int) -> void:
	_queue.set_strict_order(strict_fifo)
	_overflow = (
		CutoutJobQueue.OVERFLOW_REJECT if when_full == 0 else CutoutJobQueue.OVERFLOW_DROP_OLDEST
	)
	_queue.set_overflow(_overflow)


func set_limits(max_jobs: int, max_megabytes: int) -> void:
	_queue.set_limits(max_jobs, max_megabytes << 20)


func hold_waiting() -> void:
	for sink: JobSink in _watched:
		sink._hold_waiting()
	_watched.clear()


func deliver(budget: CutoutFrameBudget) -> void:
	if _stopped:
		return
	_delivered_in_frame = 0
	_bodies.start_frame()
	_count_second()
	_run_jobs(budget)
	# Their handlers have returned: what they did not keep is freed by a worker.
	for first_id: int in _released:
		_queue.release_batch(first_id)
	_released.clear()
	_queue.tidy()
	if _live.is_empty() and _concluding.is_empty() and _touched.is_empty() and _sources.is_empty():
		return
	var run: int = _run
	var waiting: int = _queue.get_finished_count()
	var overdue: int = _finish_times.count_overdue(_taken, _taken + waiting, Time.get_ticks_usec())
	while true:
		if not _concluding.is_empty():
			if not _conclude_one(budget):
				break
		elif _queue.has_finished():
			var is_grouped: bool = overdue <= 0 and _cancelled.is_empty() and _is_signalled(_live.get(_queue.peek_id()))
			if is_grouped and not _job_progress.has_connections():
				var held: int = _deliver_plain(budget, run)
				if _run != run or held > 0:
					break
				if not _queue.has_finished() or not _concluding.is_empty():
					continue
			elif overdue <= 0 and _deliver_debris(budget, run):
				continue
			if _run != run:
				break
			if not _deliver_one(budget, overdue > 0):
				break
			overdue -= 1
		else:
			break
		if _run != run: # a handler took us out of the tree, and perhaps back
			return
	_flush(budget)
	if _run == run:
		_report_progress()
	if _run == run and not _sources.is_empty():
		SourceFeed.feed(_sources, _queue, budget, _overflow)


func get_stats() -> Dictionary:
	var stats: Dictionary = super()
	for source: JobSource in _sources:
		stats["pending"] += source._get_pending_count()
	stats["workers"] = _queue.get_worker_count()
	stats["queued"] = _queue.get_queued_count()
	stats["running"] = _queue.get_running_count()
	stats["finished"] = _queue.get_finished_count()
	stats["in_flight"] = stats["queued"] + stats["running"] + stats["finished"]
	stats["delivered_per_second"] = _per_second
	stats["cut_usec_p50"] = _queue.get_cut_quantile(0.5)
	stats["cut_usec_p99"] = _queue.get_cut_quantile(0.99)
	stats["delivered_this_frame"] = _delivered_in_frame
	stats["delivered_total"] = _taken
	stats["completed_total"] = _ended[0]
	stats["failed_total"] = _ended[1]
	stats["cancelled_total"] = _ended[2]
	stats["cut_usec_total"] = _queue.get_total_cut_usec()
	return stats


func stop() -> void:
	if _stopped:
		return
	_stopped = true
	_run += 1
	_queue.stop()
	if _pool != null:
		_pool_before.append(_pool)
		_pool = null
	for pool: PoolRunner in _pool_before:
		pool.end()
	_pool_before.clear()
	while _queue.take(): # nothing of it may come out when we work again
		pass
	_abandon_sinks()
	_live.clear()
	_cancelled.clear()
	_batches.clear()
	_batch_of_first.clear()
	_released.clear()
	_concluding.clear()
	_watched.clear()
	_touched.clear()
	_flushing = []
	_sources.clear()
	_last_progress.clear()
	_slow.clear()
	_finish_times = FinishTimes.new()


func start() -> void:
	_stopped = false


func suspend(sink: JobSink) -> void:
	sink._hold_waiting()
	_suspended.append_array(sink._waiting)
	sink._release_waiting()


# Nobody resumes the coroutines that wait for us now; see JobSink._hold_waiting.
func _abandon_sinks() -> void:
	var sinks: Dictionary[JobSink, bool] = {}
	for sink: JobSink in _live.values() + _concluding + _sources + _touched + _flushing:
		if sink == null or sinks.has(sink):
			continue
		sinks[sink] = true
		suspend(sink)
		sink._abandon()


# Jobs that went well and that only job_completed tells of, while the next one is of that sort: many in one call, because
# for small ones the way through a script costs more than the fracture. What held the next one back: 0 nothing, or
# the budget.
func _deliver_plain(budget: CutoutFrameBudget, run: int) -> int:
	while true:
		var limits: PackedFloat64Array = budget.get_group_limits(CutoutFrameBudget.Kind.JOB)
		var group: PackedFloat64Array = _queue.deliver_completed(_api, _live, limits)
		var count: int = int(group[0])
		_taken += count
		_delivered_in_frame += count
		_ended[0] += count
		if _run != run:
			return 0
		var held: int = int(group[5])
		if group[6] > 0.0 and count > 0:
			_batch_of_first[int(group[6])].note(count, int(group[1]))
		budget.charge_group(
			CutoutFrameBudget.Kind.JOB,
			count,
			int(group[1]),
			group[3],
			group[4],
			held,
			Time.get_ticks_usec()
		)
		if held > 0 or count == 0 or not _cancelled.is_empty() or not _concluding.is_empty():
			return held
	return 0


# Jobs that become debris, as long as the next one is of that sort: to ask and tell the budget for each takes half as long
# as the debris. False: none was delivered, and [method _deliver_one] is to see why.
func _deliver_debris(budget: CutoutFrameBudget, run: int) -> bool:
	var kind: CutoutFrameBudget.Kind = CutoutFrameBudget.Kind.DEBRIS
	var limits: PackedFloat64Array = budget.get_group_limits(kind)
	var count: int = 0
	var pieces: int = 0
	var last_pieces: int = 0
	var began: int = Time.get_ticks_usec()
	var before: int = began
	var mark: int = began
	while _cancelled.is_empty() and _concluding.is_empty():
		var id: int = _queue.peek_id() # -1: nothing has finished
		var sink: JobSink = _live.get(id)
		if sink == null or sink._kind != kind:
			break
		var next: int = _queue.peek_fragment_count()
		if count > 0 or limits[4] == 0.0:
			if mark - began + limits[1] + limits[2] * next > limits[0]:
				break
			if (pieces + next) * CutoutFrameBudget.DEBRIS_WEIGHT > limits[3]:
				break
		_queue.take()
		_live.erase(id)
		_taken += 1
		_delivered_in_frame += 1
		var status: int = _queue.get_status()
		_ended[0 if status == JobStatus.OK else 1] += 1
		if status == JobStatus.OK:
			sink._accept(id, status, "", [], _queue.get_flat())
		else:
			sink._accept(id, status, _queue.get_message(), [], null)
		before = mark
		mark = Time.get_ticks_usec()
		count += 1
		pieces += next
		last_pieces = next
		if _run != run:
			return true
	if count > 0:
		budget.charge_group(kind, count, pieces, last_pieces, mark - before, 0, mark)
	return count > 0


# False: this frame has no time for it.
func _deliver_one(budget: CutoutFrameBudget, is_overdue: bool) -> bool:
	var id: int = _queue.peek_id()
	var sink: JobSink = _live.get(id)
	var kind: CutoutFrameBudget.Kind = CutoutFrameBudget.Kind.JOB if sink == null else sink._kind
	var count: int = _queue.peek_fragment_count()
	if not budget.admits(kind, count, is_overdue):
		return false
	if kind == CutoutFrameBudget.Kind.NODES and not _bodies.admits(budget.items == 0, count):
		return false
	_queue.take()
	_taken += 1
	_delivered_in_frame += 1
	_live.erase(id)
	var status: int = _queue.get_status()
	var message: String = ""
	var fragments: Array[PackedVector2Array] = []
	var flat: CutoutFragments = null
	if not _cancelled.is_empty() and _cancelled.erase(id):
		status = JobStatus.CANCELLED
	if status == JobStatus.OK:
		if kind != CutoutFrameBudget.Kind.DEBRIS: # those have none
			fragments = _queue.get_fragments()
		flat = _queue.get_flat()
		_ended[0] += 1
	elif status == JobStatus.CANCELLED:
		message = "cancelled"
		_ended[2] += 1
	else:
		message = _queue.get_message()
		_ended[1] += 1
	# From here on handlers run: the cursor may move, the tables may change.
	var run: int = _run
	if sink == null or sink._signals_jobs:
		if status == JobStatus.OK:
			if _job_progress.has_connections():
				_job_progress.emit(id, 1.0)
			if flat != null:
				_fragments_completed.emit(id, flat)
			if _run == run:
				_job_completed.emit(id, fragments)
		elif status == JobStatus.CANCELLED:
			_job_cancelled.emit(id)
		else:
			_job_failed.emit(id, status, message)
	if sink != null and _run == run:
		sink._accept(id, status, message, fragments, flat)
		if sink._collects:
			budget.reserve(kind, count, Time.get_ticks_usec())
			return true
	budget.charge(kind, count, Time.get_ticks_usec())
	return true


func _conclude_one(budget: CutoutFrameBudget) -> bool:
	var sink: JobSink = _concluding[0]
	var count: int = sink._get_fragment_count()
	var kind: CutoutFrameBudget.Kind = sink._concludes_as
	if not budget.admits(kind, count):
		return false
	if kind == CutoutFrameBudget.Kind.NODES and not _bodies.admits(budget.items == 0, count):
		return false
	_concluding.remove_at(0)
	if sink is SignalBatch:
		var batch: SignalBatch = sink
		_batches.erase(batch.batch_id)
		if not batch.job_ids.is_empty():
			_batch_of_first.erase(batch.job_ids[0])
			_released.append(batch.job_ids[0])
	sink._conclude()
	budget.charge(kind, count, Time.get_ticks_usec())
	return true


func _flush(budget: CutoutFrameBudget) -> void:
	if _touched.is_empty():
		return
	_flushing = _touched
	_touched = []
	var run: int = _run
	for sink: JobSink in _flushing:
		if _run != run:
			return
		var jobs: JobSource = sink
		jobs._touched = false
		var count: int = jobs._get_fragment_count()
		jobs._flush()
		if jobs._collects:
			budget.charge_reserved(jobs._kind, count, Time.get_ticks_usec())
		else:
			budget.skip(Time.get_ticks_usec())
	_flushing = []


func _report_progress() -> void:
	var tells_progress: bool = _job_progress.has_connections()
	if not tells_progress and not _job_slow.has_connections():
		return
	var run: int = _run
	var running: PackedFloat64Array = _queue.get_running()
	var seen: Dictionary[int, float] = {}
	for i: int in range(0, running.size() - 2, 3):
		var id: int = int(running[i])
		var value: float = running[i + 1]
		var before: float = _last_progress.get(id, 0.0)
		seen[id] = maxf(value, before)
		if not _live.has(id) or _cancelled.has(id) or not _is_signalled(_live[id]):
			continue
		if running[i + 2] >= slow_job_msec and not _slow.has(id):
			_slow[id] = true
			_job_slow.emit(id, running[i + 2])
			if _run != run:
				return
		# 1.0 comes with the result.
		if tells_progress and value > before and value < 1.0 and _live.has(id) and not _cancelled.has(id):
			_job_progress.emit(id, value)
			if _run != run:
				return
	_last_progress = seen
	for id: int in _slow.keys(): # those that have ended: a group's jobs are delivered without a look at it
		if not seen.has(id):
			_slow.erase(id)


# Where the queue has no threads of its own.
func _run_jobs(budget: CutoutFrameBudget) -> void:
	if not _pool_before.is_empty():
		for pool: PoolRunner in _pool_before:
			pool.tend(0)
		_pool_before = _pool_before.filter(func(pool: PoolRunner) -> bool: return not pool.is_done())
	if _live.is_empty():
		return
	if _pool != null:
		_pool.tend(_queue.get_queued_count())
	elif _on_main_thread:
		_queue.run_jobs(int(maxf(MAIN_THREAD_LEAST_USEC, MAIN_THREAD_SHARE * budget.get_left_usec())))
		budget.skip(Time.get_ticks_usec())


func _count_second() -> void:
	var now: int = Time.get_ticks_usec()
	if now - _second_start < 1_000_000:
		return
	_per_second = roundi((_taken - _taken_before) * 1e6 / (now - _second_start))
	_second_start = now
	_taken_before = _taken


func _is_signalled(sink: JobSink) -> bool:
	return sink == null or sink._signals_jobs


func _refuse_stopped() -> void:
	refuse(JobStatus.BAD_ARGUMENT, "Cutout: CutoutBatch has left the scene tree; nothing is fractured until it is back")
