extends CutoutDebrisCase
## Everything that can be done to objects, at random and at once: each call ends, and what is cut is never refused.

const FRAMES: int = 150
const OBJECTS: int = 30

var random: RandomNumberGenerator = RandomNumberGenerator.new()
var texture: ImageTexture
var objects: Array[Node2D] = []
var prefractures: Array[CutoutPrefracture] = []
var begun: int = 0
var over: int = 0
var faults: PackedStringArray = PackedStringArray()


func before_each() -> void:
	super()
	random.seed = 21
	var image: Image = Image.create_empty(64, 64, false, Image.FORMAT_RGBA8)
	image.fill_rect(Rect2i(4, 4, 50, 56), Color.WHITE)
	image.fill_rect(Rect2i(58, 10, 5, 20), Color.WHITE)
	texture = ImageTexture.create_from_image(image)


func test_storm() -> void:
	for _frame: int in FRAMES:
		while objects.size() < OBJECTS:
			objects.append(make())
		for _i: int in random.randi_range(1, 12):
			act(random.randi_range(0, objects.size() - 1))
			if objects.is_empty():
				break
		await frames(1)
	check(begun > 300, "much was done")
	check(await wait_until(func() -> bool: return over == begun, 20.0), "each call has an end: %d of %d" % [over, begun])
	check(faults.is_empty(), "none is refused: %s" % faults)


func act(k: int) -> void:
	if not is_instance_valid(objects[k]):
		objects.remove_at(k)
		return
	var object: Node2D = objects[k]
	var place: Vector2 = object.global_position
	match random.randi_range(0, 12):
		6:
			go(cutout.fracture_object(object, {"fragment_count": random.randi_range(1, 20)}))
		7:
			object.free()
		8:
			object.queue_free()
		9:
			var copy: Node2D = object.duplicate()
			add_child(copy)
			objects.append(copy)
		10:
			prefractures.append(cutout.prefracture(object, {"fragment_count": 9}))
		11:
			if not prefractures.is_empty():
				go(cutout.fracture_object(prefractures.pop_back(), null))
		12:
			if random.randf() < 0.1:
				cutout.cancel_all()
			var debris: CutoutDebris2D = CutoutDebris2D.of(object)
			var piece: int = debris.pick_piece(place + Vector2(30, 30))
			if piece >= 0:
				go(cutout.fracture_piece(debris, piece, {"fragment_count": 4}))
		_:
			var shift: Vector2 = Vector2(random.randf_range(-60, 110), random.randf_range(-60, 110))
			var params: Dictionary = {"fragment_count": random.randi_range(1, 20), "seed": random.randi()}
			go(cutout.damage_object(object, place + shift, random.randf_range(1, 40), params))


func go(wait: Variant) -> void:
	begun += 1
	var result: CutoutFractureResult = await wait if wait is Signal else wait
	over += 1
	if not result.is_ok() and not result.is_cancelled():
		faults.append(result.message)


func make() -> Node2D:
	var shown: Polygon2D = Polygon2D.new()
	shown.polygon = PackedVector2Array(
		[Vector2.ZERO, Vector2(100, 0), Vector2(100, 100), Vector2(50, 60), Vector2(0, 100)]
	)
	var node: Node2D = shown
	match random.randi_range(0, 3):
		0:
			shown.texture = texture
		1:
			shown.free()
			var sprite: Sprite2D = Sprite2D.new()
			sprite.texture = texture
			sprite.flip_h = random.randf() < 0.5
			node = sprite
		2:
			var body: RigidBody2D = RigidBody2D.new()
			body.add_child(shown)
			var shape: CollisionPolygon2D = CollisionPolygon2D.new()
			shape.polygon = shown.polygon
			body.add_child(shape)
			node = body
	node.position = Vector2(random.randf_range(0, 1100), random.randf_range(0, 600))
	node.rotation = random.randf_range(0, 6)
	add_child(node)
	return node
