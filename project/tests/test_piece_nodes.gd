extends CutoutProcessorCase
## Objects that become nodes: their look and motion, scenes of the game's own, the pool, the budget.

const NodeShelf := preload("res://addons/cutout/debris/node_shelf.gd")
const SETUP_SCRIPT: String = """
extends RigidBody2D
var outlines: Array[PackedVector2Array] = []
var results: Array[CutoutFractureResult] = []
var ready_count: int = 0
var was_inside: bool = false

func _ready() -> void:
	ready_count += 1

func setup_fragment(fragment: PackedVector2Array, result: CutoutFractureResult) -> void:
	outlines.append(fragment)
	results.append(result)
	was_inside = is_inside_tree()
"""
const PARAMS: Dictionary = {"fragment_count": 12, "seed": 5}

var blast: CutoutBlast


func before_each() -> void:
	await super()
	blast = CutoutBlast.new()
	blast.output = CutoutBlast.Output.NODES


func crate(size: float = 100.0) -> Polygon2D:
	var shown: Polygon2D = Polygon2D.new()
	shown.polygon = square(size)
	add_child(shown)
	return shown


func crate_body(size: float = 100.0) -> RigidBody2D:
	var body: RigidBody2D = RigidBody2D.new()
	var shape: CollisionPolygon2D = CollisionPolygon2D.new()
	shape.polygon = square(size)
	body.add_child(shape)
	var shown: Polygon2D = Polygon2D.new()
	shown.polygon = square(size)
	body.add_child(shown)
	body.gravity_scale = 0.0
	add_child(body)
	return body


func fracture(object: Node) -> CutoutFractureResult:
	return await cutout.fracture_object(object, PARAMS, 0, 0, blast)


func shape_of(body: RigidBody2D) -> CollisionPolygon2D:
	return body.get_child(0)


func shown_of(body: RigidBody2D) -> Polygon2D:
	return body.get_child(1)


func texture(size: int = 64) -> ImageTexture:
	return ImageTexture.create_from_image(Image.create(size, size, false, Image.FORMAT_RGBA8))


## A scene with a marker, a shape, a sprite, and two polygons, the first of which shows the piece.
func scene_of(root: Node, script: String = "") -> PackedScene:
	for child: Node in [Marker2D.new(), CollisionPolygon2D.new(), Sprite2D.new(), Polygon2D.new(), Polygon2D.new()]:
		root.add_child(child)
		child.owner = root
	if script != "":
		var code: GDScript = GDScript.new()
		code.source_code = script
		code.reload()
		root.set_script(code)
	var scene: PackedScene = PackedScene.new()
	scene.pack(root)
	root.free()
	return scene


func pooled() -> int:
	return cutout.get_stats()["pooled_nodes"]


func is_idle() -> bool:
	return cutout.get_stats()["waiting_nodes"] == 0


func test_they_take_the_place_of_their_object() -> void:
	for mode: Node.InternalMode in [Node.INTERNAL_MODE_DISABLED, Node.INTERNAL_MODE_FRONT, Node.INTERNAL_MODE_BACK]:
		var parent: Node2D = Node2D.new()
		add_child(parent)
		var below: Node2D = Node2D.new()
		var shown: Polygon2D = Polygon2D.new()
		shown.polygon = square(100.0)
		var above: Node2D = Node2D.new()
		for child: Node2D in [below, shown, above]:
			parent.add_child(child, false, mode)
		var result: CutoutFractureResult = await cutout.fracture_object(shown, PARAMS, 0, 0, blast)
		check(result.nodes.size() > 3, "pieces")
		var expected: Array[Node] = [below]
		expected.append_array(result.nodes)
		expected.append(above)
		await get_tree().process_frame
		check_equal(parent.get_children(true), expected, "between its siblings, mode %d" % mode)
		parent.free()


