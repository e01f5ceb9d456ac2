extends Object
## Pieces as ordinary nodes: each a [RigidBody2D] that looks and moves as the object did. Internal.
##
## [codeblock]
## PieceNodes.replace(host, skins, flats, blast, shelf, result) # all pieces of an object stand where it was
## var body: RigidBody2D = shelf.take()                          # or one
## PieceNodes.dress(body, shelf, outline, skin, to_polygon, PieceCover.of(skin), Color.WHITE)
## [/codeblock]

const ObjectSkin := preload("res://addons/cutout/objects/skin.gd")
const NodeShelf := preload("res://addons/cutout/debris/node_shelf.gd")
const PieceCover := preload("res://addons/cutout/debris/piece_cover.gd")

## What a scene's root may have:
## [code]setup_fragment(fragment: PackedVector2Array, result: CutoutFractureResult)[/code].
const SETUP: StringName = &"setup_fragment"
## A body weighs something. Kilograms.
const LEAST_MASS: float = 1e-6


## Puts nodes for all fragments where [param host] is, into its parent; they are appended to the result. The host
## itself stays. [param flats] are the fragments of each skin, and the skins are those of now.
static func replace(
	host: Node,
	skins: Array[ObjectSkin],
	flats: Array[RefCounted],
	blast: CutoutBlast,
	shelf: NodeShelf,
	result: CutoutFractureResult
) -> void:
	var mass: float = blast.mass if blast.mass > 0.0 else skins[0].mass
	var density: float = (mass if mass > 0.0 else 1.0) / maxf(_get_whole_area(skins, flats), 1e-9)
	var parent: Node = host.get_parent()
	var canvas: CanvasItem = parent as CanvasItem
	var to_parent: Transform2D = (
		canvas.get_global_transform().affine_inverse() if canvas != null else Transform2D()
	)
	var last: Node = host
	for i: int in skins.size():
		var skin: ObjectSkin = skins[i]
		# A CutoutFragments. Not typed, so that this script also loads where the native library is missing.
		var flat: Variant = flats[i]
		var points: PackedVector2Array = flat.get_points()
		var offsets: PackedInt32Array = flat.get_offsets()
		var centroids: PackedVector2Array = flat.get_centroids()
		var areas: PackedFloat64Array = flat.get_areas()
		var factor: float = absf(skin.to_global.determinant()) * density
		var cover: PieceCover = PieceCover.of(skin)
		var tint: Color = get_tint(skin, parent)
		var is_lifted: bool = skin.z_index != _get_z(canvas)
		for k: int in centroids.size():
			var center: Vector2 = skin.to_global * centroids[k]
			var to_local: Transform2D = Transform2D(skin.to_global.x, skin.to_global.y, skin.to_global.origin - center)
			var outline: PackedVector2Array = to_local * points.slice(offsets[k], offsets[k + 1])
			var body: RigidBody2D = shelf.take()
			dress(body, shelf, outline, skin, to_local.affine_inverse(), cover, tint)
			if is_lifted:
				body.z_as_relative = false
				body.z_index = skin.z_index
			body.mass = maxf(areas[k] * factor, LEAST_MASS)
			_set_motion(body, center, skin, blast)
			body.transform = to_parent * Transform2D(0.0, center)
			last.add_sibling(body) # it is drawn where the object was
			last = body
			result.nodes.append(body)
			if shelf.scene != null and body.has_method(SETUP):
				body.call(SETUP, outline, result)


## Gives a body the shape and look of a piece. [param outline] is round its origin, and [param to_polygon] goes from
## there to the coordinates of the skin's polygon. [param cover] is that of the skin, and [param tint] what colours it
## beyond its own colours. A null skin: it looks like nothing.
static func dress(
	body: RigidBody2D,
	shelf: NodeShelf,
	outline: PackedVector2Array,
	skin: ObjectSkin,
	to_polygon: Transform2D,
	cover: PieceCover,
	tint: Color
) -> void:
	var shape: CollisionPolygon2D = shelf.get_shape(body)
	if shape != null:
		shape.polygon = outline
	var layer: int = shelf.collision_layer
	var mask: int = shelf.collision_mask
	var physics_material: PhysicsMaterial = shelf.physics_material
	if skin != null and (skin.body != null or shelf.scene == null):
		layer = skin.collision_layer
		mask = skin.collision_mask
		if skin.physics_material != null:
			physics_material = skin.physics_material
	if body.collision_layer != layer:
		body.collision_layer = layer
	if body.collision_mask != mask:
		body.collision_mask = mask
	if body.physics_material_override != physics_material:
		body.physics_material_override = physics_material
	var shown: Polygon2D = shelf.get_shown(body)
	if shown == null:
		return
	var is_seen: bool = skin != null and (skin.is_seen or skin.texture != null)
	if shelf.scene == null and shown.visible != is_seen:
		shown.visible = is_seen
	if not is_seen and shelf.scene == null:
		return
	shown.polygon = outline
	if is_seen:
		_paint(body, shown, shelf, skin, tint)
		_cover(shown, outline, skin, to_polygon, cover)


