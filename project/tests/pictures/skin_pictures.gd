extends Node
## Compares what the renderer draws of whole objects with what it draws of their pieces, made from their skins.
##
## [codeblock]
## tools/engine picture --path project res://tests/pictures/skin_pictures.tscn -- --folder=FOLDER
## [/codeblock]
## Every scene is drawn twice: the nodes themselves, and their polygons cut by the kernel. The output is
## that of the test runner: a line for each scene, and the counts at the end. With a folder both
## pictures of a scene that differs are saved.

const AlphaOutlines := preload("res://addons/cutout/objects/alpha_outlines.gd")
const ObjectSkin := preload("res://addons/cutout/objects/skin.gd")
const SkinReader := preload("res://addons/cutout/objects/skin_reader.gd")

const SIZE: Vector2i = Vector2i(200, 160)
const GROUND: Color = Color(0.2, 0.25, 0.3)
## So far may a channel of a pixel differ, of 255: the same colour, rounded along another way.
const NEAR: int = 2
## So many pixels may differ more: along an outline or a cut a pixel's middle may fall to the other side.
const STRAY_PIXELS: int = 2

var _outlines: AlphaOutlines = AlphaOutlines.new()
var _items: Array[RID] = []


func _ready() -> void:
	if DisplayServer.get_name() == "headless":
		printerr("skin pictures: a renderer is needed")
		get_tree().quit(1)
		return
	var names: PackedStringArray = PackedStringArray()
	for method: Dictionary in get_method_list():
		if str(method["name"]).begins_with("show_"):
			names.append(method["name"])
	print("CUTOUT-TESTS begin")
	var differing: int = 0
	for scene: String in names:
		differing += 0 if await _compare(scene) else 1
	print("CUTOUT-TESTS passed=%d failed=%d done" % [names.size() - differing, differing])
	get_tree().quit(0 if differing == 0 and not names.is_empty() else 1)


func show_polygon() -> Node2D:
	var shown: Polygon2D = _polygon()
	shown.color = Color(0.9, 0.5, 0.2, 0.8)
	shown.modulate = Color(1.0, 0.7, 1.0, 0.9)
	shown.self_modulate = Color(0.8, 1.0, 1.0)
	return shown


func show_textured_polygon() -> Node2D:
	var shown: Polygon2D = _polygon()
	shown.texture = _texture()
	shown.offset = Vector2(-12, 7)
	shown.texture_offset = Vector2(9, 4)
	shown.texture_rotation = 0.4
	shown.texture_scale = Vector2(1.3, 0.7)
	shown.texture_repeat = CanvasItem.TEXTURE_REPEAT_ENABLED
	return shown


func show_polygon_with_uv() -> Node2D:
	var shown: Polygon2D = _polygon()
	shown.texture = _texture()
	var uv: PackedVector2Array = PackedVector2Array()
	for point: Vector2 in shown.polygon:
		uv.append(point * 0.4 + Vector2(32, 24) + Vector2(point.y, point.x) * 0.1)
	shown.uv = uv
	shown.texture_offset = Vector2(2, 3)
	return shown


func show_polygon_with_atlas() -> Node2D:
	var part: AtlasTexture = _atlas_texture()
	var shown: Polygon2D = _polygon()
	shown.texture = part
	shown.texture_scale = Vector2(0.3, 0.3)
	return shown


func show_colours_and_uv() -> Node2D:
	var shown: Polygon2D = _polygon()
	shown.texture = _texture()
	shown.color = Color.RED
	var uv: PackedVector2Array = PackedVector2Array()
	var colors: PackedColorArray = PackedColorArray()
	for i: int in shown.polygon.size():
		uv.append(Vector2(i * 13 % 64, i * 29 % 48))
		colors.append(Color.from_hsv(i * 0.2, 0.8, 1.0))
	shown.uv = uv
	shown.vertex_colors = colors
	return shown


func show_internal_vertices() -> Node2D:
	var shown: Polygon2D = Polygon2D.new()
	shown.polygon = PackedVector2Array(
		[Vector2(-60, -50), Vector2(60, -50), Vector2(60, 50), Vector2(-60, 50), Vector2(10.3, 5.7)]
	)
	shown.internal_vertex_count = 1
	shown.polygons = [
		PackedInt32Array([0, 1, 4]), PackedInt32Array([1, 2, 4]), PackedInt32Array([2, 3, 4]),
		PackedInt32Array([3, 0, 4]),
	]
	shown.vertex_colors = PackedColorArray([Color.RED, Color.GREEN, Color.BLUE, Color.YELLOW, Color.WHITE])
	shown.offset = Vector2(5, -8)
	return shown


