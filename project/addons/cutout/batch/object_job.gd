extends "res://addons/cutout/batch/job_sink.gd"
## Waits for the jobs of an object, one for each of its parts, and applies the result: by the object's own
## apply_fracture(result), or by debris or nodes in its place. Internal.

const AlphaOutlines := preload("res://addons/cutout/objects/alpha_outlines.gd")
const Dispatcher := preload("res://addons/cutout/batch/dispatcher.gd")
const JobOutput := preload("res://addons/cutout/batch/job_output.gd")
const JobStatus := preload("res://addons/cutout/batch/job_status.gd")
const Outline := preload("res://addons/cutout/batch/outline.gd")
const ObjectSkin := preload("res://addons/cutout/objects/skin.gd")
const NodePool := preload("res://addons/cutout/debris/node_pool.gd")
const NodeShelf := preload("res://addons/cutout/debris/node_shelf.gd")
const Replacement := preload("res://addons/cutout/batch/replacement.gd")
const SkinReader := preload("res://addons/cutout/objects/skin_reader.gd")

# Not preloaded: it needs the native library.
const PIECE_NODES: String = "res://addons/cutout/debris/piece_nodes.gd"

signal done(result: CutoutFractureResult)

var result: CutoutFractureResult
## What stands in the way of submitting it, or "".
var fault: String = ""
## The status that belongs to it.
var fault_status: int = JobStatus.OK
## See [CutoutBlast].
var blast: CutoutBlast
## It is cut in advance: what becomes of it waits for [method hit].
var waits_for_hit: bool = false
## Where it is noted while it is under way, see ObjectRequests.
var breaking: Dictionary[int, RefCounted]

var _object_id: int
var _held: RefCounted # an object that lives by being referred to stays until its result is there
var _applies_itself: bool
var _shelf: NodeShelf # where its nodes come from, if that is what it becomes
var _is_awaited: bool = false # and counted there
var _is_replaced: bool # by debris or nodes
var _is_plain: bool # a Polygon2D with nothing but a colour: its skin is read when its pieces are there
var _skins: Array[ObjectSkin]
var _flats: Array[RefCounted] # of the skins that are cut
var _is_cut: bool = false # in advance
var _prefracture: WeakRef # who is to know
var _first_job: int = -1 # of jobs whose ids follow one another
var _open_jobs: int = 1


## Reads what is to be cut. Unless it applies the result itself, the object is replaced by what [param made_blast] says;
## nodes come from [param pool]. With [param prefracture] it is cut in advance, for that one.
func _init(
	object: Object,
	outlines: AlphaOutlines,
	made_blast: CutoutBlast,
	pool: NodePool,
	prefracture: CutoutPrefracture = null
) -> void:
	_object_id = object.get_instance_id()
	_held = object as RefCounted
	_applies_itself = object.has_method(&"apply_fracture")
	if prefracture != null:
		_prefracture = weakref(prefracture)
		waits_for_hit = true
	if _aim(made_blast, pool) and not _find_plain(object):
		read(object, outlines)


## Reads the object, again when an outline that it waited for is there.
func read(object: Object, outlines: AlphaOutlines) -> void:
	_is_plain = false # it may have been hit meanwhile
	var found: Variant = SkinReader.read(object, outlines)
	if found is String:
		fault = found
		var polygon: Variant = Outline.read_object(object)
		var has_polygon: bool = not polygon is String and Outline.find_fault(polygon) != ""
		fault_status = Outline.get_fault_status(polygon) if has_polygon else JobStatus.BAD_ARGUMENT
		return
	_skins = found
	_is_replaced = Replacement.is_wanted(object, blast)
	for skin: ObjectSkin in _skins:
		if skin.transform_node == null or not (waits_for_hit or skin.transform_node.is_inside_tree()):
			_is_replaced = false


## The outline that must be made before anything can be cut; null if none is missing.
func get_missing_outline() -> RefCounted:
	for skin: ObjectSkin in _skins:
		if skin.is_waiting():
			return skin.outline
	return null


