extends Node2D
## The showcase: a stage full of things with holes in them, all of them breakable at once.
##
## Hit objects go to [code]CutoutBatch.submit_fracture[/code]; their pieces arrive through
## [code]job_completed[/code] and take the object's place inside the handler, so what spawning them costs is
## part of what the frame budget sees.
##
## Options after [code]--[/code]: [code]--auto[/code] measures a blast of everything without any input, prints a
## table and ends; [code]--pictures=FOLDER[/code] (with it) also saves pictures there. See auto_run.gd.
## [code]--pattern=voronoi/impact[/code] begins with another pattern, see cut_patterns.gd.

const ShowcaseObject := preload("res://demo/stage_object.gd")
const Stage := preload("res://demo/stage.gd")
const Debris := preload("res://demo/debris.gd")
const BlastLight := preload("res://demo/blast_light.gd")
const Overlay := preload("res://demo/overlay.gd")
const FrameLog := preload("res://demo/frame_log.gd")
const AutoRun := preload("res://demo/auto_run.gd")
const CutPatterns := preload("res://demo/cut_patterns.gd")

## The stage, in pixels.
const STAGE_SIZE := Vector2(1280.0, 720.0)

## Pieces an object breaks into, chosen with the keys 1 to 9.
const PIECE_COUNTS: Array[int] = [3, 5, 8, 10, 14, 20, 28, 40, 60]

## A click breaks what lies within this many pixels of the pointer.
const CLICK_RADIUS := 70.0

## Speed of the pieces next to a click's middle, and next to the middle of a blast of everything.
const CLICK_STRENGTH := 620.0
const GREAT_STRENGTH := 1050.0

## How far the ring of light of a blast of everything runs, in pixels.
const GREAT_REACH := 800.0

## Where a blast of everything starts: the middle of the house.
const GREAT_ORIGIN := Vector2(640.0, 470.0)

## Seconds between two blasts of a held button.
const TRAIL_PAUSE := 0.07

const SLOW_MOTION := 0.15

## "voronoi" or "slices".
var fracture_type := "voronoi"

## One of the patterns of that type, see cut_patterns.gd.
var pattern := "random"

## Pieces for each object.
var pieces := 10

## Objects handed over, delivered with pieces, and failed since the last [method restore].
var submitted_count := 0
var delivered_count := 0
var failed_count := 0

## Why objects failed, one line each.
var failures := PackedStringArray()

## True stops the clock: nothing flies until it is false again.
var frozen := false

## Every frame's interval since the start.
var frame_log := FrameLog.new()

var _clock := 0.0
var _slow := false
var _blast_frame := 0
var _cut_usec_before := 0
var _pieces_before := 0
var _dragging := false
var _since_trail := 0.0
var _objects_by_job: Dictionary[int, ShowcaseObject] = {}
var _blasts_by_job: Dictionary[int, Debris.Blast] = {}

@onready var stage: Stage = $World/Stage
@onready var debris: Debris = $World/Debris
@onready var _world: Node2D = $World
@onready var _light: BlastLight = $World/BlastLight
@onready var _overlay: Overlay = $Overlay


func _ready() -> void:
	get_tree().process_frame.connect(_on_frame_began)
	CutoutBatch.job_completed.connect(_on_job_completed)
	CutoutBatch.job_failed.connect(_on_job_failed)
	get_viewport().size_changed.connect(_place_stage)
	_place_stage()
	_show_setting()
	_read_options()


## Breaks everything that still stands.
func blast_everything() -> void:
	_blast(GREAT_ORIGIN, GREAT_STRENGTH, stage.whole_within(GREAT_ORIGIN, INF))


## Breaks what stands within [constant CLICK_RADIUS] of [param center].
func blast_at(center: Vector2) -> void:
	_blast(center, CLICK_STRENGTH, stage.whole_within(center, CLICK_RADIUS))


