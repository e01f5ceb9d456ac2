extends RefCounted
## A wild game: submits, cancels, frees and changes settings at random, in every way there is, and lets its handlers do
## the same. What it was promised goes into the ledger.

const Block := preload("res://tests/soak/soak_block.gd")
const Ledger := preload("res://tests/soak/ledger.gd")
const Shapes := preload("res://tests/soak/soak_shapes.gd")
const SoakStream := preload("res://tests/soak/soak_stream.gd")

## Jobs under way beyond which nothing is submitted.
const MOST_OPEN: int = 4000
const MOST_BLOCKS: int = 200
const MOST_STREAMS: int = 4
const PRIORITIES: PackedInt32Array = [-5, -1, 0, 0, 0, 0, 1, 5, 10, 99]
## Results that are kept at a time.
const MOST_KEPT: int = 100
## Ids that are remembered to be cancelled, ended or not.
const RECENT: int = 512
## A submission that must be refused says this.
const REFUSED_TEXT: String = "is -3"
const EMPTY_TEXT: String = "has 0 points; at least 3 are needed"

var ledger: Ledger
var shapes: Shapes
var rng: RandomNumberGenerator
## Where blocks live; processed also while the tree is paused.
var host: Node
## Whether handlers throw and nonsense is submitted.
var makes_errors: bool = true
## Fractures that were accepted, all told.
var accepted: int = 0
## Submissions that a full queue refused.
var refused: int = 0

var _blocks: Array[Block] = []
var _streams: Array[SoakStream] = []
var _closing: Array[SoakStream] = [] # nothing is pushed to them any more
var _batches: Array[CutoutFractureBatch] = []
var _recent: PackedInt64Array = PackedInt64Array()
var _recent_at: int = 0
var _depth: int = 0 # inside a handler
var _kept: Array[Array] = [] # pieces that the game keeps for a while
var _kept_hashes: PackedInt64Array = PackedInt64Array()


func _init(books: Ledger, random: RandomNumberGenerator, parent: Node) -> void:
	ledger = books
	rng = random
	host = parent
	shapes = Shapes.new(rng)
	_recent.resize(RECENT)


func listen() -> void:
	CutoutBatch.job_completed.connect(_keep_some)
	CutoutBatch.job_completed.connect(_meddle.unbind(1))
	CutoutBatch.job_failed.connect(_meddle.unbind(2))
	CutoutBatch.job_cancelled.connect(_meddle)
	CutoutBatch.batch_completed.connect(_meddle.unbind(1))
	CutoutBatch.queue_full.connect(_cancel_something) # (a submission in it would overwrite last_status)


#
func blow() -> void:
	for _i: int in rng.randi_range(0, 5):
		_act()


## Submits one polygon.
func submit_plain() -> void:
	_submit_one()


## Ends what would go on by itself, so that everything comes to an end.
func calm() -> void:
	for stream: SoakStream in _streams:
		stream.close()
	_closing.append_array(_streams)
	_streams = []
	_batches = []


## CutoutBatch has left the tree: nothing that is under way will end.
func forget() -> void:
	_streams = []
	_closing = []
	_batches = []


## Frees all objects. Only when nothing is under way.
func clear() -> void:
	_streams = []
	_closing = []
	for block: Block in _blocks:
		if is_instance_valid(block):
			block.free()
	_blocks = []


func _act() -> void:
	var is_room: bool = ledger.jobs.size() < MOST_OPEN
	var lot: int = rng.randi_range(0, 99)
	if lot < 45:
		if is_room:
			for _i: int in rng.randi_range(1, 60):
				_submit_one()
	elif lot < 55:
		if is_room:
			_submit_batch(rng.randi_range(0, 60))
	elif lot < 65:
		_stream_something()
	elif lot < 73:
		if is_room:
			_run_batch(rng.randi_range(0, 40))
	elif lot < 83:
		_use_block()
	elif lot < 93:
		for _i: int in rng.randi_range(1, 20):
			_cancel_something()
	elif lot < 96:
		_free_block()
	elif lot < 97:
		_submit_nonsense()
	elif lot < 98 and rng.randi_range(0, 9) == 0:
		ledger.note_cancel_all()
		CutoutBatch.cancel_all()
		for stream: SoakStream in _streams + _closing:
			stream.cancel()
	else:
		_change_priority()