## The product of the modulations from a skin's item up to, not with, [param parent].
static func get_tint(skin: ObjectSkin, parent: Node) -> Color:
	var tint: Color = Color.WHITE
	var item: CanvasItem = skin.item if is_instance_valid(skin.item) else null
	while item != null and item != parent:
		tint *= item.modulate
		item = null if item.top_level else item.get_parent() as CanvasItem
	return tint


static func _paint(
	body: RigidBody2D, shown: Polygon2D, shelf: NodeShelf, skin: ObjectSkin, tint: Color
) -> void:
	if shown.color != skin.color:
		shown.color = skin.color
	if shown.self_modulate != skin.self_modulate:
		shown.self_modulate = skin.self_modulate
	if shown.modulate != tint:
		shown.modulate = tint
	var material: Material = skin.material if skin.material != null else shelf.shown_material
	if shown.material != material:
		shown.material = material
	if shown.light_mask != skin.light_mask:
		shown.light_mask = skin.light_mask
	if shown.visibility_layer != skin.visibility_layer or body.visibility_layer != skin.visibility_layer:
		shown.visibility_layer = skin.visibility_layer
		body.visibility_layer = skin.visibility_layer # what hides it hides its children
	if shown.texture_filter != skin.texture_filter:
		shown.texture_filter = skin.texture_filter
	if shown.texture_repeat != skin.texture_repeat:
		shown.texture_repeat = skin.texture_repeat
	if shown.texture != skin.texture:
		shown.texture = skin.texture


# Texture coordinates and colours at the points of the outline.
static func _cover(
	shown: Polygon2D,
	outline: PackedVector2Array,
	skin: ObjectSkin,
	to_polygon: Transform2D,
	cover: PieceCover
) -> void:
	var uvs: PackedVector2Array = PackedVector2Array()
	var colors: PackedColorArray = PackedColorArray()
	var to_pixels: Transform2D = Transform2D()
	if skin.texture != null:
		to_pixels = skin.uv.scaled(skin.texture.get_size())
	if cover != null:
		for point: Vector2 in to_polygon * outline:
			cover.weigh(point)
			if not skin.uvs.is_empty():
				uvs.append(to_pixels * cover.blend_vectors(skin.uvs))
			if not skin.colors.is_empty():
				colors.append(cover.blend_colors(skin.colors))
	if uvs.is_empty() and skin.texture != null:
		uvs = (to_pixels * to_polygon) * outline
	shown.uv = uvs
	if not colors.is_empty() or not shown.vertex_colors.is_empty():
		shown.vertex_colors = colors


# The object's motion, and the explosion, as CutoutDebris2D has it.
static func _set_motion(body: RigidBody2D, center: Vector2, skin: ObjectSkin, blast: CutoutBlast) -> void:
	var velocity: Vector2 = skin.velocity
	var spin: float = skin.angular_velocity
	if spin != 0.0:
		velocity += (center - skin.motion_center).orthogonal() * -spin
	var arm: Vector2 = center - blast.center
	var distance: float = arm.length()
	var share: float = 1.0 - (distance / blast.radius if blast.radius > 0.0 else 0.0)
	if share > 0.0:
		if blast.speed != 0.0:
			# Right in the middle any way will do.
			var way: Vector2 = arm / distance if distance > 0.0 else Vector2.from_angle(randf() * TAU)
			velocity += way * (blast.speed * pow(share, blast.falloff))
		if blast.spin != 0.0:
			spin += randf_range(-blast.spin, blast.spin)
	body.linear_velocity = velocity
	body.angular_velocity = spin


## What the pieces of a skin cover, in square pixels. One step a piece.
static func get_area(skin: ObjectSkin, flat: RefCounted) -> float:
	var areas: PackedFloat64Array = flat.call(&"get_areas")
	var sum: float = 0.0
	for area: float in areas:
		sum += area
	return sum * absf(skin.to_global.determinant())


static func _get_whole_area(skins: Array[ObjectSkin], flats: Array[RefCounted]) -> float:
	var sum: float = 0.0
	for i: int in skins.size():
		sum += get_area(skins[i], flats[i])
	return sum


# The z-index that a new child of [param parent] is drawn with.
static func _get_z(parent: CanvasItem) -> int:
	var z: int = 0
	var item: CanvasItem = parent
	while item != null:
		z += item.z_index
		item = item.get_parent() as CanvasItem if item.z_as_relative and not item.top_level else null
	return z
