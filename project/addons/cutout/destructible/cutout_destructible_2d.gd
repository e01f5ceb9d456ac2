@tool
@icon("res://addons/cutout/icons/CutoutDestructible2D.svg")
class_name CutoutDestructible2D
extends Node2D
## Makes what it is a child of breakable, without a script.
##
## Add it below a [Polygon2D], a [Sprite2D], an [AnimatedSprite2D] or a body that holds such, and set what breaks it: a call of
## [method destroy], a lack of [member health], a collision above [member impulse_threshold]. In the editor the pieces are
## drawn over the object.
## [codeblock]
## $Crate/CutoutDestructible2D.damage(25.0, hit_position)
## [/codeblock]
## It is cut before it is hit, see [member cut_ahead]; so the hit costs only the pieces.
## [br]Where the node itself stands does not matter.
## [br][b]Threads[/b]: for the main thread.

## The target has been replaced by its pieces. This node goes with it, at the end of the frame.
signal destroyed(result: CutoutFractureResult)
## [member health] has fallen by [param amount], at a place (global).
signal damaged(amount: float, at: Vector2)
## The target could not be broken; the result says why. It stays.
signal failed(result: CutoutFractureResult)

const AlphaOutlines := preload("res://addons/cutout/objects/alpha_outlines.gd")
const FracturePreview := preload("res://addons/cutout/destructible/fracture_preview.gd")
const ObjectSkin := preload("res://addons/cutout/objects/skin.gd")
const SkinReader := preload("res://addons/cutout/objects/skin_reader.gd")

const AUTOLOAD: NodePath = ^"/root/CutoutBatch"
## Contacts of a rigid target that are looked at.
const CONTACTS: int = 4
## Between two looks at what the preview shows. Seconds.
const PREVIEW_SECONDS: float = 0.2
const PREVIEW_COLOR: Color = Color(1.0, 0.55, 0.1, 0.9)

## What breaks. Empty: the parent.
@export_node_path("CanvasItem") var target: NodePath = NodePath():
	set(value):
		target = value
		update_configuration_warnings()
## How it is cut. Null: a Voronoi pattern of 16 pieces.
@export var fracture: CutoutFracture:
	set(value):
		fracture = value
		update_configuration_warnings()
## The explosion, and what the pieces become. Its centre is replaced by the place of the hit. Null: pieces fly apart at 150 pixels
## a second.
@export var blast: CutoutBlast
## Whose pieces they become, if [member blast] makes debris of them: lifetime, bodies and all else are set there. Empty: a node beside the
## target is made, and used for all targets there.
@export_node_path("CutoutDebris2D") var debris: NodePath = NodePath()
## Cut when the scene starts, at a low priority, and not when it is hit. See [CutoutPrefracture].
@export var cut_ahead: bool = true

@export_group("Breaks")
## What [method damage] takes from. At 0 and below it breaks.
@export_range(0.0, 1000.0, 0.1, "or_greater") var health: float = 100.0
## With a [RigidBody2D] as target, or as the parent of the target: it breaks in a collision harder than this (mass in kg × pixels a
## second). Other bodies do not know how hard they are hit. 0: no collision breaks it.
@export_range(0.0, 10_000.0, 1.0, "or_greater") var impulse_threshold: float = 0.0

@export_group("Effects")
## Played where it breaks.
@export var sound: AudioStream
@export_range(-80.0, 24.0, 0.1, "suffix:dB") var volume_db: float = 0.0
## Put where it breaks, beside the target. Particles are started once and go when they have finished; another scene frees itself when it
## likes.
@export var particles: PackedScene

@export_group("Editor")
## Draw the pieces over the target in the editor.
@export var preview: bool = true:
	set(value):
		preview = value
		queue_redraw()

var _prefracture: CutoutPrefracture
var _is_breaking: bool = false
var _body: RigidBody2D # whose collisions are looked at
# In the editor.
var _previews: FracturePreview
var _outlines: AlphaOutlines
var _next_look: float = 0.0
var _shown: Array = [] # what the pieces were made of
var _pieces: Array[PackedVector2Array] = []
var _to_global: Transform2D


func _ready() -> void:
	if Engine.is_editor_hint():
		set_physics_process(false)
		return
	set_process(false)
	var object: Node = get_target()
	_body = object as RigidBody2D
	if _body == null and object != null:
		_body = object.get_parent() as RigidBody2D
	if impulse_threshold > 0.0 and _body != null:
		_body.contact_monitor = true
		_body.max_contacts_reported = maxi(_body.max_contacts_reported, CONTACTS)
	else:
		set_physics_process(false)
	if cut_ahead and object != null and _get_batch() != null:
		_prefracture = _get_batch().prefracture(object, _get_params())


func _exit_tree() -> void:
	_previews = null
	_outlines = null


func _physics_process(_delta: float) -> void:
	if _is_breaking or not is_instance_valid(_body):
		return
	var state: PhysicsDirectBodyState2D = PhysicsServer2D.body_get_direct_state(_body.get_rid())
	for i: int in state.get_contact_count():
		if state.get_contact_impulse(i).length() > impulse_threshold:
			destroy(state.get_contact_collider_position(i))
			return


func _process(delta: float) -> void:
	_next_look -= delta
	if _previews != null:
		_previews.poll()
	if _next_look <= 0.0:
		_next_look = PREVIEW_SECONDS
		update_preview()


func _draw() -> void:
	if not Engine.is_editor_hint() or not preview:
		return
	draw_set_transform_matrix(global_transform.affine_inverse() * _to_global)
	for piece: PackedVector2Array in _pieces:
		draw_polyline(piece, PREVIEW_COLOR)
		draw_line(piece[-1], piece[0], PREVIEW_COLOR)


