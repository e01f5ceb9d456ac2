extends Node
## Fractures polygons on background threads and hands out the pieces by signal, inside a frame budget.
##
## The autoload [code]CutoutBatch[/code], in three tiers.
## [codeblock]
## # 1. An object, or several: results are applied by the objects' own apply_fracture(result), if they have it.
## var result: CutoutFractureResult = await CutoutBatch.fracture_object($Crate, {"fragment_count": 12})
## var batch: CutoutFractureBatch = CutoutBatch.create()
##
## # 2. Ids and signals.
## CutoutBatch.job_completed.connect(func(id: int, pieces: Array) -> void: print(id, ": ", pieces.size()))
## var id: int = CutoutBatch.submit_fracture(polygon, {"fragment_count": 12})
##
## # 3. A stream.
## var stream: CutoutFractureStream = CutoutBatch.create_stream()
## [/codeblock]
## [b]Polygons[/b] are a PackedVector2Array, or an Array of them: the outer ring, then holes. [b]Parameters[/b]
## are a Dictionary or a [CutoutFracture] resource. Both are taken as they are at the call; later changes do not
## matter.
## [br][b]Order[/b]: jobs of one priority start in the order of submission, a higher priority starts first, and
## results are delivered in the order in which jobs finish. [code]batch_completed[/code] is in input order.
## [br][b]Ids[/b] are positive, never handed out twice, and never shared by a job and a batch.
## [br][b]Ends[/b]: while this node stays in the tree, each job that was accepted ends in exactly one of
## job_completed, job_failed and job_cancelled; each batch in one batch_completed. None of these is emitted from
## inside a call of this API: they come from the delivery at the end of a frame's process step (also while the tree
## is paused), and their handlers may submit, cancel and free as they like.
## [br][b]Refusals[/b]: a call that is refused returns -1, and [member last_error] says why. Faults of the
## program are engine errors too, and so is what is larger than the queue's limits; a queue that is full at the moment
## is not, it emits [signal queue_full].
## [br][b]Threads[/b]: all of it is for the main thread. On another thread calls are refused with an engine error and
## change nothing.
## [br][b]Leaving the tree[/b] (as at the end of the game) cancels everything at once, and nothing of it is signalled,
## not even later: coroutines that await a result are not resumed, batch objects get cancelled results, streams at
## work drop what they hold and stop. Calls are refused until it is in the tree again; then it works as before, with
## the project settings, and ids go on.

## A job has flat fragments: comes right before [signal job_completed] for jobs submitted with
## [code]CutoutJobQueue.OUTPUT_FLAT[/code]. [param fragments] is a [CutoutFragments].
signal fragments_completed(job_id: int, fragments: RefCounted)
## A job is done. [param result] holds the fragments, each a PackedVector2Array; it is empty where only flat output
## was asked for. Emitted for jobs of
## [method submit_fracture] and [method submit_batch]; batch objects, streams and [method fracture_object]
## tell only by their own means.
signal job_completed(job_id: int, result: Array)
## A job is still running after [member slow_job_msec]: told once a job. It goes on, and can be cancelled.
signal job_slow(job_id: int, milliseconds: float)
## How far a job is, rising. The value 1.0 comes right before [signal job_completed]; short jobs have only that. While
## anything is connected here, jobs are delivered one by one, which costs the main thread about twice as much.
signal job_progress(job_id: int, progress: float)
## A batch of [method submit_batch] is done, in input order. A job that failed or was cancelled has an empty
## Array in its place (null, where others have [CutoutFragments] because only flat output was asked for);
## [signal job_failed] or [signal job_cancelled] was emitted for it before. Its jobs'
## [signal job_completed] came as they finished: use either, not both. A handler that is to stay short uses those:
## this one signal carries all results of the batch in one call.
signal batch_completed(batch_id: int, results: Array)
## A job has failed. [param error] is one of [code]CutoutJobQueue.STATUS_*[/code].
signal job_failed(job_id: int, error: int, message: String)
## A job has ended by [method cancel_job], [method cancel_batch] or [method cancel_all].
signal job_cancelled(job_id: int)
## A submission was refused because the queue is full. At most once a frame.
signal queue_full