func test_look_under_a_skewed_parent() -> void:
	var parent: Node2D = Node2D.new()
	parent.transform = Transform2D(0.3, Vector2(2.0, -0.5), 0.2, Vector2(70, 30))
	parent.modulate = Color(1, 1, 1, 0.5)
	add_child(parent)
	var holder: Node2D = Node2D.new()
	parent.add_child(holder)
	var shown: Polygon2D = crate(64.0)
	shown.reparent(holder, false)
	shown.texture = texture()
	shown.color = Color.RED
	shown.modulate = Color(0.5, 1, 1)
	shown.self_modulate = Color(1, 0.5, 1)
	shown.material = CanvasItemMaterial.new()
	shown.light_mask = 4
	shown.visibility_layer = 2
	shown.texture_filter = CanvasItem.TEXTURE_FILTER_NEAREST
	shown.z_index = 3
	shown.position = Vector2(5, 6)
	var to_global: Transform2D = shown.global_transform
	var material: Material = shown.material
	var picture: Texture2D = shown.texture
	var result: CutoutFractureResult = await fracture(shown)
	check(result.is_ok() and result.nodes.size() > 5, "nodes: %d" % result.nodes.size())
	check_equal(result.nodes.size(), result.fragments.size(), "one for each fragment")
	check(result.debris == null and result.bursts.is_empty(), "no debris")
	check(not is_instance_valid(shown) or shown.is_queued_for_deletion(), "the object goes")
	var area: float = 0.0
	for i: int in result.nodes.size():
		var body: RigidBody2D = result.nodes[i]
		check_equal(body.get_parent(), holder, "parent")
		check(body.global_transform.x.is_equal_approx(Vector2.RIGHT), "neither turned nor scaled: %s" % body.global_transform)
		check(body.global_transform.y.is_equal_approx(Vector2.DOWN), "nor skewed")
		var piece: Polygon2D = shown_of(body)
		check_equal(piece.polygon, shape_of(body).polygon, "shape and picture")
		area += area_of([piece.polygon])
		for k: int in piece.polygon.size():
			var point: Vector2 = result.fragments[i][k]
			check((body.global_transform * piece.polygon[k]).distance_to(to_global * point) < 0.01, "where it was")
			check(piece.uv[k].distance_to(point) < 0.01, "texture: %s for %s" % [piece.uv[k], point])
		check_equal(piece.texture, picture, "texture")
		check_equal(piece.color * piece.modulate * piece.self_modulate, Color.RED * Color(0.5, 0.5, 1), "colour")
		check_equal(piece.material, material, "material")
		check_equal(piece.light_mask, 4, "light mask")
		check_equal(piece.visibility_layer, 2, "visibility layer")
		check_equal(piece.texture_filter, CanvasItem.TEXTURE_FILTER_NEAREST, "filter")
		check_equal(body.z_index, 3, "z-index")
		check(not body.z_as_relative, "whatever the parent's")
	check_near(area, 4096.0 * absf(to_global.determinant()), 2.0, "area")


func test_values_at_points_of_the_polygon() -> void:
	var shown: Polygon2D = crate()
	shown.texture = texture()
	# An affine map, so that any triangulation gives the same.
	var to_uv: Transform2D = Transform2D(0.4, Vector2(0.3, 0.6), 0.0, Vector2(3, 4))
	shown.uv = to_uv * shown.polygon
	shown.vertex_colors = [Color(0, 0, 1), Color(1, 0, 1), Color(1, 1, 1), Color(0, 1, 1)]
	var result: CutoutFractureResult = await fracture(shown)
	for i: int in result.nodes.size():
		var piece: Polygon2D = shown_of(result.nodes[i])
		check_equal(piece.vertex_colors.size(), piece.polygon.size(), "a colour for each point")
		for k: int in piece.polygon.size():
			var point: Vector2 = result.fragments[i][k]
			check(piece.uv[k].distance_to(to_uv * point) < 0.01, "uv %s at %s" % [piece.uv[k], point])
			var color: Color = piece.vertex_colors[k]
			check(Vector2(color.r, color.g).distance_to(point / 100.0) < 0.001, "colour %s at %s" % [color, point])
	# Nothing of it stays on nodes that come back.
	var nodes: Array[RigidBody2D] = result.nodes
	cutout.retire(nodes)
	check(await wait_until(is_idle), "taken back")
	result = await fracture(crate())
	check(nodes.has(result.nodes[0]), "used again")
	for body: RigidBody2D in result.nodes:
		check(shown_of(body).texture == null and shown_of(body).uv.is_empty(), "no texture")
		check(shown_of(body).vertex_colors.is_empty(), "no colours")