func show_sprite() -> Node2D:
	return _sprite()


func show_sprite_nearest() -> Node2D:
	var sprite: Sprite2D = _sprite()
	sprite.texture_filter = CanvasItem.TEXTURE_FILTER_NEAREST
	sprite.scale = Vector2(2.7, 2.2)
	sprite.rotation = 0.3
	return sprite


func show_sprite_flipped() -> Node2D:
	var sprite: Sprite2D = _sprite()
	sprite.flip_h = true
	sprite.flip_v = true
	sprite.centered = false
	sprite.offset = Vector2(-22.5, -20.25)
	return sprite


func show_sprite_region() -> Node2D:
	var sprite: Sprite2D = _sprite()
	sprite.region_enabled = true
	sprite.region_rect = Rect2(5, 3, 40, 36)
	sprite.flip_h = true
	return sprite


func show_sprite_repeated() -> Node2D:
	var sprite: Sprite2D = _sprite()
	sprite.region_enabled = true
	sprite.region_rect = Rect2(-20, -10, 100, 70)
	sprite.texture_repeat = CanvasItem.TEXTURE_REPEAT_MIRROR
	sprite.scale = Vector2(1.2, 1.2)
	return sprite


func show_sprite_frame() -> Node2D:
	var sprite: Sprite2D = _sprite()
	sprite.hframes = 2
	sprite.vframes = 2
	sprite.frame = 3
	sprite.scale = Vector2(4, 4)
	return sprite


func show_sprite_of_atlas() -> Node2D:
	var sprite: Sprite2D = _sprite()
	sprite.texture = _atlas_texture()
	sprite.flip_h = true
	return sprite


func show_animated_sprite() -> Node2D:
	var frames: SpriteFrames = SpriteFrames.new()
	frames.add_frame(&"default", _texture())
	frames.add_frame(&"default", _atlas_texture())
	var sprite: AnimatedSprite2D = AnimatedSprite2D.new()
	sprite.sprite_frames = frames
	sprite.frame = 1
	sprite.flip_v = true
	sprite.offset = Vector2(4, 2)
	sprite.scale = Vector2(2, 2)
	return sprite


func show_under_parents() -> Node2D:
	var top: Node2D = Node2D.new()
	top.transform = Transform2D(0.5, Vector2(1.2, -0.8), 0.3, Vector2(4, 2))
	top.modulate = Color(0.6, 1.0, 0.8)
	var material: CanvasItemMaterial = CanvasItemMaterial.new()
	material.blend_mode = CanvasItemMaterial.BLEND_MODE_ADD
	top.material = material
	top.texture_filter = CanvasItem.TEXTURE_FILTER_NEAREST
	var middle: RigidBody2D = RigidBody2D.new()
	middle.freeze = true
	middle.transform = Transform2D(-0.2, Vector2(1.1, 0.9), -0.1, Vector2(0, -4))
	middle.use_parent_material = true
	var sprite: Sprite2D = _sprite()
	sprite.use_parent_material = true
	sprite.modulate = Color(1.0, 1.0, 1.0, 0.7)
	var shown: Polygon2D = _polygon()
	shown.scale = Vector2(0.4, 0.4)
	shown.position = Vector2(30, 20)
	shown.z_index = -1
	middle.add_child(sprite)
	middle.add_child(shown)
	top.add_child(middle)
	return top


func _compare(scene: String) -> bool:
	var whole: SubViewport = _viewport()
	var pieces: SubViewport = _viewport()
	var root: Node2D = call(scene)
	var stand: Node2D = Node2D.new()
	stand.position = Vector2(SIZE) * 0.5
	stand.add_child(root)
	whole.add_child(stand)
	await get_tree().process_frame
	var count: int = 0
	for object: Node in _readable(root):
		for skin: ObjectSkin in await _read(object):
			count += _draw(skin, pieces.find_world_2d().canvas)
	for _frame: int in 2:
		await RenderingServer.frame_post_draw
	var first: Image = whole.get_texture().get_image()
	var second: Image = pieces.get_texture().get_image()
	var stray: int = 0
	var most: int = 0
	var drawn: int = 0
	for y: int in SIZE.y:
		for x: int in SIZE.x:
			var a: Color = first.get_pixel(x, y)
			var b: Color = second.get_pixel(x, y)
			var difference: int = maxi(maxi(absi(a.r8 - b.r8), absi(a.g8 - b.g8)), absi(a.b8 - b.b8))
			drawn += 1 if maxi(maxi(absi(a.r8 - GROUND.r8), absi(a.g8 - GROUND.g8)), absi(a.b8 - GROUND.b8)) > 2 else 0
			most = maxi(most, difference)
			stray += 1 if difference > NEAR else 0
	var is_same: bool = stray <= STRAY_PIXELS and drawn > 100 and count > 1
	print("%s %s: %d pieces, %d pixels drawn, %d differ, by %d at most" % [
		"PASS" if is_same else "FAIL", scene, count, drawn, stray, most,
	])
	var folder: String = _option("folder")
	if not is_same and not folder.is_empty():
		first.save_png(folder.path_join(scene + "_whole.png"))
		second.save_png(folder.path_join(scene + "_pieces.png"))
	whole.queue_free()
	pieces.queue_free()
	for item: RID in _items:
		RenderingServer.free_rid(item)
	_items.clear()
	return is_same


