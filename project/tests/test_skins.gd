extends CutoutTestSuite
## What an object looks like, moves like and which outline it has, as SkinReader reads it.

const ObjectSkin := preload("res://addons/cutout/objects/skin.gd")
const SkinReader := preload("res://addons/cutout/objects/skin_reader.gd")


class Block:
	extends Node2D
	var data: Variant
	var texture: Texture2D
	var uv_transform: Variant = Transform2D.IDENTITY

	func get_polygon_data() -> Variant:
		return data

	func get_uv_transform() -> Variant:
		return uv_transform


class Bare:
	extends RefCounted
	var data: Variant

	func get_polygon_data() -> Variant:
		return data


class Shaped:
	extends Polygon2D

	func get_polygon_data() -> PackedVector2Array:
		return PackedVector2Array([Vector2.ZERO, Vector2(10, 0), Vector2(10, 10), Vector2(0, 10)])


class Armed:
	extends RigidBody2D

	func get_polygon_data() -> PackedVector2Array:
		return PackedVector2Array([Vector2.ZERO, Vector2(7, 0), Vector2(7, 7)])


func test_polygon2d_carries_all_over() -> void:
	var shown: Polygon2D = _polygon(square())
	shown.color = Color(0.1, 0.2, 0.3, 0.4)
	shown.antialiased = true
	shown.modulate = Color(0.5, 1.0, 1.0, 0.5)
	shown.self_modulate = Color(0.25, 0.5, 0.75)
	shown.light_mask = 5
	shown.visibility_layer = 6
	shown.show_behind_parent = true
	shown.z_index = 7
	shown.texture_filter = CanvasItem.TEXTURE_FILTER_NEAREST
	shown.texture_repeat = CanvasItem.TEXTURE_REPEAT_MIRROR
	shown.material = CanvasItemMaterial.new()
	add_child(shown)
	var skin: ObjectSkin = _only(shown)
	check(skin.item == shown and skin.host == shown and skin.get_transform_node() == shown, "its nodes")
	check(skin.body == null and skin.mass == 0.0 and skin.velocity == Vector2.ZERO, "no body")
	check_equal(skin.polygon, square(), "polygon")
	check_equal(skin.color, Color(0.1, 0.2, 0.3, 0.4), "color")
	check_equal(skin.modulate, Color(0.5, 1.0, 1.0, 0.5), "modulate")
	check_equal(skin.self_modulate, Color(0.25, 0.5, 0.75), "self_modulate")
	check_equal(skin.light_mask, 5, "light_mask")
	check_equal(skin.visibility_layer, 6, "visibility_layer")
	check_equal(skin.z_index, 7, "z_index")
	check(skin.show_behind_parent and skin.antialiased and not skin.is_y_sorted, "flags")
	check_equal(skin.texture_filter, CanvasItem.TEXTURE_FILTER_NEAREST, "filter")
	check_equal(skin.texture_repeat, CanvasItem.TEXTURE_REPEAT_MIRROR, "repeat")
	check(skin.material == shown.material, "material")
	check(skin.texture == null and skin.colors.is_empty() and skin.uvs.is_empty(), "no texture, no colours, no uv")
	check(not skin.is_waiting(), "nothing to wait for")


func test_what_is_inherited() -> void:
	var top: Node2D = _branch(add_to(self), "top")
	top.modulate = Color(0.5, 0.5, 0.5)
	top.z_index = 100
	top.texture_filter = CanvasItem.TEXTURE_FILTER_LINEAR_WITH_MIPMAPS
	top.texture_repeat = CanvasItem.TEXTURE_REPEAT_ENABLED
	top.material = CanvasItemMaterial.new()
	var middle: Node2D = _branch(top, "middle")
	middle.modulate = Color(1.0, 0.5, 1.0, 0.5)
	middle.z_index = 20
	middle.y_sort_enabled = true
	middle.use_parent_material = true
	var shown: Polygon2D = _polygon(square())
	shown.z_index = 3
	shown.use_parent_material = true
	middle.add_child(shown)
	var skin: ObjectSkin = _only(shown)
	check_equal(skin.modulate, Color(0.5, 0.25, 0.5, 0.5), "modulates multiply")
	check_equal(skin.z_index, 123, "z adds up")
	check_equal(skin.texture_filter, CanvasItem.TEXTURE_FILTER_LINEAR_WITH_MIPMAPS, "filter of the first that says")
	check_equal(skin.texture_repeat, CanvasItem.TEXTURE_REPEAT_ENABLED, "repeat of the first that says")
	check(skin.material == top.material, "material of the first that has its own")
	check(skin.is_y_sorted, "the parent sorts")
	middle.z_as_relative = false
	middle.use_parent_material = false
	middle.texture_filter = CanvasItem.TEXTURE_FILTER_NEAREST
	skin = _only(shown)
	check_equal(skin.z_index, 23, "an absolute z stops the sum")
	check(skin.material == null, "a parent without a material that does not ask for one")
	check_equal(skin.texture_filter, CanvasItem.TEXTURE_FILTER_NEAREST, "the nearest parent goes first")
	shown.z_as_relative = false
	check_equal(_only(shown).z_index, 3, "an absolute z")
	shown.z_as_relative = true
	middle.top_level = true
	skin = _only(shown)
	check_equal(skin.modulate, Color(1.0, 0.5, 1.0, 0.5), "top_level inherits nothing")
	middle.z_as_relative = true
	middle.z_index = 4090
	shown.z_index = 4000
	check_equal(_only(shown).z_index, 4096, "z is limited as in the renderer")