func test_motion_and_mass_of_a_body() -> void:
	var body: RigidBody2D = crate_body()
	body.position = Vector2(300, 200)
	shape_of(body).position = Vector2(20, 0) # physics takes that for the middle of its mass
	body.mass = 6.0
	body.collision_layer = 8
	body.collision_mask = 16
	body.physics_material_override = PhysicsMaterial.new()
	body.linear_velocity = Vector2(30, -40)
	body.angular_velocity = 2.0
	for _i: int in 3: # it is found in the first
		await get_tree().physics_frame
	var material: PhysicsMaterial = body.physics_material_override
	var result: CutoutFractureResult = await fracture(body)
	var pivot: Vector2 = body.global_transform * Vector2(20, 0)
	var mass: float = 0.0
	for piece: RigidBody2D in result.nodes:
		var arm: Vector2 = piece.global_position - pivot
		var expected: Vector2 = body.linear_velocity + Vector2(-arm.y, arm.x) * body.angular_velocity
		check(piece.linear_velocity.distance_to(expected) < 0.5, "%s, expected %s" % [piece.linear_velocity, expected])
		check_near(piece.angular_velocity, body.angular_velocity, 0.01, "spin")
		check_equal(piece.collision_layer, 8, "layer")
		check_equal(piece.collision_mask, 16, "mask")
		check_equal(piece.physics_material_override, material, "physics material")
		check_near(piece.mass, 6.0 * area_of([shape_of(piece).polygon]) / 1e4, 0.01, "mass by area")
		mass += piece.mass
	check_near(mass, 6.0, 0.001, "all of it")


func test_explosion() -> void:
	blast.center = Vector2(50, 50)
	blast.speed = 100.0
	blast.radius = 40.0
	blast.falloff = 2.0
	blast.spin = 3.0
	blast.mass = 12.0
	var result: CutoutFractureResult = await fracture(crate())
	var inside: int = 0
	var mass: float = 0.0
	for body: RigidBody2D in result.nodes:
		var arm: Vector2 = body.position - blast.center
		var share: float = 1.0 - arm.length() / 40.0
		mass += body.mass
		if share <= 0.0:
			check_equal(body.linear_velocity, Vector2.ZERO, "out of reach")
			check_equal(body.angular_velocity, 0.0, "no spin there")
			continue
		inside += 1
		var expected: Vector2 = arm.normalized() * 100.0 * share * share
		check(body.linear_velocity.distance_to(expected) < 0.1, "%s, expected %s" % [body.linear_velocity, expected])
		check(absf(body.angular_velocity) <= 3.0 and body.angular_velocity != 0.0, "spin %f" % body.angular_velocity)
	check(inside > 0 and inside < result.nodes.size(), "some are in reach: %d" % inside)
	check_near(mass, 12.0, 0.001, "the mass of the blast")


func test_several_parts_share_the_mass() -> void:
	var body: RigidBody2D = crate_body()
	body.mass = 5.0
	var second: Polygon2D = Polygon2D.new()
	second.polygon = square(50.0)
	second.position = Vector2(200, 0)
	body.add_child(second)
	var result: CutoutFractureResult = await fracture(body)
	var mass: float = 0.0
	var area: float = 0.0
	var right: int = 0
	for piece: RigidBody2D in result.nodes:
		mass += piece.mass
		area += area_of([shape_of(piece).polygon])
		right += int(piece.position.x > 199.0)
	check_near(mass, 5.0, 0.001, "mass")
	check_near(area, 12_500.0, 1.0, "area")
	check(right > 1, "pieces of the second part")