## The objects of a scene: its bodies, or else its visible nodes.
func _readable(root: Node2D) -> Array[Node]:
	if root is Polygon2D or root is Sprite2D or root is AnimatedSprite2D:
		return [root]
	return root.get_children()


func _read(object: Object) -> Array[ObjectSkin]:
	for _try: int in 2:
		var read: Variant = SkinReader.read(object, _outlines)
		if read is String:
			printerr(read)
			return []
		var skins: Array[ObjectSkin] = read
		var is_waiting: bool = false
		for skin: ObjectSkin in skins:
			if skin.is_waiting():
				is_waiting = true
				await skin.outline.ready
		if not is_waiting:
			return skins
	return []


## Draws the pieces of a skin on [param canvas]; how many there are.
func _draw(skin: ObjectSkin, canvas: RID) -> int:
	var item: RID = RenderingServer.canvas_item_create()
	_items.append(item)
	RenderingServer.canvas_item_set_parent(item, canvas)
	RenderingServer.canvas_item_set_transform(item, skin.to_global)
	RenderingServer.canvas_item_set_modulate(item, skin.modulate)
	RenderingServer.canvas_item_set_self_modulate(item, skin.self_modulate)
	RenderingServer.canvas_item_set_z_index(item, skin.z_index)
	var filter: RenderingServer.CanvasItemTextureFilter = skin.texture_filter as RenderingServer.CanvasItemTextureFilter
	var repeat: RenderingServer.CanvasItemTextureRepeat = skin.texture_repeat as RenderingServer.CanvasItemTextureRepeat
	RenderingServer.canvas_item_set_default_texture_filter(item, filter)
	RenderingServer.canvas_item_set_default_texture_repeat(item, repeat)
	if skin.material != null:
		RenderingServer.canvas_item_set_material(item, skin.material.get_rid())
	var texture: RID = skin.texture.get_rid() if skin.texture != null else RID()
	var native: CutoutBatchNative = CutoutBatchNative.new()
	var pieces: Array = native.fracture(skin.polygon, {"fragment_count": 9, "edge_padding": 0.0, "seed": 4})
	for piece: PackedVector2Array in _within_triangles(pieces, skin):
		var uvs: PackedVector2Array = PackedVector2Array()
		var colors: PackedColorArray = PackedColorArray()
		for point: Vector2 in piece:
			var weights: Array = _place(skin, point, _middle(piece))
			var uv: Vector2 = point
			if not skin.uvs.is_empty():
				uv = _mixed(weights, func(i: int) -> Vector2: return skin.uvs[i])
			uvs.append(skin.uv * uv)
			var color: Color = skin.color
			if not skin.colors.is_empty():
				color = Color(0.0, 0.0, 0.0, 0.0)
				for entry: Array in weights:
					color += skin.colors[entry[0]] * float(entry[1])
			colors.append(color)
		RenderingServer.canvas_item_add_polygon(item, piece, colors, uvs, texture)
	return pieces.size()


## Pieces of a polygon with colours or uv of its own, cut along the triangles that the engine draws.
func _within_triangles(pieces: Array, skin: ObjectSkin) -> Array:
	if skin.uv_points.is_empty():
		return pieces
	var parts: Array = []
	for triangle: PackedInt32Array in _triangles(skin):
		var corners: PackedVector2Array = PackedVector2Array()
		for i: int in triangle:
			corners.append(skin.uv_points[i])
		for piece: PackedVector2Array in pieces:
			parts.append_array(Geometry2D.intersect_polygons(piece, corners))
	return parts


