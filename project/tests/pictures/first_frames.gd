extends Node
## Compares, pixel by pixel, what the renderer draws of whole objects with what it draws in the frame in which they have become
## debris: beside them, and in a node of its own.
##
## [codeblock]
## tools/engine picture --path project res://tests/pictures/first_frames.tscn -- --folder=FOLDER
## [/codeblock]
## The output is that of the test runner: a line for each scene, and the counts at the end. With a folder the pictures of a scene
## that differs are saved.

const SIZE: Vector2i = Vector2i(200, 160)
const GROUND: Color = Color(0.2, 0.25, 0.3)
## So far may a channel of a pixel differ, of 255: the same colour, rounded along another way.
const NEAR: int = 2
## So many pixels may differ more: along an outline or a cut a pixel's middle may fall to the other side.
const STRAY_PIXELS: int = 2
const PARAMS: Dictionary = {"fragment_count": 9, "edge_padding": 0.0, "seed": 4}


func _ready() -> void:
	if DisplayServer.get_name() == "headless":
		printerr("first frames: a renderer is needed")
		get_tree().quit(1)
		return
	var names: PackedStringArray = PackedStringArray()
	for method: Dictionary in get_method_list():
		if str(method["name"]).begins_with("show_"):
			names.append(method["name"])
	print("CUTOUT-TESTS begin")
	var differing: int = 0
	for scene: String in names:
		for is_beside: bool in [true, false]:
			differing += 0 if await _compare(scene, is_beside) else 1
	print("CUTOUT-TESTS passed=%d failed=%d done" % [2 * names.size() - differing, differing])
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


## Colours that change evenly over the polygon: inside others the pieces blend as they do, and the engine along its triangles.
func show_colours_and_uv() -> Node2D:
	var shown: Polygon2D = _polygon()
	shown.texture = _texture()
	shown.color = Color.RED
	var uv: PackedVector2Array = PackedVector2Array()
	var colors: PackedColorArray = PackedColorArray()
	for point: Vector2 in shown.polygon:
		uv.append(Vector2(32, 24) + point * 0.3)
		colors.append(Color(0.5 + point.x / 200.0, 0.5 + point.y / 200.0, 0.8))
	shown.uv = uv
	shown.vertex_colors = colors
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


func show_polygons_that_overlap() -> Node2D:
	var root: Node2D = Node2D.new()
	for i: int in 4:
		var shown: Polygon2D = _polygon()
		shown.color = Color.from_hsv(0.25 * i, 0.7, 0.9, 0.7)
		shown.position = Vector2(12 * i - 18, 8 * i - 12)
		shown.scale = Vector2(0.7, 0.7 - 0.05 * i)
		root.add_child(shown)
	return root


func show_one_that_is_hidden() -> Node2D:
	var root: Node2D = show_polygons_that_overlap()
	root.get_child(2).set(&"visible", false)
	return root


## Neither takes the z-index of their grandparent, and the one that is drawn first has the higher one.
func show_under_a_grandparent_with_z() -> Node2D:
	var root: Node2D = Node2D.new()
	root.z_index = 3
	var parent: Node2D = Node2D.new()
	root.add_child(parent)
	var objects: Array[Node] = []
	for i: int in 2:
		var shown: Polygon2D = _polygon()
		shown.color = Color.RED if i == 0 else Color.GREEN
		shown.position.x = 20.0 * i
		shown.scale = Vector2(0.7, 0.7)
		shown.z_as_relative = false
		shown.z_index = 1 - i
		parent.add_child(shown)
		objects.append(shown)
	root.set_meta(&"breakable", [objects[1]])
	return root


## Given colours and a texture after the call: pieces look as the object did then.
func show_what_changes_after_the_call() -> Node2D:
	var shown: Polygon2D = _polygon()
	shown.color = Color(0.9, 0.4, 0.2)
	var colors: PackedColorArray = PackedColorArray()
	colors.resize(shown.polygon.size())
	colors.fill(Color.BLUE)
	shown.set_meta(&"late", {&"vertex_colors": colors, &"texture": _texture()})
	return shown


func _compare(scene: String, is_beside: bool) -> bool:
	var first: Image = await _picture(scene, false, is_beside)
	var second: Image = await _picture(scene, true, is_beside)
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
	var is_same: bool = stray <= STRAY_PIXELS and drawn > 100
	var title: String = "%s, %s" % [scene, "beside it" if is_beside else "in a node of its own"]
	print("%s %s: %d pixels drawn, %d differ, by %d at most" % ["PASS" if is_same else "FAIL", title, drawn, stray, most])
	var folder: String = _option("folder")
	if not is_same and not folder.is_empty():
		first.save_png(folder.path_join(scene + "_whole.png"))
		second.save_png(folder.path_join(scene + ("_beside.png" if is_beside else "_own.png")))
	return is_same


# What is drawn of a scene: of its objects, or in the frame in which the last of them has become debris.
func _picture(scene: String, is_broken: bool, is_beside: bool) -> Image:
	var viewport: SubViewport = _viewport()
	var root: Node2D = call(scene)
	var stand: Node2D = Node2D.new()
	stand.position = Vector2(SIZE) * 0.5
	stand.add_child(root)
	viewport.add_child(stand)
	await get_tree().process_frame
	await get_tree().process_frame
	if is_broken:
		for object: Node in _breakable(root):
			var blast: CutoutBlast = CutoutBlast.new()
			var debris: CutoutDebris2D = CutoutDebris2D.of(object) if is_beside else _own_debris(viewport)
			debris.gravity_scale = 0.0
			debris.max_bodies = 0
			blast.debris = debris
			var answer: Variant = CutoutBatch.fracture_object(object, PARAMS, 0, 0, blast)
			var late: Dictionary = object.get_meta(&"late", {})
			for property: StringName in late:
				object.set(property, late[property])
			var result: CutoutFractureResult = await answer
			if not result.is_ok() or result.get_fragment_count() < 2:
				printerr("%s: %s" % [scene, result])
	await RenderingServer.frame_post_draw
	var picture: Image = viewport.get_texture().get_image()
	viewport.queue_free()
	return picture


func _own_debris(viewport: SubViewport) -> CutoutDebris2D:
	var debris: CutoutDebris2D = viewport.get_node_or_null("Debris")
	if debris == null:
		debris = CutoutDebris2D.new()
		debris.name = "Debris"
		viewport.add_child(debris)
	return debris


# The objects of a scene: its bodies, or else its visible nodes.
func _breakable(root: Node2D) -> Array[Node]:
	if root is Polygon2D or root is Sprite2D or root is AnimatedSprite2D:
		return [root]
	if root.has_meta(&"breakable"):
		var objects: Array[Node] = []
		objects.assign(root.get_meta(&"breakable") as Array)
		return objects
	return root.get_children()


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
