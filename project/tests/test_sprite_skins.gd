extends CutoutTestSuite
## What sprites show: the pieces of the texture, where they are drawn, and their outline.
##
## What the renderer draws is compared by pictures/first_frames.gd; here every number is known beforehand.

const AlphaOutlines := preload("res://addons/cutout/objects/alpha_outlines.gd")
const ObjectSkin := preload("res://addons/cutout/objects/skin.gd")
const OutlineTracer := preload("res://addons/cutout/objects/outline_tracer.gd")
const SkinReader := preload("res://addons/cutout/objects/skin_reader.gd")

var outlines: AlphaOutlines


func before_each() -> void:
	outlines = AlphaOutlines.new()


func test_plain() -> void:
	var sprite: Sprite2D = _sprite(_texture())
	sprite.modulate = Color.RED
	sprite.texture_filter = CanvasItem.TEXTURE_FILTER_NEAREST
	var read: Array[ObjectSkin] = SkinReader.read(sprite, outlines)
	check_equal(read.size(), 1, "one skin")
	check(read[0].is_waiting() and read[0].polygon == null, "its outline is being made")
	check(read[0].texture == sprite.texture, "the rest is there")
	var skin: ObjectSkin = (await _read(sprite))[0]
	check(not skin.is_waiting() and skin.outline == null, "made")
	check(skin.item == sprite and skin.host == sprite and skin.get_transform_node() == sprite, "its nodes")
	check_equal(skin.modulate, Color.RED, "canvas properties")
	check_equal(skin.region, Rect2(0, 0, 40, 20), "region")
	_check_box(skin, Rect2(-16, -7, 10, 6))
	_check_uv(skin, Vector2(-20, -10), Vector2(0, 0))
	_check_uv(skin, Vector2(20, 10), Vector2(1, 1))


func test_filtered_pixels_spread() -> void:
	var sprite: Sprite2D = _sprite(_texture())
	sprite.texture_filter = CanvasItem.TEXTURE_FILTER_LINEAR
	var skin: ObjectSkin = (await _read(sprite, 0.0))[0]
	var box: Rect2 = OutlineTracer._box_of((skin.polygon as Array)[0])
	var spread: Rect2 = Rect2(-16.5, -7.5, 11, 7)
	check(box.encloses(spread) and spread.grow(0.02).encloses(box), "by half a pixel: %s" % box)


func test_place() -> void:
	var sprite: Sprite2D = _sprite(_texture())
	sprite.centered = false
	sprite.offset = Vector2(3.5, -2)
	var skin: ObjectSkin = (await _read(sprite))[0]
	_check_box(skin, Rect2(7.5, 1, 10, 6))
	sprite.flip_h = true
	skin = (await _read(sprite))[0]
	_check_box(skin, Rect2(3.5 + 40 - 14, 1, 10, 6))
	_check_uv(skin, Vector2(3.5, -2), Vector2(1, 0))
	sprite.flip_v = true
	sprite.centered = true
	sprite.offset = Vector2.ZERO
	skin = (await _read(sprite))[0]
	_check_box(skin, Rect2(6, 1, 10, 6))
	_check_uv(skin, Vector2(-20, -10), Vector2(1, 1))
	sprite.transform = Transform2D(0.7, Vector2(2.0, -0.5), 0.4, Vector2(300, 20))
	skin = (await _read(sprite))[0]
	check_equal(skin.to_global, sprite.transform, "the node's transform is apart")
	_check_box(skin, Rect2(6, 1, 10, 6))


func test_region_and_frames() -> void:
	var sprite: Sprite2D = _sprite(_texture())
	sprite.centered = false
	sprite.region_enabled = true
	sprite.region_filter_clip_enabled = true
	sprite.region_rect = Rect2(2, 1, 20, 18)
	var skin: ObjectSkin = (await _read(sprite))[0]
	check(skin.is_filter_clipped, "clipped")
	check_equal(skin.region, Rect2(2, 1, 20, 18), "region")
	_check_box(skin, Rect2(2, 2, 10, 6))
	_check_uv(skin, Vector2.ZERO, Vector2(2.0 / 40.0, 1.0 / 20.0))
	sprite.hframes = 2
	sprite.vframes = 3
	sprite.frame = 1
	skin = (await _read(sprite))[0]
	check_equal(skin.region, Rect2(12, 1, 10, 6), "frame 1 of the region")
	_check_box(skin, Rect2(0, 2, 2, 4))
	sprite.flip_h = true
	_check_box((await _read(sprite))[0], Rect2(8, 2, 2, 4))
	sprite.frame = 5
	_refused(await _answer(sprite), "is visible")
	sprite.region_enabled = false
	sprite.hframes = 4
	sprite.vframes = 2
	sprite.frame_coords = Vector2i(1, 0)
	sprite.flip_h = false
	skin = (await _read(sprite))[0]
	check_equal(skin.region, Rect2(10, 0, 10, 10), "frame 1 of the texture")
	_check_box(skin, Rect2(0, 3, 4, 6))
	check_equal((await _read(sprite)).size(), 1, "still one")


