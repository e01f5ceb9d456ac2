extends CutoutTestSuite
## The outlines of textures: every visible pixel and its margin lies inside, not much else does, and the kernel
## takes them as they are.

const AlphaOutline := preload("res://addons/cutout/objects/alpha_outline.gd")
const AlphaOutlines := preload("res://addons/cutout/objects/alpha_outlines.gd")
const OutlineTracer := preload("res://addons/cutout/objects/outline_tracer.gd")

var outlines: AlphaOutlines


func before_each() -> void:
	outlines = AlphaOutlines.new()


func test_disc() -> void:
	var image: Image = _image(100, 100)
	_disc(image, Vector2(50, 50), 40.0)
	var polygons: Array = await _proven(image, 1.0, 0.5)
	check_equal(polygons.size(), 1, "one part")
	check_equal((polygons[0] as Array).size(), 1, "no hole")
	check(_points(polygons) < 50, "simplified: %d points" % _points(polygons))


func test_donut() -> void:
	var image: Image = _image(100, 100)
	_disc(image, Vector2(50, 50), 40.0)
	_disc(image, Vector2(50, 50), 20.0, Color.TRANSPARENT)
	var polygons: Array = await _proven(image, 1.0, 0.5)
	check_equal(polygons.size(), 1, "one part")
	check_equal((polygons[0] as Array).size(), 2, "one hole")


func test_island_in_the_hole() -> void:
	var image: Image = _image(100, 100)
	_disc(image, Vector2(50, 50), 45.0)
	_disc(image, Vector2(50, 50), 30.0, Color.TRANSPARENT)
	_disc(image, Vector2(50, 50), 20.0)
	_disc(image, Vector2(50, 50), 10.0, Color.TRANSPARENT)
	_disc(image, Vector2(50, 50), 3.0)
	var polygons: Array = await _proven(image, 1.0, 0.5)
	check_equal(polygons.size(), 3, "three parts, one in the hole of the other")
	var holes: int = 0
	for rings: Array in polygons:
		holes += rings.size() - 1
	check_equal(holes, 2, "two holes")


func test_two_islands() -> void:
	var image: Image = _image(100, 60)
	_disc(image, Vector2(25, 30), 20.0)
	_disc(image, Vector2(75, 30), 20.0)
	check_equal((await _proven(image, 1.0, 0.5)).size(), 2, "two parts")


func test_islands_that_nearly_touch_are_one() -> void:
	var image: Image = _image(60, 60)
	image.fill_rect(Rect2i(5, 5, 20, 50), Color.WHITE)
	image.fill_rect(Rect2i(26, 5, 20, 50), Color(1, 1, 1, 0.3))
	check_equal((await _proven(image, 1.0, 0.5)).size(), 1, "one part, no overlap")
	check_equal((await _proven(image, 0.0, 0.0)).size(), 2, "two when nothing is grown")


func test_single_pixels_and_lines() -> void:
	for place: Vector2i in [Vector2i(0, 0), Vector2i(5, 5), Vector2i(15, 15)]:
		var single: Image = _image(16, 16)
		single.set_pixelv(place, Color(1, 1, 1, 1.0 / 255.0))
		check_equal((await _proven(single, 1.0, 0.5)).size(), 1, "one pixel")
	for tolerance: float in [0.0, 0.5, 1.0, 3.0]:
		var image: Image = _image(40, 40)
		image.fill_rect(Rect2i(2, 3, 30, 1), Color.WHITE)
		image.fill_rect(Rect2i(2, 3, 1, 30), Color.WHITE)
		for i: int in 20:
			image.set_pixel(15 + i, 10 + i, Color.WHITE)
		await _proven(image, tolerance, 0.5)


func test_full_and_empty() -> void:
	var image: Image = _image(20, 10)
	image.fill(Color.WHITE)
	var polygons: Array = await _proven(image, 1.0, 0.5)
	check_near(_area(polygons), 200.0, 0.001, "the region and no more")
	check_equal(_points(polygons), 4, "a rectangle")
	var outline: AlphaOutline = await _made(_image(20, 10), 1.0, 0.5)
	check(outline.is_blank, "nothing is there")
	check(outline.message.contains("nothing in") and outline.message.contains("is visible"), outline.message)
	check(outline.polygons.is_empty(), "no polygon")


