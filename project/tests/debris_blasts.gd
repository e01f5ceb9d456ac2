extends Node2D
## Breaks a thousand objects in a row, with bodies, and quits in the middle of a blast. Memory must be flat, and
## the shell checks that the engine reports no leak at its end.
##
## [codeblock]
## godot --headless --path project res://tests/debris_blasts.tscn
## [/codeblock]
## Prints [code]CUTOUT-BLASTS blasts=N grown=BYTES objects=N nodes=N[/code] right before it asks for the end.

const ROUNDS: int = 50
const AT_ONCE: int = 20

var _ended: int = 0


func _ready() -> void:
	var memory: int = 0
	var objects: int = 0
	var blast: CutoutBlast = CutoutBlast.new()
	blast.speed = 200.0
	for i: int in ROUNDS:
		for k: int in AT_ONCE:
			_break(Vector2(60 * k, 10), blast, i * AT_ONCE + k)
		while _ended < (i + 1) * AT_ONCE:
			await get_tree().process_frame
		await get_tree().physics_frame
		var debris: CutoutDebris2D = get_node(^"CutoutDebris")
		debris.min_body_area = 0.0
		debris.max_bodies = 64
		if i % 2 == 0:
			debris.clear()
		else:
			debris.max_pieces = 1
			await get_tree().process_frame
			debris.max_pieces = 16_384
		for _frame: int in 6:
			await get_tree().process_frame
		if i == ROUNDS / 2: # the first half fills what is kept
			memory = OS.get_static_memory_usage()
			objects = int(Performance.get_monitor(Performance.OBJECT_COUNT))
	var grown: int = OS.get_static_memory_usage() - memory
	objects = int(Performance.get_monitor(Performance.OBJECT_COUNT)) - objects
	for k: int in AT_ONCE:
		_break(Vector2(60 * k, 10), blast, k)
	while _ended < ROUNDS * AT_ONCE + 5:
		await get_tree().process_frame
	print("CUTOUT-BLASTS blasts=%d grown=%d objects=%d nodes=%d" % [
		ROUNDS * AT_ONCE, grown, objects, get_child_count(true)
	])
	get_tree().quit()


func _break(place: Vector2, blast: CutoutBlast, number: int) -> void:
	var shown: Polygon2D = Polygon2D.new()
	shown.polygon = PackedVector2Array([Vector2.ZERO, Vector2(50, 0), Vector2(50, 50), Vector2(0, 50)])
	shown.position = place
	add_child(shown)
	await CutoutBatch.fracture_object(shown, {"fragment_count": 16, "seed": number}, 0, 0, blast)
	_ended += 1
