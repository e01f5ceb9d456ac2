extends RefCounted
## One scenario of the frame benchmark: how a game submits and what its handlers do. Base of those in scenarios.gd;
## keeps count of what was submitted and what came back.
##
## A scenario runs in rounds. Each has an idle part, the baseline, and then a measured part: that begins with the
## first frame that submits and ends [constant TAIL_FRAMES] frames after the last job has come back.

const Record := preload("res://bench/frames/record.gd")
const Sprites := preload("res://bench/frames/sprites.gd")

## Frames that are measured after the last delivery: what it leaves behind is seen in them.
const TAIL_FRAMES: int = 5
## Latencies of so many frames and more are counted as one.
const MOST_LATENCY: int = 4095
# More ids than there are jobs under way at any time.
const ID_MASK: int = (1 << 18) - 1

## Its name in the results.
var title: String = ""
var rounds: int = 1
## Frames of the baseline in each round.
var idle_frames: int = 300
## How long the scenario submits, where its length is a time.
var seconds: float = 0.0
var record: Record

var submitted: int = 0
var delivered: int = 0
var refused: int = 0
var fragments: int = 0
## Jobs that failed or were cancelled: there must be none.
var lost: int = 0
## How many jobs came back so many frames after the one they were submitted in.
var latencies: PackedInt64Array = PackedInt64Array()

var _polygons: Array[PackedVector2Array] = Sprites.make_variants()
var _submit_frames: PackedInt32Array = PackedInt32Array()
var _frame: int = 0


func _init() -> void:
	latencies.resize(MOST_LATENCY + 1)
	_submit_frames.resize(ID_MASK + 1)


## Before the first frame. Override it for what the scenario needs.
func prepare() -> void:
	pass


## The game's own work in every frame, also in the baseline. Override it.
func play() -> void:
	pass


## Frame number [param n] of a round's measured part. False: it submits nothing more in this round. Override it.
func submit_in(_n: int) -> bool:
	return false


## What the game does with a result. Override it.
func handle(_number: int) -> void:
	pass


## What is worth saying beside the row of figures, a line each. Override it.
func get_remarks() -> PackedStringArray:
	return PackedStringArray()


func begin_frame() -> void:
	_frame = Engine.get_process_frames()
	play()


func listen() -> void:
	CutoutBatch.job_completed.connect(_on_completed)
	CutoutBatch.job_failed.connect(_on_failed)
	CutoutBatch.job_cancelled.connect(_on_cancelled)


func is_all_back() -> bool:
	return delivered + lost == submitted


## Submits sprites one by one, at most [param count], until one is refused. Returns how many were taken.
func submit_sprites(count: int) -> int:
	var began: int = Time.get_ticks_usec()
	var taken: int = 0
	while taken < count:
		var number: int = submitted + taken
		var id: int = CutoutBatch.submit_fracture(
			_polygons[number % Sprites.VARIANTS], {"fragment_count": Sprites.FRAGMENT_COUNT, "seed": number}
		)
		if id < 0:
			refused += 1
			break
		_submit_frames[id & ID_MASK] = _frame
		taken += 1
	_note_submission(began, taken)
	return taken


## Submits one polygon.
func submit_one(polygon: PackedVector2Array, params: Dictionary) -> void:
	var began: int = Time.get_ticks_usec()
	var id: int = CutoutBatch.submit_fracture(polygon, params)
	_submit_frames[id & ID_MASK] = _frame
	_note_submission(began, 1)


## Submits a batch, in one call.
func submit_batch(polygons: Array, params: Array) -> void:
	var began: int = Time.get_ticks_usec()
	var batch_id: int = CutoutBatch.submit_batch(polygons, params)
	_note_submission(began, polygons.size())
	for id: int in CutoutBatch.get_batch_jobs(batch_id):
		_submit_frames[id & ID_MASK] = _frame


## Burns [param usec] microseconds by the clock.
static func burn(usec: int) -> void:
	var end: int = Time.get_ticks_usec() + usec
	while Time.get_ticks_usec() < end:
		pass


func _note_submission(began: int, count: int) -> void:
	record.submit_usec += Time.get_ticks_usec() - began
	record.submitted += count
	submitted += count


func _on_completed(id: int, result: Array) -> void:
	delivered += 1
	fragments += result.size()
	record.delivered += 1
	latencies[mini(_frame - _submit_frames[id & ID_MASK], MOST_LATENCY)] += 1
	handle(delivered)


func _on_failed(id: int, _status: int, message: String) -> void:
	lost += 1
	push_error("job %d failed: %s" % [id, message])


func _on_cancelled(id: int) -> void:
	lost += 1
	push_error("job %d was cancelled" % id)
