extends Node
## Pieces stay between the siblings that their object stood between: a staircase of squares that overlap is broken in random
## orders, several in a frame, while others are added and moved to either end; in some rounds they are sorted by y, some lie behind
## their parent, or pieces are nodes. A second staircase, on which the same is done but nothing is broken, shows what it must look like.
##
## [codeblock]
## tools/engine picture --path project res://tests/pictures/debris_order.tscn -- --folder=FOLDER
## [/codeblock]
## The output is that of the test runner: a line for each round, and the counts at the end. With a folder the pictures of a round
## that differs are saved.

const SIZE: Vector2i = Vector2i(280, 140)
const SQUARES: int = 36
const ROUNDS: int = 14
## From here on the squares are sorted by y.
const SORTED: int = 8
## From here on they are not, and some lie behind their parent.
const BEHIND: int = 10
## From here on none do, and their pieces are nodes.
const NODES: int = 12
const STEPS: int = 9
## Along an outline or a cut a pixel's middle may fall to the other side.
const STRAY_PIXELS: int = 3

var _random: RandomNumberGenerator = RandomNumberGenerator.new()
var _whole: SubViewport
var _broken: SubViewport
var _number: int = 0 # of the round
var _added: int = 0
var _under_way: int = 0


func _ready() -> void:
	if DisplayServer.get_name() == "headless":
		printerr("debris order: a renderer is needed")
		get_tree().quit(1)
		return
	print("CUTOUT-TESTS begin")
	var differing: int = 0
	for i: int in ROUNDS:
		_random.seed = i
		differing += 0 if await _play_round(i) else 1
	differing += 0 if await _play_moves() else 1
	print("CUTOUT-TESTS passed=%d failed=%d done" % [ROUNDS + 1 - differing, differing])
	get_tree().quit(0 if differing == 0 else 1)


func _play_round(number: int) -> bool:
	_number = number
	_whole = _make_viewport()
	_broken = _make_viewport()
	_added = 0
	for i: int in SQUARES:
		_add_square()
	var debris: CutoutDebris2D = CutoutDebris2D.of(_stand(_broken).get_child(0))
	debris.gravity_scale = 0.0
	debris.max_bodies = 0
	var stray: int = await _count_stray_pixels()
	var step: int = 0
	while stray <= STRAY_PIXELS and step < STEPS:
		step += 1
		match _random.randi_range(0, 5):
			0:
				_add_square()
			1:
				_move_one()
			_:
				await _break_some()
		stray = await _count_stray_pixels()
	var is_same: bool = stray <= STRAY_PIXELS
	print(
		"%s order %d: %d pieces among %d squares, %d pixels differ after step %d"
		% [
			"PASS" if is_same else "FAIL", number, debris.get_piece_count() + _count_nodes(), _squares().size(), stray, step
		]
	)
	if not is_same:
		_save("order_%d_whole" % number, _whole)
		_save("order_%d_broken" % number, _broken)
	_whole.free()
	_broken.free()
	return is_same


# Whatever becomes of the node and its parent, pieces stay.
func _play_moves() -> bool:
	_number = 0
	_whole = _make_viewport()
	_broken = _make_viewport()
	_added = 0
	_add_square()
	var first: Node2D = _stand(_broken)
	first.position = Vector2(-20, 10)
	var debris: CutoutDebris2D = CutoutDebris2D.of(first.get_child(0))
	debris.gravity_scale = 0.0
	debris.max_bodies = 0
	_stand(_whole).position = first.position
	var stray: int = await _count_stray_pixels()
	await _break(first.get_child(0))
	debris.position = Vector2(50, 0)
	stray += await _count_stray_pixels()
	debris.top_level = true
	stray += await _count_stray_pixels()
	debris.top_level = false
	first.position = Vector2(60, 30)
	stray += await _count_stray_pixels()
	var second: Node2D = Node2D.new()
	_broken.add_child(second)
	debris.reparent(second)
	stray += await _count_stray_pixels()
	first.free()
	stray += await _count_stray_pixels()
	print("%s moves: %d pixels differ" % ["PASS" if stray <= STRAY_PIXELS else "FAIL", stray])
	_whole.free()
	_broken.free()
	return stray <= STRAY_PIXELS


