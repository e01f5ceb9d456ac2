extends Node
## A storm that ends the game at a random moment: in a frame, in a handler, while a scene is changed or the tree is
## paused, with a large job on a worker. Whoever starts it checks that the engine ends promptly, without a crash and
## without a leak report.
##
## [codeblock]
## godot --headless --path project res://tests/soak/quit.tscn -- --seed=7
## [/codeblock]
## Prints [code]CUTOUT-QUIT way=... accepted=N open=N at=<seconds since 1970>[/code] right before it asks for the end.

const Ledger := preload("res://tests/soak/ledger.gd")
const Shapes := preload("res://tests/soak/soak_shapes.gd")
const SoakScene := preload("res://tests/soak/soak_scene.gd")
const Sprites := preload("res://bench/frames/sprites.gd")
const Storm := preload("res://tests/soak/storm.gd")
const Weather := preload("res://tests/soak/weather.gd")
const SCENE: PackedScene = preload("res://tests/soak/soak_scene.tscn")

const MOST_FRAMES: int = 30
const LARGE_POINTS: int = 20_000
const LARGE_PIECES: int = 5_000

## Where the end is asked for.
enum Way {
	IN_A_FRAME, ## In the process step.
	IN_A_HANDLER, ## In the signal of a job.
	IN_AN_OBJECT, ## In an object's apply_fracture.
	CLOSED, ## As if the window was closed.
	WITH_A_SCENE, ## In the frame in which the scene is changed.
	PAUSED, ## While the tree is paused.
	WITHOUT_US, ## CutoutBatch has left the tree before.
}

class Leaver extends Polygon2D:
	var leave: Callable

	func apply_fracture(_result: CutoutFractureResult) -> void:
		leave.call()

var ledger: Ledger = Ledger.new()

var _rng: RandomNumberGenerator = RandomNumberGenerator.new()
var _storm: Storm
var _way: Way = Way.IN_A_FRAME
var _is_leaving: bool = false


func _ready() -> void:
	for argument: String in OS.get_cmdline_user_args():
		if argument.begins_with("--seed="):
			_rng.seed = argument.trim_prefix("--seed=").to_int()
	process_mode = Node.PROCESS_MODE_ALWAYS
	add_to_group(SoakScene.GROUP)
	_way = _rng.randi_range(0, Way.size() - 1) as Way
	_storm = Storm.new(ledger, _rng, self)
	_storm.makes_errors = false
	_run.call_deferred()


func _run() -> void:
	reparent(get_tree().root)
	get_tree().current_scene = null
	ledger.listen()
	_storm.listen()
	var weather: Weather = Weather.new(_rng, get_tree(), ledger)
	if _rng.randi_range(0, 2) == 0:
		var coast: PackedVector2Array = Sprites.make_coast(LARGE_POINTS)
		for i: int in 4:
			ledger.open_job(CutoutBatch.submit_fracture(coast, {"fragment_count": LARGE_PIECES, "seed": i}))
	for _i: int in _rng.randi_range(0, MOST_FRAMES):
		await get_tree().process_frame
		_storm.blow()
		weather.change()
		if _rng.randi_range(0, 19) == 0:
			get_tree().change_scene_to_packed(SCENE)
	for _i: int in 3:
		_storm.blow()
	_begin_to_leave()


func _begin_to_leave() -> void:
	match _way:
		Way.IN_A_FRAME:
			_leave()
		Way.IN_A_HANDLER:
			CutoutBatch.job_completed.connect(func(_id: int, _result: Array) -> void: _leave())
			_storm.submit_plain()
		Way.IN_AN_OBJECT:
			var leaver: Leaver = Leaver.new()
			leaver.polygon = [Vector2.ZERO, Vector2(50, 0), Vector2(0, 50)]
			leaver.leave = _leave
			add_child(leaver)
			_fracture(leaver)
		Way.CLOSED:
			_say()
			get_tree().root.propagate_notification(NOTIFICATION_WM_CLOSE_REQUEST)
			get_tree().root.close_requested.emit()
		Way.WITH_A_SCENE:
			get_tree().change_scene_to_packed(SCENE)
			_leave()
		Way.PAUSED:
			get_tree().paused = true
			await get_tree().process_frame
			_leave()
		Way.WITHOUT_US:
			await get_tree().process_frame # a scene that comes now would still submit
			get_tree().root.remove_child(CutoutBatch)
			await get_tree().process_frame
			_leave()
			CutoutBatch.free()
	# Where that signal does not come.
	for _i: int in 1000:
		await get_tree().process_frame
	_leave()


func _fracture(object: Node2D) -> void:
	await CutoutBatch.fracture_object(object, {}, 10)


func _leave() -> void:
	if not _is_leaving:
		_say()
		get_tree().quit()


func _say() -> void:
	_is_leaving = true
	print(
		"CUTOUT-QUIT way=%s accepted=%d open=%d faults=%d at=%.3f"
		% [
			Way.keys()[_way], _storm.accepted, ledger.jobs.size(), ledger.fault_count,
			Time.get_unix_time_from_system(),
		]
	)