func test_a_plain_node_between_ends_the_line() -> void:
	var top: Node2D = _branch(add_to(self), "top")
	top.modulate = Color(0.5, 0.5, 0.5)
	top.z_index = 9
	top.position = Vector2(50, 50)
	var gap: Node = Node.new()
	top.add_child(gap)
	var shown: Polygon2D = _polygon(square())
	shown.position = Vector2(1, 2)
	gap.add_child(shown)
	var skin: ObjectSkin = _only(shown)
	check_equal(skin.modulate, Color.WHITE, "modulate")
	check_equal(skin.z_index, 0, "z")
	check_equal(skin.to_global, Transform2D(0.0, Vector2(1, 2)), "place")


func test_nested_transforms() -> void:
	var top: Node2D = _branch(add_to(self), "top")
	top.transform = Transform2D(0.7, Vector2(2.0, -0.5), 0.4, Vector2(300, 20)) # turned, flipped, skewed
	var middle: Node2D = _branch(top, "middle")
	middle.transform = Transform2D(-1.2, Vector2(-1.5, 3.0), -0.2, Vector2(-7, 11))
	var shown: Polygon2D = _polygon(square())
	shown.transform = Transform2D(0.3, Vector2(1.0, 0.25), 0.1, Vector2(40, -3))
	shown.offset = Vector2(13, -17)
	middle.add_child(shown)
	var skin: ObjectSkin = _only(shown)
	var expected: Transform2D = top.transform * middle.transform * shown.transform
	for point: Vector2 in square():
		check((skin.to_global * point).distance_to(expected * (point + shown.offset)) < 0.001, "place of %s" % point)
	check_equal(skin.polygon, square(), "the polygon is as it is")
	shown.position += Vector2(100, 0)
	check(SkinReader.refresh(skin), "it is still there")
	expected = top.transform * middle.transform * shown.transform
	check((skin.to_global * Vector2(5, 6)).distance_to(expected * (Vector2(5, 6) + shown.offset)) < 0.001, "refreshed")
	shown.free()
	check(not SkinReader.refresh(skin), "it is gone")


func test_polygon2d_texture() -> void:
	var shown: Polygon2D = _polygon(square())
	shown.texture = _texture(64, 32)
	shown.offset = Vector2(3, 4)
	shown.texture_offset = Vector2(5, -6)
	shown.texture_rotation = 0.5
	shown.texture_scale = Vector2(2.0, 0.5)
	add_child(shown)
	var skin: ObjectSkin = _only(shown)
	check(skin.texture == shown.texture and skin.uvs.is_empty(), "texture, without uv")
	for point: Vector2 in square():
		var turned: Vector2 = (point + shown.offset).rotated(0.5) + shown.texture_offset
		check((skin.uv * point).distance_to(turned * shown.texture_scale / Vector2(64, 32)) < 0.0001, "uv of %s" % point)
	shown.uv = PackedVector2Array([Vector2(0, 0), Vector2(64, 0), Vector2(60, 32), Vector2(4, 32)])
	skin = _only(shown)
	check_equal(skin.uvs, shown.uv, "its own uv")
	check_equal(skin.uv_points, square(), "the points of the uv")
	var moved: Vector2 = Vector2(60, 32).rotated(0.5) + shown.texture_offset
	check((skin.uv * Vector2(60, 32)).distance_to(moved * shown.texture_scale / Vector2(64, 32)) < 0.0001, "and scaled")
	shown.uv = PackedVector2Array([Vector2.ZERO, Vector2.ONE])
	check(_only(shown).uvs.is_empty(), "uv of another count are not used, as in the engine")


