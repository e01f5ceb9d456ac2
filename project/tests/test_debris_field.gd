extends CutoutDebrisCase
## CutoutDebrisField with arguments that nobody should give it, and in orders that nobody should call it in.

const WILD: Array[float] = [NAN, INF, -INF, 0.0, -1.0, 1e30, -1e30]

var _field: CutoutDebrisField


func before_each() -> void:
	await super()
	_field = CutoutDebrisField.new()


func after_each() -> void:
	_field.clear()
	_field = null
	await super()


func test_fragments_that_are_none() -> void:
	for wrong: Variant in [null, 7, "x", [], {}, self, RefCounted.new(), CutoutFragments.new()]:
		check_equal(_spawn(wrong, Transform2D.IDENTITY), -1, "refused: %s" % type_string(typeof(wrong)))
		check(_field.get_last_error() != "", "with a reason")
	check_equal(_field.get_piece_count() + _field.get_burst_count(), 0, "nothing is there")


func test_transforms_without_an_inverse() -> void:
	var flat: CutoutFragments = await _flat()
	for number: float in WILD:
		_spawn(flat, Transform2D(Vector2(number, 0), Vector2(0, 1), Vector2.ZERO))
		_spawn(flat, Transform2D(Vector2(number, number), Vector2(number, number), Vector2.ZERO))
		_spawn(flat, Transform2D(0.0, Vector2(number, 0)))
	check_equal(_spawn(flat, Transform2D(Vector2(NAN, 0), Vector2(0, 1), Vector2.ZERO)), -1, "no number")
	check_equal(_spawn(flat, Transform2D(Vector2(1, 1), Vector2(1, 1), Vector2.ZERO)), -1, "no area")
	_step()
	check(_spawn(flat, Transform2D.IDENTITY) > 0, "what is right is taken")
	check_equal(_field.get_last_error(), "", "without a reason")


func test_wild_numbers() -> void:
	expect_errors(["set_push(): center, speed, falloff and spin must be finite"])
	var flat: CutoutFragments = await _flat()
	_field.set_space(get_viewport().world_2d.space)
	for number: float in WILD:
		_field.set_laws(Vector2(number, number), number, number, number, number)
		_field.set_life(number, number, 100)
		_field.set_push(Vector2(number, number), number, number, number, number)
		_field.set_bodies(0, number, number, number, number)
		_field.set_contacts(true, number)
		_field.set_world_to_item(Transform2D(number, Vector2(number, number)))
		check(_spawn(flat, Transform2D.IDENTITY) > 0, "it is there")
		_field.push()
		_field.fly(number)
		_field.draw(number)
		_field.pick(Vector2(number, number))
		_field.release(-5)
	_field.set_push(Vector2.ZERO, 0.0, 0.0, 1.0, 0.0)
	_field.set_laws(Vector2.ZERO, 0.0, 0.0, 0.0, 0.0)
	_field.set_world_to_item(Transform2D.IDENTITY)
	_step()
	_field.clear()
	check_equal(_field.get_piece_count(), 0, "cleared")
	check(not _field.release(1_000_000_000), "and released")


func test_bodies_with_wild_numbers() -> void:
	expect_errors(["set_push(): center, speed, falloff and spin must be finite"])
	var flat: CutoutFragments = await _flat()
	_field.set_space(get_viewport().world_2d.space)
	_field.set_bodies(1000, 0.0, 1.0, 0.0, 1.0)
	for number: float in WILD:
		_field.set_push(Vector2(number, number), number, number, number, number)
		for other: float in WILD:
			_field.spawn(
				flat, Transform2D.IDENTITY, get_viewport().world_2d.canvas, 0, RID(), Color(other, other, other),
				Vector2(number, other), other, number, 0, 1
			)
		await ticks(1)
		_step()
	check(_field.get_body_count() > 0, "bodies")
	await ticks(3)
	_step()
	for piece: int in _field.get_burst_pieces(1):
		check(_field.get_piece_velocity(piece).is_finite(), "a finite velocity")
		check(not _field.set_piece_motion(piece, Vector2(NAN, 0), 0.0), "nothing else is taken")
	_field.clear()


func test_counts_and_ids_of_others() -> void:
	var flat: CutoutFragments = await _flat()
	var burst: int = _spawn(flat, Transform2D.IDENTITY)
	var count: int = _field.get_piece_count()
	check_equal(_field.evict(-5, false) + _field.evict(-5, true) + _field.evict(0, false), 0, "none evicted")
	_field.set_life(-1.0, 7.0, count)
	check_equal(_field.get_piece_count(), count, "all are there")
	for id: int in [-1, 0, 1, -9223372036854775808, 9223372036854775807, (burst << 20) | 0xFFFFF]:
		check(not _field.has_piece(id) and not _field.end_piece(id) and not _field.has_body(id), "no piece %d" % id)
		check(_field.get_piece_polygon(id).is_empty() and _field.get_burst_of(id) == -1, "nothing of it")
		check(not _field.set_piece_motion(id, Vector2.ONE, 1.0), "it does not move")
		check(not _field.get_item(id).is_valid() or id == burst, "no item")
		check(_field.get_burst_pieces(id).is_empty() or id == burst, "no pieces")
	_field.set_life(0.0, 0.0, -3)
	check_equal(_field.get_piece_count(), 1, "one at least")
	check_equal(_field.evict(9223372036854775807, true), 1, "no more than there are")
	check_equal(_field.get_burst_count(), 0, "the burst is gone")


