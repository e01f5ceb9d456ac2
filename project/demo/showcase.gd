extends Node2D
## The showcase: a stage full of things with holes in them, all of them breakable at once. Click to blast, drag to slice, hold to
## dig; the keys are in the strip below the stage.
##
## Everything on the stage is a sprite. A blast is a [code]CutoutBatch.fracture_object[/code] for each that is hit, a slice the
## same with a line to cut along, and digging is [code]CutoutBatch.damage_object[/code]: see breaker.gd.
##
## Options after [code]--[/code]: [code]--auto[/code] measures a blast of everything without any input, prints a
## table and ends; [code]--pictures=FOLDER[/code] (with it) also saves pictures there. See auto_run.gd.
## [code]--pattern=voronoi/impact[/code] begins with another pattern, see cut_patterns.gd.

const StageObject := preload("res://demo/stage_object.gd")
const Stage := preload("res://demo/stage.gd")
const Breaker := preload("res://demo/breaker.gd")
const BlastLight := preload("res://demo/blast_light.gd")
const Gesture := preload("res://demo/gesture.gd")
const Overlay := preload("res://demo/overlay.gd")
const FrameLog := preload("res://demo/frame_log.gd")
const AutoRun := preload("res://demo/auto_run.gd")
const CutPatterns := preload("res://demo/cut_patterns.gd")

## The stage, in pixels.
const STAGE_SIZE: Vector2 = Vector2(1280.0, 720.0)

## Pieces an object breaks into, chosen with the keys 1 to 9.
const PIECE_COUNTS: Array[int] = [3, 5, 8, 10, 14, 20, 28, 40, 60]

## A click breaks what lies within this many pixels of the pointer, and pushes debris within the other.
const CLICK_RADIUS: float = 70.0
const PUSH_RADIUS: float = 180.0

## A blast of everything starts below the middle of the house.
const GREAT_ORIGIN: Vector2 = Vector2(640.0, 540.0)
const GREAT_SPEED: float = 1250.0
const GREAT_RADIUS: float = 1000.0
const GREAT_FALLOFF: float = 1.6

## What digging bites off, in pixels, and into how many pieces that breaks.
const DIG_RADIUS: float = 24.0
const DIG_PIECES: int = 7
## What is not wider than this falls out as a whole when it is dug at.
const SMALL: float = 40.0

const SLOW_MOTION: float = 0.15

## "voronoi" or "slices".
var fracture_type: String = "voronoi"

## One of the patterns of that type, see cut_patterns.gd.
var pattern: String = "random"

## Pieces for each object.
var pieces: int = 10

## Every frame's interval since the start.
var frame_log: FrameLog = FrameLog.new()

var _gesture: Gesture = Gesture.new()
var _ahead: Array[CutoutPrefracture] = []
var _refresh_rate: float = 60.0
var _is_interpolated_elsewhere: bool = false

@onready var stage: Stage = $World/Stage
@onready var debris: CutoutDebris2D = $World/Debris
@onready var breaker: Breaker = $Breaker
@onready var _world: CanvasLayer = $World
@onready var _front: CanvasLayer = $Front
@onready var _light: BlastLight = $World/BlastLight
@onready var _overlay: Overlay = $Front/Overlay


func _ready() -> void:
	# Pieces with bodies move evenly in slow motion, too.
	_is_interpolated_elsewhere = get_tree().physics_interpolation
	get_tree().physics_interpolation = true
	breaker.debris = debris
	_overlay.reports = breaker.reports
	_gesture.clicked.connect(blast_at)
	_gesture.sliced.connect(slice)
	_gesture.dug.connect(dig_at)
	get_tree().process_frame.connect(_on_frame_began)
	get_viewport().size_changed.connect(_place_stage)
	_place_stage()
	_find_outlines()
	_show_setting()
	if get_tree().current_scene == self:
		_read_options()


func _exit_tree() -> void:
	Engine.time_scale = 1.0
	get_tree().physics_interpolation = _is_interpolated_elsewhere


## Breaks everything that still stands.
func blast_everything() -> void:
	_light.add_blast(GREAT_ORIGIN, 1050.0, 800.0)
	var blast: CutoutBlast = _make_blast(GREAT_ORIGIN, GREAT_SPEED, GREAT_RADIUS)
	blast.falloff = GREAT_FALLOFF
	_blast(stage.whole_within(GREAT_ORIGIN, INF), blast)


## Breaks what stands within [constant CLICK_RADIUS] of [param center].
func blast_at(center: Vector2) -> void:
	_light.add_blast(center, 620.0, CLICK_RADIUS * 2.5)
	debris.explode(center, 620.0, PUSH_RADIUS, 1.0, 4.0)
	_blast(stage.whole_within(center, CLICK_RADIUS), _make_blast(center, 620.0, 2.5 * CLICK_RADIUS))


## Cuts everything on the line from [param from] to [param to] in two.
func slice(from: Vector2, to: Vector2) -> void:
	_overlay.invitation = ""
	_light.add_slice(from, to)
	breaker.slice(stage.whole_along(from, to), from, to)


## Bites into everything at [param center].
func dig_at(center: Vector2) -> void:
	_overlay.invitation = ""
	var small: Array[StageObject] = []
	for object: StageObject in stage.whole_within(center, DIG_RADIUS):
		if object.position.distance_to(center) < DIG_RADIUS and object.region_rect.size.x < SMALL:
			small.append(object)
		else:
			breaker.dig(object, center, DIG_RADIUS, DIG_PIECES)
	breaker.blast_unseen(small, _get_params.bind(center), _make_blast(center, 90.0, 2.0 * DIG_RADIUS))