func test_region_beyond_the_texture() -> void:
	var sprite: Sprite2D = _sprite(_texture())
	sprite.region_enabled = true
	sprite.region_rect = Rect2(-20, 0, 80, 20)
	var skin: ObjectSkin = (await _read(sprite))[0]
	_check_box(skin, Rect2(-40, -10, 80, 20))
	_check_uv(skin, Vector2(40, 10), Vector2(1.5, 1))
	sprite.region_rect = Rect2()
	_refused(SkinReader.read(sprite, outlines), "shows no part of its texture")


func test_atlas_texture() -> void:
	var part: AtlasTexture = AtlasTexture.new()
	part.atlas = _texture()
	part.region = Rect2(2, 1, 20.7, 18)
	var sprite: Sprite2D = _sprite(part)
	sprite.centered = false
	var skin: ObjectSkin = (await _read(sprite))[0]
	check(skin.texture == part.atlas, "the atlas")
	check_equal(skin.region, Rect2(2, 1, 20, 18), "its part, in whole pixels")
	_check_box(skin, Rect2(2, 2, 10, 6))
	_check_uv(skin, Vector2.ZERO, Vector2(2.0 / 40.0, 1.0 / 20.0))
	part.margin = Rect2(5, 6, 10, 8)
	sprite.centered = true
	skin = (await _read(sprite))[0]
	check_equal(sprite.get_rect(), Rect2(-15, -13, 30, 26), "with its margin")
	_check_box(skin, Rect2(-15 + 5 + 2, -13 + 6 + 2, 10, 6))
	sprite.flip_h = true
	_check_box((await _read(sprite))[0], Rect2(15 - 5 - 12, -13 + 6 + 2, 10, 6))
	var inner: AtlasTexture = AtlasTexture.new()
	inner.atlas = part
	inner.region = Rect2(6, 7, 4, 4)
	sprite.texture = inner
	sprite.flip_h = false
	sprite.centered = false
	skin = (await _read(sprite))[0]
	check(skin.texture == part.atlas, "the atlas of the atlas")
	check_equal(skin.region, Rect2(3, 2, 4, 4), "a part of the part")
	part.atlas = null
	_refused(SkinReader.read(sprite, outlines), "has no atlas")


func test_animated_sprite() -> void:
	var frames: SpriteFrames = SpriteFrames.new()
	frames.add_animation(&"burn")
	frames.add_frame(&"burn", _texture())
	var second: AtlasTexture = AtlasTexture.new()
	second.atlas = _texture()
	second.region = Rect2(2, 1, 20, 18)
	frames.add_frame(&"burn", second)
	var sprite: AnimatedSprite2D = AnimatedSprite2D.new()
	sprite.texture_filter = CanvasItem.TEXTURE_FILTER_NEAREST
	add_child(sprite)
	_refused(SkinReader.read(sprite, outlines), "has no animation")
	sprite.sprite_frames = frames
	_refused(SkinReader.read(sprite, outlines), "has no frame 0")
	sprite.animation = &"burn"
	_check_box((await _read(sprite))[0], Rect2(-16, -7, 10, 6))
	sprite.frame = 1
	sprite.offset = Vector2(1, 1)
	sprite.flip_v = true
	var skin: ObjectSkin = (await _read(sprite))[0]
	check_equal(skin.region, second.region, "the current frame")
	_check_box(skin, Rect2(-10 + 2 + 1, 9 - 8 + 1, 10, 6))
	sprite.centered = false
	_check_box((await _read(sprite))[0], Rect2(3, 11, 10, 6))


