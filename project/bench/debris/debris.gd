extends Node2D
## Measures what it costs the main thread to turn fractured objects into things in the world, and what the frames
## look like meanwhile. One scenario a process, run through `make bench-debris`; user arguments:
## `--scenario=<name>`, `--csv=<file>` for the row of figures.

const Record := preload("res://bench/frames/record.gd")
const Sprites := preload("res://bench/frames/sprites.gd")
const SkinReader := preload("res://addons/cutout/objects/skin_reader.gd")

const HEADER: String = (
	"scenario,pieces,spawn_us_per_piece,free_us_per_piece,frames_to_visible,p99_ms,max_ms,idle_p99_ms,missed_frames"
)
const FRAME_RATE: int = 60
const WARM_UP_FRAMES: int = 60
const IDLE_FRAMES: int = 120
const REST_FRAMES: int = 20
const TAIL_FRAMES: int = 5
const ROUNDS: int = 5
const MISS_USEC: int = 25_000
## Between two sprites, in pixels: they do not touch.
const SPACING: float = 260.0
const COLUMNS: int = 25
## Pieces live so long in the bursts, so that freeing them is measured too. Seconds.
const LIFETIME: float = 0.5
const MOST_FRAMES: int = 2000

## Emitted in each process step, after the addon's first node and before its last.
signal stepped

var _record: Record = Record.new()
var _title: String = ""
var _csv: String = ""
var _variants: Array[PackedVector2Array] = Sprites.make_variants()
var _flats: Array[RefCounted] = []
var _pieces: int = 0
var _spawn_usec: float = 0.0
var _free_usec: float = 0.0
var _frames_to_visible: int = 0
var _missed: int = 0 # the most in a round
var _arrived: int = 0
var _failed: int = 0


func _ready() -> void:
	Engine.max_fps = FRAME_RATE
	for argument: String in OS.get_cmdline_user_args():
		if argument.begins_with("--scenario="):
			_title = argument.get_slice("=", 1)
		elif argument.begins_with("--csv="):
			_csv = argument.get_slice("=", 1)
	add_child(_record)
	await _pass(WARM_UP_FRAMES, Record.Part.REST)
	match _title:
		"debris500", "debris500_gl":
			await _measure_blasts(500)
		"debris2000":
			await _measure_blasts(2000)
		"damage":
			await _measure_damage()
		"nodes500":
			await _measure_nodes(500)
		"prefractured500":
			await _measure_blasts(500, true)
		"spawn_plain", "spawn_plain_gl":
			await _measure_spawn(0)
		"spawn_textured":
			await _measure_spawn(0, true)
		"spawn_bodies", "spawn_bodies_gl":
			await _measure_spawn(1_000_000)
		"nodes500_naive":
			await _measure_naive(500)
		_:
			push_error("bench-debris: there is no scenario '%s'" % _title)
			get_tree().quit(1)
			return
	_report()
	get_tree().quit(1 if _failed > 0 else 0)


func _process(_delta: float) -> void:
	stepped.emit()