## The id of the object, which may be gone.
func get_object_id() -> int:
	return _object_id


## The object, or null if it is gone.
func get_object() -> Object:
	var object: Object = instance_from_id(_object_id) if is_instance_id_valid(_object_id) else null
	return null if object == null or Outline.is_gone(object) else object


## Submits a job for each part. False: one was refused.
func submit_all(dispatcher: Dispatcher, params: Variant, priority: int, output: int) -> bool:
	if output == 0:
		output = JobOutput.ARRAYS
	result = CutoutFractureResult.new()
	if _is_replaced:
		result._makes_fragments = output & JobOutput.ARRAYS != 0
		output = output & ~JobOutput.ARRAYS | (JobOutput.SHEET if _shelf == null else JobOutput.FLAT)
	if _is_plain:
		var shown: Polygon2D = get_object()
		_flats.append(null)
		_set_kind()
		_first_job = dispatcher.submit(shown.polygon, params, priority, self, output)
		if _first_job >= 0:
			_note_awaited()
		return _first_job >= 0
	if _skins.size() > 1 and params is Object: # its to_dictionary() may submit, too: the ids follow one another
		var copy: Variant = Outline.snapshot_params(params)
		params = copy if copy != null else params
	for i: int in _skins.size():
		var skin: ObjectSkin = _skins[i]
		var cover: Array = _get_cover(skin) if _is_replaced and _shelf == null else []
		var id: int = dispatcher.submit(skin.polygon, params, priority, self, output, cover)
		if id < 0:
			return false
		_flats.append(null)
		if i == 0:
			_first_job = id
	_open_jobs = _skins.size()
	_set_kind()
	_note_awaited()
	return true


## How far it is. Range [0, 1].
func get_progress() -> float:
	return 0.0 if _first_job < 0 else 1.0 - float(_open_jobs) / _flats.size()


## What was cut in advance becomes [param made_blast] now. Returns the result.
func hit(made_blast: CutoutBlast, pool: NodePool) -> CutoutFractureResult:
	aim(made_blast, pool)
	finish()
	return result


## What is cut in advance will become [param made_blast]: when it is cut, or where [method is_cut] at [method finish].
func aim(made_blast: CutoutBlast, pool: NodePool) -> void:
	waits_for_hit = false
	if not _aim(made_blast, pool):
		fail(fault_status, fault)
	if made_blast != null and made_blast.output == CutoutBlast.Output.NONE:
		_is_replaced = false
		if result != null: # made of them when somebody asks
			result._flats = _flats
	for skin: ObjectSkin in _skins:
		SkinReader.refresh_look(skin)
	_set_kind()
	_concludes_as = _kind


## Everything is there, and waits for [method finish].
func is_cut() -> bool:
	return _is_cut


## The jobs that went in, also of a [method submit_all] that was refused half-way.
func get_jobs() -> Array:
	return range(_first_job, _first_job + _flats.size()) if _first_job >= 0 else []


# Sets what it becomes. False: that is impossible.
func _aim(made_blast: CutoutBlast, pool: NodePool) -> bool:
	blast = made_blast
	if blast == null or blast.output != CutoutBlast.Output.NODES or _applies_itself:
		return true
	var shelf: NodeShelf = pool.get_shelf(blast.scene)
	if shelf.fault != "":
		fault = shelf.fault
		fault_status = JobStatus.BAD_ARGUMENT
		return false
	_shelf = shelf
	return true


# Then its skin is read when its pieces are there.
func _find_plain(object: Object) -> bool:
	_is_plain = (
		object is Polygon2D
		and Replacement.is_plain(object as Polygon2D)
		and (waits_for_hit or (object as Node).is_inside_tree())
		and Replacement.is_wanted(object, blast)
	)
	_is_replaced = _is_plain
	return _is_plain