## Puts everything back and forgets the counts. Jobs under way are cancelled.
func restore() -> void:
	_ahead.clear()
	breaker.clear()
	stage.restore()
	_light.clear()
	_overlay.trouble = ""


## Sets how things are broken.
func set_output(output: Breaker.Output) -> void:
	breaker.output = output
	_show_setting()


## Sets slow motion.
func set_slow(is_slow: bool) -> void:
	Engine.time_scale = SLOW_MOTION if is_slow else 1.0
	_show_setting()


func _process(delta: float) -> void:
	_gesture.advance(delta / Engine.time_scale)
	var is_slicing: bool = _gesture.kind == Gesture.Kind.SLICE
	_light.drawn_slice = PackedVector2Array([_gesture.from, _gesture.to]) if is_slicing else PackedVector2Array()
	_world.offset = position + _light.get_shake().round()
	if breaker.failed_count > 0 and _overlay.trouble.is_empty():
		_overlay.trouble = "%d failed: %s" % [breaker.failed_count, breaker.failures[-1]]
		push_warning(_overlay.trouble)


func _unhandled_input(event: InputEvent) -> void:
	var mouse: InputEventMouse = stage.make_input_local(event) as InputEventMouse
	if mouse != null:
		_on_mouse(mouse)
	var key: InputEventKey = event as InputEventKey
	if key != null and key.pressed and not key.echo:
		_on_key(key.keycode)


func _on_mouse(event: InputEventMouse) -> void:
	var click: InputEventMouseButton = event as InputEventMouseButton
	if click == null:
		_light.aim_radius = CLICK_RADIUS
		_gesture.move(event.position)
	elif click.button_index == MOUSE_BUTTON_LEFT and click.pressed:
		_gesture.press(event.position)
	elif click.button_index == MOUSE_BUTTON_LEFT:
		_gesture.release(event.position)


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
		KEY_M, KEY_TAB:
			set_output(((breaker.output + 1) % Breaker.Output.size()) as Breaker.Output)
		KEY_T:
			set_slow(Engine.time_scale == 1.0)
		KEY_ESCAPE:
			get_tree().quit()
	_show_setting()


## From "voronoi/impact". False: there is no such pattern.
func _choose_pattern(words: String) -> bool:
	var type: String = words.get_slice("/", 0)
	var wanted: String = words.get_slice("/", 1)
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


## Keeps the stage in the middle and on the lower edge of a window of another shape, or on another screen.
func _place_stage() -> void:
	var seen: Vector2 = get_viewport_rect().size
	position = Vector2((seen.x - STAGE_SIZE.x) * 0.5, seen.y - STAGE_SIZE.y).round()
	_world.offset = position
	_front.offset = position
	var rate: float = DisplayServer.screen_get_refresh_rate()
	_refresh_rate = rate if rate > 0.0 else 60.0
	# Pixel on pixel the plain filter gives the same picture, and in software it is a good deal cheaper.
	var is_scaled: bool = not get_viewport().get_screen_transform().get_scale().is_equal_approx(Vector2.ONE)
	stage.texture_filter = CanvasItem.TEXTURE_FILTER_LINEAR if is_scaled else CanvasItem.TEXTURE_FILTER_NEAREST


## Outlines of sprites are made once; done here, the first blast does not have to wait for them.
func _find_outlines() -> void:
	for object: StageObject in stage.one_of_each_picture():
		_ahead.append(CutoutBatch.prefracture(object, {"fragment_count": 1}))


func _show_setting() -> void:
	_overlay.setting = "%s, %d pieces" % [CutPatterns.title(fracture_type, pattern), pieces]
	if pattern in ["single", "manual"]:
		_overlay.setting = CutPatterns.title(fracture_type, pattern)
	_overlay.is_slow = Engine.time_scale != 1.0
	_overlay.output = breaker.output


func _make_blast(center: Vector2, speed: float, radius: float) -> CutoutBlast:
	var blast: CutoutBlast = CutoutBlast.new()
	blast.center = center
	blast.speed = speed
	blast.radius = radius
	blast.spin = 9.0
	return blast


func _blast(hit: Array[StageObject], blast: CutoutBlast) -> void:
	_overlay.invitation = ""
	breaker.blast(hit, _get_params.bind(blast.center), blast)


func _get_params(object: StageObject, center: Vector2) -> Dictionary:
	return CutPatterns.params(
		fracture_type, pattern, pieces, object.region_rect.size, center - object.position, object.number
	)


func _on_frame_began() -> void:
	var interval: int = frame_log.stamp()
	breaker.note_frame(interval)
	var stats: Dictionary = CutoutBatch.get_stats()
	_overlay.queued = stats["queued"]
	_overlay.in_flight = stats["running"] + stats["finished"]
	_overlay.delivered = stats["delivered_this_frame"]
	_overlay.budget_usec = stats["budget_usec"]
	_overlay.pace_usec = 1_000_000.0 / (Engine.max_fps if Engine.max_fps > 0 else _refresh_rate)
	if interval > 0:
		_overlay.add_frame(interval)


func _read_options() -> void:
	var auto: bool = false
	var folder: String = ""
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
