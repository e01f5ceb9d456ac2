extends Node
## Breaks objects of the stage, by the addon's debris, by the addon's nodes or naively, and keeps the count of what came of it.

const StageObject := preload("res://demo/stage_object.gd")
const NaivePieces := preload("res://demo/naive_pieces.gd")
const PIECE: PackedScene = preload("res://demo/piece.tscn")

## What objects become.
enum Output {
	DEBRIS, ## Pieces of a [CutoutDebris2D].
	NODES, ## Nodes that the addon makes, within its budget.
	NAIVE, ## Nodes that are made at once, of pieces that are cut on the main thread.
}

## Seconds until nodes go; debris has a lifetime of its own.
const NODE_LIFETIME: float = 6.0
## Nodes that are made in advance when that output is chosen.
const PREWARMED_NODES: int = 1000
## Frames after the last pieces that still belong to a blast.
const TAIL_FRAMES: int = 30
## Pieces of debris smaller than this are not sliced, in square pixels.
const LEAST_SLICED_AREA: float = 120.0
## Along a slice debris is looked for at points so far apart, in pixels.
const SLICE_STEP: float = 8.0


## What came of a blast.
class Report:
	extends RefCounted
	## How it was done.
	var output: Output = Output.DEBRIS
	## Pieces that there are, frames until the last of them was there, and the longest of those frames.
	var pieces: int = 0
	var frames: int = 0
	var longest_usec: int = 0
	## Objects whose pieces are not there yet.
	var waiting: int = 0
	## When it began.
	var start_frame: int = Engine.get_process_frames()


## Nodes that go together.
class Flight:
	extends RefCounted
	var nodes: Array[RigidBody2D] = []
	var is_naive: bool = false
	var end: float = 0.0


## See [enum Output].
var output: Output = Output.DEBRIS:
	set(value):
		output = value
		if output == Output.NODES:
			CutoutBatch.prewarm_nodes(PREWARMED_NODES, PIECE)

## Where debris goes.
var debris: CutoutDebris2D

## The last report of each output.
var reports: Dictionary[Output, Report] = {}

## Objects that were handed over to be broken, of which pieces came, and that failed, since the last [method clear].
var submitted_count: int = 0
var delivered_count: int = 0
var failed_count: int = 0
## Pieces since then.
var piece_count: int = 0
## Bites that were taken.
var dug_count: int = 0
## Why objects failed, one line each.
var failures: PackedStringArray = PackedStringArray()

var _report: Report = Report.new()
var _waiting: int = 0 # for objects to break and bites
var _tail: int = 0
var _round: int = 0 # results of an earlier one are not ours any more
var _clock: float = 0.0
var _flights: Array[Flight] = []
var _random: RandomNumberGenerator = RandomNumberGenerator.new()


func _init() -> void:
	_random.seed = 20


func _process(delta: float) -> void:
	_clock += delta
	while not _flights.is_empty() and _flights[0].end < _clock:
		_let_go(_flights.pop_front())


## Breaks [param objects], each by what [param params_of](object) says; pieces fly from [param explosion], each a little
## differently.
func blast(objects: Array[StageObject], params_of: Callable, explosion: CutoutBlast) -> void:
	if not objects.is_empty():
		_break(objects, params_of, explosion, _scatter, _get_report())


## As [method blast], and no report tells of it: it is part of something else.
func blast_unseen(objects: Array[StageObject], params_of: Callable, explosion: CutoutBlast) -> void:
	_break(objects, params_of, explosion, _scatter, Report.new())


## Cuts [param objects], and debris, in two along the line through two points (global); the halves drift apart.
func slice(objects: Array[StageObject], from: Vector2, to: Vector2) -> void:
	var cut: Callable = func(to_local: Transform2D) -> Dictionary:
		return {
			"type": "slices", "mode": "manual", "extend": true,
			"segments": PackedVector2Array([to_local * from, to_local * to]),
		}
	var side: Vector2 = from.direction_to(to).orthogonal()
	var part: Callable = func(center: Vector2, velocity: Vector2) -> Vector2:
		return velocity + side * (70.0 if side.dot(center - from) > 0.0 else -70.0)
	for piece: int in _find_pieces(from, to):
		var params: Dictionary = cut.call(debris.get_piece_transform(piece).affine_inverse())
		_tell(CutoutBatch.fracture_piece(debris, piece, params), _on_piece_cut.bind(_round, part))
	var params_of: Callable = func(object: StageObject) -> Dictionary:
		return cut.call(object.get_global_transform().affine_inverse())
	if not objects.is_empty():
		_break(objects, params_of, CutoutBlast.new(), part, _get_report())


## Bites a crater out of [param object].
func dig(object: StageObject, center: Vector2, radius: float, fragment_count: int) -> void:
	var bite: CutoutBlast = CutoutBlast.new()
	bite.debris = debris
	bite.center = center
	bite.speed = 90.0
	bite.radius = 2.0 * radius
	bite.spin = 5.0
	var params: Dictionary = {"fragment_count": fragment_count, "seed": _random.randi()}
	var answer: Variant = CutoutBatch.damage_object(object, center, radius, params, 0, bite)
	_waiting += 1
	_tell(answer, _on_dug.bind(_round))


## True while hit objects wait for their pieces.
func is_waiting() -> bool:
	return _waiting > 0


## Takes over how long the last frame was.
func note_frame(interval_usec: int) -> void:
	if _report.waiting > 0:
		_tail = TAIL_FRAMES
	elif _tail > 0:
		_tail -= 1
	if _tail > 0:
		_report.longest_usec = maxi(_report.longest_usec, interval_usec)