## Puts everything back and forgets the counts. Jobs under way are cancelled.
func restore() -> void:
	CutoutBatch.cancel_all()
	_objects_by_job.clear()
	_blasts_by_job.clear()
	debris.clear()
	_light.clear()
	stage.restore()
	submitted_count = 0
	delivered_count = 0
	failed_count = 0
	failures.clear()
	_overlay.message = ""
	set_clock(0.0)


## True while hit objects wait for their pieces.
func is_waiting() -> bool:
	return not _objects_by_job.is_empty()


## Time the workers have spent cutting since the last blast, in microseconds.
func cut_usec() -> int:
	return _total_cut_usec() - _cut_usec_before


## Sets the showcase's own clock, in seconds; where every piece is follows from it.
func set_clock(clock: float) -> void:
	_clock = clock
	debris.set_clock(clock)
	_light.set_clock(clock)
	_world.position = _light.shake().round()


func _total_cut_usec() -> int:
	return CutoutBatch.get_stats()["cut_usec_total"]


func _process(delta: float) -> void:
	if not frozen:
		set_clock(_clock + minf(delta, 0.05) * (SLOW_MOTION if _slow else 1.0))
	_since_trail += delta
	if _dragging and _since_trail > TRAIL_PAUSE:
		var hit := stage.whole_within(stage.get_local_mouse_position(), CLICK_RADIUS)
		if not hit.is_empty():
			_since_trail = 0.0
			_blast(stage.get_local_mouse_position(), CLICK_STRENGTH, hit)


func _unhandled_input(event: InputEvent) -> void:
	var click := event as InputEventMouseButton
	if click != null and click.button_index == MOUSE_BUTTON_LEFT:
		_dragging = click.pressed
		if click.pressed:
			_since_trail = 0.0
			blast_at(stage.get_local_mouse_position())
	var motion := event as InputEventMouseMotion
	if motion != null:
		_light.aim_radius = CLICK_RADIUS
	var key := event as InputEventKey
	if key != null and key.pressed and not key.echo:
		_on_key(key.keycode)


func _on_key(key: Key) -> void:
	if key >= KEY_1 and key <= KEY_9:
		pieces = PIECE_COUNTS[key - KEY_1]
	match key:
		KEY_SPACE:
			blast_everything()
		KEY_R:
			restore()
		KEY_V:
			_next_pattern("voronoi")
		KEY_S:
			_next_pattern("slices")
		KEY_T:
			_slow = not _slow
		KEY_ESCAPE:
			get_tree().quit()
	_show_setting()


## From "voronoi/impact". False: there is no such pattern.
func _choose_pattern(words: String) -> bool:
	var type := words.get_slice("/", 0)
	var wanted := words.get_slice("/", 1)
	if not wanted in (CutPatterns.VORONOI if type == "voronoi" else CutPatterns.SLICES if type == "slices" else []):
		return false
	fracture_type = type
	pattern = wanted
	_show_setting()
	return true


## The next pattern of the type; the first one where the type is another now.
func _next_pattern(type: String) -> void:
	pattern = CutPatterns.next(type, pattern if type == fracture_type else "")
	fracture_type = type


## Keeps the stage in the middle and on the lower edge of a window of another shape.
func _place_stage() -> void:
	var seen := get_viewport_rect().size
	position = Vector2((seen.x - STAGE_SIZE.x) * 0.5, seen.y - STAGE_SIZE.y).round()
	# Pixel on pixel the plain filter gives the same picture, and in software it is a good deal cheaper.
	var scaled := not get_viewport().get_screen_transform().get_scale().is_equal_approx(Vector2.ONE)
	stage.texture_filter = CanvasItem.TEXTURE_FILTER_LINEAR if scaled else CanvasItem.TEXTURE_FILTER_NEAREST


func _show_setting() -> void:
	_overlay.setting = "%s, %d pieces" % [CutPatterns.title(fracture_type, pattern), pieces]
	if pattern in ["single", "manual"]:
		_overlay.setting = CutPatterns.title(fracture_type, pattern)
	if _slow:
		_overlay.setting += ", slow"