## Who runs the jobs.
enum Backend {
	OWN_THREADS, ## Threads of the addon's own, started once. The default.
	## Low-priority tasks of the engine's [WorkerThreadPool]; each takes up to 12 ms at a time. Leaving the tree waits for
	## them, and so for what the game has put into the pool before them.
	ENGINE_POOL,
	MAIN_THREAD, ## Slices of the main thread, inside the frame budget: at least one job a frame, each in one piece.
}
## How much of the machine is used.
enum Preset {
	SMOOTH, ## No dropped frames: workers as set, delivery inside the learned budget. The default.
	FAST, ## Loading screens: a worker for every core, at normal priority, and up to 40 ms of delivery in a frame.
	BACKGROUND, ## One worker, and no more than half a millisecond of delivery in a frame.
}
## What becomes of a submission that finds the queue full.
enum WhenFull {
	REJECT, ## It is refused: -1, and [signal queue_full].
	DROP_OLDEST, ## The oldest waiting job of the lowest priority makes room, see [method set_when_full].
}

const Dispatcher := preload("res://addons/cutout/batch/dispatcher.gd")
const FrameStart := preload("res://addons/cutout/budget/frame_start.gd")
const JobOutput := preload("res://addons/cutout/batch/job_output.gd")
const JobStatus := preload("res://addons/cutout/batch/job_status.gd")
const MainThread := preload("res://addons/cutout/batch/main_thread.gd")
const Monitors := preload("res://addons/cutout/autoload/monitors.gd")
const ObjectRequests := preload("res://addons/cutout/batch/object_requests.gd")
const Settings := preload("res://addons/cutout/settings/cutout_settings.gd")

## The class that the native library brings.
const NATIVE_CLASS: StringName = &"CutoutJobQueue"
const NATIVE_DISPATCHER: String = "res://addons/cutout/batch/native_dispatcher.gd"
## Process priorities that run before and after those of any game.
const FIRST: int = -1_000_000_000
const LAST: int = 1_000_000_000
## The refresh rate of the display is asked for again after so many frames: a window may move to another.
const DISPLAY_CHECK_FRAMES: int = 60

## Why the last submission was refused; "" if it was accepted.
var last_error: String:
	get:
		return "Cutout: " + MainThread.FAULT if MainThread.is_elsewhere() else _dispatcher.last_error
## The status of the last submission: 0, or one of [code]CutoutJobQueue.STATUS_*[/code].
var last_status: int:
	get:
		return JobStatus.BAD_ARGUMENT if MainThread.is_elsewhere() else _dispatcher.last_status

## Whether the results of one priority come in the order of submission, each waiting for those before it. Otherwise they
## come as they finish. The start value is the project setting [code]cutout/batch/strict_fifo[/code].
var strict_fifo: bool:
	get:
		return _strict_fifo
	set(value):
		if not MainThread.refuses("strict_fifo"):
			_strict_fifo = value
			_dispatcher.set_order(_strict_fifo, _when_full)
## A job that has been running for so long is reported by [signal job_slow]. Milliseconds, at least 1. The start value is
## the project setting [code]cutout/batch/slow_job_msec[/code].
var slow_job_msec: float:
	get:
		return _slow_job_msec
	set(value):
		if not MainThread.refuses("slow_job_msec"):
			_slow_job_msec = maxf(1.0, value) if not is_nan(value) else 1.0
			_dispatcher.slow_job_msec = _slow_job_msec

## The most spare nodes that are kept for pieces, of all scenes together: see [method prewarm_nodes] and
## [method retire]. Each takes some kilobytes.
var max_pooled_nodes: int:
	get:
		return _objects.nodes.limit
	set(value):
		if not MainThread.refuses("max_pooled_nodes"):
			_objects.nodes.limit = maxi(0, value)