func test_a_bare_shape_shows_nothing() -> void:
	var body: StaticBody2D = StaticBody2D.new()
	var shape: CollisionPolygon2D = CollisionPolygon2D.new()
	shape.polygon = square()
	body.add_child(shape)
	add_child(body)
	var result: CutoutFractureResult = await fracture(body)
	check(not result.nodes.is_empty(), "nodes")
	for piece: RigidBody2D in result.nodes:
		check(not shown_of(piece).visible, "nothing is shown")
		check(shape_of(piece).polygon.size() >= 3, "it has a shape")
	cutout.retire(result.nodes)
	check(await wait_until(is_idle), "taken back")
	result = await fracture(crate())
	check(shown_of(result.nodes[0]).visible, "the next one shows something")


func test_a_scene() -> void:
	var root: RigidBody2D = RigidBody2D.new()
	root.collision_layer = 32
	blast.scene = scene_of(root, SETUP_SCRIPT)
	var result: CutoutFractureResult = await fracture(crate())
	check(result.is_ok() and result.nodes.size() > 5, "nodes")
	for body: RigidBody2D in result.nodes:
		check_equal(body.get_child_count(), 5, "its children")
		var shape: CollisionPolygon2D = body.get_child(1)
		var piece: Polygon2D = body.get_child(3)
		check(shape.polygon.size() >= 3 and piece.polygon == shape.polygon, "shape and picture are filled")
		check((body.get_child(4) as Polygon2D).polygon.is_empty(), "the second polygon is left")
		check_equal(body.collision_layer, 32, "its layer, where the object has no body")
		check_equal(body.get(&"ready_count"), 1, "ready")
		check_equal(body.get(&"outlines"), [piece.polygon] as Array[PackedVector2Array], "set up once")
		check((body.get(&"results") as Array)[0] == result, "with the result")
		check(body.get(&"was_inside"), "in the tree")
	var nodes: Array[RigidBody2D] = result.nodes
	cutout.retire(nodes)
	check(await wait_until(is_idle), "taken back")
	result = await fracture(crate_body())
	check(nodes.has(result.nodes[0]), "used again")
	check_equal(result.nodes[0].get(&"ready_count"), 1, "ready came once")
	check_equal((result.nodes[0].get(&"outlines") as Array).size(), 2, "set up again")
	check_equal(result.nodes[0].collision_layer, 1, "the layer of the object's body")


func test_scenes_that_do_not_do() -> void:
	var wrong: PackedScene = scene_of(Node2D.new())
	expect_errors(["the root of the scene", "prewarm_nodes: the root", "prewarm_nodes: -1", "cannot be instantiated"])
	blast.scene = wrong
	var shown: Polygon2D = crate()
	var result: CutoutFractureResult = await fracture(shown)
	check_equal(result.status, JobStatus.BAD_ARGUMENT, "status")
	check(result.message.contains("must be a RigidBody2D"), "message: %s" % result.message)
	check(shown.visible and not shown.is_queued_for_deletion(), "the object stays")
	cutout.prewarm_nodes(3, wrong)
	cutout.prewarm_nodes(-1)
	blast.scene = PackedScene.new()
	result = await fracture(shown)
	check_equal(result.status, JobStatus.BAD_ARGUMENT, "an empty scene")
	check(is_idle(), "nothing is made")


