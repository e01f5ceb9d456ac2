@tool
extends Object
## Reads what an object looks like, moves like and which outline it has. Main thread. Internal.
##
## Reads [Polygon2D], [Sprite2D], [AnimatedSprite2D], [CollisionPolygon2D], [CollisionShape2D], a
## [CollisionObject2D] with such children, and everything with a method [code]get_polygon_data()[/code]. It takes
## some microseconds a node, and never looks at a point.
##
## [codeblock]
## var read: Variant = SkinReader.read(object, outlines)
## if read is String:
##     push_error(read)
## for skin: ObjectSkin in read:
##     if skin.is_waiting():   # a sprite whose outline is not made yet
##         await skin.outline.ready
##         # read the object again
## [/codeblock]

const ObjectSkin := preload("res://addons/cutout/objects/skin.gd")
const DamageState := preload("res://addons/cutout/objects/damage_state.gd")
const AlphaOutline := preload("res://addons/cutout/objects/alpha_outline.gd")
const AlphaOutlines := preload("res://addons/cutout/objects/alpha_outlines.gd")
const SpriteView := preload("res://addons/cutout/objects/sprite_view.gd")
const ShapeOutline := preload("res://addons/cutout/objects/shape_outline.gd")
const Outline := preload("res://addons/cutout/batch/outline.gd")

const EXPECTED: String = (
	"a Polygon2D, a Sprite2D, an AnimatedSprite2D, a CollisionPolygon2D, a CollisionObject2D that holds one, or an"
	+ " object with a method get_polygon_data()"
)


## How outlines of sprites are made.
class Tracing:
	extends RefCounted
	var outlines: AlphaOutlines
	var threshold: float
	var tolerance: float


## The skins of [param object], at least one: an Array[ObjectSkin]. Or a String that says what is wrong.
## A sprite has a skin for each separate part of its texture; while its outline is being made, one that waits.
## [param outlines] makes those of sprites, with [param threshold] and [param tolerance] as there.
static func read(
	object: Object, outlines: AlphaOutlines = null, threshold: float = 0.0, tolerance: float = 1.0
) -> Variant:
	var skins: Array[ObjectSkin] = []
	var tracing: Tracing = null
	if outlines != null:
		tracing = Tracing.new()
		tracing.outlines = outlines
		tracing.threshold = threshold
		tracing.tolerance = tolerance
	var fault: String = ""
	if not is_instance_valid(object):
		return "the object is null or was freed; expected %s" % EXPECTED
	if object is CollisionObject2D and not object.has_method(&"get_polygon_data"):
		var body: CollisionObject2D = object
		fault = _read_body(body, tracing, skins)
	else:
		fault = _read_single(object, object, tracing, skins)
	if not fault.is_empty():
		return fault
	var node: Node = object as Node
	var holder: CollisionObject2D = object as CollisionObject2D
	if holder == null and node != null:
		holder = node.get_parent() as CollisionObject2D
	for skin: ObjectSkin in skins:
		skin.host = node
		if holder != null:
			_read_motion(skin, holder)
	return skins


## Takes over where the object is now and how it moves. False if it is gone.
static func refresh(skin: ObjectSkin) -> bool:
	if not is_instance_valid(skin.transform_node):
		return false
	skin.to_global = skin.transform_node.get_global_transform()
	var shown: Polygon2D = skin.transform_node as Polygon2D
	if shown != null and not shown.has_method(&"get_polygon_data"):
		skin.to_global = skin.to_global.translated_local(shown.offset)
	if is_instance_valid(skin.body):
		_read_motion(skin, skin.body)
	return true


## Takes over how the object is drawn now, apart from its outline and its picture.
static func refresh_look(skin: ObjectSkin) -> void:
	if not is_instance_valid(skin.item):
		return
	skin.modulate = Color.WHITE
	skin.is_modulated = false
	skin.has_look = false
	skin.z_index = 0
	read_canvas(skin, skin.item)
	var shown: Polygon2D = skin.item as Polygon2D
	if shown != null:
		skin.color = shown.color