func test_islands_are_skins() -> void:
	var image: Image = Image.create_empty(60, 20, false, Image.FORMAT_RGBA8)
	image.fill_rect(Rect2i(2, 2, 10, 10), Color.WHITE)
	image.fill_rect(Rect2i(40, 2, 10, 10), Color.WHITE)
	var body: RigidBody2D = RigidBody2D.new()
	body.linear_velocity = Vector2(3, 0)
	var sprite: Sprite2D = Sprite2D.new()
	sprite.texture = ImageTexture.create_from_image(image)
	sprite.centered = false
	sprite.z_index = 3
	body.add_child(sprite)
	var blank: Sprite2D = Sprite2D.new()
	blank.texture = ImageTexture.create_from_image(Image.create_empty(4, 4, false, Image.FORMAT_RGBA8))
	body.add_child(blank)
	body.add_child(Sprite2D.new())
	add_child(body)
	var skins: Array[ObjectSkin] = await _read(body, 0.0, 0.0)
	check_equal(skins.size(), 2, "one for each part; sprites that show nothing have none")
	for skin: ObjectSkin in skins:
		check(skin.item == sprite and skin.host == body and skin.body == body, "all of the same sprite")
		check_equal([skin.z_index, skin.velocity], [3, Vector2(3, 0)], "and alike")
		check_equal(skin.uv, skins[0].uv, "uv")


func test_faults() -> void:
	var sprite: Sprite2D = _sprite(null)
	_refused(SkinReader.read(sprite, outlines), "has no texture")
	sprite.texture = PlaceholderTexture2D.new()
	_refused(SkinReader.read(sprite, outlines), "has no image")
	sprite.texture = _texture()
	_refused(SkinReader.read(sprite), "nothing was given to make it")
	_refused(SkinReader.read(sprite, outlines, 2.0), "the alpha threshold is 2")
	sprite.texture = ImageTexture.create_from_image(Image.create_empty(4, 4, false, Image.FORMAT_RGBA8))
	_refused(await _answer(sprite), "is visible")


func test_cost() -> void:
	var texture: Texture2D = _texture()
	var all: Array[Sprite2D] = []
	for i: int in 500:
		all.append(_sprite(texture))
	await _read(all[0])
	var best: float = INF
	for _round: int in 5:
		var start: int = Time.get_ticks_usec()
		for sprite: Sprite2D in all:
			SkinReader.read(sprite, outlines, 0.0, 0.0)
		best = minf(best, (Time.get_ticks_usec() - start) / 500.0)
	print("skins: %.1f us a Sprite2D whose outline is known" % best)
	check(best < 200.0, "a skin took %.1f us" % best)


## 40 x 20 pixels; visible are 10 x 6 at (4, 3).
func _texture() -> Texture2D:
	var image: Image = Image.create_empty(40, 20, false, Image.FORMAT_RGBA8)
	image.fill_rect(Rect2i(4, 3, 10, 6), Color.WHITE)
	return ImageTexture.create_from_image(image)


func _sprite(texture: Texture2D) -> Sprite2D:
	var sprite: Sprite2D = Sprite2D.new()
	sprite.texture = texture
	sprite.texture_filter = CanvasItem.TEXTURE_FILTER_NEAREST
	add_child(sprite)
	return sprite


func _answer(object: Object, tolerance: float = 0.0, threshold: float = 0.0) -> Variant:
	var read: Variant = SkinReader.read(object, outlines, threshold, tolerance)
	if read is String:
		return read
	for skin: ObjectSkin in read as Array:
		if skin.is_waiting():
			await skin.outline.ready
	return SkinReader.read(object, outlines, threshold, tolerance)


func _read(object: Object, tolerance: float = 0.0, threshold: float = 0.0) -> Array[ObjectSkin]:
	var read: Variant = await _answer(object, tolerance, threshold)
	if not check(read is Array, "it is read: %s" % [read]):
		return [ObjectSkin.new()]
	return read


func _check_box(skin: ObjectSkin, expected: Rect2) -> void:
	if check(skin.polygon is Array, "an outline"):
		check_equal(OutlineTracer._box_of((skin.polygon as Array)[0]), expected, "where it is drawn")


func _check_uv(skin: ObjectSkin, point: Vector2, expected: Vector2) -> void:
	check((skin.uv * point).is_equal_approx(expected), "uv of %s is %s, not %s" % [point, skin.uv * point, expected])


func _refused(read: Variant, why: String) -> void:
	if check(read is String, "it is refused: %s" % why):
		check(str(read).contains(why), "'%s' says '%s'" % [read, why])