func test_prewarmed_nodes_are_used() -> void:
	cutout.prewarm_nodes(400)
	check_equal(int(cutout.get_stats()["waiting_nodes"]) > 300, true, "they are not made in the call")
	check(await wait_until(is_idle), "made")
	check_equal(pooled(), 400, "spare nodes")
	var shelf: NodeShelf = cutout._objects.nodes.get_shelf(null)
	var spares: Array = shelf._spares.duplicate()
	var result: CutoutFractureResult = await fracture(crate())
	check_equal(pooled(), 400 - result.nodes.size(), "taken from them")
	for body: RigidBody2D in result.nodes:
		check(spares.has(body), "one of them")


func test_retired_nodes_are_like_new() -> void:
	var result: CutoutFractureResult = await fracture(crate())
	var nodes: Array[RigidBody2D] = result.nodes
	for body: RigidBody2D in nodes:
		body.modulate = Color(1, 1, 1, 0.2)
		body.freeze = true
		body.gravity_scale = 0.0
		body.constant_force = Vector2.ONE
		body.rotation = 1.0
		body.z_index = 9
		body.process_mode = Node.PROCESS_MODE_DISABLED
		body.hide()
	cutout.retire(nodes)
	check(nodes[0].is_inside_tree(), "not in the call")
	check(await wait_until(is_idle), "taken back")
	for body: RigidBody2D in nodes:
		check(body.get_parent() == null, "out of the tree")
	result = await fracture(crate())
	for body: RigidBody2D in result.nodes:
		check(nodes.has(body), "used again")
		check_equal(body.modulate, Color.WHITE, "modulate")
		check(not body.freeze, "freeze")
		check_equal(body.gravity_scale, 1.0, "gravity scale")
		check_equal(body.constant_force, Vector2.ZERO, "force")
		check_equal(body.rotation, 0.0, "rotation")
		check_equal(body.z_index, 0, "z-index")
		check_equal(body.process_mode, Node.PROCESS_MODE_INHERIT, "process mode")
		check(body.visible, "visible")
	await get_tree().physics_frame
	await get_tree().physics_frame
	await get_tree().physics_frame
	for body: RigidBody2D in result.nodes:
		check(body.linear_velocity.y > 0.0, "it falls")


func test_what_is_retired_badly() -> void:
	var result: CutoutFractureResult = await fracture(crate())
	var nodes: Array = []
	nodes.assign(result.nodes)
	var count: int = nodes.size()
	nodes[0].queue_free() # freed by the game, in its time
	(nodes[1] as Node).free() # and at once
	(nodes[2] as Node).add_child(Node.new())
	(nodes[3] as Node).add_to_group(&"mine")
	(nodes[4] as RigidBody2D).body_entered.connect(func(_other: Node) -> void: pass)
	var other: Node2D = Node2D.new()
	add_child(other)
	var all: Array = nodes.duplicate()
	all.append_array([null, 7, other, nodes[5], nodes[6]]) # nobody's, and twice the same
	cutout.retire(all)
	(nodes[7] as Node).free() # between the call and its turn
	check(await wait_until(is_idle), "taken back")
	await frames(1)
	check_equal(pooled(), count - 6, "spare nodes")
	check(not is_instance_valid(other), "what is not of the pool is freed")
	for i: int in [0, 1, 2, 3, 4, 7]:
		check(not is_instance_valid(nodes[i]), "%d is freed" % i)
	cutout.retire(nodes) # spare ones already
	await frames(2)
	check_equal(pooled(), count - 6, "nothing comes twice")


func test_the_pool_is_bounded() -> void:
	expect_errors(["prewarm_nodes: 9 nodes; allowed are 0 to max_pooled_nodes, 5"])
	cutout.max_pooled_nodes = 5
	cutout.prewarm_nodes(9)
	var result: CutoutFractureResult = await fracture(crate())
	cutout.retire(result.nodes)
	check(await wait_until(is_idle), "taken back")
	check_equal(pooled(), 5, "spare nodes")
	var alive: int = 0
	for body: Variant in result.nodes:
		alive += int(is_instance_valid(body))
	check_equal(alive, 5, "the others are freed")


