class_name CutoutProcessorCase
extends CutoutTestSuite
## Base of the suites of the script API: a processor of its own for each test, and a record of all its signals.

const Processor := preload("res://addons/cutout/autoload/cutout_batch_processor.gd")
const JobStatus := preload("res://addons/cutout/batch/job_status.gd")

## Not the autoload: a second one, so that a test cannot disturb another.
var cutout: Processor
## Every job and batch signal in order: [name, id, ...].
var events: Array[Array] = []
var full_count: int = 0


func before_each() -> void:
	cutout = Processor.new()
	add_child(cutout)
	cutout.job_completed.connect(
		func(id: int, result: Array) -> void: events.append(["completed", id, result])
	)
	cutout.job_failed.connect(
		func(id: int, error: int, message: String) -> void: events.append(["failed", id, error, message])
	)
	cutout.job_cancelled.connect(func(id: int) -> void: events.append(["cancelled", id]))
	cutout.batch_completed.connect(
		func(id: int, results: Array) -> void: events.append(["batch", id, results])
	)
	cutout.queue_full.connect(func() -> void: full_count += 1)


func after_each() -> void:
	if is_instance_valid(cutout):
		cutout.queue_free()
	await frames(1)


## A square of the given size with its corner at the origin.
func square(size: float = 100.0) -> PackedVector2Array:
	return PackedVector2Array(
		[Vector2.ZERO, Vector2(size, 0.0), Vector2(size, size), Vector2(0.0, size)]
	)


## A square with a square hole.
func frame_polygon() -> Array[PackedVector2Array]:
	return [
		square(),
		PackedVector2Array([Vector2(30, 30), Vector2(70, 30), Vector2(70, 70), Vector2(30, 70)]),
	]


## A polygon of many points: a circle. Cutting it takes a while.
func circle(points: int, radius: float = 500.0) -> PackedVector2Array:
	var ring: PackedVector2Array = PackedVector2Array()
	for i: int in points:
		ring.append(Vector2.from_angle(TAU * i / points) * radius)
	return ring


## Sum of the areas of the rings.
func area_of(rings: Array) -> float:
	var sum: float = 0.0
	for ring: PackedVector2Array in rings:
		var twice: float = 0.0
		for i: int in ring.size():
			twice += ring[i].cross(ring[(i + 1) % ring.size()])
		sum += absf(twice) * 0.5
	return sum


## The names of the ends that were signalled for an id.
func ends_of(id: int) -> PackedStringArray:
	var names: PackedStringArray = PackedStringArray()
	for event: Array in events:
		if event[1] == id:
			names.append(event[0])
	return names


## The last event of a kind for an id, or [].
func event_of(kind: String, id: int) -> Array:
	for event: Array in events:
		if event[0] == kind and event[1] == id:
			return event
	return []


## Waits until nothing is under way. Returns whether that came.
func settled(seconds: float = 20.0) -> bool:
	return await wait_until(_is_settled, seconds)


func _is_settled() -> bool:
	var stats: Dictionary = cutout.get_stats()
	return (
		int(stats["queued"]) + int(stats["running"]) + int(stats["finished"]) + int(stats["pending"]) == 0
	)
