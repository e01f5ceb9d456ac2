extends "res://addons/cutout/batch/job_sink.gd"
## Waits for the jobs of an object, one for each of its parts, and applies the result: by the object's own
## apply_fracture(result), or by debris or nodes in its place. Internal.

const AlphaOutlines := preload("res://addons/cutout/objects/alpha_outlines.gd")
const JobOutput := preload("res://addons/cutout/batch/job_output.gd")
const JobStatus := preload("res://addons/cutout/batch/job_status.gd")
const Outline := preload("res://addons/cutout/batch/outline.gd")
const ObjectSkin := preload("res://addons/cutout/objects/skin.gd")
const NodePool := preload("res://addons/cutout/debris/node_pool.gd")
const NodeShelf := preload("res://addons/cutout/debris/node_shelf.gd")
const SkinReader := preload("res://addons/cutout/objects/skin_reader.gd")

# Not preloaded: they need the native library.
const DEBRIS: String = "res://addons/cutout/debris/cutout_debris_2d.gd"
const PIECE_NODES: String = "res://addons/cutout/debris/piece_nodes.gd"

signal done(result: CutoutFractureResult)

var result: CutoutFractureResult = CutoutFractureResult.new()
## What stands in the way of submitting it, or "".
var fault: String = ""
## The status that belongs to it.
var fault_status: int = JobStatus.OK
## See [CutoutBlast].
var blast: CutoutBlast

var _object_id: int
var _held: RefCounted # an object that lives by being referred to stays until its result is there
var _applies_itself: bool
var _shelf: NodeShelf # where its nodes come from, if that is what it becomes
var _skins: Array[ObjectSkin] = []
var _flats: Array[RefCounted] = [] # of the skins that are cut
var _jobs: Dictionary[int, int] = {} # job to skin


## Reads what is to be cut. Unless it applies the result itself, the object is replaced by what [param made_blast] says;
## nodes come from [param pool].
func _init(object: Object, outlines: AlphaOutlines, made_blast: CutoutBlast, pool: NodePool) -> void:
	_object_id = object.get_instance_id()
	_held = object as RefCounted
	_kind = CutoutFrameBudget.Kind.OBJECT
	blast = made_blast
	_applies_itself = object.has_method(&"apply_fracture")
	if blast != null and blast.output == CutoutBlast.Output.NODES and not _applies_itself:
		_shelf = pool.get_shelf(blast.scene)
		if _shelf.fault != "":
			fault = _shelf.fault
			fault_status = JobStatus.BAD_ARGUMENT
			return
	read(object, outlines)


## Reads the object, again when an outline that it waited for is there.
func read(object: Object, outlines: AlphaOutlines) -> void:
	var found: Variant = SkinReader.read(object, outlines)
	if found is String:
		fault = found
		var polygon: Variant = Outline.read_object(object)
		var has_polygon: bool = not polygon is String and Outline.find_fault(polygon) != ""
		fault_status = Outline.get_fault_status(polygon) if has_polygon else JobStatus.BAD_ARGUMENT
		return
	_skins = found


## The outline that must be made before anything can be cut; null if none is missing.
func get_missing_outline() -> RefCounted:
	for skin: ObjectSkin in _skins:
		if skin.is_waiting():
			return skin.outline
	return null


## The object, or null if it is gone.
func get_object() -> Object:
	var object: Object = instance_from_id(_object_id) if is_instance_id_valid(_object_id) else null
	return null if object == null or Outline.is_gone(object) else object


## Whether debris or nodes take the object's place.
func is_replaced() -> bool:
	if _applies_itself or (blast != null and blast.output == CutoutBlast.Output.NONE):
		return false
	for skin: ObjectSkin in _skins:
		if skin.transform_node == null or not skin.transform_node.is_inside_tree():
			return false
	return ClassDB.class_exists(&"CutoutDebrisField")


## Submits a job for each part, by [param submit](polygon, sink, output, cover), which gives its id, or -1. False: one
## was refused.
func submit_all(submit: Callable, output: int) -> bool:
	var makes_pieces: bool = is_replaced()
	var is_debris: bool = makes_pieces and _shelf == null
	if output == 0:
		output = JobOutput.ARRAYS
	if makes_pieces:
		result._makes_fragments = output & JobOutput.ARRAYS != 0
		output = output & ~JobOutput.ARRAYS | (JobOutput.SHEET if is_debris else JobOutput.FLAT)
	_flats.resize(_skins.size())
	for i: int in _skins.size():
		var skin: ObjectSkin = _skins[i]
		var id: int = submit.call(skin.polygon, self, output, _get_cover(skin) if is_debris else [])
		if id < 0:
			return false
		_jobs[id] = i
	_set_kind()
	return true


## The jobs that have not ended.
func get_jobs() -> Array[int]:
	return _jobs.keys()


func _accept(
	job_id: int, status: int, message: String, fragments: Array[PackedVector2Array], flat: RefCounted
) -> void:
	var place: int = _jobs[job_id]
	_jobs.erase(job_id)
	_set_kind()
	if result.job_id < 0:
		result.job_id = job_id
	if status != JobStatus.OK and result.status == JobStatus.OK:
		result.status = status
		result.message = message
	_flats[place] = flat
	if place == 0:
		result.flat = flat
	if not result._makes_fragments:
		result.fragments.append_array(fragments)
	if _jobs.is_empty():
		finish()


## All is there, or nothing will be.
func finish() -> void:
	var object: Object = get_object()
	if object == null and result.status == JobStatus.OK:
		result.status = JobStatus.CANCELLED
		result.message = "the object was freed"
	if result.status != JobStatus.OK:
		result._makes_fragments = false
		result.fragments = []
		result.flat = null
	elif _applies_itself:
		object.call(&"apply_fracture", result)
	elif is_replaced():
		_become_pieces(object as Node)
	done.emit(result)
	_release_waiting()


func _become_pieces(host: Node) -> void:
	for skin: ObjectSkin in _skins:
		SkinReader.refresh(skin)
	if _shelf != null:
		var piece_nodes: GDScript = load(PIECE_NODES)
		piece_nodes.call(&"replace", host, _skins, _flats, blast, _shelf, result)
	else:
		_become_debris(host)
	var item: CanvasItem = host as CanvasItem
	if item != null:
		item.hide()
	host.queue_free()


func _become_debris(host: Node) -> void:
	var debris: Node2D = blast.debris if blast != null and is_instance_valid(blast.debris) else null
	if debris == null or not debris.has_method(&"take"):
		var script: GDScript = load(DEBRIS)
		debris = script.call(&"of", host)
	for i: int in _skins.size():
		var burst: int = debris.call(&"take", _skins[i], _flats[i], blast)
		if burst >= 0:
			result.bursts.append(burst)
	result.debris = debris


# All nodes of an object are made with the last of its jobs: they stand, and it goes, in one frame.
func _set_kind() -> void:
	var makes_nodes: bool = _shelf != null and _jobs.size() == 1
	_kind = CutoutFrameBudget.Kind.NODES if makes_nodes else CutoutFrameBudget.Kind.OBJECT


static func _get_cover(skin: ObjectSkin) -> Array:
	var count: int = skin.polygon.size() if skin.polygon is PackedVector2Array else 0
	return [skin.uv, skin.uvs.slice(0, count), skin.colors.slice(0, count)]


func _get_awaited() -> Array[Signal]:
	return [done]