func test_large() -> void:
	var image: Image = _image(1024, 1024)
	_disc(image, Vector2(512, 512), 500.0)
	_disc(image, Vector2(400, 400), 100.0, Color.TRANSPARENT)
	_disc(image, Vector2(700, 600), 150.0, Color.TRANSPARENT)
	var polygons: Array = await _proven(image, 1.0, 0.5)
	check_equal((polygons[0] as Array).size(), 3, "rings")
	check(_points(polygons) < 500, "simplified: %d points" % _points(polygons))


func test_noise() -> void:
	var random: RandomNumberGenerator = RandomNumberGenerator.new()
	for seed_value: int in 24:
		random.seed = seed_value
		var image: Image = _image(24, 24)
		var share: float = random.randf_range(0.05, 0.8)
		for y: int in 24:
			for x: int in 24:
				if random.randf() < share:
					image.set_pixel(x, y, Color(1, 1, 1, random.randf_range(0.01, 1.0)))
		await _proven(image, [0.0, 0.5, 1.0, 2.0][seed_value % 4], 0.5)


func test_shapes_at_random() -> void:
	var random: RandomNumberGenerator = RandomNumberGenerator.new()
	for seed_value: int in 12:
		random.seed = seed_value
		var image: Image = _image(64, 48)
		for _i: int in 8:
			var center: Vector2 = Vector2(random.randf() * 64.0, random.randf() * 48.0)
			_disc(image, center, random.randf_range(1.0, 14.0), Color.TRANSPARENT if random.randf() < 0.4 else Color.WHITE)
		await _proven(image, [0.5, 1.0, 2.0, 4.0][seed_value % 4], 0.5)


func test_more_parts_than_are_kept_apart() -> void:
	var image: Image = _image(128, 128)
	for y: int in 32:
		for x: int in 32:
			image.set_pixel(x * 4, y * 4, Color.WHITE)
	var polygons: Array = await _proven(image, 1.0, 0.5)
	check(polygons.size() <= OutlineTracer.MAX_PARTS, "%d parts" % polygons.size())


func test_threshold() -> void:
	var image: Image = _image(40, 20)
	image.fill_rect(Rect2i(2, 2, 10, 10), Color(1, 1, 1, 0.2))
	image.fill_rect(Rect2i(22, 2, 10, 10), Color(1, 1, 1, 0.8))
	var texture: Texture2D = ImageTexture.create_from_image(image)
	var region: Rect2 = Rect2(0, 0, 40, 20)
	check_equal((await _when_ready(outlines.request(texture, region))).polygons.size(), 2, "all that is visible")
	check_equal((await _when_ready(outlines.request(texture, region, 0.5))).polygons.size(), 1, "above a half")
	var none: AlphaOutline = await _when_ready(outlines.request(texture, region, 0.9))
	check(none.is_blank and none.message.contains("above 0.9"), none.message)


func test_regions() -> void:
	var image: Image = _image(64, 32)
	image.fill_rect(Rect2i(4, 4, 20, 20), Color.WHITE)
	image.fill_rect(Rect2i(40, 8, 10, 10), Color.WHITE)
	var texture: Texture2D = ImageTexture.create_from_image(image)
	var right: AlphaOutline = await _when_ready(outlines.request(texture, Rect2(32, 0, 32, 32), 0.0, 0.0, 0.0))
	check_equal(right.polygons.size(), 1, "the one in the region")
	check_equal(_box(right.polygons), Rect2(40, 8, 10, 10), "in pixels of the texture")
	var cut: AlphaOutline = await _when_ready(outlines.request(texture, Rect2(10.5, 0, 4, 32), 0.0, 0.0, 0.0))
	check_equal(_box(cut.polygons), Rect2(10.5, 4, 4, 20), "cut at the region")
	var beyond: AlphaOutline = outlines.request(texture, Rect2(-10, 0, 80, 32))
	check(beyond.is_ready, "a region beyond the texture is its own outline")
	check_equal(_box(beyond.polygons), Rect2(-10, 0, 80, 32), "the region")