func _accept(
	job_id: int, status: int, message: String, fragments: Array[PackedVector2Array], flat: RefCounted
) -> void:
	var place: int = job_id - _first_job
	if result.job_id < 0:
		result.job_id = job_id
	if status != JobStatus.OK and result.status == JobStatus.OK:
		result.status = status
		result.message = message
	_flats[place] = flat
	if place == 0:
		result.flat = flat
	if not fragments.is_empty():
		result.fragments.append_array(fragments)
	_open_jobs -= 1
	_set_kind()
	if _open_jobs <= 0:
		finish()


## It ends like this.
func fail(status: int, message: String) -> void:
	result = CutoutFractureResult.new()
	result.status = status
	result.message = message


## All is there, or nothing will be.
func finish() -> void:
	if breaking.get(_object_id) == self:
		breaking.erase(_object_id)
	if _is_awaited:
		_shelf.awaited -= 1
		_is_awaited = false
	if result == null:
		result = CutoutFractureResult.new()
	if waits_for_hit:
		_is_cut = true
		_tell_prefracture()
		return
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
	elif _is_replaced:
		result._flats = _flats
		if (object as Node).is_inside_tree(): # it may have been taken out meanwhile
			_become_pieces(object as Node)
	done.emit(result)
	_release_waiting()


func _tell_prefracture() -> void:
	var prefracture: CutoutPrefracture = _prefracture.get_ref()
	if prefracture == null: # nobody has kept it
		return
	if get_object() == null and result.status == JobStatus.OK:
		prefracture._end(JobStatus.CANCELLED, "the object was freed")
	else:
		prefracture._end(result.status, result.message)


func _conclude() -> void:
	finish()


func _get_fragment_count() -> int:
	return result.get_fragment_count()


func _become_pieces(host: Node) -> void:
	if _is_plain and _shelf == null:
		var fault_of_it: String = Replacement.replace_plain(host as Polygon2D, _flats[0], blast, result)
		if fault_of_it != "":
			fail(JobStatus.BAD_ARGUMENT, fault_of_it)
		return
	if _is_plain:
		var found: Variant = SkinReader.read(host)
		if found is String: # it has changed meanwhile
			result.status = JobStatus.BAD_ARGUMENT
			result.message = found
			return
		_skins = found
	else:
		for skin: ObjectSkin in _skins:
			SkinReader.refresh(skin)
	if _shelf != null:
		var piece_nodes: GDScript = load(PIECE_NODES)
		piece_nodes.call(&"replace", host, _skins, _flats, blast, _shelf, result)
		host.queue_free() # before this frame is drawn
	elif not Replacement.replace(host, _skins, _flats, blast, result):
		fail(JobStatus.BAD_ARGUMENT, Replacement.NOT_SHOWN)


func _note_awaited() -> void:
	if _shelf != null:
		_shelf.awaited += 1
		_is_awaited = true


# All nodes of an object are made with the last of its jobs: they stand, and it goes, in one frame.
func _set_kind() -> void:
	var makes_nodes: bool = _shelf != null and _open_jobs <= 1
	if waits_for_hit:
		_kind = CutoutFrameBudget.Kind.JOB
	elif makes_nodes:
		_kind = CutoutFrameBudget.Kind.NODES
	elif _is_replaced:
		_kind = CutoutFrameBudget.Kind.DEBRIS
	else:
		_kind = CutoutFrameBudget.Kind.OBJECT


func _hold_waiting() -> void:
	_hold_coroutines_of(done)


func _abandon() -> void:
	_skins.clear() # one may hold an outline that will call back here
	var prefracture: CutoutPrefracture = _prefracture.get_ref() if _prefracture != null else null
	if prefracture != null and waits_for_hit:
		prefracture._forget()


static func _get_cover(skin: ObjectSkin) -> Array:
	if skin.texture == null and skin.colors.is_empty():
		return []
	var end: int = skin.first_point
	for ring: PackedVector2Array in skin.polygon if skin.polygon is Array else [skin.polygon]:
		end += ring.size()
	return [skin.uv, skin.uvs.slice(skin.first_point, end), skin.colors.slice(skin.first_point, end)]