var _strict_fifo: bool = false
var _slow_job_msec: float = 100.0
var _when_full: WhenFull = WhenFull.REJECT
var _monitors: Monitors = Monitors.new()
var _dispatcher: Dispatcher = Dispatcher.new() # this one until we are in the tree for the first time
var _is_set_up: bool = false
var _budget: CutoutFrameBudget = CutoutFrameBudget.new()
var _frame_start: FrameStart
var _objects: ObjectRequests = ObjectRequests.new()
var _queue_full_frame: int = -1
var _display_usec: float = 0.0 # frame time of the display; 0 where drawing does not wait for it
var _display_age: int = 0
var _settings: Array = [] # as they were applied last


func _init() -> void:
	process_mode = Node.PROCESS_MODE_ALWAYS
	process_priority = LAST
	_objects.dispatcher = _dispatcher
	_objects.refused = _note_refusal


func _enter_tree() -> void:
	Settings.register()
	if not _is_set_up:
		_is_set_up = true
		_dispatcher = _make_dispatcher()
		_objects.dispatcher = _dispatcher
	_dispatcher.start()
	_settings = []
	_apply_settings()
	ProjectSettings.settings_changed.connect(_apply_settings)
	RenderingServer.frame_post_draw.connect(_on_frame_drawn)
	_frame_start = FrameStart.new(_budget, FIRST)
	add_child(_frame_start, false, Node.INTERNAL_MODE_FRONT)
	_monitors.add(get_stats)


func _exit_tree() -> void:
	_monitors.remove()
	ProjectSettings.settings_changed.disconnect(_apply_settings)
	RenderingServer.frame_post_draw.disconnect(_on_frame_drawn)
	_frame_start.queue_free()
	_frame_start = null
	_objects.abandon()
	_dispatcher.stop()


func _notification(what: int) -> void:
	if what == NOTIFICATION_PREDELETE: # it may have been given something to do while it was not in the tree
		_objects.nodes.clear()


func _process(_delta: float) -> void:
	_objects.work()
	if not is_inside_tree(): # a coroutine that was resumed has taken us out
		return
	_objects.nodes.settle(get_viewport())
	_dispatcher.hold_waiting()
	var tick_usec: float = 1_000_000.0 / Engine.physics_ticks_per_second
	_budget.open(Time.get_ticks_usec(), _get_target_usec(), _frame_start.physics_steps, tick_usec)
	_dispatcher.deliver(_budget)
	if is_inside_tree(): # a handler may have taken us out
		_objects.tidy(_budget, get_tree())
	_budget.close(Time.get_ticks_usec())
	if _frame_start != null:
		_frame_start.rearm()


## Fractures [param polygon] in the background and returns the job's id, or -1 if it is refused. Negative
## priorities are low, 0 is normal, 1 to 9 high, from 10 on urgent. Its cost does not depend on the number of
## points.
## [br][param output] is what the job leaves, one or more of [code]CutoutJobQueue.OUTPUT_*[/code] joined by
## [code]|[/code]; all of it is made on the worker.
func submit_fracture(
	polygon: Variant, params: Variant, priority: int = 0, output: int = JobOutput.ARRAYS
) -> int:
	if MainThread.refuses("submit_fracture"):
		return -1
	var id: int = _dispatcher.submit(polygon, params, priority, null, output)
	if id < 0:
		_note_refusal()
	return id


## Fractures many polygons in the background and returns the batch's id, or -1 if it is refused: then nothing of
## it is queued. [param params] is one for all, or an Array with one for each. Its jobs have ids and signals of
## their own, see [method get_batch_jobs]. An empty batch is completed in the next frame.
## [param output] is for all, as in [method submit_fracture].
func submit_batch(
	polygons: Array, params: Variant, priority: int = 0, output: int = JobOutput.ARRAYS
) -> int:
	if MainThread.refuses("submit_batch"):
		return -1
	if polygons.is_empty() and params is Array and not (params as Array).is_empty():
		_dispatcher.refuse(
			JobStatus.BAD_ARGUMENT,
			"Cutout: submit_batch: 0 polygons and %d parameter sets" % (params as Array).size()
		)
		return -1
	var id: int = _dispatcher.submit_batch(polygons, params, priority, output)
	if id < 0:
		_note_refusal()
	return id