func _get_configuration_warnings() -> PackedStringArray:
	var object: Node = get_target()
	if object == null:
		return ["There is nothing to break: add this node below what is to be breakable, or set its target."]
	if object is CanvasItem:
		if _outlines == null:
			_outlines = AlphaOutlines.new()
		var read: Variant = SkinReader.read(object, _outlines)
		if read is String:
			return ["The target cannot be broken: %s" % read]
	return []


## What breaks; null if it is not there.
func get_target() -> Node:
	return get_parent() if target.is_empty() else get_node_or_null(target)


## Takes from [member health], and breaks the target when nothing is left. [param at] is where (global); left out, it is the
## target's origin.
func damage(amount: float, at: Vector2 = Vector2.INF) -> void:
	if not is_finite(amount) or amount < 0.0:
		push_error("Cutout: CutoutDestructible2D.damage: the amount is %s; it must be 0 or more" % amount)
		return
	if _is_breaking:
		return
	health -= amount
	damaged.emit(amount, _get_place(at))
	if health <= 0.0:
		destroy(at)


## Breaks the target. [param at] is where it explodes (global); left out, at the target's origin. Once it is under way, more
## calls do nothing.
func destroy(at: Vector2 = Vector2.INF) -> void:
	var object: Node = get_target()
	var batch: Node = _get_batch()
	if _is_breaking or object == null or batch == null:
		return
	_is_breaking = true
	var place: Vector2 = _get_place(at)
	var what: Object = object
	if _prefracture != null and _prefracture.status == 0:
		what = _prefracture
	var wait: Variant = batch.fracture_object(what, _get_params(), 0, 0, _make_blast(place))
	_prefracture = null
	# Not awaited: this node may be freed meanwhile, and a coroutine of it would stay behind.
	if wait is Signal:
		(wait as Signal).connect(_end.bind(object.get_instance_id(), place), CONNECT_ONE_SHOT)
	else:
		_end(wait as CutoutFractureResult, object.get_instance_id(), place)


## Looks whether what the editor shows is still right, and if not has it cut anew. Done by itself in the editor.
func update_preview() -> void:
	if _previews == null:
		_previews = FracturePreview.get_shared()
	if _outlines == null:
		_outlines = AlphaOutlines.new()
	var skins: Array[ObjectSkin] = []
	var object: Node = get_target()
	if preview and _previews != null and object is CanvasItem:
		var read: Variant = SkinReader.read(object, _outlines)
		if read is Array:
			skins.assign(read as Array)
	if skins.is_empty() or skins[0].is_waiting():
		_show([], Transform2D())
		_shown = []
		return
	var now: Array = [skins[0].polygon, _get_params().to_dictionary()]
	if now != _shown:
		_shown = now
		# Only the first part of an object is shown.
		_previews.request(skins[0].polygon, now[1], _take_preview)
	elif _to_global != skins[0].to_global:
		_show(_pieces, skins[0].to_global)


## What the editor draws over the target: rings, in the target's coordinates.
func get_preview() -> Array[PackedVector2Array]:
	return _pieces


func _end(result: CutoutFractureResult, object_id: int, place: Vector2) -> void:
	if not result.is_ok():
		_is_breaking = false
		failed.emit(result)
		return
	var object: Node = instance_from_id(object_id) as Node
	if object != null:
		_play_effects(object, place)
	destroyed.emit(result)


func _take_preview(fragments: Array, _message: String) -> void:
	var pieces: Array[PackedVector2Array] = []
	pieces.assign(fragments)
	var object: CanvasItem = get_target() as CanvasItem
	if object != null:
		_show(pieces, object.get_global_transform())


func _show(pieces: Array[PackedVector2Array], to_global_from_target: Transform2D) -> void:
	_pieces = pieces
	_to_global = to_global_from_target
	queue_redraw()


func _get_params() -> CutoutFracture:
	if fracture != null:
		return fracture
	var made: CutoutVoronoiFracture = CutoutVoronoiFracture.new()
	made.fragment_count = 16
	return made


func _make_blast(place: Vector2) -> CutoutBlast:
	var made: CutoutBlast = CutoutBlast.new()
	if blast != null:
		made = blast.duplicate()
		made.debris = blast.debris
	else:
		made.speed = 150.0
		made.spin = 2.0
	made.center = place
	if not debris.is_empty():
		made.debris = get_node_or_null(debris) as Node2D
	return made


func _get_place(at: Vector2) -> Vector2:
	if at.is_finite():
		return at
	var item: Node2D = get_target() as Node2D
	return item.global_position if item != null else global_position


# Beside the target, which goes.
func _play_effects(object: Node, place: Vector2) -> void:
	var parent: Node = object.get_parent()
	if parent == null:
		return
	if sound != null:
		var player: AudioStreamPlayer2D = AudioStreamPlayer2D.new()
		player.stream = sound
		player.volume_db = volume_db
		player.finished.connect(player.queue_free)
		_put(player, parent, place)
		player.play()
	if particles == null:
		return
	var effect: Node = particles.instantiate()
	_put(effect, parent, place)
	if effect is GPUParticles2D or effect is CPUParticles2D:
		effect.set(&"one_shot", true)
		effect.connect(&"finished", effect.queue_free)
		effect.call(&"restart")


func _put(node: Node, parent: Node, place: Vector2) -> void:
	parent.add_child(node)
	var item: Node2D = node as Node2D
	if item != null:
		item.global_position = place


# The autoload; null, and an engine error, where the plugin is not enabled.
func _get_batch() -> Node:
	var batch: Node = get_node_or_null(AUTOLOAD)
	if batch == null:
		push_error("Cutout: CutoutDestructible2D: there is no CutoutBatch; enable the plugin Cutout in the project settings")
	return batch
