extends Object
## Puts the pieces of an object in its place. Internal.

const DamageState := preload("res://addons/cutout/objects/damage_state.gd")
const ObjectSkin := preload("res://addons/cutout/objects/skin.gd")
const SkinReader := preload("res://addons/cutout/objects/skin_reader.gd")

# Not preloaded: they need the native library.
const DEBRIS: String = "res://addons/cutout/debris/cutout_debris_2d.gd"
const PIECE_NODES: String = "res://addons/cutout/debris/piece_nodes.gd"

const NOT_SHOWN: String = "its pieces cannot be shown; the engine error that came with it says why"

static var _has_library: bool = ClassDB.class_exists(&"CutoutDebrisField")


## Whether an object may be replaced at all.
static func is_wanted(object: Object, blast: CutoutBlast) -> bool:
	return (
		_has_library
		and (blast == null or blast.output != CutoutBlast.Output.NONE)
		and not object.has_method(&"apply_fracture")
	)


## Whether an object may be replaced and is a [Polygon2D] with nothing but a colour, as far as its outline goes. Many of them may
## be broken in one frame, so the least is done in that; what else there is to their look is seen by [method replace_plain].
static func is_plain(shown: Polygon2D) -> bool:
	return (
		_has_library
		and shown.texture == null
		and shown.vertex_colors.is_empty()
		and shown.internal_vertex_count == 0
		and not shown.invert_enabled
		and not shown.polygon.is_empty()
		and not shown.has_method(&"apply_fracture")
		and not shown.has_method(&"get_polygon_data")
		and not shown.has_meta(DamageState.META)
	)


## Debris in the place of one that was plain when it was cut, or why not. A texture and colours at its points that it was given
## since do not matter.
static func replace_plain(
	shown: Polygon2D, flat: RefCounted, blast: CutoutBlast, result: CutoutFractureResult
) -> String:
	var debris: Node2D = find_debris(shown, blast)
	if debris == null:
		return NOT_SHOWN
	var burst: int = debris.call(&"take_plain", shown, flat, blast)
	if burst < 0:
		return NOT_SHOWN
	if burst == 0: # there is more to it than a colour
		var found: Variant = SkinReader.read(shown)
		if found is String: # it has changed meanwhile
			return found
		var skins: Array[ObjectSkin] = found
		skins.resize(1)
		skins[0].texture = null
		skins[0].colors = PackedColorArray()
		skins[0].uvs = PackedVector2Array()
		return "" if replace(shown, skins, [flat], blast, result) else NOT_SHOWN
	result.bursts.append(burst)
	result.debris = debris
	shown.queue_free() # before this frame is drawn
	return ""


## Debris in the place of an object whose parts look like [param skins]. False: none of it can be shown; an engine error has
## said why.
static func replace(
	host: Node,
	skins: Array[ObjectSkin],
	flats: Array[RefCounted],
	blast: CutoutBlast,
	result: CutoutFractureResult
) -> bool:
	var debris: Node2D = find_debris(host, blast)
	if debris == null:
		return false
	var shares: PackedFloat64Array = _get_shares(skins, flats)
	for i: int in skins.size():
		var burst: int = debris.call(&"take", skins[i], flats[i], blast, shares[i])
		if burst >= 0:
			result.bursts.append(burst)
	result.debris = debris
	if result.bursts.is_empty():
		return false
	host.queue_free()
	return true


## Where its pieces go: to what [param blast] names, as long as that is in the tree, or beside it. Null: see [method CutoutDebris2D.of].
static func find_debris(host: Node, blast: CutoutBlast) -> Node2D:
	var debris: Node2D = blast.debris if blast != null and is_instance_valid(blast.debris) else null
	if (
		debris == null
		or not debris.has_method(&"take")
		or debris.is_queued_for_deletion()
		or not debris.is_inside_tree()
	):
		var script: GDScript = load(DEBRIS)
		debris = script.call(&"of", host)
	return debris


# Of the object's mass, for each part: by area.
static func _get_shares(skins: Array[ObjectSkin], flats: Array[RefCounted]) -> PackedFloat64Array:
	if skins.size() == 1:
		return [1.0]
	var pieces: GDScript = load(PIECE_NODES)
	var shares: PackedFloat64Array = []
	var whole: float = 0.0
	for i: int in skins.size():
		var area: float = pieces.call(&"get_area", skins[i], flats[i])
		shares.append(area)
		whole += area
	for i: int in shares.size():
		shares[i] = shares[i] / whole if whole > 0.0 else 1.0 / shares.size()
	return shares
