extends Node
## A long storm on CutoutBatch: random jobs of every kind, cancelled, freed and thrown about, while settings, scenes,
## pause, time scale and frame rate change. Each id must end exactly once, batches keep their order, and at every
## checkpoint nothing may be left of what was before.
##
## [codeblock]
## godot --headless --path project res://tests/soak/soak.tscn -- [--jobs=20000] [--seed=1]
## [/codeblock]
## Ends with one line [code]CUTOUT-SOAK ... done[/code]; every fault has a line of its own before it. The seed gives the
## same game, but not the same threads.

const Errors := preload("res://tests/soak/soak_errors.gd")
const Ledger := preload("res://tests/soak/ledger.gd")
const Storm := preload("res://tests/soak/storm.gd")
const Weather := preload("res://tests/soak/weather.gd")
const SCENE: PackedScene = preload("res://tests/soak/soak_scene.tscn")
const SoakScene := preload("res://tests/soak/soak_scene.gd")
const Machine := preload("res://bench/frames/machine.gd")

## Everything is brought to an end so many times.
const CHECKPOINTS: int = 20
## What is under way must have ended so long after the last submission.
const MOST_DRAIN_MSEC: int = 60_000
## Objects that are there after so many checkpoints are made once: they may stay. Of those after the last ones the least
## number counts, since one may be on its way out.
const WARM_CHECKPOINTS: int = 4
const LAST_CHECKPOINTS: int = 4
## In the second half of the checkpoints memory may grow so much from one to the next, by the median: a leak grows at
## each, and what the allocator keeps for a new peak grows at few (MiB). Judged where there are so many jobs.
const MOST_GROWTH: float = 0.25
const JUDGED_JOBS: int = 200_000
## For the check of strict_fifo: jobs, and a priority of each band.
const STRICT_JOBS: int = 30
const STRICT_PRIORITIES: PackedInt32Array = [-1, 0, 1, 10]

var ledger: Ledger = Ledger.new()

var _rng: RandomNumberGenerator = RandomNumberGenerator.new()
var _errors: Errors = Errors.new()
var _host: Node = Node.new()
var _storm: Storm
var _weather: Weather
var _jobs: int = 20_000
var _checkpoints: int = 0
var _objects: PackedInt64Array = PackedInt64Array()
var _resident_kib: PackedInt64Array = PackedInt64Array()


func _ready() -> void:
	_rng.seed = 1
	for argument: String in OS.get_cmdline_user_args():
		var value: String = argument.get_slice("=", 1)
		if argument.begins_with("--jobs="):
			_jobs = maxi(CHECKPOINTS, value.to_int())
		elif argument.begins_with("--seed="):
			_rng.seed = value.to_int()
	print("CUTOUT-SOAK begin jobs=%d seed=%d" % [_jobs, _rng.seed])
	process_mode = Node.PROCESS_MODE_ALWAYS
	_host.process_mode = Node.PROCESS_MODE_ALWAYS
	add_child(_host)
	add_to_group(SoakScene.GROUP)
	OS.add_logger(_errors)
	_errors.announce(Storm.REFUSED_TEXT)
	_errors.announce(Storm.EMPTY_TEXT)
	_storm = Storm.new(ledger, _rng, _host)
	_weather = Weather.new(_rng, get_tree(), ledger)
	_run.call_deferred()


func _run() -> void:
	# Not the current scene: that one is changed.
	reparent(get_tree().root)
	get_tree().current_scene = null
	ledger.listen()
	_storm.listen()
	get_tree().change_scene_to_packed(SCENE) # what is made once with the first one
	var is_good: bool = true
	while is_good and _storm.accepted < _jobs:
		@warning_ignore("integer_division")
		var goal: int = _jobs * (_checkpoints + 1) / CHECKPOINTS
		while _storm.accepted < goal:
			await get_tree().process_frame
			_storm.blow()
			_weather.change()
			if _rng.randi_range(0, 49) == 0:
				get_tree().change_scene_to_packed(SCENE)
		is_good = await _check()
		if _checkpoints < WARM_CHECKPOINTS: # coroutines that wait then are kept for ever
			await _leave_and_return()
	_check_objects()
	_check_memory()
	_report()


# Brings everything to an end and looks whether anything is left. False: it did not end.
func _check() -> bool:
	_checkpoints += 1
	_storm.calm()
	_weather.clear_up()
	await get_tree().process_frame # a change of scene takes place
	var end: int = Time.get_ticks_msec() + MOST_DRAIN_MSEC
	while not ledger.is_empty() or not _is_idle():
		await get_tree().process_frame
		if Time.get_ticks_msec() > end:
			ledger.fault("not all has ended: jobs %s, batches %s, %d waiters, %s" % [
				ledger.jobs.keys().slice(0, 10), ledger.batches.keys().slice(0, 10), ledger.waiters,
				CutoutBatch.get_stats(),
			])
			return false
	var stats: Dictionary = CutoutBatch.get_stats()
	if stats["delivered_total"] != stats["completed_total"] + stats["failed_total"] + stats["cancelled_total"]:
		ledger.fault("the figures do not add up: %s" % stats)
	ledger.drops = false
	_storm.clear()
	await _check_strict_order()
	await _take_plain_job()
	ledger.listen_to_progress(_checkpoints % 4 == 3)
	if get_tree().current_scene != null:
		get_tree().unload_current_scene()
	for _i: int in 3:
		await get_tree().process_frame
	_objects.append(int(Performance.get_monitor(Performance.OBJECT_COUNT)))
	_resident_kib.append(Machine.get_resident_kib())
	print(
		"checkpoint %d: %d accepted, %d refused; %d completed, %d failed, %d cancelled, %d batches; %d slow; %d errors thrown;"
		% [
			_checkpoints, _storm.accepted, _storm.refused, ledger.completed, ledger.failed, ledger.cancelled,
			ledger.batches_completed, ledger.slow, _errors.get_thrown(),
		]
		+ " %d objects, %.1f MiB" % [_objects[-1], _resident_kib[-1] / 1024.0]
	)
	return true