func test_an_object_is_there_until_all_its_nodes_are() -> void:
	cutout.set_preset(Processor.Preset.BACKGROUND)
	var hosts: Array[Node2D] = []
	var results: Array[CutoutFractureResult] = []
	var sizes: Array[int] = []
	for i: int in 60:
		var host: Polygon2D = crate()
		hosts.append(host)
		var wait: Callable = func() -> void:
			var result: CutoutFractureResult = await fracture(host)
			results.append(result)
			sizes.append(result.nodes.size())
			check(result.nodes.size() == result.get_fragment_count(), "the nodes stand when the result is there")
			check(host.is_queued_for_deletion(), "and the object goes in that frame")
		wait.call()
	var took: int = 0
	while results.size() < 60 and took < 600:
		await get_tree().process_frame
		took += 1
		var standing: int = hosts.filter(func(host: Variant) -> bool: return is_instance_valid(host) and host.visible).size()
		check_equal(standing, 60 - results.size(), "all others are there")
	check_equal(results.size(), 60, "all")
	check(took > 3, "in several frames: %d" % took)


func test_freed_meanwhile_and_leaving_the_tree() -> void:
	var shown: Polygon2D = crate()
	var results: Array[CutoutFractureResult] = []
	var wait: Callable = func() -> void: results.append(await fracture(shown))
	wait.call()
	shown.free()
	check(await wait_until(func() -> bool: return results.size() == 1), "the caller goes on")
	check(results[0].is_cancelled() and results[0].nodes.is_empty(), "cancelled")
	cutout.prewarm_nodes(20)
	check(await wait_until(is_idle), "made")
	var result: CutoutFractureResult = await fracture(crate())
	remove_child(cutout)
	check_equal(pooled(), 0, "spare nodes go with it")
	add_child(cutout)
	cutout.retire(result.nodes)
	check(await wait_until(is_idle), "it works again")
	result = await fracture(crate())
	check(result.is_ok() and not result.nodes.is_empty(), "nodes again")


func test_an_object_that_applies_itself_gets_no_nodes() -> void:
	var code: GDScript = GDScript.new()
	code.source_code = """
extends Polygon2D
var applied: int = 0
func apply_fracture(_result: CutoutFractureResult) -> void:
	applied += 1
"""
	code.reload()
	var shown: Polygon2D = crate()
	shown.set_script(code)
	var result: CutoutFractureResult = await fracture(shown)
	check_equal(shown.get(&"applied"), 1, "applied")
	check(result.nodes.is_empty() and not result.fragments.is_empty(), "fragments, and no nodes")


func test_promoted_pieces_look_like_nodes() -> void:
	blast.output = CutoutBlast.Output.DEBRIS
	var parent: Node2D = Node2D.new()
	parent.scale = Vector2(2, 3)
	add_child(parent)
	var shown: Polygon2D = crate()
	shown.reparent(parent, false)
	shown.texture = texture()
	shown.modulate = Color(1, 0.5, 1)
	shown.position = Vector2(10, 20)
	var to_global: Transform2D = shown.global_transform
	var result: CutoutFractureResult = await fracture(shown)
	var debris: CutoutDebris2D = result.debris
	var piece: int = debris.get_burst_pieces(result.bursts[0])[0]
	var fragment: PackedVector2Array = debris.get_piece_polygon(piece)
	var body: RigidBody2D = debris.promote(piece)
	check_equal(body.get_parent(), parent, "parent")
	check(body.global_transform.x.is_equal_approx(Vector2.RIGHT), "the parent's scale does not reach it")
	check_equal(shown_of(body).modulate, Color(1, 0.5, 1), "modulate")
	for k: int in fragment.size():
		var point: Vector2 = body.global_transform * shown_of(body).polygon[k]
		check(point.distance_to(to_global * fragment[k]) < 1.0, "where it was")
		check(shown_of(body).uv[k].distance_to(fragment[k]) < 0.01, "texture")
	check(not debris.has_piece(piece), "the piece is gone")