## The ids of a batch's jobs, in input order. Empty when there is no such batch, or no more.
func get_batch_jobs(batch_id: int) -> PackedInt64Array:
	if MainThread.refuses("get_batch_jobs"):
		return PackedInt64Array()
	return _dispatcher.get_batch_jobs(batch_id)


## Cancels a job. True: it will end in [signal job_cancelled], even if its fragments were ready. False: it has
## ended, is being cancelled already, or there is no such job.
func cancel_job(job_id: int) -> bool:
	if MainThread.refuses("cancel_job"):
		return false
	return _dispatcher.cancel_job(job_id)


## Moves a job that waits to the band of [param priority], as the last one there. False: it has started or ended, or
## there is no such job.
func set_priority(job_id: int, priority: int) -> bool:
	if MainThread.refuses("set_priority"):
		return false
	return _dispatcher.set_priority(job_id, priority)


## Cancels the jobs of a batch that have not ended; [signal batch_completed] comes all the same, with empty
## Arrays in their places. False: all have ended, or there is no such batch.
func cancel_batch(batch_id: int) -> bool:
	if MainThread.refuses("cancel_batch"):
		return false
	return _dispatcher.cancel_batch(batch_id)


## Cancels everything that has not ended: jobs, batches, batch objects and streams that are running, and objects
## being fractured. Each is told in its own way. Returns the number of fractures.
func cancel_all() -> int:
	if MainThread.refuses("cancel_all"):
		return 0
	return _objects.cancel_all() + _dispatcher.cancel_all()


## A new batch object: collects fractures and waits for all of them.
func create() -> CutoutFractureBatch:
	return CutoutFractureBatch.new(_dispatcher)


## A new stream: takes polygons without end and hands out results in chunks.
func create_stream() -> CutoutFractureStream:
	return CutoutFractureStream.new(_dispatcher)


## Fractures an object. Await it: it gives a [CutoutFractureResult]. What it takes:
## [codeblock lang=text]
## Polygon2D, CollisionPolygon2D           their polygon
## Sprite2D, AnimatedSprite2D              the outline of what is visible in their texture
## CollisionObject2D                       what it holds of these; other shapes where nothing visible is held
## anything with get_polygon_data()        the polygon that returns
## CutoutPrefracture                       what was cut before; params, priority and output do not matter
## [/codeblock]
## A node in the tree is replaced by its pieces, in the frame in which they are there: they look like it, move as
## its body moved, fall, and fly from the explosion of [param blast]. They are in a [CutoutDebris2D], see
## [member CutoutFractureResult.debris]; or they are nodes, see [member CutoutFractureResult.nodes]: all those of an
## object are made in one frame, within the budget, so several objects may take several frames. The node is freed.
## [br]If the object has a method [code]apply_fracture(result: CutoutFractureResult)[/code], that is called instead,
## unless the fracture failed: the object does with its pieces as it likes. With [member CutoutBlast.output]
## NONE, or outside of the tree, nobody does.
## [br]An object that is freed before or meanwhile is no error: the result is cancelled. A refused submission, and a
## part that cannot be cut, give a result with its status and message; the object stays then. [param output]
## as in [method submit_fracture]; 0 is what is needed, and [member CutoutFractureResult.fragments] where somebody asks
## for it. The fragments of an object of several parts follow one another.
## [br]The outline of a texture is made once, off the main thread; its pixels must be asked of the renderer once, which
## can take a moment.
func fracture_object(
	object: Variant,
	params: Variant,
	priority: int = 0,
	output: int = 0,
	blast: CutoutBlast = null
) -> Variant:
	# A signal, or what it would bring. Not a coroutine: see CutoutFractureBatch.execute.
	if MainThread.refuses("fracture_object"):
		return ObjectRequests.make_failure(
			JobStatus.BAD_ARGUMENT, "Cutout: fracture_object: " + MainThread.FAULT
		)
	return _objects.fracture(object, params, priority, output, blast)