func _mixed(weights: Array, of: Callable) -> Vector2:
	var sum: Vector2 = Vector2.ZERO
	for entry: Array in weights:
		sum += (of.call(entry[0]) as Vector2) * float(entry[1])
	return sum


func _middle(piece: PackedVector2Array) -> Vector2:
	var sum: Vector2 = Vector2.ZERO
	for point: Vector2 in piece:
		sum += point
	return sum / piece.size()


## The corners of the triangle of the engine that [param middle] lies in, and the weights of [param point] in it.
func _place(skin: ObjectSkin, point: Vector2, middle: Vector2) -> Array:
	var best: Array = []
	var best_least: float = -INF
	for triangle: PackedInt32Array in _triangles(skin):
		var a: Vector2 = skin.uv_points[triangle[0]]
		var b: Vector2 = skin.uv_points[triangle[1]]
		var c: Vector2 = skin.uv_points[triangle[2]]
		var whole: float = (b - a).cross(c - a)
		var least: float = minf(
			minf((b - middle).cross(c - middle) / whole, (c - middle).cross(a - middle) / whole),
			(a - middle).cross(b - middle) / whole
		)
		if least > best_least:
			best_least = least
			var u: float = (b - point).cross(c - point) / whole
			var v: float = (c - point).cross(a - point) / whole
			best = [[triangle[0], u], [triangle[1], v], [triangle[2], 1.0 - u - v]]
	return best


func _triangles(skin: ObjectSkin) -> Array[PackedInt32Array]:
	var faces: Array = skin.uv_polygons
	if faces.is_empty():
		faces = [PackedInt32Array(range(skin.uv_points.size()))]
	var triangles: Array[PackedInt32Array] = []
	for face: PackedInt32Array in faces:
		var corners: PackedVector2Array = PackedVector2Array()
		for i: int in face:
			corners.append(skin.uv_points[i])
		var indices: PackedInt32Array = Geometry2D.triangulate_polygon(corners)
		for i: int in range(0, indices.size(), 3):
			triangles.append(PackedInt32Array([face[indices[i]], face[indices[i + 1]], face[indices[i + 2]]]))
	return triangles


func _viewport() -> SubViewport:
	var viewport: SubViewport = SubViewport.new()
	viewport.size = SIZE
	viewport.render_target_update_mode = SubViewport.UPDATE_ALWAYS
	viewport.world_2d = World2D.new()
	var ground: ColorRect = ColorRect.new()
	ground.size = SIZE
	ground.color = GROUND
	ground.z_index = -100
	viewport.add_child(ground)
	add_child(viewport)
	return viewport


## No edge of it runs through the middles of pixels: those would be drawn or not as the last bit has it.
func _polygon() -> Polygon2D:
	var shown: Polygon2D = Polygon2D.new()
	shown.polygon = PackedVector2Array(
		[
			Vector2(-70.31, -40.17), Vector2(-10.43, -60.29), Vector2(60.37, -35.11), Vector2(20.23, 0.19),
			Vector2(65.41, 50.13), Vector2(-55.27, 45.31),
		]
	)
	return shown


func _sprite() -> Sprite2D:
	var sprite: Sprite2D = Sprite2D.new()
	sprite.texture = _texture()
	sprite.scale = Vector2(2, 2)
	return sprite


## A ring with soft borders and an island within, in changing colours; the rest is transparent.
func _texture() -> Texture2D:
	var image: Image = Image.create_empty(64, 48, false, Image.FORMAT_RGBA8)
	for y: int in 48:
		for x: int in 64:
			var from: float = Vector2(x + 0.5 - 32.0, (y + 0.5 - 24.0) * 1.3).length()
			var alpha: float = clampf(29.0 - from, 0.0, 1.0) * clampf(from - 16.0, 0.0, 1.0)
			alpha = maxf(alpha, clampf(7.0 - from, 0.0, 0.8))
			image.set_pixel(x, y, Color(x / 63.0, y / 47.0, 0.5 + 0.5 * sin(x * 0.7), alpha))
	return ImageTexture.create_from_image(image)


func _atlas_texture() -> AtlasTexture:
	var part: AtlasTexture = AtlasTexture.new()
	part.atlas = _texture()
	part.region = Rect2(10, 6, 40, 36)
	part.margin = Rect2(4, 6, 12, 10)
	return part


func _option(key: String) -> String:
	for argument: String in OS.get_cmdline_user_args():
		if argument.begins_with("--%s=" % key):
			return argument.get_slice("=", 1)
	return ""
