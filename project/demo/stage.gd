extends Node2D
## Sets up everything that can be broken: the sentence, the house, the crates and wheels beside it.

const Atlas := preload("res://demo/atlas.gd")
const GlyphOutlines := preload("res://demo/glyph_outlines.gd")
const SpriteOutlines := preload("res://demo/sprite_outlines.gd")
const ShowcaseObject := preload("res://demo/stage_object.gd")

## The big line and the small one below it.
const TITLE := "Cutout Batch"
const SENTENCE := "Break 100% of it at once & keep every frame"

## The ground: things stand on this line.
const GROUND_Y := 620.0

## The house, in bricks of 48 x 24 pixels with their mortar.
const BRICK := Vector2(48.0, 24.0)
const WALL := Rect2(400.0, 332.0, 480.0, 288.0)
const DOOR_OPENING := Rect2(592.0, 452.0, 96.0, 168.0)
const WINDOW_OPENINGS: Array[Rect2] = [
	Rect2(448.0, 404.0, 96.0, 96.0), Rect2(736.0, 404.0, 96.0, 96.0),
]

## Every object that is there, in the order of the scene.
var objects: Array[ShowcaseObject] = []

var _atlas: Atlas
var _texture: ImageTexture
var _grown: Dictionary[String, Array] = {}
var _plans: Array[Dictionary] = []


func _ready() -> void:
	_atlas = Atlas.new()
	_write(TITLE, 112, 118.0, Color("fff4d9"), Color("f2a24e"))
	_write(SENTENCE, 34, 184.0, Color("d6f1f4"), Color("7fb9d6"))
	_build_sky()
	_build_roof()
	_build_wall()
	_build_openings()
	_build_left_side()
	_build_right_side()
	_texture = _atlas.make_texture()
	restore()


## The number of objects when nothing is broken.
func get_full_count() -> int:
	return _plans.size()


## Puts everything back: new objects for those that were broken, damaged or hit.
func restore() -> void:
	for object: ShowcaseObject in objects.duplicate():
		remove_child(object)
		object.queue_free()
	for plan: Dictionary in _plans:
		var object := ShowcaseObject.new()
		var region: Rect2i = plan["region"]
		var polygon: Array[PackedVector2Array] = plan["polygon"]
		var corner: Vector2 = plan["corner"]
		object.setup(_texture, region, polygon)
		object.position = corner + Vector2(region.size) * 0.5
		object.number = objects.size()
		object.tree_exiting.connect(_forget.bind(object))
		add_child(object)
		objects.append(object)


## One object for each picture there is.
func one_of_each_picture() -> Array[ShowcaseObject]:
	var found: Dictionary[Rect2, ShowcaseObject] = {}
	for object: ShowcaseObject in objects:
		found[object.region_rect] = object
	return found.values()


## Everything that can be hit within [param radius] of [param center], nearest first.
func whole_within(center: Vector2, radius: float) -> Array[ShowcaseObject]:
	var hit: Array[ShowcaseObject] = []
	for object: ShowcaseObject in objects:
		if object.is_whole() and object.distance_to(center) <= radius:
			hit.append(object)
	hit.sort_custom(func(a: ShowcaseObject, b: ShowcaseObject) -> bool:
		return a.position.distance_squared_to(center) < b.position.distance_squared_to(center))
	return hit


## Everything that can be hit on the line from [param from] to [param to].
func whole_along(from: Vector2, to: Vector2) -> Array[ShowcaseObject]:
	return objects.filter(func(object: ShowcaseObject) -> bool: return object.is_whole() and object.is_crossed(from, to))


func _forget(object: ShowcaseObject) -> void:
	objects.erase(object)


## Writes one line, centred, its base line at [param base_y].
func _write(text: String, size: int, base_y: float, above: Color, below: Color) -> void:
	var font := ThemeDB.fallback_font
	var start := Vector2(roundf(640.0 - GlyphOutlines.width_of(font, size, text) * 0.5), base_y)
	for outline: Array[PackedVector2Array] in GlyphOutlines.of_text(font, size, text):
		var corner: Array[Vector2i] = [Vector2i.ZERO]
		var region := _atlas.add_letter(outline, -0.72 * size, 0.1 * size, above, below, corner)
		for i: int in outline.size():
			outline[i] = Transform2D(0.0, -Vector2(corner[0])) * outline[i]
		_plans.append({
			"region": region, "polygon": ShowcaseObject.grown(outline), "corner": start + Vector2(corner[0]),
		})


## Adds a sprite with the upper left corner of its shape at [param corner].
func _add(sprite: String, corner: Vector2) -> void:
	if not _grown.has(sprite):
		_grown[sprite] = ShowcaseObject.grown(SpriteOutlines.of(sprite))
	_plans.append({
		"region": _atlas.region_of(sprite),
		"polygon": _grown[sprite],
		"corner": corner.round() - Vector2.ONE * SpriteOutlines.MARGIN,
	})