## Takes all pieces away and forgets the counts. What is under way is cancelled.
func clear() -> void:
	CutoutBatch.cancel_all()
	_round += 1
	_waiting = 0
	_report = Report.new()
	_tail = 0
	debris.clear()
	for flight: Flight in _flights:
		_let_go(flight)
	_flights.clear()
	submitted_count = 0
	delivered_count = 0
	failed_count = 0
	piece_count = 0
	dug_count = 0
	failures.clear()
	_random.seed = 20


# The report of what is broken now: a new one, unless the last of the same way still waits for pieces.
func _get_report() -> Report:
	if _report.waiting == 0 or _report.output != output:
		_report = Report.new()
		_report.output = output
		reports[output] = _report
	_tail = TAIL_FRAMES
	return _report


# [param change](center, velocity) says how a piece moves on.
func _break(
	objects: Array[StageObject], params_of: Callable, explosion: CutoutBlast, change: Callable, report: Report
) -> void:
	explosion.debris = debris
	if output == Output.NODES:
		explosion.output = CutoutBlast.Output.NODES
		explosion.scene = PIECE
	for object: StageObject in objects:
		submitted_count += 1
		if output == Output.NAIVE:
			_take_naive(object, NaivePieces.break_object(object, params_of.call(object), explosion), change, report)
			continue
		object.state = StageObject.State.WAITING
		_waiting += 1
		report.waiting += 1
		var answer: Variant = CutoutBatch.fracture_object(object, params_of.call(object), 0, 0, explosion)
		_tell(answer, _on_broken.bind(object.get_instance_id(), _round, change, report))


# Static, so that nothing waits in a node: it may be gone when the result comes.
static func _tell(answer: Variant, done: Callable) -> void:
	var result: CutoutFractureResult = await answer
	if done.is_valid():
		done.call(result)


func _on_broken(
	result: CutoutFractureResult, object_id: int, of_round: int, change: Callable, report: Report
) -> void:
	if of_round != _round:
		return
	_waiting -= 1
	report.waiting -= 1
	if result.is_ok():
		delivered_count += 1
		_count(result.get_fragment_count(), report)
		_move(result, change)
		_keep(result.nodes, false)
	elif not result.is_cancelled():
		_note_failure(instance_from_id(object_id) as StageObject, result.message)


func _on_piece_cut(result: CutoutFractureResult, of_round: int, change: Callable) -> void:
	if of_round == _round and result.is_ok():
		_move(result, change)


func _on_dug(result: CutoutFractureResult, of_round: int) -> void:
	if of_round != _round:
		return
	_waiting -= 1
	if result.is_ok():
		dug_count += 1
	elif not result.is_cancelled():
		_note_failure(null, result.message)


func _take_naive(object: StageObject, nodes: Array[RigidBody2D], change: Callable, report: Report) -> void:
	if nodes.is_empty():
		_note_failure(object, "not cut; the engine's error says why")
		return
	delivered_count += 1
	_count(nodes.size(), report)
	for node: RigidBody2D in nodes:
		node.linear_velocity = change.call(node.position, node.linear_velocity)
	_keep(nodes, true)


func _count(pieces: int, report: Report) -> void:
	piece_count += pieces
	report.pieces += pieces
	report.frames = Engine.get_process_frames() - report.start_frame + 1


func _note_failure(object: StageObject, reason: String) -> void:
	failed_count += 1
	if object == null:
		failures.append(reason)
		return
	object.state = StageObject.State.FAILED
	failures.append("object %d at %s: %s" % [object.number, object.position, reason])


func _move(result: CutoutFractureResult, change: Callable) -> void:
	for burst: int in result.bursts:
		for piece: int in debris.get_burst_pieces(burst):
			var velocity: Vector2 = change.call(debris.get_piece_center(piece), debris.get_piece_velocity(piece))
			debris.set_piece_motion(piece, velocity, debris.get_piece_spin(piece))
	for node: RigidBody2D in result.nodes:
		node.linear_velocity = change.call(node.global_position, node.linear_velocity)


func _scatter(_center: Vector2, velocity: Vector2) -> Vector2:
	var aside: Vector2 = Vector2(_random.randf_range(-0.08, 0.08), _random.randf_range(-0.3, -0.05))
	return (velocity + aside * velocity.length()) * _random.randf_range(0.6, 1.2)


func _find_pieces(from: Vector2, to: Vector2) -> Dictionary[int, bool]:
	var found: Dictionary[int, bool] = {}
	var steps: int = maxi(1, roundi(from.distance_to(to) / SLICE_STEP))
	for i: int in steps + 1:
		var piece: int = debris.pick_piece(from.lerp(to, float(i) / steps))
		if piece >= 0 and debris.get_piece_area(piece) >= LEAST_SLICED_AREA:
			found[piece] = true
	return found


func _keep(nodes: Array[RigidBody2D], is_naive: bool) -> void:
	if nodes.is_empty():
		return
	var flight: Flight = Flight.new()
	flight.nodes = nodes
	flight.is_naive = is_naive
	flight.end = _clock + NODE_LIFETIME
	_flights.append(flight)


# The addon's nodes go back to its pool, some in each frame; until then they are not to be seen.
func _let_go(flight: Flight) -> void:
	for node: RigidBody2D in flight.nodes:
		if flight.is_naive:
			node.queue_free()
		else:
			node.hide()
	if not flight.is_naive:
		CutoutBatch.retire(flight.nodes)