func _blast(center: Vector2, strength: float, hit: Array[ShowcaseObject]) -> void:
	var blast := Debris.Blast.new()
	blast.origin = center
	blast.time = _clock
	blast.strength = strength
	blast.reach = GREAT_REACH if strength == GREAT_STRENGTH else CLICK_RADIUS * 2.5
	_light.add(blast)
	_overlay.invitation = ""
	if not is_waiting():
		_cut_usec_before = _total_cut_usec()
		_blast_frame = Engine.get_process_frames()
		_pieces_before = debris.piece_count
	for object: ShowcaseObject in hit:
		var id := CutoutBatch.submit_fracture(object.get_polygon_data(), _params_for(object, center))
		submitted_count += 1
		if id < 0:
			_note_failure(object, "refused, " + CutoutBatch.last_error)
			continue
		object.state = ShowcaseObject.State.WAITING
		_objects_by_job[id] = object
		_blasts_by_job[id] = blast


func _params_for(object: ShowcaseObject, center: Vector2) -> Dictionary:
	return CutPatterns.params(
		fracture_type, pattern, pieces, Vector2(object.region.size), center - object.position, object.get_index()
	)


func _on_job_completed(job_id: int, result: Array) -> void:
	var object: ShowcaseObject = _objects_by_job.get(job_id)
	if object == null:
		return
	debris.spawn(object, result, _blasts_by_job[job_id])
	object.state = ShowcaseObject.State.BROKEN
	object.hide()
	delivered_count += 1
	_finish(job_id)


func _on_job_failed(job_id: int, error: int, message: String) -> void:
	var object: ShowcaseObject = _objects_by_job.get(job_id)
	if object == null:
		return
	_note_failure(object, "error %d, %s" % [error, message])
	_finish(job_id)


func _note_failure(object: ShowcaseObject, reason: String) -> void:
	object.state = ShowcaseObject.State.FAILED
	failed_count += 1
	failures.append("object %d at %s: %s" % [object.get_index(), object.position, reason])


func _finish(job_id: int) -> void:
	_objects_by_job.erase(job_id)
	_blasts_by_job.erase(job_id)
	if _objects_by_job.is_empty():
		var frames := Engine.get_process_frames() - _blast_frame + 1
		_overlay.message = "%d pieces, %d %s, %.0f ms" % [
			debris.piece_count - _pieces_before, frames, "frame" if frames == 1 else "frames", cut_usec() / 1000.0,
		]
		if failed_count > 0:
			_overlay.message = "%d failed: %s" % [failed_count, failures[failures.size() - 1]]
			push_warning(_overlay.message)


func _on_frame_began() -> void:
	var interval := frame_log.stamp()
	var stats: Dictionary = CutoutBatch.get_stats()
	_overlay.queued = stats["queued"]
	_overlay.in_flight = stats["running"] + stats["finished"]
	_overlay.delivered = stats["delivered_this_frame"]
	_overlay.budget_usec = stats["budget_usec"]
	_overlay.add_frame(interval)


func _read_options() -> void:
	var auto := false
	var folder := ""
	for option: String in OS.get_cmdline_user_args():
		if option == "--auto":
			auto = true
		elif option.begins_with("--pictures="):
			folder = option.trim_prefix("--pictures=")
		elif option.begins_with("--pattern=") and _choose_pattern(option.trim_prefix("--pattern=")):
			continue
		else:
			printerr(
				"showcase: unknown option %s; there are --auto, --pictures=FOLDER, and --pattern=TYPE/PATTERN with\n  voronoi/%s, slices/%s"
				% [option, ", ".join(CutPatterns.VORONOI), ", ".join(CutPatterns.SLICES)]
			)
			get_tree().quit(1)
			return
	if auto:
		set_process_unhandled_input(false)
		AutoRun.new().run(self, folder)
	elif not folder.is_empty():
		printerr("showcase: --pictures needs --auto")
		get_tree().quit(1)