func test_odd_orders() -> void:
	var flat: CutoutFragments = await _flat()
	_field.set_bodies(100, 0.0, 1.0, 0.0, 1.0)
	check(_spawn(flat, Transform2D.IDENTITY) > 0, "without a space")
	check_equal(_field.get_body_count(), 0, "no bodies")
	var world: World2D = World2D.new()
	for space: RID in [world.space, world.space, get_viewport().world_2d.space, RID(), world.space]:
		_field.set_space(space)
		_spawn(flat, Transform2D.IDENTITY)
		_field.sync_bodies()
		_field.draw(0.5)
	check(_field.get_body_count() > 0, "bodies")
	world = null # frees the space they are in
	await ticks(2)
	_field.sync_bodies()
	_field.push()
	_step()
	_field.clear()
	_field.clear()
	check_equal(_field.get_body_count(), 0, "cleared")
	_field.take_hits()
	check(_field.take_hit_colliders().is_empty() and _field.take_ended().is_empty(), "nothing to tell")


func test_plain_polygons() -> void:
	var flat: CutoutFragments = await _flat()
	var shown: Polygon2D = crate()
	shown.color = Color.RED
	shown.modulate = Color(0.5, 1.0, 1.0)
	var burst: int = _spawn_plain(flat, shown)
	check(burst > 0, "spawned")
	check_equal(_field.get_look(burst), Color(0.5, 0.0, 0.0), "its colour, modulated")
	var untrue: Dictionary[StringName, Variant] = {
		&"texture": PlaceholderTexture2D.new(),
		&"vertex_colors": PackedColorArray([Color.RED]),
		&"material": CanvasItemMaterial.new(),
		&"use_parent_material": true,
		&"z_index": 1,
		&"light_mask": 2,
		&"visibility_layer": 2,
		&"texture_filter": CanvasItem.TEXTURE_FILTER_NEAREST,
		&"texture_repeat": CanvasItem.TEXTURE_REPEAT_ENABLED,
		&"offset": Vector2.ONE,
		&"internal_vertex_count": 1,
		&"invert_enabled": true,
		&"show_behind_parent": true,
		&"top_level": true,
		&"visible": false,
	}
	for property: StringName in untrue:
		var before: Variant = shown.get(property)
		shown.set(property, untrue[property])
		check_equal(_spawn_plain(flat, shown), 0, "not with another %s" % property)
		shown.set(property, before)
		check(_spawn_plain(flat, shown) > 0, "again with its own %s" % property)
	var gone: Polygon2D = crate()
	gone.free()
	var node: Node2D = Node2D.new()
	for other: Variant in [null, 7, gone, RefCounted.new(), node]:
		check_equal(_spawn_plain(flat, other), 0, "no polygon")
	node.free()
	check_equal(_spawn_plain(null, shown), -1, "no fragments")
	check_equal(_field.get_look(burst + 1000), null, "nothing of others")


func test_an_item_with_another_look_is_not_used_again() -> void:
	var flat: CutoutFragments = await _flat()
	var items: Array[RID] = []
	for round_number: int in 6:
		_field.set_visible(round_number % 3 != 1)
		var plain: int = _spawn(flat, Transform2D.IDENTITY)
		var styled: int = _spawn(flat, Transform2D.IDENTITY)
		var item: RID = _field.get_item(styled)
		check(item.is_valid() and not item in items, "an item of its own")
		RenderingServer.canvas_item_set_modulate(item, Color.RED)
		items.append(item)
		check(plain > 0 and plain != styled, "another burst")
		_field.clear()
		if round_number % 2 == 0:
			while _field.release(1_000_000):
				pass
	check_equal(_field.get_burst_count(), 0, "all are gone")


func test_places_of_siblings() -> void:
	var parent: Node2D = Node2D.new()
	var below: Node2D = Node2D.new()
	var above: Node2D = Node2D.new()
	var other: Node2D = Node2D.new()
	for child: Node2D in [below, above]:
		parent.add_child(child)
	add_child(parent)
	add_child(other)
	const ABOVE_ALL: int = -2147483647
	check_equal(_field.place_above(below), ABOVE_ALL, "nobody is followed")
	_field.order_siblings()
	_field.follow_siblings(parent.get_instance_id())
	check_equal(_field.place_above(below), -2147483648, "not ordered yet")
	_field.order_siblings()
	var places: Array = [_field.place_above(below), _field.place_above(below), _field.place_above(above)]
	check(places[0] < places[1] and places[1] < places[2], "they rise: %s" % [places])
	for stranger: Variant in [other, null, RefCounted.new(), 3]:
		check_equal(_field.place_above(stranger), ABOVE_ALL, "no sibling")
	below.reparent(other)
	check_equal(_field.place_above(below), ABOVE_ALL, "no longer one")
	parent.free()
	_field.order_siblings()
	_field.follow_siblings(0)
	_field.order_siblings()
	other.free()


func _spawn_plain(flat: Variant, shown: Variant) -> int:
	return _field.spawn_plain(flat, shown, get_viewport().world_2d.canvas, 0, 1.0, 0, 1)


func _flat() -> CutoutFragments:
	var blast: CutoutBlast = into(still_debris())
	var result: CutoutFractureResult = await broken(crate(), blast)
	return result.flat as CutoutFragments


func _spawn(flat: Variant, to_world: Transform2D) -> int:
	return _field.spawn(
		flat, to_world, get_viewport().world_2d.canvas, 0, RID(), Color.WHITE, Vector2.ZERO, 0.0, 1.0, 0, 1
	)


func _step() -> void:
	_field.fly(0.016)
	_field.sync_bodies()
	_field.draw(1.0)
	_field.release(100)