func test_a_texture_of_another_size_than_its_image() -> void:
	var image: Image = _image(64, 64)
	image.fill_rect(Rect2i(16, 32, 16, 16), Color.WHITE)
	var texture: ImageTexture = ImageTexture.create_from_image(image)
	texture.set_size_override(Vector2i(32, 128))
	var outline: AlphaOutline = await _when_ready(outlines.request(texture, Rect2(0, 0, 32, 128), 0.0, 0.0, 0.0))
	check_equal(_box(outline.polygons), Rect2(8, 64, 8, 32), "in pixels of the texture")


func test_what_is_remembered() -> void:
	var image: Image = _image(32, 32)
	_disc(image, Vector2(16, 16), 10.0)
	# Of an atlas, because without a renderer the engine does not change the image of an ImageTexture.
	var texture: AtlasTexture = AtlasTexture.new()
	texture.atlas = ImageTexture.create_from_image(image)
	var region: Rect2 = Rect2(0, 0, 32, 32)
	var first: AlphaOutline = outlines.request(texture, region)
	check(not first.is_ready, "it is being made")
	check(outlines.request(texture, region) == first, "asked for twice, made once")
	check(outlines.request(texture, region, 0.5) != first, "another threshold")
	check(outlines.request(texture, region, 0.0, 2.0) != first, "another tolerance")
	check(outlines.request(texture, Rect2(0, 0, 16, 32)) != first, "another region")
	await _when_ready(first)
	check(outlines.request(texture, region) == first and first.is_ready, "remembered")
	check_equal(outlines.get_texture_count(), 1, "textures")
	image.fill(Color.WHITE)
	texture.atlas = ImageTexture.create_from_image(image)
	check_equal(outlines.get_texture_count(), 0, "a texture that changed is forgotten")
	var second: AlphaOutline = await _when_ready(outlines.request(texture, region))
	check_near(_area(second.polygons), 1024.0, 0.001, "and read anew")
	outlines.forget(texture)
	check(outlines.request(texture, region) != second, "forgotten by hand")
	texture = null
	for i: int in AlphaOutlines.MAX_TEXTURES + 10:
		var other: Texture2D = ImageTexture.create_from_image(image)
		outlines.request(other, region)
		check(outlines.get_texture_count() <= 2, "textures that were freed are forgotten")
	var kept: Array[Texture2D] = []
	for i: int in AlphaOutlines.MAX_TEXTURES + 10:
		kept.append(ImageTexture.create_from_image(image))
		outlines.request(kept[-1], region)
	check_equal(outlines.get_texture_count(), AlphaOutlines.MAX_TEXTURES, "not more than so many")
	for texture_of: Texture2D in kept:
		texture_of.emit_changed()
	check_equal(outlines.get_texture_count(), 0, "all of them changed")


func test_the_end_waits_for_what_was_begun() -> void:
	var image: Image = _image(256, 256)
	_disc(image, Vector2(128, 128), 100.0)
	var texture: Texture2D = ImageTexture.create_from_image(image)
	var asked: Array[AlphaOutline] = []
	for i: int in 40:
		asked.append(outlines.request(texture, Rect2(i, 0, 200, 256)))
	outlines.end()
	check_equal(outlines.get_texture_count(), 0, "nothing is remembered")
	var again: AlphaOutline = outlines.request(texture, Rect2(0, 0, 256, 256))
	asked.append(outlines.request(texture, Rect2(3, 0, 200, 256)))
	outlines = null
	await _when_ready(again)
	for outline: AlphaOutline in asked:
		await _when_ready(outline)
		check(
			outline.message.contains("nobody waits") if outline.polygons.is_empty() else outline.message.is_empty(),
			"each comes, made or not: '%s'" % outline.message
		)
	check(asked.any(func(outline: AlphaOutline) -> bool: return outline.polygons.is_empty()), "not all were begun")


func test_moved() -> void:
	var image: Image = _image(16, 16)
	image.fill_rect(Rect2i(4, 4, 4, 4), Color.WHITE)
	var texture: Texture2D = ImageTexture.create_from_image(image)
	var outline: AlphaOutline = await _when_ready(outlines.request(texture, Rect2(0, 0, 16, 16), 0.0, 0.0, 0.0))
	var to: Transform2D = Transform2D(0.0, Vector2(-2.0, 1.0), 0.0, Vector2(16, 0))
	check_equal(_box(outline.get_moved(to)), Rect2(0, 4, 8, 4), "moved")
	check(is_same(outline.get_moved(to), outline.get_moved(to)), "and shared")
	check_equal(_box(outline.get_moved(Transform2D.IDENTITY)), Rect2(4, 4, 4, 4), "another")
	check_equal(_box(outline.polygons), Rect2(4, 4, 4, 4), "the outline is as it was")