# Objects at once through fracture_object(), with the default settings, and their pieces until the last is freed.
func _measure_blasts(count: int, in_advance: bool = false) -> void:
	for round_number: int in ROUNDS:
		var world: Node2D = Node2D.new()
		add_child(world)
		var objects: Array[Polygon2D] = _make_objects(world, count)
		var debris: CutoutDebris2D = CutoutDebris2D.new()
		debris.lifetime = LIFETIME
		debris.max_pieces = 65_536
		world.add_child(debris)
		var cut: Array[CutoutPrefracture] = []
		for i: int in count if in_advance else 0:
			cut.append(CutoutBatch.prefracture(objects[i], Sprites.make_params(round_number * count + i)))
		for prefracture: CutoutPrefracture in cut:
			while not prefracture.is_over():
				await stepped
		await _pass(REST_FRAMES, Record.Part.REST)
		await _pass(IDLE_FRAMES, Record.Part.IDLE)
		var blast: CutoutBlast = CutoutBlast.new()
		blast.center = Vector2(COLUMNS, COLUMNS) * SPACING * 0.5
		blast.speed = 400.0
		blast.spin = 4.0
		blast.debris = debris
		_arrived = 0
		var before: int = _count_missed()
		_record.part = Record.Part.BUSY
		var began: int = Time.get_ticks_usec()
		for i: int in count:
			var object: Object = cut[i] if in_advance else objects[i]
			_break.call(object, round_number * count + i, blast)
		_spawn_usec += Time.get_ticks_usec() - began
		var frames: int = 0
		while _arrived < count and frames < MOST_FRAMES:
			await stepped
			_record.part = Record.Part.BUSY
			frames += 1
			_spawn_usec += float(CutoutBatch.get_stats()["spent_usec"])
		_frames_to_visible = maxi(_frames_to_visible, frames)
		_pieces += debris.get_piece_count()
		while debris.get_piece_count() > 0 and frames < MOST_FRAMES:
			await stepped
			_record.part = Record.Part.BUSY
			frames += 1
		await _pass(TAIL_FRAMES, Record.Part.BUSY)
		_missed = maxi(_missed, _count_missed() - before)
		world.queue_free()
		await _pass(REST_FRAMES, Record.Part.REST)


func _count_missed() -> int:
	var missed: int = 0
	for interval: int in _record.get_sorted(Record.Part.BUSY):
		missed += int(interval > MISS_USEC)
	return missed


# A sprite of 256 pixels that is hit in each frame for ten seconds, in places that cover it.
func _measure_damage() -> void:
	var image: Image = Image.create_empty(256, 256, false, Image.FORMAT_RGBA8)
	image.fill(Color.WHITE)
	var sprite: Sprite2D = Sprite2D.new()
	sprite.texture = ImageTexture.create_from_image(image)
	sprite.position = Vector2(400, 300)
	sprite.scale = Vector2(2.0, 2.0)
	add_child(sprite)
	var blast: CutoutBlast = CutoutBlast.new()
	blast.debris = CutoutDebris2D.new()
	blast.anchor_rects = [Rect2(-128, 120, 256, 20)]
	add_child(blast.debris)
	await CutoutBatch.damage_object(sprite, Vector2.ZERO, 5.0, {}, 0, blast) # its outline is made
	await _pass(REST_FRAMES, Record.Part.REST)
	await _pass(IDLE_FRAMES, Record.Part.IDLE)
	var sent: int = 0
	for i: int in FRAME_RATE * 10:
		_record.part = Record.Part.BUSY
		var began: int = Time.get_ticks_usec()
		_hit.call(sprite, sprite.position + Vector2((i * 197) % 512 - 256, (i * 311) % 512 - 256), blast)
		_spawn_usec += Time.get_ticks_usec() - began
		sent += 1
		await stepped
		_spawn_usec += float(CutoutBatch.get_stats()["spent_usec"])
	var frames: int = 0
	while _arrived < sent and frames < MOST_FRAMES:
		_record.part = Record.Part.BUSY
		await stepped
		frames += 1
	_frames_to_visible = frames
	await _pass(TAIL_FRAMES, Record.Part.BUSY)


func _hit(sprite: Sprite2D, place: Vector2, blast: CutoutBlast) -> void:
	var result: CutoutFractureResult = await CutoutBatch.damage_object(
		sprite, place, 12.0, {"fragment_count": 8}, 0, blast
	)
	_arrived += 1
	_pieces += result.get_fragment_count()
	if not result.is_ok():
		_failed += 1
		push_error("a hit failed: " + result.message)