# A handler of the game: now and then it does something, or throws an error.
func _meddle(_id: int) -> void:
	if _depth > 0 or rng.randi_range(0, 99) != 0:
		return
	_depth += 1
	match rng.randi_range(0, 5):
		0:
			_submit_one()
		1:
			_cancel_something()
		2:
			_use_block()
		3:
			_submit_batch(rng.randi_range(0, 3))
		4:
			_free_block()
		5:
			if makes_errors:
				throw_on_purpose()
	_depth -= 1


# What a game keeps is its own: it does not change while workers free what others have let go of.
func _keep_some(_id: int, pieces: Array) -> void:
	if rng.randi_range(0, 9) != 0:
		return
	if _kept.size() < MOST_KEPT:
		_kept.append(pieces)
		_kept_hashes.append(pieces.hash())
		return
	var at: int = rng.randi_range(0, MOST_KEPT - 1)
	if _kept[at].hash() != _kept_hashes[at]:
		ledger.fault("pieces that were kept have changed")
	_kept[at] = pieces
	_kept_hashes[at] = pieces.hash()


func throw_on_purpose() -> void:
	var nothing: Node = null
	nothing.queue_free()


func _submit_one() -> void:
	var order: Shapes.Order = shapes.draw()
	var output: int = CutoutJobQueue.OUTPUT_ARRAYS
	if rng.randi_range(0, 19) == 0:
		output |= rng.randi_range(0, 31)
	var id: int = CutoutBatch.submit_fracture(order.polygon, order.params, _draw_priority(), output)
	if _is_accepted(id, 1):
		ledger.open_job(id, order.bound)
		_remember(id)


func _submit_batch(count: int) -> void:
	var polygons: Array = []
	var params: Array = []
	var bounds: PackedInt32Array = PackedInt32Array()
	for i: int in count:
		var order: Shapes.Order = shapes.draw(i)
		polygons.append(order.polygon)
		params.append(order.params)
		bounds.append(order.bound)
	var id: int = CutoutBatch.submit_batch(polygons, params, _draw_priority())
	if _is_accepted(id, count):
		var ids: PackedInt64Array = CutoutBatch.get_batch_jobs(id)
		if ids.size() != count:
			ledger.fault("a batch of %d has %d jobs" % [count, ids.size()])
		ledger.open_batch(id, ids, bounds)
		_remember(id)
		if count > 0:
			_remember(ids[rng.randi_range(0, count - 1)])


# A batch object, partly of objects.
func _run_batch(count: int) -> void:
	var batch: CutoutFractureBatch = CutoutBatch.create()
	var bounds: PackedInt32Array = PackedInt32Array()
	var of_object: PackedByteArray = PackedByteArray()
	for i: int in count:
		var order: Shapes.Order = shapes.draw(i)
		var block: Block = _find_block() if rng.randi_range(0, 3) == 0 else null
		var index: int = -1
		if block == null:
			index = batch.add_fracture(order.polygon, order.params)
		else:
			index = batch.add_fracture(block, {"fragment_count": 3})
		if index != i:
			ledger.fault("add_fracture gave %d instead of %d: %s" % [index, i, CutoutBatch.last_error])
		bounds.append(order.bound if block == null else Ledger.Bound.NONE)
		of_object.append(int(block != null))
	accepted += count
	_batches.append(batch)
	if _batches.size() > 16:
		_batches.pop_front()
	var era: int = ledger.era
	ledger.waiters += 1
	var results: Array = await batch.execute()
	if era != ledger.era:
		ledger.fault("a batch object went on that was abandoned")
		return
	ledger.waiters -= 1
	if results.size() != count:
		ledger.fault("a batch object of %d has %d results" % [count, results.size()])
		return
	for i: int in count:
		var result: CutoutFractureResult = results[i]
		if result.index != i:
			ledger.fault("a batch object has result %d at place %d" % [result.index, i])
		ledger.check_result(result, 0 if of_object[i] else i, "batch object")
		if ledger.may_be_dropped(result.status):
			continue
		if not result.is_cancelled() and result.is_ok() == (bounds[i] & Ledger.Bound.BAD != 0):
			ledger.fault("batch object: %s, its polygon was %s" % [result, "good" if bounds[i] == 0 else "bad"])