func _is_idle() -> bool:
	var stats: Dictionary = CutoutBatch.get_stats()
	return int(stats["queued"]) + int(stats["running"]) + int(stats["finished"]) + int(stats["pending"]) == 0


# Jobs of very different length, in every band: with strict_fifo those of one band come as they were submitted.
func _check_strict_order() -> void:
	CutoutBatch.set_workers(3)
	CutoutBatch.strict_fifo = true
	var bands: Dictionary[int, int] = {} # job -> its band
	var order: PackedInt64Array = PackedInt64Array()
	var note: Callable = func(id: int, _result: Array) -> void: order.append(id)
	CutoutBatch.job_completed.connect(note)
	for _i: int in STRICT_JOBS:
		var band: int = _rng.randi_range(0, STRICT_PRIORITIES.size() - 1)
		var id: int = CutoutBatch.submit_fracture(
			_storm.shapes.draw_ring(),
			{"fragment_count": 1 if _rng.randi_range(0, 1) == 0 else 200},
			STRICT_PRIORITIES[band]
		)
		ledger.open_job(id)
		bands[id] = band
	while not ledger.is_empty():
		await get_tree().process_frame
	CutoutBatch.job_completed.disconnect(note)
	CutoutBatch.strict_fifo = false
	CutoutBatch.set_workers(0)
	var last: PackedInt64Array = [0, 0, 0, 0]
	for id: int in order:
		if not bands.has(id): # a handler's
			continue
		if id < last[bands[id]]:
			ledger.fault("strict_fifo: job %d came after job %d of its band" % [id, last[bands[id]]])
		last[bands[id]] = id


# The queue still holds what it took last, perhaps an object; this brings it to a plain array.
func _take_plain_job() -> void:
	ledger.open_job(CutoutBatch.submit_fracture(PackedVector2Array([Vector2.ZERO, Vector2.RIGHT, Vector2.DOWN]), {}))
	while not ledger.is_empty():
		await get_tree().process_frame


# The autoload leaves the tree with jobs under way, and nothing of them may ever come.
func _leave_and_return() -> void:
	for _i: int in 10:
		_storm.blow()
	await get_tree().process_frame
	var root: Window = get_tree().root
	root.remove_child(CutoutBatch)
	ledger.forget()
	_storm.forget()
	await get_tree().process_frame
	root.add_child(CutoutBatch)
	root.move_child(CutoutBatch, 0)


func _check_objects() -> void:
	if _objects.size() < CHECKPOINTS:
		return
	var last: PackedInt64Array = _objects.slice(-LAST_CHECKPOINTS)
	last.sort()
	if last[0] > _objects[WARM_CHECKPOINTS - 1]:
		ledger.fault("objects are left: %d at checkpoint %d, at least %d after it" % [
			_objects[WARM_CHECKPOINTS - 1], WARM_CHECKPOINTS, last[0]
		])


func _check_memory() -> void:
	if _resident_kib.size() < CHECKPOINTS or _resident_kib[0] < 0:
		return
	var growths: PackedInt64Array = PackedInt64Array()
	@warning_ignore("integer_division")
	for i: int in range(CHECKPOINTS / 2, CHECKPOINTS):
		growths.append(_resident_kib[i] - _resident_kib[i - 1])
	growths.sort()
	@warning_ignore("integer_division")
	var growth: float = growths[growths.size() / 2] / 1024.0
	print("memory from one checkpoint to the next, in the second half: %.2f MiB more (median)" % growth)
	if growth > MOST_GROWTH and _jobs >= JUDGED_JOBS:
		ledger.fault("memory grows by %.2f MiB from one checkpoint to the next" % growth)


func _report() -> void:
	OS.remove_logger(_errors)
	var others: Array = _errors.get_others()
	var texts: PackedStringArray = others[1]
	for text: String in texts:
		print("FAULT unexpected error: ", text)
	if _errors.get_thrown() == 0:
		ledger.fault("no handler threw an error")
	var faults: int = ledger.fault_count + int(others[0])
	print(
		"CUTOUT-SOAK jobs=%d completed=%d failed=%d cancelled=%d thrown=%d faults=%d done"
		% [_storm.accepted, ledger.completed, ledger.failed, ledger.cancelled, _errors.get_thrown(), faults]
	)
	get_tree().quit(0 if faults == 0 else 1)