## Damages an object: what lies within about [param radius] of [param point] (both global) breaks off as debris, the rest stays one
## object, with its outline, its picture and its collision. Await it: it gives a [CutoutFractureResult] with what broke off.
## [codeblock lang=text]
## Polygon2D                        its polygon, uv and vertex colours are set anew
## Sprite2D, AnimatedSprite2D       the rest is drawn in its place
## CollisionPolygon2D, ...Shape2D   the shapes of the rest take its place
## CollisionObject2D                all it holds of these, and the mass of a RigidBody2D
## [/codeblock]
## Hits on one object are applied in their order, each on what the one before has left. Where a hit leaves several islands, those
## that touch no anchor fall, too: see [member CutoutBlast.anchor_points] and [member CutoutBlast.anchor_rects]; without
## any, the largest stays. When nothing is left the object is freed. A hit that misses changes nothing.
## [br]Of [param params] count [code]fragment_count[/code], the pieces of a whole crater, and [code]seed[/code].
## [method fracture_object] breaks what is left.
func damage_object(
	object: Variant,
	point: Vector2,
	radius: float,
	params: Variant = {},
	priority: int = 0,
	blast: CutoutBlast = null
) -> Variant:
	if MainThread.refuses("damage_object"):
		return ObjectRequests.make_failure(
			JobStatus.BAD_ARGUMENT, "Cutout: damage_object: " + MainThread.FAULT
		)
	return _objects.damage(object, point, radius, params, priority, blast)


## Fractures a piece of a [CutoutDebris2D] again: its fragments take its place there, look like it and move on as it did, and
## fly from the explosion of [param blast], whose [member CutoutBlast.output] does not matter. Await it: it gives a
## [CutoutFractureResult]; cancelled if the piece is gone by then. Parameters are in the coordinates of
## [method CutoutDebris2D.get_piece_polygon].
func fracture_piece(
	debris: Node2D, piece: int, params: Variant, priority: int = 0, blast: CutoutBlast = null
) -> Variant:
	if MainThread.refuses("fracture_piece"):
		return ObjectRequests.make_failure(
			JobStatus.BAD_ARGUMENT, "Cutout: fracture_piece: " + MainThread.FAULT
		)
	return _objects.fracture_piece(debris, piece, params, priority, blast)


## Cuts an object before it is hit, at load time for instance, so that the hit costs only its pieces: see
## [CutoutPrefracture]. [param object] is as in [method fracture_object], but need not be in the tree yet. To break many at once
## within the frame budget, give what this returns to [method fracture_object].
## [br]What is refused is not null: its status and message say why.
func prefracture(object: Variant, params: Variant, priority: int = -1) -> CutoutPrefracture:
	if MainThread.refuses("prefracture"):
		var made: CutoutPrefracture = CutoutPrefracture.new()
		made._end(JobStatus.BAD_ARGUMENT, "Cutout: prefracture: " + MainThread.FAULT)
		return made
	return _objects.prefracture(object, params, priority)


## Makes nodes for pieces in advance, some in each frame within the budget, until [param count] of [param scene] are
## spare, but no more in all than [member max_pooled_nodes]. See [member CutoutBlast.scene]; null is for plain ones.
func prewarm_nodes(count: int, scene: PackedScene = null) -> void:
	if not MainThread.refuses("prewarm_nodes"):
		_objects.nodes.prewarm(count, scene)


## Takes back nodes that pieces became, some in each frame within the budget, in their order: until its turn comes, a
## node stays as it is. It is then removed from the tree and, as long as there is room, made like new and kept for
## later pieces, else freed. Nodes that were freed meanwhile are left out; other nodes, and plain ones that have got
## children, a script, groups or connections, are freed.
func retire(nodes: Array) -> void:
	if not MainThread.refuses("retire"):
		_objects.nodes.retire(nodes)