# A node, or an object with get_polygon_data().
static func _read_single(
	object: Object, asked: Object, tracing: Tracing, skins: Array[ObjectSkin]
) -> String:
	var skin: ObjectSkin = ObjectSkin.new()
	var item: CanvasItem = object as CanvasItem
	skin.transform_node = item
	if item != null:
		read_canvas(skin, item)
	var shown: Polygon2D = object as Polygon2D
	if object.has_method(&"get_polygon_data"):
		return _read_data(object, skin, skins)
	if shown != null:
		return _read_polygon(shown, skin, skins)
	if object is Sprite2D or object is AnimatedSprite2D:
		return _read_sprite(object as Node2D, skin, asked == object, tracing, skins)
	if object is CollisionPolygon2D or object is CollisionShape2D:
		return _read_shape(object as Node2D, skin, skins)
	return "%s has no outline; expected %s" % [asked, EXPECTED]


static func _read_polygon(shown: Polygon2D, skin: ObjectSkin, skins: Array[ObjectSkin]) -> String:
	if shown.invert_enabled:
		return "%s has invert_enabled: it shows what is outside its polygon, which has no outline" % shown
	var points: PackedVector2Array = shown.polygon
	var internal: int = shown.internal_vertex_count
	# Internal vertices stand at the end; they shape the mesh and are no part of the outline.
	skin.polygon = points.slice(0, maxi(0, points.size() - internal)) if internal > 0 else points
	var offset: Vector2 = shown.offset
	if offset != Vector2.ZERO:
		skin.to_global = skin.to_global.translated_local(offset)
	_read_paint(shown, skin, points, offset)
	var state: DamageState = DamageState.of(shown)
	if state != null:
		return _append_islands(skin, state, skins)
	var fault: String = Outline.find_fault(skin.polygon)
	if not fault.is_empty():
		return "%s: %s" % [shown, fault]
	skins.append(skin)
	return ""


# One for each island that is left of a damaged node.
static func _append_islands(first: ObjectSkin, state: DamageState, skins: Array[ObjectSkin]) -> String:
	var begin: int = 0
	for island: Array in state.polygons:
		var skin: ObjectSkin = first
		if begin > 0:
			skin = first.make_copy()
			skin.transform_node = first.transform_node
			skin.item = first.item
			skin.is_seen = first.is_seen
			skin.to_global = first.to_global
		skin.first_point = begin
		for ring: PackedVector2Array in island:
			begin += ring.size()
		skin.polygon = island[0] if island.size() == 1 else island
		skins.append(skin)
	return "" if begin > 0 else "nothing is left of it"


# The colours and the texture of a Polygon2D. [param points] are its points in the coordinates of the skin's
# polygon, and [param offset] takes those to the node's local coordinates.
static func _read_paint(shown: Polygon2D, skin: ObjectSkin, points: PackedVector2Array, offset: Vector2) -> void:
	skin.color = shown.color
	skin.antialiased = shown.antialiased
	var colors: PackedColorArray = shown.vertex_colors
	if not colors.is_empty() and colors.size() == points.size():
		skin.colors = colors
		skin.uv_points = points
	var texture: Texture2D = shown.texture
	if texture != null:
		skin.texture = texture
		# As the engine does: turn, move, then scale, then pixels to 0..1.
		var scale: Vector2 = shown.texture_scale / texture.get_size()
		skin.uv = Transform2D(shown.texture_rotation, shown.texture_offset).scaled(scale)
		var uvs: PackedVector2Array = shown.uv
		if not uvs.is_empty() and uvs.size() == points.size():
			skin.uvs = uvs
			skin.uv_points = points
		elif offset != Vector2.ZERO:
			skin.uv = skin.uv.translated_local(offset)
	if not skin.uv_points.is_empty():
		skin.uv_polygons = shown.polygons