func test_faults() -> void:
	var texture: Texture2D = ImageTexture.create_from_image(_image(8, 8))
	var region: Rect2 = Rect2(0, 0, 8, 8)
	_refused(outlines.request(null, region), "no texture")
	_refused(outlines.request(PlaceholderTexture2D.new(), Rect2(0, 0, 1, 1)), "has no image")
	_refused(outlines.request(texture, Rect2()), "has no area")
	_refused(outlines.request(texture, Rect2(0, 0, -4, 4)), "has no area")
	_refused(outlines.request(texture, Rect2(0, 0, NAN, 4)), "has no area")
	_refused(outlines.request(texture, region, 1.0), "the alpha threshold is 1")
	_refused(outlines.request(texture, region, -0.1), "the alpha threshold is -0.1")
	_refused(outlines.request(texture, region, NAN), "the alpha threshold is nan")
	_refused(outlines.request(texture, region, 0.0, -1.0), "the tolerance is -1")
	_refused(outlines.request(texture, region, 0.0, NAN), "the tolerance is nan")
	_refused(outlines.request(texture, region, 0.0, 1.0, 1000.0), "the margin is 1000")


func test_inverse() -> void:
	for size: Vector2i in [Vector2i(8, 8), Vector2i(7, 3), Vector2i(1, 1), Vector2i(33, 5)]:
		var mask: BitMap = BitMap.new()
		mask.create(size)
		for i: int in size.x * size.y:
			mask.set_bit(i % size.x, floori(float(i) / size.x), i % 3 == 0)
		var opposite: BitMap = OutlineTracer.inverted(mask)
		check_equal(opposite.get_size(), size, "size")
		var wrong: int = 0
		for i: int in size.x * size.y:
			var place: Vector2i = Vector2i(i % size.x, floori(float(i) / size.x))
			wrong += 1 if mask.get_bitv(place) == opposite.get_bitv(place) else 0
		check_equal(wrong, 0, "every pixel is the other way at %s" % size)


func _image(width: int, height: int) -> Image:
	return Image.create_empty(width, height, false, Image.FORMAT_RGBA8)


func _disc(image: Image, center: Vector2, radius: float, color: Color = Color.WHITE) -> void:
	for y: int in image.get_height():
		var dy: float = y + 0.5 - center.y
		if absf(dy) >= radius:
			continue
		var half: float = sqrt(radius * radius - dy * dy)
		var from: int = ceili(center.x - half - 0.5)
		var to: int = floori(center.x + half - 0.5)
		if to >= from:
			image.fill_rect(Rect2i(from, y, to - from + 1, 1), color)


func _made(image: Image, tolerance: float, margin: float) -> AlphaOutline:
	var texture: Texture2D = ImageTexture.create_from_image(image)
	return await _when_ready(outlines.request(texture, Rect2(Vector2.ZERO, image.get_size()), 0.0, tolerance, margin))


func _when_ready(outline: AlphaOutline) -> AlphaOutline:
	if not outline.is_ready:
		await outline.ready
	return outline


## The outlines of an image, after everything that must hold of them was checked.
func _proven(image: Image, tolerance: float, margin: float) -> Array:
	var outline: AlphaOutline = await _made(image, tolerance, margin)
	if not check_equal(outline.message, "", "no fault"):
		return [[PackedVector2Array()]]
	var polygons: Array = outline.polygons
	var frame: Rect2 = Rect2(Vector2.ZERO, image.get_size())
	check(frame.grow(0.001).encloses(_box(polygons)), "within the region")
	_check_inside(image, polygons, margin, frame)
	_check_size(image, polygons, tolerance, margin)
	_check_apart(polygons)
	var params: Dictionary = {"fragment_count": 6, "edge_padding": 0.0, "seed": 1}
	var native: CutoutBatchNative = CutoutBatchNative.new()
	for rings: Array in polygons:
		var pieces: Array = native.fracture(rings, params)
		check(not pieces.is_empty(), "the kernel takes it: %s" % native.get_errors())
	return polygons


