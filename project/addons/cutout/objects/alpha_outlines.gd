@tool
extends RefCounted
## The outlines of sprites: made from the alpha of their textures, off the main thread, and remembered. Internal.
##
## [codeblock]
## var outline: AlphaOutline = outlines.request(sprite.texture, sprite.get_rect())
## if not outline.is_ready:
##     await outline.ready
## [/codeblock]
##
## The image of a texture is read once, on the main thread, when its first outline is asked for: that copies it
## back from the graphics card, which waits for it. With the software renderer a texture of 512 x 512 takes 5 ms, one of
## 1024 x 1024 20 ms and one of 2048 x 2048 95 ms; so ask for large ones at load time. All else is done by the
## engine's thread pool: 30, 70 and 800 ms for a disc that fills them. A known outline takes 3 us.
## What was made is kept until the texture changes or is freed, or until too much else was asked for. A
## [ViewportTexture] does not say that it changes: [method forget] it.
## Main thread only. A task must not outlive the engine's scripts: [method end], which the last reference to this
## does as well, lets the tasks know and waits for them, and so for what the game put into the pool before.

const AlphaMask := preload("res://addons/cutout/objects/alpha_mask.gd")
const AlphaOutline := preload("res://addons/cutout/objects/alpha_outline.gd")
const OutlineTracer := preload("res://addons/cutout/objects/outline_tracer.gd")

## Of so many textures outlines are remembered, those asked for last.
const MAX_TEXTURES: int = 64
## And so many of each.
const MAX_OUTLINES: int = 1024

const MAX_TOLERANCE: float = 64.0
const MAX_MARGIN: float = 64.0

## For each texture, by its instance id, in the order of use.
var _sources: Dictionary[int, Source] = {}
var _tasks: Tasks = Tasks.new()


## What is being made.
class Tasks:
	extends RefCounted
	var is_stopped: bool = false # read by the tasks
	var _outlines: Array[AlphaOutline] = []

	func add(outline: AlphaOutline) -> void:
		if _outlines.size() >= 64:
			_outlines = _outlines.filter(func(other: AlphaOutline) -> bool: return not other.is_ready)
		_outlines.append(outline)

	func stop() -> void:
		is_stopped = true
		for outline: AlphaOutline in _outlines:
			outline.end_task()
		_outlines.clear()


## What is remembered of one texture.
class Source:
	extends RefCounted
	var masks: Dictionary[float, AlphaMask] = {} # by threshold
	var outlines: Dictionary[Array, AlphaOutline] = {}


## The outlines of what is more visible than [param threshold] (0 to below 1; at 0 every pixel that is not wholly
## transparent) in [param region] of [param texture], in its pixels. [param tolerance] is how far the border may
## stray from that of the pixels, in pixels of the image: 0 follows each step. [param margin] is how much around
## every visible pixel lies inside, too: filtered pixels spread by half a pixel. The polygons end at the region.
## A region that reaches beyond the texture, which repeats or smears there, is its own outline.
func request(
	texture: Texture2D, region: Rect2, threshold: float = 0.0, tolerance: float = 1.0, margin: float = 0.5
) -> AlphaOutline:
	var fault: String = _find_fault(texture, region, threshold, tolerance, margin)
	if not fault.is_empty():
		return _failed(fault)
	if not Rect2(Vector2.ZERO, texture.get_size()).encloses(region):
		var whole: AlphaOutline = AlphaOutline.new()
		whole.finish([_corners(region)], "")
		return whole
	var source: Source = _use(texture)
	var key: Array = [region, threshold, tolerance, margin]
	var known: AlphaOutline = source.outlines.get(key)
	if known != null:
		return known
	var mask: AlphaMask = source.masks.get(threshold)
	if mask == null:
		var image: Image = texture.get_image()
		if image == null or image.is_empty():
			return _failed("%s has no image, so its outline cannot be found" % texture)
		mask = AlphaMask.new(image, threshold)
		source.masks[threshold] = mask
	var outline: AlphaOutline = AlphaOutline.new()
	if source.outlines.size() >= MAX_OUTLINES:
		source.outlines.erase(source.outlines.keys()[0])
	source.outlines[key] = outline
	_tasks.add(outline)
	outline.task_id = WorkerThreadPool.add_task(
		_trace.bind(mask, key, texture.get_size(), str(texture), outline, _tasks), false, "Cutout outlines"
	)
	return outline