func test_polygon2d_internal_vertices_and_colours() -> void:
	var shown: Polygon2D = _polygon(square())
	var points: PackedVector2Array = square()
	points.append(Vector2(40, 40))
	shown.polygon = points
	shown.internal_vertex_count = 1
	shown.polygons = [PackedInt32Array([0, 1, 4]), PackedInt32Array([1, 2, 4])]
	shown.vertex_colors = PackedColorArray([Color.RED, Color.BLUE, Color.RED, Color.BLUE, Color.WHITE])
	add_child(shown)
	var skin: ObjectSkin = _only(shown)
	check_equal(skin.polygon, square(), "internal vertices are no part of the outline")
	check_equal(skin.colors, shown.vertex_colors, "colours")
	check_equal(skin.uv_points, points, "with the points they belong to")
	check_equal(skin.uv_polygons, shown.polygons, "and the faces")
	shown.vertex_colors = PackedColorArray([Color.RED])
	check(_only(shown).colors.is_empty(), "colours of another count are not used, as in the engine")


func test_polygon2d_that_cannot_be_read() -> void:
	var shown: Polygon2D = _polygon(square())
	shown.invert_enabled = true
	add_child(shown)
	_refused(shown, "invert_enabled")
	shown.invert_enabled = false
	shown.polygon = PackedVector2Array()
	_refused(shown, "is empty")
	shown.polygon = PackedVector2Array([Vector2.ZERO, Vector2.ONE])
	_refused(shown, "has 2 points")
	shown.polygon = square()
	shown.internal_vertex_count = 2
	_refused(shown, "has 2 points")


func test_polygon_data() -> void:
	var block: Block = Block.new()
	block.data = [square(), PackedVector2Array([Vector2(30, 30), Vector2(60, 30), Vector2(60, 60)])]
	block.texture = _texture(16, 16)
	block.uv_transform = Transform2D(0.0, Vector2(0.01, 0.01), 0.0, Vector2(0.5, 0.5))
	block.transform = Transform2D(0.7, Vector2(2.0, -0.5), 0.4, Vector2(300, 20))
	block.modulate = Color.RED
	add_child(block)
	var skin: ObjectSkin = _only(block)
	check_equal(skin.polygon, block.data, "with its hole")
	check(skin.texture == block.texture, "texture")
	check_equal(skin.uv, block.uv_transform, "uv")
	check_equal(skin.to_global, block.transform, "place")
	check_equal(skin.modulate, Color.RED, "canvas properties")
	block.uv_transform = 3
	_refused(block, "get_uv_transform() of")
	block.data = 5
	_refused(block, "get_polygon_data() of")
	block.data = [PackedVector2Array([Vector2.ZERO])]
	_refused(block, "has 1 points")
	var bare: Bare = Bare.new()
	bare.data = square()
	skin = _only(bare)
	check(skin.item == null and skin.host == null and skin.get_transform_node() == null, "no node")
	check_equal(skin.to_global, Transform2D.IDENTITY, "place")
	check(not SkinReader.refresh(skin), "nothing to follow")


func test_the_own_method_goes_before_the_class() -> void:
	var shaped: Shaped = Shaped.new()
	shaped.polygon = square()
	shaped.offset = Vector2(3, 4)
	shaped.texture = _texture(64, 64)
	add_child(shaped)
	var skin: ObjectSkin = _only(shaped)
	check_equal(skin.polygon, shaped.get_polygon_data(), "outline")
	check_equal(skin.to_global, Transform2D.IDENTITY, "in local coordinates: the offset is not added")
	check((skin.uv * Vector2(32, 32)).is_equal_approx(Vector2(0.5, 0.5)), "texture in local coordinates")
	SkinReader.refresh(skin)
	check_equal(skin.to_global, Transform2D.IDENTITY, "refreshed")
	var armed: Armed = Armed.new()
	armed.linear_velocity = Vector2(1, 2)
	add_child(armed)
	skin = _only(armed)
	check_equal(skin.polygon, armed.get_polygon_data(), "a body with the method")
	check(skin.body == armed and skin.host == armed and skin.item == armed, "the body itself")
	check_equal(skin.velocity, Vector2(1, 2), "velocity")