# Every visible pixel, grown by the margin: its corners and its middle are inside of exactly one polygon.
func _check_inside(image: Image, polygons: Array, margin: float, frame: Rect2) -> void:
	var border: Array[Vector2] = []
	var size: Vector2i = image.get_size()
	for y: int in size.y:
		for x: int in size.x:
			if image.get_pixel(x, y).a == 0.0:
				continue
			var is_border: bool = false
			for step: Vector2i in [Vector2i.LEFT, Vector2i.RIGHT, Vector2i.UP, Vector2i.DOWN]:
				var next: Vector2i = Vector2i(x, y) + step
				is_border = is_border or not frame.has_point(next) or image.get_pixelv(next).a == 0.0
			if is_border or (x + y) % 97 == 0:
				border.append(Vector2(x, y))
	var outside: Array[Vector2] = []
	for pixel: Vector2 in border:
		for corner: Vector2 in [Vector2(0, 0), Vector2(1, 0), Vector2(1, 1), Vector2(0, 1), Vector2(0.5, 0.5)]:
			var direction: Vector2 = (corner - Vector2(0.5, 0.5)) * 2.0
			var point: Vector2 = pixel + corner + direction * (margin - 0.01)
			if frame.grow(-0.001).has_point(point) and not _is_inside(point, polygons):
				outside.append(point)
	var some: Array[Vector2] = outside.slice(0, 5)
	check(outside.is_empty(), "%d points of %d pixels are outside: %s" % [outside.size(), border.size(), some])


func _is_inside(point: Vector2, polygons: Array) -> bool:
	for rings: Array in polygons:
		if not OutlineTracer._contains(rings[0], point):
			continue
		var in_hole: bool = false
		for i: int in range(1, rings.size()):
			in_hole = in_hole or OutlineTracer._contains(rings[i], point)
		if not in_hole:
			return true
	return false


# Not more than the pixels with all that is within reach of them; holes too small to be kept count as filled.
func _check_size(image: Image, polygons: Array, tolerance: float, margin: float) -> void:
	var mask: BitMap = BitMap.new()
	mask.create_from_image_alpha(image, 0.0)
	var size: Rect2i = Rect2i(Vector2i.ZERO, image.get_size())
	check(_area(polygons) >= mask.get_true_bit_count() - 0.1, "not less than the pixels")
	# A mitred corner reaches twice as far as the side.
	var reach: int = ceili((2.0 * tolerance + margin) * 2.0)
	mask.grow_mask(reach, size)
	mask.grow_mask(1, size)
	var most: float = mask.get_true_bit_count()
	check(_area(polygons) <= most + 0.1, "area %s, at most %s" % [_area(polygons), most])


func _check_apart(polygons: Array) -> void:
	for i: int in polygons.size():
		for k: int in i:
			var a: Array = polygons[i]
			var b: Array = polygons[k]
			if Geometry2D.intersect_polygons(a[0], b[0]).is_empty():
				continue
			var in_hole: bool = false
			for pair: Array in [[a, b], [b, a]]:
				var holder: Array = pair[1]
				for h: int in range(1, holder.size()):
					in_hole = in_hole or Geometry2D.clip_polygons((pair[0] as Array)[0], holder[h]).is_empty()
			check(in_hole, "parts %d and %d do not overlap" % [k, i])


func _refused(outline: AlphaOutline, why: String) -> void:
	check(outline.is_ready and outline.polygons.is_empty(), "it is refused at once: %s" % why)
	check(outline.message.contains(why), "'%s' says '%s'" % [outline.message, why])


func _points(polygons: Array) -> int:
	var count: int = 0
	for rings: Array in polygons:
		for ring: PackedVector2Array in rings:
			count += ring.size()
	return count


func _area(polygons: Array) -> float:
	var area: float = 0.0
	for rings: Array in polygons:
		for i: int in rings.size():
			area += OutlineTracer._area(rings[i]) * (1.0 if i == 0 else -1.0)
	return area


func _box(polygons: Array) -> Rect2:
	var box: Rect2 = OutlineTracer._box_of((polygons[0] as Array)[0])
	for rings: Array in polygons:
		box = box.merge(OutlineTracer._box_of(rings[0]))
	return box