func _stream_something() -> void:
	var lot: int = rng.randi_range(0, 9)
	if lot == 0 and _streams.size() < MOST_STREAMS or _streams.is_empty():
		_streams.append(SoakStream.new(ledger, shapes, makes_errors))
	var at: int = rng.randi_range(0, _streams.size() - 1)
	var stream: SoakStream = _streams[at]
	if lot < 6:
		if stream.stream.get_waiting_count() < MOST_OPEN:
			var before: int = stream.pushed
			stream.push(rng.randi_range(1, 100))
			accepted += stream.pushed - before
		stream.stream.start()
	elif lot < 7:
		stream.cancel()
	elif lot < 8:
		_streams.remove_at(at)
		_closing.append(stream)
		stream.close()
		_closing = _closing.filter(func(other: SoakStream) -> bool: return not other.is_over)


func _use_block() -> void:
	if _blocks.size() < MOST_BLOCKS:
		var fresh: Block = Block.new()
		fresh.ledger = ledger
		fresh.polygon = shapes.draw_ring()
		if makes_errors and rng.randi_range(0, 19) == 0:
			fresh.temper = rng.randi_range(1, 2) as Block.Temper
		host.add_child(fresh)
		_blocks.append(fresh)
	var block: Block = _find_block()
	if block != null:
		_fracture_block(block)


func _fracture_block(block: Block) -> void:
	var before: int = block.applied
	var era: int = ledger.era
	ledger.waiters += 1
	accepted += 1
	var result: CutoutFractureResult = await CutoutBatch.fracture_object(
		block, {"fragment_count": rng.randi_range(1, 6)}, _draw_priority()
	)
	if era != ledger.era:
		ledger.fault("a fracture of an object went on that was abandoned")
		return
	ledger.waiters -= 1
	if result.status == CutoutJobQueue.STATUS_QUEUE_FULL and (result.job_id < 0 or ledger.drops):
		accepted -= 1
		refused += 1
		return
	ledger.check_result(result, 0, "object")
	if result.is_ok() and (not is_instance_valid(block) or block.applied <= before):
		ledger.fault("an object's result is done, but was not applied")
	elif not result.is_ok() and not result.is_cancelled():
		ledger.fault("an object's result: %s" % result)


func _find_block() -> Block:
	if _blocks.is_empty():
		return null
	var at: int = rng.randi_range(0, _blocks.size() - 1)
	if not is_instance_valid(_blocks[at]) or _blocks[at].is_queued_for_deletion():
		_blocks.remove_at(at)
		return null
	return _blocks[at]


func _free_block() -> void:
	var block: Block = _find_block()
	if block == null:
		return
	if _depth > 0 or rng.randi_range(0, 1) == 0: # a handler may be the block's own
		block.queue_free()
	else:
		_blocks.erase(block)
		block.free()


func _cancel_something() -> void:
	var id: int = _recent[rng.randi_range(0, RECENT - 1)]
	if ledger.batches.has(id):
		ledger.note_cancel_batch(id)
		CutoutBatch.cancel_batch(id)
	elif id > 0:
		var is_open: bool = ledger.jobs.has(id)
		var done: bool = CutoutBatch.cancel_job(id)
		if done or is_open:
			ledger.note_cancel(id, done)
	if rng.randi_range(0, 9) == 0 and not _batches.is_empty():
		_batches[rng.randi_range(0, _batches.size() - 1)].cancel()


func _change_priority() -> void:
	var id: int = _recent[rng.randi_range(0, RECENT - 1)]
	if CutoutBatch.set_priority(id, _draw_priority()) and not ledger.jobs.has(id):
		ledger.fault("job %d has ended, but its priority was changed" % id)


func _submit_nonsense() -> void:
	if not makes_errors:
		return
	if CutoutBatch.submit_fracture(shapes.draw_ring(), {"fragment_count": -3}) != -1:
		ledger.fault("a fragment_count of -3 was accepted")
	if CutoutBatch.submit_fracture(PackedVector2Array(), {}) != -1:
		ledger.fault("an empty polygon was accepted")


func _is_accepted(id: int, count: int) -> bool:
	if id > 0:
		accepted += count
		return true
	if CutoutBatch.last_status == CutoutJobQueue.STATUS_QUEUE_FULL:
		refused += count
	else:
		ledger.fault("a submission was refused: " + CutoutBatch.last_error)
	return false


func _remember(id: int) -> void:
	_recent[_recent_at] = id
	_recent_at = (_recent_at + 1) % RECENT


func _draw_priority() -> int:
	return PRIORITIES[rng.randi_range(0, PRIORITIES.size() - 1)]