func test_rigid_body_with_children() -> void:
	var body: RigidBody2D = RigidBody2D.new()
	body.collision_layer = 6
	body.collision_mask = 9
	body.physics_material_override = PhysicsMaterial.new()
	body.linear_velocity = Vector2(30, -40)
	body.angular_velocity = 2.5
	body.mass = 12.0
	body.gravity_scale = 0.0
	body.position = Vector2(100, 200)
	body.center_of_mass_mode = RigidBody2D.CENTER_OF_MASS_MODE_CUSTOM
	body.center_of_mass = Vector2(5, 0)
	var first: Polygon2D = _polygon(square())
	var second: Polygon2D = _polygon(square(20.0))
	second.position = Vector2(50, 0)
	var arm: Node2D = _branch(body, "arm")
	arm.position = Vector2(0, 7)
	var hidden: Polygon2D = _polygon(square())
	hidden.visible = false
	body.add_child(first)
	arm.add_child(second)
	body.add_child(hidden)
	body.add_child(_collision_polygon(square()))
	add_child(body)
	var skins: Array[ObjectSkin] = _read(body)
	check_equal(skins.size(), 2, "visible children, also those further down")
	var items: Array[CanvasItem] = []
	for skin: ObjectSkin in skins:
		items.append(skin.item)
		check(skin.host == body and skin.body == body, "the body breaks")
		check_equal(skin.collision_layer, 6, "layer")
		check_equal(skin.collision_mask, 9, "mask")
		check(skin.physics_material == body.physics_material_override, "physics material")
		check_equal(skin.velocity, Vector2(30, -40), "velocity")
		check_equal(skin.angular_velocity, 2.5, "spin")
		check_equal(skin.mass, 12.0, "mass")
		check_equal(skin.motion_center, Vector2(105, 200), "it turns about its centre of mass")
	check(items.has(first) and items.has(second), "these two")
	check_equal(skins[items.find(second)].to_global, Transform2D(0.0, Vector2(150, 207)), "place")
	var single: ObjectSkin = _only(first)
	check(single.host == first and single.body == body, "a child alone: it breaks, the body's motion carries over")
	check_equal(single.velocity, Vector2(30, -40), "velocity")
	check(_only(second).body == null, "only directly under a body")
	body.linear_velocity = Vector2(1, 1)
	check(SkinReader.refresh(single), "refreshed")
	check_equal(single.velocity, Vector2(1, 1), "new velocity")


func test_other_bodies() -> void:
	var walker: CharacterBody2D = CharacterBody2D.new()
	walker.velocity = Vector2(3, 4)
	walker.collision_layer = 2
	var skin: ObjectSkin = _under(walker)
	check_equal(skin.velocity, Vector2(3, 4), "a walker moves")
	check_equal(skin.collision_layer, 2, "layer")
	check_equal(skin.mass, 0.0, "it has no mass")
	var wall: StaticBody2D = StaticBody2D.new()
	wall.constant_linear_velocity = Vector2(100, 0)
	wall.physics_material_override = PhysicsMaterial.new()
	skin = _under(wall)
	check_equal(skin.velocity, Vector2.ZERO, "a wall with a moving surface stands still")
	check(skin.physics_material == wall.physics_material_override, "material")
	var area: Area2D = Area2D.new()
	area.collision_layer = 4
	area.collision_mask = 8
	skin = _under(area)
	check_equal([skin.collision_layer, skin.collision_mask], [4, 8], "an area has layer and mask")
	check(skin.velocity == Vector2.ZERO and skin.physics_material == null, "and nothing else")


func test_bodies_without_anything_visible_give_their_shapes() -> void:
	var body: RigidBody2D = RigidBody2D.new()
	var drawn: CollisionPolygon2D = _collision_polygon(square())
	drawn.position = Vector2(9, 0)
	body.add_child(drawn)
	var box: RectangleShape2D = RectangleShape2D.new()
	box.size = Vector2(30, 20)
	body.add_child(_shape(box))
	add_child(body)
	var skins: Array[ObjectSkin] = _read(body)
	check_equal(skins.size(), 2, "shapes")
	check_equal(skins[0].polygon, square(), "the drawn one")
	check(skins[0].item == null and skins[0].get_transform_node() == drawn and skins[0].host == body, "its nodes")
	check_equal(skins[0].to_global.origin, Vector2(9, 0), "place")
	check_equal(absf(_area(skins[1].polygon)), 600.0, "the rectangle")
	drawn.build_mode = CollisionPolygon2D.BUILD_SEGMENTS
	_refused(body, "which have no inside")
	var empty: StaticBody2D = StaticBody2D.new()
	add_child(empty)
	_refused(empty, "no visible child with an outline and no shape")