# Several at once, or one after the other with no frame between.
func _break_some() -> void:
	var left: Array[Node] = _squares()
	for _i: int in mini(_random.randi_range(1, 5), left.size()):
		var object: Node = left.pop_at(_random.randi_range(0, left.size() - 1))
		if _random.randi_range(0, 1) == 0:
			await _break(object)
		else:
			_break(object)
	while _under_way > 0:
		await get_tree().process_frame


func _break(object: Node) -> void:
	_under_way += 1
	var params: Dictionary = {"fragment_count": 7, "seed": _random.randi_range(1, 99), "edge_padding": 0.0}
	var blast: CutoutBlast = CutoutBlast.new()
	if _number >= NODES:
		blast.output = CutoutBlast.Output.NODES
	var result: CutoutFractureResult = await CutoutBatch.fracture_object(object, params, 0, 0, blast)
	for node: RigidBody2D in result.nodes: # they stay where they are
		node.freeze = true
	if not result.is_ok():
		printerr(result)
	_under_way -= 1


# One that is not broken goes below, or above, all others.
func _move_one() -> void:
	var names: Array = _squares().map(func(child: Node) -> StringName: return child.name)
	if names.is_empty():
		return
	var path: NodePath = NodePath(str(names[_random.randi_range(0, names.size() - 1)]))
	var place: int = _random.randi_range(-1, 0)
	for viewport: SubViewport in [_whole, _broken]:
		_stand(viewport).move_child(_stand(viewport).get_node(path), place)


func _count_nodes() -> int:
	return _stand(_broken).get_child_count() - _squares().size()


# Those that are left.
func _squares() -> Array[Node]:
	return _stand(_broken).get_children().filter(func(child: Node) -> bool: return child is Polygon2D)


func _add_square() -> void:
	for viewport: SubViewport in [_whole, _broken]:
		var shown: Polygon2D = Polygon2D.new()
		shown.name = "Square%d" % _added
		# No edge of it runs through the middles of pixels.
		shown.polygon = PackedVector2Array([Vector2(0.3, 0.3), Vector2(60.3, 0.3), Vector2(60.3, 60.3), Vector2(0.3, 60.3)])
		shown.color = Color.from_hsv(fmod(0.381966 * _added, 1.0), 0.8, 0.5 + 0.1 * (_added % 5))
		shown.position = Vector2(6 * _added % 210, 7 * (_added % 9))
		shown.show_behind_parent = _number >= BEHIND and _number < NODES and _added % 3 == 0
		_stand(viewport).add_child(shown)
	_added += 1


func _stand(viewport: SubViewport) -> Node2D:
	return viewport.get_child(0)


func _make_viewport() -> SubViewport:
	var viewport: SubViewport = SubViewport.new()
	viewport.size = SIZE
	viewport.render_target_update_mode = SubViewport.UPDATE_ALWAYS
	viewport.world_2d = World2D.new()
	var stand: Polygon2D = Polygon2D.new()
	stand.y_sort_enabled = _number >= SORTED and _number < BEHIND
	if _number >= BEHIND and _number < NODES:
		stand.polygon = PackedVector2Array([Vector2(80.3, 20.3), Vector2(180.3, 20.3), Vector2(130.3, 110.3)])
	viewport.add_child(stand)
	add_child(viewport)
	return viewport


func _count_stray_pixels() -> int:
	await RenderingServer.frame_post_draw
	var whole: PackedByteArray = _whole.get_texture().get_image().get_data()
	var broken: PackedByteArray = _broken.get_texture().get_image().get_data()
	if whole == broken:
		return 0
	var stray: int = 0
	for i: int in range(0, whole.size(), whole.size() / (SIZE.x * SIZE.y)):
		stray += 1 if absi(whole[i] - broken[i]) + absi(whole[i + 1] - broken[i + 1]) + absi(whole[i + 2] - broken[i + 2]) > 6 else 0
	return stray


func _save(title: String, viewport: SubViewport) -> void:
	for argument: String in OS.get_cmdline_user_args():
		if argument.begins_with("--folder="):
			viewport.get_texture().get_image().save_png(argument.get_slice("=", 1).path_join(title + ".png"))