func _add_standing(sprite: String, middle_x: float, floor_y: float) -> void:
	var size := SpriteOutlines.SIZES[sprite]
	_add(sprite, Vector2(middle_x - size.x * 0.5, floor_y - size.y))


func _add_centred(sprite: String, middle: Vector2) -> void:
	_add(sprite, middle - Vector2(SpriteOutlines.SIZES[sprite]) * 0.5)


func _build_sky() -> void:
	_add_centred("moon", Vector2(1148, 122))
	for place: Vector2 in [
		Vector2(92, 80), Vector2(226, 132), Vector2(1052, 64), Vector2(1222, 216), Vector2(168, 236), Vector2(972, 262),
	]:
		_add_centred("star_large", place)
	for place: Vector2 in [
		Vector2(168, 48), Vector2(56, 168), Vector2(246, 54), Vector2(1062, 232), Vector2(1150, 290), Vector2(302, 262),
		Vector2(1246, 44), Vector2(106, 302), Vector2(44, 252), Vector2(1236, 318), Vector2(358, 220), Vector2(232, 324),
	]:
		_add_centred("star_small", place)


func _build_roof() -> void:
	# Rows of scales from the eaves up, each half a scale to the side of the one below and one scale shorter.
	for row: int in 4:
		var count := 12 - row
		var left := 640.0 - count * 22.0
		for i: int in count:
			_add("tile_a" if (i + row) % 2 == 0 else "tile_b", Vector2(left + i * 44.0 + 1.0, 293.0 - row * 24.0))


func _build_wall() -> void:
	var rows := int(WALL.size.y / BRICK.y)
	for row: int in rows:
		var y := WALL.position.y + row * BRICK.y
		for span: Vector2 in _free_spans(y):
			# Running bond: the joints of every other row lie half a brick further.
			var joint := WALL.position.x + (BRICK.x * 0.5 if row % 2 == 1 else 0.0)
			var x := span.x
			while x < span.y - 0.5:
				var next := joint + BRICK.x * (floorf((x - joint) / BRICK.x + 0.001) + 1.0)
				var end := minf(next, span.y)
				_add(_brick_for(row, x, end - x), Vector2(x + 1.0, y + 1.0))
				x = end


## The parts of a row of bricks that no window and no door takes up, as from and to.
func _free_spans(y: float) -> Array[Vector2]:
	var openings: Array[Rect2] = WINDOW_OPENINGS.duplicate()
	openings.insert(1, DOOR_OPENING)
	var spans: Array[Vector2] = []
	var from := WALL.position.x
	for opening: Rect2 in openings:
		if y + 1.0 > opening.position.y and y + 1.0 < opening.end.y:
			spans.append(Vector2(from, opening.position.x))
			from = opening.end.x
	spans.append(Vector2(from, WALL.end.x))
	return spans


func _brick_for(row: int, x: float, width: float) -> String:
	var shade := (row * 7 + int(x / 24.0) * 5) % 11
	if width < 30.0:
		return "half_a" if shade % 2 == 0 else "half_b"
	if shade < 5:
		return "brick_a"
	return "brick_b" if shade < 8 else "brick_c"


func _build_openings() -> void:
	for opening: Rect2 in WINDOW_OPENINGS:
		_add("window", opening.position + Vector2.ONE)
		for corner: Vector2 in [Vector2(8, 8), Vector2(50, 8), Vector2(8, 50), Vector2(50, 50)]:
			_add("pane", opening.position + Vector2.ONE + corner)
	_add("door", DOOR_OPENING.position + Vector2.ONE)
	_add_centred("porthole", DOOR_OPENING.position + Vector2.ONE + Vector2(47, 46))


func _build_left_side() -> void:
	for row: int in 4:
		for i: int in 4 - row:
			_add_standing("crate", 62.0 + row * 30.0 + i * 60.0, GROUND_Y - row * 60.0)
	for middle_x: float in [300.0, 358.0]:
		_add_standing("barrel", middle_x, GROUND_Y)
	_add_standing("barrel", 329.0, GROUND_Y - 71.0)


func _build_right_side() -> void:
	# Three gears in mesh, a wheel, two rings on top of it.
	_add_centred("gear_large", Vector2(976, GROUND_Y - 82.0))
	_add_centred("gear_medium", Vector2(1105, GROUND_Y - 56.0))
	_add_centred("gear_small", Vector2(1074, GROUND_Y - 143.0))
	_add_standing("wheel", 1215.0, GROUND_Y)
	for i: int in 2:
		_add_standing("ring", 1215.0, GROUND_Y - 101.0 - i * 63.0)