func test_shapes() -> void:
	var disc: CircleShape2D = CircleShape2D.new()
	disc.radius = 50.0
	check_near(_shape_area(disc), PI * 2500.0, 80.0, "circle")
	disc.radius = 0.01
	check(_shape_area(disc) > 0.0, "tiny circle")
	var capsule: CapsuleShape2D = CapsuleShape2D.new()
	capsule.radius = 20.0
	capsule.height = 100.0
	check_near(_shape_area(capsule), PI * 400.0 + 60.0 * 40.0, 40.0, "capsule")
	capsule.height = 40.0
	check_near(_shape_area(capsule), PI * 400.0, 40.0, "round capsule")
	var convex: ConvexPolygonShape2D = ConvexPolygonShape2D.new()
	convex.points = square()
	check_near(_shape_area(convex), 10_000.0, 0.01, "convex")
	var concave: ConcavePolygonShape2D = ConcavePolygonShape2D.new()
	var corners: PackedVector2Array = square()
	corners.insert(2, Vector2(50, 50))
	var segments: PackedVector2Array = PackedVector2Array()
	for i: int in [3, 0, 2, 1, 4]: # in any order
		segments.append_array([corners[i], corners[(i + 1) % 5]])
	concave.segments = segments
	check_near(_shape_area(concave), 7500.0, 0.01, "closed line of segments")
	concave.segments = segments.slice(2)
	var shape: CollisionShape2D = _shape(concave)
	add_child(shape)
	_refused(shape, "do not go round once")
	shape.shape = SegmentShape2D.new()
	_refused(shape, "SegmentShape2D, which has no outline")
	shape.shape = null
	_refused(shape, "has no shape")


func test_what_has_no_outline() -> void:
	_refused(null, "null or was freed")
	_refused(RefCounted.new(), "has no outline")
	var plain: Node2D = Node2D.new()
	add_child(plain)
	_refused(plain, "has no outline")


## Five hundred are read in one frame. The limit is generous: a busy machine must not fail it.
func test_cost() -> void:
	var middle: Node2D = _branch(_branch(add_to(self), "top"), "middle")
	var texture: Texture2D = _texture(64, 64)
	var all: Array[Polygon2D] = []
	for i: int in 500:
		var shown: Polygon2D = _polygon(square())
		shown.texture = texture
		middle.add_child(shown)
		all.append(shown)
	var best: float = INF
	for _round: int in 5:
		var start: int = Time.get_ticks_usec()
		for shown: Polygon2D in all:
			SkinReader.read(shown)
		best = minf(best, (Time.get_ticks_usec() - start) / 500.0)
	print("skins: %.1f us a Polygon2D" % best)
	check(best < 100.0, "a skin took %.1f us" % best)


func square(size: float = 100.0) -> PackedVector2Array:
	return PackedVector2Array([Vector2.ZERO, Vector2(size, 0.0), Vector2(size, size), Vector2(0.0, size)])


func add_to(parent: Node) -> Node2D:
	return _branch(parent, "root")


func _branch(parent: Node, title: String) -> Node2D:
	var node: Node2D = Node2D.new()
	node.name = title
	parent.add_child(node)
	return node


func _polygon(points: PackedVector2Array) -> Polygon2D:
	var shown: Polygon2D = Polygon2D.new()
	shown.polygon = points
	return shown


func _collision_polygon(points: PackedVector2Array) -> CollisionPolygon2D:
	var drawn: CollisionPolygon2D = CollisionPolygon2D.new()
	drawn.polygon = points
	return drawn


func _shape(shape: Shape2D) -> CollisionShape2D:
	var node: CollisionShape2D = CollisionShape2D.new()
	node.shape = shape
	return node


func _texture(width: int, height: int) -> Texture2D:
	return ImageTexture.create_from_image(Image.create_empty(width, height, false, Image.FORMAT_RGBA8))


func _read(object: Object) -> Array[ObjectSkin]:
	var read: Variant = SkinReader.read(object)
	if not check(read is Array, "it is read: %s" % [read]):
		return [ObjectSkin.new()]
	return read


func _only(object: Object) -> ObjectSkin:
	var skins: Array[ObjectSkin] = _read(object)
	check_equal(skins.size(), 1, "skins of %s" % object)
	return skins[0]


func _refused(object: Object, why: String) -> void:
	var read: Variant = SkinReader.read(object)
	if check(read is String, "it is refused: %s" % why):
		check(str(read).contains(why), "'%s' says '%s'" % [read, why])


func _under(body: CollisionObject2D) -> ObjectSkin:
	var shown: Polygon2D = _polygon(square())
	body.add_child(shown)
	add_child(body)
	return _only(shown)


func _shape_area(shape: Shape2D) -> float:
	var node: CollisionShape2D = _shape(shape)
	add_child(node)
	var skin: ObjectSkin = _only(node)
	node.free()
	return absf(_area(skin.polygon))


func _area(ring: PackedVector2Array) -> float:
	var twice: float = 0.0
	for i: int in ring.size():
		twice += ring[i - 1].cross(ring[i])
	return twice * 0.5