## Forgets what is known of [param texture]: the next request reads it anew.
func forget(texture: Texture2D) -> void:
	_forget(texture.get_instance_id())


## Lets go of all that is being made, and waits for the tasks: for one that has begun, as long as it takes. What was
## not begun comes with a message. Afterwards everything goes on as before.
func end() -> void:
	_tasks.stop()
	_tasks = Tasks.new()
	for id: int in _sources.keys():
		_forget(id)


func _notification(what: int) -> void:
	if what == NOTIFICATION_PREDELETE:
		_tasks.stop() # no method of its own can be called any more


## How many textures it remembers something of.
func get_texture_count() -> int:
	return _sources.size()


static func _find_fault(
	texture: Texture2D, region: Rect2, threshold: float, tolerance: float, margin: float
) -> String:
	if texture == null:
		return "there is no texture to find an outline in"
	if not region.is_finite() or region.size.x <= 0.0 or region.size.y <= 0.0:
		return "the region %s of %s has no area" % [region, texture]
	if not (threshold >= 0.0 and threshold < 1.0):
		return "the alpha threshold is %s; it goes from 0 to below 1" % threshold
	if not (tolerance >= 0.0 and tolerance <= MAX_TOLERANCE):
		return "the tolerance is %s pixels; it goes from 0 to %s" % [tolerance, MAX_TOLERANCE]
	if not (margin >= 0.0 and margin <= MAX_MARGIN):
		return "the margin is %s pixels; it goes from 0 to %s" % [margin, MAX_MARGIN]
	return ""


static func _failed(fault: String) -> AlphaOutline:
	var outline: AlphaOutline = AlphaOutline.new()
	outline.finish([], fault)
	return outline


static func _corners(rect: Rect2) -> Array[PackedVector2Array]:
	return [PackedVector2Array([
		rect.position, Vector2(rect.end.x, rect.position.y), rect.end, Vector2(rect.position.x, rect.end.y),
	])]


# What is known of the texture, moved to the end of the order.
func _use(texture: Texture2D) -> Source:
	var id: int = texture.get_instance_id()
	var source: Source = _sources.get(id)
	if source != null:
		_sources.erase(id)
		_sources[id] = source
		return source
	for other: int in _sources.keys():
		if not is_instance_id_valid(other):
			_sources.erase(other)
	if _sources.size() >= MAX_TEXTURES:
		_forget(_sources.keys()[0])
	source = Source.new()
	_sources[id] = source
	texture.changed.connect(_on_changed.bind(id))
	return source


func _on_changed(id: int) -> void:
	if OS.get_thread_caller_id() == OS.get_main_thread_id():
		_forget(id)
	else:
		_forget.call_deferred(id)


func _forget(id: int) -> void:
	if not _sources.erase(id) or not is_instance_id_valid(id):
		return
	var texture: Texture2D = instance_from_id(id)
	if texture.changed.is_connected(_on_changed):
		texture.changed.disconnect(_on_changed)


# On a thread of the pool. Everything it needs is in its arguments, so nobody has to outlive it.
static func _trace(
	mask: AlphaMask, key: Array, size: Vector2, of: String, outline: AlphaOutline, tasks: Tasks
) -> void:
	if tasks.is_stopped:
		_deliver.bind(outline, [], "%s: nobody waits for its outlines any more" % of).call_deferred()
		return
	mask.prepare()
	var polygons: Array = []
	var fault: String = mask.fault
	if fault.is_empty():
		# A texture may say another size than its image has.
		var scale: Vector2 = Vector2(mask.bits.get_size()) / size
		var to_image: Transform2D = Transform2D(0.0, scale, 0.0, Vector2.ZERO)
		var region: Rect2 = key[0]
		polygons = OutlineTracer.trace(mask.bits, mask.inverse, to_image * region, key[2], key[3])
		if polygons.is_empty():
			outline.is_blank = true
			fault = "nothing in %s is visible: no alpha there is above %s" % [region, key[1]]
		elif scale != Vector2.ONE:
			for rings: Array[PackedVector2Array] in polygons:
				for i: int in rings.size():
					rings[i] = to_image.affine_inverse() * rings[i]
	if not fault.is_empty():
		fault = "%s: %s" % [of, fault]
	_deliver.bind(outline, polygons, fault).call_deferred()


static func _deliver(outline: AlphaOutline, polygons: Array, fault: String) -> void:
	outline.end_task()
	outline.finish(polygons, fault)