# What the object says of itself: its outline, and if it can its picture.
static func _read_data(object: Object, skin: ObjectSkin, skins: Array[ObjectSkin]) -> String:
	var data: Variant = object.call(&"get_polygon_data")
	if not (data is PackedVector2Array or data is Array):
		return (
			"get_polygon_data() of %s returned %s; expected %s" % [object, Outline.describe(data), Outline.EXPECTED]
		)
	var fault: String = Outline.find_fault(data)
	if not fault.is_empty():
		return "get_polygon_data() of %s: %s" % [object, fault]
	skin.polygon = data
	skins.append(skin)
	if object.has_method(&"get_uv_transform"):
		var texture: Variant = object.get(&"texture")
		var uv: Variant = object.call(&"get_uv_transform")
		if not uv is Transform2D:
			return "get_uv_transform() of %s returned %s; expected a Transform2D" % [object, Outline.describe(uv)]
		skin.texture = texture as Texture2D
		skin.uv = uv
		return ""
	var shown: Polygon2D = object as Polygon2D
	if shown != null:
		var points: PackedVector2Array = shown.polygon
		if shown.offset != Vector2.ZERO:
			points = Transform2D(0.0, shown.offset) * points
		_read_paint(shown, skin, points, Vector2.ZERO)
	elif object is Sprite2D or object is AnimatedSprite2D:
		var view: SpriteView = SpriteView.new()
		if view.read(object as Node2D).is_empty():
			_read_view(view, skin)
	return ""


static func _read_sprite(
	node: Node2D, skin: ObjectSkin, is_asked: bool, tracing: Tracing, skins: Array[ObjectSkin]
) -> String:
	var view: SpriteView = SpriteView.new()
	var fault: String = view.read(node)
	if not fault.is_empty():
		# A sprite without a picture among the children of a body shows nothing.
		return fault if is_asked else ""
	_read_view(view, skin)
	var state: DamageState = DamageState.of(node)
	if state != null:
		return _append_islands(skin, state, skins)
	if tracing == null:
		return "%s is a sprite; its outline is to be made from its texture, and nothing was given to make it" % node
	# A pixel that is not filtered does not spread.
	var is_filtered: bool = (
		skin.texture_filter != CanvasItem.TEXTURE_FILTER_NEAREST
		and skin.texture_filter != CanvasItem.TEXTURE_FILTER_NEAREST_WITH_MIPMAPS
		and skin.texture_filter != CanvasItem.TEXTURE_FILTER_NEAREST_WITH_MIPMAPS_ANISOTROPIC
	)
	var outline: AlphaOutline = tracing.outlines.request(
		view.texture, view.region, tracing.threshold, tracing.tolerance, 0.5 if is_filtered else 0.0
	)
	if not outline.is_ready:
		skin.outline = outline
		skins.append(skin)
		return ""
	if not outline.message.is_empty():
		return "" if outline.is_blank and not is_asked else "%s: %s" % [node, outline.message]
	for polygon: Array in outline.get_moved(view.to_local):
		if skin.polygon != null:
			skin = ObjectSkin.new()
			skin.transform_node = node
			read_canvas(skin, node)
			_read_view(view, skin)
		skin.polygon = polygon
		skins.append(skin)
	return ""


static func _read_view(view: SpriteView, skin: ObjectSkin) -> void:
	skin.texture = view.texture
	skin.region = view.region
	skin.is_filter_clipped = view.is_filter_clipped
	skin.uv = view.to_local.affine_inverse().scaled(Vector2.ONE / view.texture.get_size())


static func _read_shape(node: Node2D, skin: ObjectSkin, skins: Array[ObjectSkin]) -> String:
	skin.item = null
	var state: DamageState = DamageState.of(node)
	if state != null:
		return _append_islands(skin, state, skins)
	var outline: Variant = ShapeOutline.read(node)
	if outline is String:
		return outline
	skin.polygon = outline
	skins.append(skin)
	return ""


# Each visible child is one skin; a body that shows nothing gives the outlines of its shapes.
static func _read_body(body: CollisionObject2D, tracing: Tracing, skins: Array[ObjectSkin]) -> String:
	var fault: String = _read_children(body, body, tracing, skins)
	if not fault.is_empty() or not skins.is_empty():
		return fault
	for child: Node in body.get_children():
		if not (child is CollisionPolygon2D or child is CollisionShape2D):
			continue
		fault = _read_single(child, body, tracing, skins)
		if not fault.is_empty():
			return fault
	if skins.is_empty():
		return (
			"%s has no visible child with an outline and no shape; expected a Polygon2D, a Sprite2D," % body
			+ " an AnimatedSprite2D, a CollisionPolygon2D or a CollisionShape2D below it"
		)
	return ""


