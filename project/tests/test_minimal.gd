extends CutoutTestSuite
## The small scenes of the demo: each runs, and does what it is for.

const FOLDER: String = "res://demo/minimal/"


func open(name: String) -> Node2D:
	var scene: PackedScene = load(FOLDER + name + ".tscn")
	var root: Node2D = scene.instantiate()
	add_child(root)
	return root


func click(root: Node2D, place: Vector2, button: MouseButton = MOUSE_BUTTON_LEFT) -> void:
	var event: InputEventMouseButton = InputEventMouseButton.new()
	event.button_index = button
	event.pressed = true
	event.position = place
	root.call(&"_unhandled_input", event)


func close(root: Node2D) -> void:
	root.queue_free()
	await frames(3)


func debris_of(root: Node2D) -> CutoutDebris2D:
	return CutoutDebris2D.of(root.get_node("Floor"))


func has_crate(root: Node2D) -> bool:
	return root.has_node("Crate")


func test_blast() -> void:
	var root: Node2D = open("blast")
	click(root, Vector2(600, 350))
	check(await wait_until(func() -> bool: return not has_crate(root)), "it breaks")
	check_equal(debris_of(root).get_piece_count(), 24, "into pieces")
	await close(root)


func test_dig() -> void:
	var root: Node2D = open("dig")
	await frames(3)
	var blast: CutoutBlast = root.get("_blast")
	var result: CutoutFractureResult = await CutoutBatch.damage_object(
		root.get_node("Crate"), Vector2(640, 480), 30.0, {}, 0, blast
	)
	check(result.is_ok() and has_crate(root), "there is a hole in it")
	await close(root)


func test_slice() -> void:
	var root: Node2D = open("slice")
	await root.call(&"cut", Vector2(400, 300), Vector2(800, 350))
	check_equal(debris_of(root).get_piece_count(), 2, "two halves")
	await close(root)


func test_prefracture() -> void:
	var root: Node2D = open("prefracture")
	var cut: CutoutPrefracture = root.get("_cut")
	check(await wait_until(cut.is_ready), "cut")
	click(root, Vector2(600, 350))
	check_equal(debris_of(root).get_piece_count(), 40, "in the same call")
	await close(root)


func test_pieces() -> void:
	var root: Node2D = open("pieces")
	check(await wait_until(func() -> bool: return not has_crate(root)), "it breaks")
	var debris: CutoutDebris2D = debris_of(root)
	click(root, Vector2(600, 350))
	check(await wait_until(func() -> bool: return debris.get_piece_count() > 6), "a piece is cut again")
	var count: int = debris.get_piece_count()
	click(root, Vector2(600, 352), MOUSE_BUTTON_RIGHT)
	check_equal(debris.get_piece_count(), count - 1, "one becomes a node")
	await close(root)


func test_nodes() -> void:
	var root: Node2D = open("nodes")
	click(root, Vector2.ZERO)
	check(await wait_until(func() -> bool: return not has_crate(root)), "it breaks")
	var bodies: Array[Node] = root.find_children("*", "RigidBody2D", true, false)
	check_equal(bodies.size(), 24, "into nodes")
	await close(root)


func test_batch() -> void:
	var root: Node2D = open("batch")
	click(root, Vector2.ZERO)
	var label: Label = root.get_node("Label")
	check(await wait_until(func() -> bool: return label.text == "20 results"), "all are done")
	await close(root)


func test_destructible() -> void:
	var root: Node2D = open("destructible")
	check(await wait_until(func() -> bool: return not has_crate(root), 10.0), "it breaks when it lands")
	await close(root)


func test_all_have_a_test() -> void:
	for file: String in DirAccess.get_files_at(FOLDER):
		if file.ends_with(".tscn"):
			check(has_method("test_" + file.get_basename()), file)
