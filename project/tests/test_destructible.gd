extends CutoutDebrisCase
## The node that makes its parent breakable without a script.

var told: Array[CutoutFractureResult] = []
var wounds: Array[Array] = []
var refused: Array[CutoutFractureResult] = []


func before_each() -> void:
	super()
	told.clear()
	wounds.clear()
	refused.clear()


## One that makes [param object] breakable into 12 pieces.
func breakable(object: Node, cut_ahead: bool = true) -> CutoutDestructible2D:
	var made: CutoutDestructible2D = CutoutDestructible2D.new()
	made.fracture = CutoutVoronoiFracture.new()
	made.fracture.set("fragment_count", 12)
	made.cut_ahead = cut_ahead
	made.destroyed.connect(func(result: CutoutFractureResult) -> void: told.append(result))
	made.damaged.connect(func(amount: float, at: Vector2) -> void: wounds.append([amount, at]))
	made.failed.connect(func(result: CutoutFractureResult) -> void: refused.append(result))
	object.add_child(made)
	return made


func warnings_of(node: CutoutDestructible2D) -> int:
	return (node.call(&"_get_configuration_warnings") as PackedStringArray).size()


func is_told() -> bool:
	return not told.is_empty()


func count_pieces() -> int:
	return node_of(told[0]).get_burst_pieces(told[0].bursts[0]).size()


func test_destroy() -> void:
	for cut_ahead: bool in [true, false]:
		told.clear()
		var shown: Polygon2D = crate()
		shown.position = Vector2(500, 0)
		var node: CutoutDestructible2D = breakable(shown, cut_ahead)
		await frames(10)
		check(is_instance_valid(shown), "nothing happens by itself")
		node.destroy()
		node.destroy() # once is enough
		check(await wait_until(is_told), "it breaks")
		check_equal(count_pieces(), 12, "as its resource says")
		await frames(2)
		check_equal(told.size(), 1, "told once")
		check(not is_instance_valid(shown) and not is_instance_valid(node), "both are gone")


func test_it_explodes_where_it_was_hit() -> void:
	var node: CutoutDestructible2D = breakable(crate())
	var blast: CutoutBlast = CutoutBlast.new()
	blast.speed = 1000.0
	blast.center = Vector2(7, 7)
	node.blast = blast
	node.destroy(Vector2(-500, 50))
	check(await wait_until(is_told), "it breaks")
	for piece: int in pieces_of(told[0]):
		check(node_of(told[0]).get_piece_velocity(piece).x > 500.0, "away from there")
	check_equal(blast.center, Vector2(7, 7), "the resource is as it was")


func test_health() -> void:
	var shown: Polygon2D = crate()
	shown.position = Vector2(30, 40)
	var node: CutoutDestructible2D = breakable(shown)
	node.health = 50.0
	node.damage(20.0, Vector2(60, 60))
	node.damage(20.0)
	check_equal(wounds, [[20.0, Vector2(60, 60)], [20.0, Vector2(30, 40)]], "told, with the place")
	check_equal(node.health, 10.0, "what is left")
	await frames(5)
	check(is_instance_valid(shown) and told.is_empty(), "it holds")
	expect_errors(["the amount is nan", "the amount is -1"])
	node.damage(NAN)
	node.damage(-1.0)
	check_equal(node.health, 10.0, "no heed of those")
	node.damage(10.0)
	node.damage(10.0)
	check_equal(wounds.size(), 3, "what breaks is not hurt any more")
	check(await wait_until(is_told), "it breaks")


func test_a_hard_collision() -> void:
	for threshold: float in [100.0, 100_000.0]:
		told.clear()
		var ground: StaticBody2D = StaticBody2D.new()
		var shape: CollisionShape2D = CollisionShape2D.new()
		shape.shape = WorldBoundaryShape2D.new()
		ground.add_child(shape)
		ground.position = Vector2(0, 200)
		add_child(ground)
		var body: RigidBody2D = RigidBody2D.new()
		var outline: CollisionPolygon2D = CollisionPolygon2D.new()
		outline.polygon = square(50.0)
		body.add_child(outline)
		var shown: Polygon2D = Polygon2D.new()
		shown.polygon = square(50.0)
		body.add_child(shown)
		body.linear_velocity = Vector2(0, 500)
		add_child(body)
		var node: CutoutDestructible2D = CutoutDestructible2D.new()
		node.impulse_threshold = threshold
		node.destroyed.connect(func(result: CutoutFractureResult) -> void: told.append(result))
		body.add_child(node)
		await ticks(60)
		if threshold > 1000.0:
			check(is_instance_valid(body) and told.is_empty(), "not hard enough")
			body.free()
		else:
			check(await wait_until(is_told), "it breaks")
			await frames(2)
			check(not is_instance_valid(body), "as a whole")
		ground.free()