## Changes the worker threads: their number, 0 = one fewer than the cores, whether they run at a lowered priority of the
## operating system, and the back-end, which may also be the engine's pool or no thread at all. Jobs are kept; running
## ones finish first. The start values are the project settings [code]cutout/batch/workers[/code],
## [code]lowered_priority[/code] and [code]backend[/code].
func set_workers(
	count: int, lowered_priority: bool = true, backend: Backend = Backend.OWN_THREADS
) -> void:
	if MainThread.refuses("set_workers"):
		return
	if count < 0 or count > 256:
		push_error("Cutout: set_workers: %d workers; allowed are 0 (automatic) to 256" % count)
		return
	if not backend in Backend.values(): # an int may be given for it
		push_error("Cutout: set_workers: backend is %d; it must be one of CutoutBatch.Backend" % backend)
		return
	_dispatcher.set_workers(count, lowered_priority, backend)


## Sets workers and budget together. The workers can be changed afterwards with [method set_workers]. SMOOTH takes those
## of the project settings. The start value is the project setting [code]cutout/batch/preset[/code].
func set_preset(preset: Preset) -> void:
	if MainThread.refuses("set_preset"):
		return
	if not preset in Preset.values():
		push_error("Cutout: set_preset: preset is %d; it must be one of CutoutBatch.Preset" % preset)
		return
	match preset:
		Preset.FAST:
			_budget.pace = CutoutFrameBudget.Pace.FAST
			_dispatcher.set_workers(OS.get_processor_count(), false, Settings.get_backend())
		Preset.BACKGROUND:
			_budget.pace = CutoutFrameBudget.Pace.BACKGROUND
			_dispatcher.set_workers(1, true, Settings.get_backend())
		_:
			_budget.pace = CutoutFrameBudget.Pace.SMOOTH
			_dispatcher.set_workers(
				Settings.get_workers(), Settings.get_lowered_priority(), Settings.get_backend()
			)


## What becomes of a submission that finds the queue full: see [enum WhenFull]. A job that is dropped ends in
## [signal job_failed] with [code]STATUS_QUEUE_FULL[/code]; only waiting jobs of a priority no higher than the
## newcomer's are, and no more of them than the limit of jobs may wait for their delivery. Entries of batch objects and
## streams drop nobody to become jobs: they can wait. The start value is the project setting
## [code]cutout/batch/when_full[/code].
func set_when_full(when_full: WhenFull) -> void:
	if MainThread.refuses("set_when_full"):
		return
	if not when_full in WhenFull.values():
		push_error("Cutout: set_when_full: when_full is %d; it must be one of CutoutBatch.WhenFull" % when_full)
		return
	_when_full = when_full
	_dispatcher.set_order(_strict_fifo, _when_full)


## Changes the bounds of the queue, over all jobs that are submitted and not delivered: their number, and the
## memory they hold, roughly. The start values are the project settings [code]cutout/batch/max_jobs[/code] and
## [code]max_megabytes[/code].
func set_limits(max_jobs: int, max_megabytes: int) -> void:
	if MainThread.refuses("set_limits"):
		return
	if max_jobs < 1 or max_megabytes < 1 or max_megabytes > Settings.MOST_MEGABYTES:
		push_error(
			"Cutout: set_limits: %d jobs, %d MiB; each must be at least 1, and the second at most %d"
			% [max_jobs, max_megabytes, Settings.MOST_MEGABYTES]
		)
		return
	_dispatcher.set_limits(max_jobs, max_megabytes)