# Objects at once, each becoming nodes.
func _measure_nodes(count: int) -> void:
	var world: Node2D = Node2D.new()
	add_child(world)
	CutoutBatch.max_pooled_nodes = 20_000
	CutoutBatch.prewarm_nodes(18 * count)
	while int(CutoutBatch.get_stats()["waiting_nodes"]) > 0:
		await stepped
	var objects: Array[Polygon2D] = _make_objects(world, count)
	await _pass(REST_FRAMES, Record.Part.REST)
	await _pass(IDLE_FRAMES, Record.Part.IDLE)
	var blast: CutoutBlast = CutoutBlast.new()
	blast.output = CutoutBlast.Output.NODES
	_record.part = Record.Part.BUSY
	var began: int = Time.get_ticks_usec()
	for i: int in count:
		_become_nodes.call(objects[i], i, blast)
	_spawn_usec += Time.get_ticks_usec() - began
	while _arrived < count and _frames_to_visible < MOST_FRAMES:
		await stepped
		_record.part = Record.Part.BUSY
		_frames_to_visible += 1
		_spawn_usec += float(CutoutBatch.get_stats()["spent_usec"])
	for _frame: int in FRAME_RATE: # until the last are retired
		_record.part = Record.Part.BUSY
		await stepped
	await _pass(TAIL_FRAMES, Record.Part.BUSY)


func _become_nodes(object: Polygon2D, number: int, blast: CutoutBlast) -> void:
	var result: CutoutFractureResult = await CutoutBatch.fracture_object(
		object, Sprites.make_params(number), 0, 0, blast
	)
	_arrived += 1
	_pieces += result.nodes.size()
	var nodes: Array[RigidBody2D] = result.nodes
	for node: RigidBody2D in nodes: # pieces of one object that touch would push each other
		node.collision_layer = 0
	get_tree().create_timer(LIFETIME).timeout.connect(func() -> void: CutoutBatch.retire(nodes))
	if not result.is_ok():
		_failed += 1
		push_error("an object was not cut: " + result.message)


func _break(object: Object, number: int, blast: CutoutBlast) -> void:
	var result: CutoutFractureResult = await CutoutBatch.fracture_object(
		object, Sprites.make_params(number), 0, 0, blast
	)
	_arrived += 1
	if not result.is_ok():
		_failed += 1
		push_error("an object was not cut: " + result.message)


# Only the hand-over to the debris: results that are there, all in one call after another. The median of the rounds. Objects
# with a texture go another way than those with nothing but a colour.
func _measure_spawn(bodies: int, is_textured: bool = false) -> void:
	await _cut(500)
	var skins: Array = []
	var world: Node2D = Node2D.new()
	add_child(world)
	var objects: Array[Polygon2D] = _make_objects(world, 500)
	for object: Polygon2D in objects if is_textured else []:
		object.texture = PlaceholderTexture2D.new()
		var read: Array = SkinReader.read(object)
		skins.append(read[0])
	var spawns: PackedFloat64Array = PackedFloat64Array()
	var frees: PackedFloat64Array = PackedFloat64Array()
	var debris: CutoutDebris2D = CutoutDebris2D.new()
	debris.max_bodies = bodies
	debris.min_body_area = 0.0
	world.add_child(debris)
	for round_number: int in 3 * ROUNDS:
		await _pass(REST_FRAMES, Record.Part.IDLE)
		_record.part = Record.Part.BUSY
		# Elsewhere each time, and others: a body that comes back to its old place is cheap.
		world.position = Vector2(7000.0, 3000.0) * (round_number % 7)
		var first: int = 37 * round_number
		var began: int = Time.get_ticks_usec()
		for i: int in skins.size():
			debris.take(skins[i], _flats[(first + i) % 500], null)
		for i: int in objects.size() if skins.is_empty() else 0:
			debris.take_plain(objects[i], _flats[(first + i) % 500], null)
		var made: int = Time.get_ticks_usec()
		_pieces = debris.get_piece_count()
		spawns.append(float(made - began) / _pieces)
		await _pass(REST_FRAMES, Record.Part.REST)
		_record.part = Record.Part.BUSY
		began = Time.get_ticks_usec()
		debris.clear()
		while debris.release(1_000_000):
			pass
		frees.append(float(Time.get_ticks_usec() - began) / _pieces)
	print("the first time %.3f and %.3f us a piece" % [spawns[0], frees[0]])
	spawns.sort()
	frees.sort()
	_spawn_usec = spawns[spawns.size() / 2] * _pieces
	_free_usec = frees[frees.size() / 2] * _pieces


