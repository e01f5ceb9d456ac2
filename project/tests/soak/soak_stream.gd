extends RefCounted
## A stream of the soak: pushed to and cancelled at random, and checked for giving every index once.

const Ledger := preload("res://tests/soak/ledger.gd")
const Shapes := preload("res://tests/soak/soak_shapes.gd")

var stream: CutoutFractureStream
## Nothing is pushed any more, and everything has come.
var is_over: bool = false
## Fractures pushed.
var pushed: int = 0

var _ledger: Ledger
var _shapes: Shapes
var _bounds: PackedInt32Array = PackedInt32Array()
var _seen: PackedByteArray = PackedByteArray()
var _came: int = 0
var _throws: bool
var _is_closed: bool = false
var _last_frame: int = -1


## [param throws]: its handler throws an error now and then.
func _init(ledger: Ledger, shapes: Shapes, throws: bool) -> void:
	_throws = throws
	_ledger = ledger
	_shapes = shapes
	stream = CutoutBatch.create_stream()
	stream.results_ready.connect(_on_results)
	stream.finished.connect(_on_finished)
	_ledger.waiters += 1


func push(count: int) -> void:
	for _i: int in count:
		var order: Shapes.Order = _shapes.draw(pushed)
		var index: int = stream.push(order.polygon, order.params)
		if index != pushed:
			_ledger.fault("push gave index %d instead of %d: %s" % [index, pushed, CutoutBatch.last_error])
			return
		_bounds.append(order.bound)
		_seen.append(0)
		pushed += 1


func cancel() -> void:
	for i: int in pushed:
		_bounds[i] |= Ledger.Bound.CANCELLED
	stream.cancel()


## Nothing is pushed any more. It is over with the next [code]finished[/code].
func close() -> void:
	_is_closed = true
	stream.start()
	if not stream.is_running():
		_end()


func _on_results(results: Array) -> void:
	if _last_frame == Engine.get_process_frames():
		_ledger.fault("a stream gave two chunks in one frame")
	_last_frame = Engine.get_process_frames()
	for result: CutoutFractureResult in results:
		if result.index < 0 or result.index >= pushed or _seen[result.index] != 0:
			_ledger.fault("a stream gave index %d twice or never had it" % result.index)
			continue
		_seen[result.index] = 1
		_came += 1
		_ledger.check_result(result, result.index, "stream")
		var bound: int = _bounds[result.index]
		if result.is_cancelled() and not bound & Ledger.Bound.CANCELLED:
			_ledger.fault("stream: %s, and nobody asked for it" % result)
		elif _ledger.may_be_dropped(result.status):
			continue
		elif not result.is_cancelled() and result.is_ok() == (bound & Ledger.Bound.BAD != 0):
			_ledger.fault("stream: %s, its polygon was %s" % [result, "bad" if bound & Ledger.Bound.BAD else "good"])
	if _throws and _shapes.rng.randi_range(0, 199) == 0:
		throw_on_purpose()


func throw_on_purpose() -> void:
	var nothing: Node = null
	nothing.queue_free()


func _on_finished() -> void:
	if _came != pushed:
		_ledger.fault("a stream finished after %d of %d results" % [_came, pushed])
	if _is_closed:
		_end()


func _end() -> void:
	if is_over:
		return
	is_over = true
	if _came != pushed:
		_ledger.fault("a stream ended after %d of %d results" % [_came, pushed])
	_ledger.waiters -= 1