static func _read_children(
	node: Node, body: CollisionObject2D, tracing: Tracing, skins: Array[ObjectSkin]
) -> String:
	for child: Node in node.get_children():
		var item: CanvasItem = child as CanvasItem
		if child is CollisionObject2D or item != null and not item.visible:
			continue
		if _shows_something(child):
			var fault: String = _read_single(child, body, tracing, skins)
			if not fault.is_empty():
				return fault
		var below: String = _read_children(child, body, tracing, skins)
		if not below.is_empty():
			return below
	return ""


static func _shows_something(node: Node) -> bool:
	if node.has_method(&"get_polygon_data") or node is Sprite2D or node is AnimatedSprite2D:
		return true
	var shown: Polygon2D = node as Polygon2D
	return shown != null and not shown.polygon.is_empty()


## The look of a node with what it inherits from its parents: up to the first that is on top level or under no CanvasItem.
static func read_canvas(skin: ObjectSkin, item: CanvasItem) -> void:
	skin.item = item
	skin.to_global = item.get_global_transform()
	skin.self_modulate = item.self_modulate
	skin.show_behind_parent = item.show_behind_parent
	var modulate: Color = item.modulate
	var is_modulated: bool = modulate != Color.WHITE
	var z: int = item.z_index
	var adds_z: bool = item.z_as_relative
	var filter: CanvasItem.TextureFilter = item.texture_filter
	var repeat: CanvasItem.TextureRepeat = item.texture_repeat
	var takes_material: bool = item.use_parent_material
	var material: Material = item.material
	var light: int = item.light_mask
	var visibility: int = item.visibility_layer
	var up: CanvasItem = null if item.top_level else item.get_parent() as CanvasItem
	if up != null:
		skin.is_y_sorted = up.y_sort_enabled
	while up != null:
		if up.modulate != Color.WHITE:
			is_modulated = true
			modulate *= up.modulate
		if adds_z:
			z += up.z_index
			adds_z = up.z_as_relative
		if filter == CanvasItem.TEXTURE_FILTER_PARENT_NODE:
			filter = up.texture_filter
		if repeat == CanvasItem.TEXTURE_REPEAT_PARENT_NODE:
			repeat = up.texture_repeat
		if takes_material:
			takes_material = up.use_parent_material
			material = up.material
		up = null if up.top_level else up.get_parent() as CanvasItem
	if is_modulated:
		skin.modulate = modulate
		skin.is_modulated = true
	if z != 0:
		skin.z_index = clampi(z, RenderingServer.CANVAS_ITEM_Z_MIN, RenderingServer.CANVAS_ITEM_Z_MAX)
	if filter == 0 and repeat == 0 and z == 0 and light == 1 and visibility == 1 and material == null:
		return
	skin.has_look = true
	skin.light_mask = light
	skin.visibility_layer = visibility
	skin.texture_filter = filter
	skin.texture_repeat = repeat
	skin.material = material


static func _read_motion(skin: ObjectSkin, body: CollisionObject2D) -> void:
	skin.body = body
	skin.collision_layer = body.collision_layer
	skin.collision_mask = body.collision_mask
	var rigid: RigidBody2D = body as RigidBody2D
	if rigid != null:
		skin.velocity = rigid.linear_velocity
		skin.angular_velocity = rigid.angular_velocity
		skin.mass = rigid.mass
		skin.physics_material = rigid.physics_material_override
		if skin.angular_velocity != 0.0:
			var center: Vector2 = PhysicsServer2D.body_get_param(
				rigid.get_rid(), PhysicsServer2D.BODY_PARAM_CENTER_OF_MASS
			)
			skin.motion_center = rigid.get_global_transform() * center
		return
	var walker: CharacterBody2D = body as CharacterBody2D
	if walker != null:
		skin.velocity = walker.velocity
		return
	var wall: StaticBody2D = body as StaticBody2D
	if wall != null:
		skin.physics_material = wall.physics_material_override