# What a user writes who has the fragments: a body with a shape and a polygon each, all in one frame; and freed in one.
func _measure_naive(count: int) -> void:
	await _cut(count)
	for _round: int in 1: # its bodies all touch: a physics tick takes longer than a frame
		await _pass(IDLE_FRAMES, Record.Part.IDLE)
		var world: Node2D = Node2D.new()
		add_child(world)
		_record.part = Record.Part.BUSY
		var began: int = Time.get_ticks_usec()
		for i: int in count:
			var flat: CutoutFragments = _flats[i]
			for ring: PackedVector2Array in flat.to_array():
				var body: RigidBody2D = RigidBody2D.new()
				var shape: CollisionPolygon2D = CollisionPolygon2D.new()
				shape.polygon = ring
				body.add_child(shape)
				var shown: Polygon2D = Polygon2D.new()
				shown.polygon = ring
				body.add_child(shown)
				body.position = _place_of(i)
				world.add_child(body)
				_pieces += 1
		_spawn_usec += Time.get_ticks_usec() - began
		await _pass(3, Record.Part.BUSY)
		_record.part = Record.Part.BUSY
		began = Time.get_ticks_usec()
		for body: Node in world.get_children():
			body.queue_free()
		await stepped
		_free_usec += Time.get_ticks_usec() - began
		await _pass(TAIL_FRAMES, Record.Part.BUSY)
		world.queue_free()
		await _pass(REST_FRAMES, Record.Part.REST)
	_frames_to_visible = 1


# Sprites cut beforehand, with what debris needs.
func _cut(count: int) -> void:
	var keep: Callable = func(_id: int, flat: RefCounted) -> void: _flats.append(flat)
	CutoutBatch.fragments_completed.connect(keep)
	for i: int in count:
		CutoutBatch.submit_fracture(
			_variants[i % Sprites.VARIANTS], Sprites.make_params(i), 0, CutoutJobQueue.OUTPUT_SHEET
		)
	while _flats.size() < count:
		await stepped
	CutoutBatch.fragments_completed.disconnect(keep)


func _make_objects(world: Node2D, count: int) -> Array[Polygon2D]:
	var objects: Array[Polygon2D] = []
	for i: int in count:
		var object: Polygon2D = Polygon2D.new()
		object.polygon = _variants[i % Sprites.VARIANTS]
		object.position = _place_of(i)
		object.color = Color.from_hsv(fmod(i * 0.618, 1.0), 0.5, 0.9)
		world.add_child(object)
		objects.append(object)
	return objects


func _place_of(i: int) -> Vector2:
	return Vector2(i % COLUMNS, i / COLUMNS) * SPACING


func _pass(frames: int, part: Record.Part) -> void:
	for _frame: int in frames:
		_record.part = part
		await stepped


func _report() -> void:
	var busy: PackedInt64Array = _record.get_sorted(Record.Part.BUSY)
	var idle: PackedInt64Array = _record.get_sorted(Record.Part.IDLE)
	var missed: int = _missed if _missed > 0 else _count_missed()
	var row: String = (
		"%s,%d,%.3f,%.3f,%d,%.2f,%.2f,%.2f,%d"
		% [
			_title, _pieces, _spawn_usec / _pieces, _free_usec / _pieces, _frames_to_visible,
			Record.quantile(busy, 0.99) / 1000.0, Record.quantile(busy, 1.0) / 1000.0,
			Record.quantile(idle, 0.99) / 1000.0, missed,
		]
	)
	print(HEADER)
	print(row)
	if not _csv.is_empty():
		var file: FileAccess = FileAccess.open(_csv, FileAccess.WRITE)
		file.store_line(HEADER)
		file.store_line(row)
	print("CUTOUT-BENCH done")