func test_a_target_of_its_own_and_its_debris() -> void:
	var debris: CutoutDebris2D = still_debris()
	debris.name = "Mine"
	var shown: Polygon2D = crate()
	shown.name = "Window"
	var node: CutoutDestructible2D = CutoutDestructible2D.new()
	node.target = NodePath("../Window")
	node.debris = NodePath("../Mine")
	node.destroyed.connect(func(result: CutoutFractureResult) -> void: told.append(result))
	add_child(node)
	check_equal(node.get_target(), shown, "the one that is named")
	node.destroy()
	check(await wait_until(is_told), "it breaks")
	check_equal(told[0].debris, debris, "into the debris that is named")
	check(debris.get_piece_count() >= 10, "by default, too")
	await frames(2)
	node.destroy() # there is nothing any more
	await frames(2)
	check_equal(told.size(), 1, "once")


func test_sound_and_particles() -> void:
	var shown: Polygon2D = crate()
	var node: CutoutDestructible2D = breakable(shown)
	var stream: AudioStreamGenerator = AudioStreamGenerator.new()
	node.sound = stream
	var spark: CPUParticles2D = CPUParticles2D.new()
	spark.lifetime = 0.05
	spark.emitting = false
	node.particles = PackedScene.new()
	node.particles.pack(spark)
	spark.free()
	node.destroy(Vector2(20, 30))
	check(await wait_until(is_told), "it breaks")
	var heard: AudioStreamPlayer2D = null
	var seen: CPUParticles2D = null
	for child: Node in get_children():
		heard = child as AudioStreamPlayer2D if child is AudioStreamPlayer2D else heard
		seen = child as CPUParticles2D if child is CPUParticles2D else seen
	check(heard != null and heard.playing and heard.stream == stream, "heard")
	check(seen != null and seen.one_shot, "seen")
	check_equal(heard.global_position, Vector2(20, 30), "there")
	check_equal(seen.global_position, Vector2(20, 30), "and there")
	heard.stop()
	heard.free()
	var id: int = seen.get_instance_id()
	seen = null
	check(await wait_until(func() -> bool: return not is_instance_id_valid(id)), "and gone")


func test_what_cannot_be_broken() -> void:
	expect_errors(["has 2 points", "has 2 points"])
	var shown: Polygon2D = crate()
	shown.polygon = PackedVector2Array([Vector2.ZERO, Vector2.ONE])
	var node: CutoutDestructible2D = breakable(shown)
	check_equal(warnings_of(node), 1, "the editor says so")
	node.destroy()
	await frames(5)
	check_equal(refused.size(), 1, "told")
	check(not refused[0].is_ok() and is_instance_valid(shown), "it stays")
	shown.polygon = square()
	node.destroy()
	check(await wait_until(is_told), "and breaks when it can")
	var alone: CutoutDestructible2D = CutoutDestructible2D.new()
	check_equal(warnings_of(alone), 1, "nothing to break")
	alone.free()


func test_freed_at_odd_moments() -> void:
	for moment: int in 4:
		var shown: Polygon2D = crate()
		var node: CutoutDestructible2D = breakable(shown)
		if moment > 0:
			node.destroy()
		if moment > 1:
			await frames(moment - 1)
		if is_instance_valid(shown):
			shown.free()
	var other: Polygon2D = crate()
	other.name = "Other"
	var far: CutoutDestructible2D = CutoutDestructible2D.new()
	far.target = NodePath("../Other")
	far.failed.connect(func(result: CutoutFractureResult) -> void: refused.append(result))
	add_child(far)
	far.destroy()
	other.free()
	check(await wait_until(func() -> bool: return not refused.is_empty()), "the target alone is freed")
	check(refused[0].is_cancelled(), "cancelled")
	far.free()
	var kept: Polygon2D = crate()
	var early: CutoutDestructible2D = CutoutDestructible2D.new()
	early.destroyed.connect(func(result: CutoutFractureResult) -> void: told.append(result))
	early.ready.connect(early.destroy)
	kept.add_child(early)
	check(await wait_until(is_told), "from its ready, too")


func test_the_preview() -> void:
	var shown: Polygon2D = crate()
	var node: CutoutDestructible2D = breakable(shown, false)
	check(await _previewed(node, 12), "what is drawn: %d" % node.get_preview().size())
	check_near(area_of(node.get_preview()), 10_000.0, 1.0, "is the whole object")
	node.fracture.set("fragment_count", 5)
	check(await _previewed(node, 5), "it follows the resource")
	shown.polygon = square(10.0)
	var is_small: Callable = func() -> bool:
		node.update_preview()
		node.call(&"_process", 0.0)
		return area_of(node.get_preview()) < 101.0
	check(await wait_until(is_small), "and the outline")
	node.preview = false
	node.update_preview()
	check(node.get_preview().is_empty(), "or is not drawn")


func _previewed(node: CutoutDestructible2D, count: int) -> bool:
	return await wait_until(
		func() -> bool:
			node.update_preview()
			node.call(&"_process", 0.0)
			return node.get_preview().size() == count
	)