## Figures of the moment, for overlays and tests. The debugger's monitors show them under "Cutout".
## [codeblock lang=text]
## workers               worker threads
## pending               entries of running batch objects and streams that are no jobs yet
## queued, running       jobs that wait for a worker; jobs on one
## finished              jobs that wait for delivery
## in_flight             queued + running + finished
## delivered_per_second  jobs delivered in the last full second
## delivered_this_frame  jobs delivered in the last process step
## delivered_total       all told; completed_total + failed_total + cancelled_total
## cut_usec_total        time that the workers spent cutting
## cut_usec_p50, _p99    time for one job: median and 99th percentile of the last 512 that went well
## pooled_nodes          spare nodes for pieces
## waiting_nodes         nodes that are to be made in advance or taken back
## budget_usec           what delivery was allowed in the last process step
## spent_usec            what it took
## target_usec           frame time aimed at
## late_frames_total     late frames with deliveries, which cut the allowance
## missed_frames_total   frames longer than 1.5 frame times aimed at, whoever made them; not those of the preset FAST
## [/codeblock]
func get_stats() -> Dictionary:
	# On another thread all of it is 0: the base dispatcher has nothing.
	var is_elsewhere: bool = MainThread.refuses("get_stats")
	var stats: Dictionary = Dispatcher.new().get_stats() if is_elsewhere else _dispatcher.get_stats()
	stats["pooled_nodes"] = 0 if is_elsewhere else _objects.nodes.get_spare_count()
	stats["waiting_nodes"] = 0 if is_elsewhere else _objects.nodes.get_waiting_count()
	stats["budget_usec"] = _budget.budget_usec
	stats["spent_usec"] = _budget.spent_usec
	stats["target_usec"] = _budget.aim_usec
	stats["late_frames_total"] = _budget.late_total
	stats["missed_frames_total"] = _budget.missed_total
	return stats


func _make_dispatcher() -> Dispatcher:
	if not ClassDB.class_exists(NATIVE_CLASS):
		push_error(Dispatcher.NO_LIBRARY)
		return Dispatcher.new()
	var script: GDScript = load(NATIVE_DISPATCHER)
	return script.new(self)


func _note_refusal() -> void:
	if last_status != JobStatus.QUEUE_FULL or _queue_full_frame == Engine.get_process_frames():
		return
	_queue_full_frame = Engine.get_process_frames()
	queue_full.emit()


# What has changed in the project settings since they were applied last; the rest stays as the calls set it.
func _apply_settings() -> void:
	var settings: Array = [
		[
			Settings.get_workers(),
			Settings.get_lowered_priority(),
			Settings.get_backend(),
			Settings.get_preset(),
		],
		[Settings.get_max_jobs(), Settings.get_max_megabytes()],
		[Settings.get_strict_fifo(), Settings.get_when_full()],
		Settings.get_slow_job_msec(),
	]
	var is_first: bool = _settings.is_empty()
	if is_first or settings[0] != _settings[0]:
		set_preset(Settings.get_preset() as Preset)
	if is_first or settings[1] != _settings[1]:
		_dispatcher.set_limits(Settings.get_max_jobs(), Settings.get_max_megabytes())
	if is_first or settings[2] != _settings[2]:
		_strict_fifo = Settings.get_strict_fifo()
		set_when_full(Settings.get_when_full() as WhenFull)
	if is_first or settings[3] != _settings[3]:
		slow_job_msec = Settings.get_slow_job_msec()
	_settings = settings


# The frame time that the game and the display ask for. 0 where neither does.
func _get_target_usec() -> float:
	_display_age -= 1
	if _display_age < 0:
		_display_age = DISPLAY_CHECK_FRAMES
		_display_usec = 0.0
		if DisplayServer.window_get_vsync_mode() != DisplayServer.VSYNC_DISABLED:
			var rate: float = DisplayServer.screen_get_refresh_rate()
			_display_usec = 1_000_000.0 / rate if rate > 0.0 else 0.0
	if Engine.max_fps > 0:
		return maxf(_display_usec, 1_000_000.0 / Engine.max_fps)
	return _display_usec


func _on_frame_drawn() -> void:
	_budget.drawn(Time.get_ticks_usec(), _display_usec > 0.0)
