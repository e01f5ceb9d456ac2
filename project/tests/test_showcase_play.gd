extends CutoutTestSuite
## The showcase as it is played: clicks, drags, a held button and keys, the three ways to break things, and putting everything back.

const Showcase := preload("res://demo/showcase.gd")
const Breaker := preload("res://demo/breaker.gd")
const Gesture := preload("res://demo/gesture.gd")
const Overlay := preload("res://demo/overlay.gd")
const CutPatterns := preload("res://demo/cut_patterns.gd")
const StageObject := preload("res://demo/stage_object.gd")
const SCENE: PackedScene = preload("res://demo/showcase.tscn")

## The crate on top of the others, and the middle of the largest gear's rim.
const CRATE: Vector2 = Vector2(152, 411)
const GEAR: Vector2 = Vector2(976, 538)
const GEAR_RIM: Vector2 = Vector2(908, 538)

var _showcase: Showcase


func before_each() -> void:
	_showcase = SCENE.instantiate()
	add_child(_showcase)
	await frames(2)


func after_each() -> void:
	_showcase.queue_free()
	await frames(3)


func test_a_click_breaks_what_is_near() -> void:
	var near: Array[StageObject] = _showcase.stage.whole_within(CRATE, Showcase.CLICK_RADIUS)
	var far: StageObject = _at(GEAR)
	check(near.size() >= 3, "some crates are near")
	_press(CRATE)
	check_equal(_showcase.breaker.submitted_count, 0, "broken while the button is down")
	_release(CRATE)
	check_equal(_showcase.breaker.submitted_count, near.size(), "handed over")
	check(await wait_until(_is_done), "all arrive")
	await frames(2)
	for object: Variant in near:
		check(not is_instance_valid(object), "it is gone")
	check(is_instance_valid(far) and far.is_whole(), "what is far away stands")
	check_equal(_showcase.debris.get_piece_count(), _showcase.breaker.piece_count, "pieces of debris")
	check(_showcase.breaker.piece_count > 5 * near.size(), "about ten each")
	check_equal(_showcase.breaker.failures, PackedStringArray(), "failures")


func test_a_click_pushes_debris() -> void:
	_showcase.slice(CRATE - Vector2(60, 0), CRATE + Vector2(60, 0))
	check(await wait_until(_is_done), "two halves")
	var piece: int = _showcase.debris.pick_piece(CRATE + Vector2(0, -12))
	check(piece >= 0, "one of them is found")
	var before: Vector2 = _showcase.debris.get_piece_velocity(piece)
	_click(_showcase.debris.get_piece_center(piece) + Vector2(40, 0))
	check(_showcase.debris.get_piece_velocity(piece).x < before.x - 100.0, "it is pushed away")


func test_a_drag_slices() -> void:
	var object: StageObject = _at(CRATE)
	_press(CRATE - Vector2(60, 0))
	_move(CRATE)
	await frames(2)
	check_equal(_showcase.breaker.submitted_count, 0, "cut while the line is drawn")
	_release(CRATE + Vector2(60, 0))
	check_equal(_showcase.breaker.submitted_count, 1, "crossed")
	check(await wait_until(_is_done), "it arrives")
	check(not is_instance_valid(object) or object.is_queued_for_deletion(), "it is gone")
	check_equal(_showcase.debris.get_piece_count(), 2, "halves")
	var upper: int = _showcase.debris.pick_piece(CRATE + Vector2(0, -15))
	var lower: int = _showcase.debris.pick_piece(CRATE + Vector2(0, 15))
	check(upper >= 0 and lower >= 0 and upper != lower, "above and below the line")
	var apart: Vector2 = _showcase.debris.get_piece_velocity(lower) - _showcase.debris.get_piece_velocity(upper)
	check(apart.y > 100.0, "they drift apart")
	# And once more, through both.
	_showcase.slice(CRATE - Vector2(10, 60), CRATE + Vector2(10, 20))
	check(await wait_until(func() -> bool: return not _showcase.debris.has_piece(upper)), "the upper half is cut")


func test_a_held_button_digs() -> void:
	var gear: StageObject = _at(GEAR)
	_press(GEAR_RIM)
	check(await wait_until(func() -> bool: return _showcase.breaker.dug_count >= 3, 5.0), "bites")
	_release(GEAR_RIM)
	check(await wait_until(_is_done), "all are there")
	var dug: int = _showcase.breaker.dug_count
	await frames(20)
	check_equal(_showcase.breaker.dug_count, dug, "bites after the button was let go")
	check(is_instance_valid(gear) and gear.is_whole(), "the gear hangs on")
	check(_showcase.debris.get_piece_count() > 0, "something broke off")
	# What is left of it breaks, too.
	_click(GEAR)
	check(await wait_until(_is_done), "it arrives")
	await frames(2)
	check(not is_instance_valid(gear), "it is gone")
	check_equal(_showcase.breaker.failures, PackedStringArray(), "failures")


func test_small_things_fall_out_whole() -> void:
	var star: StageObject = _at(Vector2(168, 48))
	_showcase.dig_at(star.position)
	check_equal(_showcase.breaker.submitted_count, 1, "broken, not bitten")
	check(await wait_until(_is_done), "it arrives")
	check_equal(_showcase.breaker.dug_count, 0, "bites")


func test_three_ways() -> void:
	var pieces: Dictionary[Breaker.Output, int] = {}
	for output: Breaker.Output in [Breaker.Output.DEBRIS, Breaker.Output.NODES, Breaker.Output.NAIVE]:
		_showcase.restore()
		await wait_until(func() -> bool: return _bodies() == 0)
		_showcase.set_output(output)
		_showcase.blast_at(CRATE)
		check_equal(_showcase.breaker.is_waiting(), output != Breaker.Output.NAIVE, "only the naive way is done at once")
		check(await wait_until(_is_done), "all arrive")
		await frames(2)
		var report: Breaker.Report = _showcase.breaker.reports[output]
		pieces[output] = report.pieces
		check_equal(report.output, output, "the way of the report")
		check(report.pieces >= 20, "pieces")
		check(report.frames >= 1 and report.longest_usec > 0, "frames")
		var is_debris: bool = output == Breaker.Output.DEBRIS
		check_equal(_bodies(), 0 if is_debris else report.pieces, "bodies")
		check_equal(_showcase.debris.get_piece_count(), report.pieces if is_debris else 0, "debris")
		check_equal(_showcase.breaker.failures, PackedStringArray(), "failures")
	check_equal(_showcase.breaker.reports.size(), 3, "reports that are kept")
	check_equal(pieces[Breaker.Output.NODES], pieces[Breaker.Output.DEBRIS], "the same pieces")


func test_reports_are_of_their_own_blast() -> void:
	_showcase.blast_at(CRATE)
	_showcase.set_output(Breaker.Output.NAIVE)
	_showcase.blast_at(GEAR)
	var naive: Breaker.Report = _showcase.breaker.reports[Breaker.Output.NAIVE]
	var pieces: int = naive.pieces
	check(pieces > 0, "the naive pieces are there at once")
	check(await wait_until(_is_done), "the others arrive")
	check_equal(naive.pieces, pieces, "they are not counted with the naive ones")
	var debris: Breaker.Report = _showcase.breaker.reports[Breaker.Output.DEBRIS]
	check_equal(debris.pieces + naive.pieces, _showcase.breaker.piece_count, "but with their own")
	await frames(Breaker.TAIL_FRAMES + 2)
	var longest: int = naive.longest_usec
	_showcase.set_output(Breaker.Output.DEBRIS)
	_showcase.slice(Vector2(0, 10), Vector2(100, 10)) # nothing is there
	_showcase.dig_at(Vector2(168, 48)) # a star falls out
	_showcase.dig_at(Vector2(640, 536))
	OS.delay_msec(longest / 1000 + 50)
	await frames(3)
	check_equal(naive.longest_usec, longest, "digging is no blast")
	check_equal(_showcase.breaker.reports[Breaker.Output.DEBRIS], debris, "neither that nor a slice of nothing has a report")


func test_nodes_go_after_their_time() -> void:
	Engine.time_scale = 8.0 # the showcase sets it back when it goes
	for output: Breaker.Output in [Breaker.Output.NODES, Breaker.Output.NAIVE]:
		_showcase.restore()
		_showcase.set_output(output)
		_showcase.blast_at(CRATE)
		check(await wait_until(_is_done), "all arrive")
		check(_bodies() > 0, "bodies")
		check(await wait_until(func() -> bool: return _bodies() == 0), "they go")


func test_restore_cancels_and_cleans() -> void:
	var count: int = _showcase.stage.objects.size()
	check_equal(count, _showcase.stage.get_full_count(), "all are there")
	for output: Breaker.Output in [Breaker.Output.DEBRIS, Breaker.Output.NODES, Breaker.Output.NAIVE]:
		_showcase.set_output(output)
		_showcase.blast_everything()
		_showcase.dig_at(GEAR)
		await frames(2)
		_showcase.restore()
		check(not _showcase.breaker.is_waiting(), "nothing is waited for")
		await frames(5)
		check_equal(_showcase.stage.objects.size(), count, "objects")
		for object: StageObject in _showcase.stage.objects:
			check(object.is_whole() and object.is_inside_tree() and object.visible, "object %d stands" % object.number)
		check_equal(_showcase.debris.get_piece_count(), 0, "pieces")
		check(await wait_until(func() -> bool: return _bodies() == 0), "no bodies are left")
		check_equal(_showcase.breaker.submitted_count + _showcase.breaker.piece_count, 0, "counts")
	# And all of it breaks as the first time.
	_showcase.set_output(Breaker.Output.DEBRIS)
	_showcase.blast_everything()
	check(await wait_until(_is_done), "all arrive")
	check_equal(_showcase.breaker.delivered_count, count, "delivered")
	await frames(2)
	check_equal(_showcase.stage.objects.size(), 0, "objects that stand")


func test_it_may_go_at_any_time() -> void:
	for wait: int in 4:
		var orphans: int = int(Performance.get_monitor(Performance.OBJECT_ORPHAN_NODE_COUNT))
		var other: Showcase = SCENE.instantiate()
		add_child(other)
		other.blast_everything()
		other.slice(Vector2(0, 90), Vector2(1280, 90))
		other.dig_at(GEAR)
		other.set_slow(true)
		await frames(wait)
		remove_child(other)
		other.free()
		check_equal(Engine.time_scale, 1.0, "time goes on as before")
		check(await wait_until(func() -> bool: return int(CutoutBatch.get_stats()["in_flight"]) == 0), "jobs end")
		await frames(3)
		var left: int = int(Performance.get_monitor(Performance.OBJECT_ORPHAN_NODE_COUNT))
		check_equal(left, orphans, "orphans after %d frames" % wait)


func test_keys() -> void:
	_key(KEY_M)
	check_equal(_showcase.breaker.output, Breaker.Output.NODES, "M")
	_key(KEY_TAB)
	check_equal(_showcase.breaker.output, Breaker.Output.NAIVE, "Tab")
	_key(KEY_M)
	check_equal(_showcase.breaker.output, Breaker.Output.DEBRIS, "M again")
	_key(KEY_9)
	check_equal(_showcase.pieces, 60, "9")
	_key(KEY_S)
	check_equal(_showcase.fracture_type + _showcase.pattern, "slices" + CutPatterns.SLICES[0], "S")
	_key(KEY_S)
	check_equal(_showcase.pattern, CutPatterns.SLICES[1], "S again")
	_key(KEY_V)
	check_equal(_showcase.fracture_type + _showcase.pattern, "voronoi" + CutPatterns.VORONOI[0], "V")
	_key(KEY_T)
	check_equal(Engine.time_scale, Showcase.SLOW_MOTION, "T")
	_key(KEY_T)
	check_equal(Engine.time_scale, 1.0, "T again")
	_key(KEY_1)
	_key(KEY_SPACE)
	check_equal(_showcase.breaker.submitted_count, _showcase.stage.get_full_count(), "Space")
	_key(KEY_R)
	check_equal(_showcase.breaker.submitted_count, 0, "R")


func test_gestures() -> void:
	var gesture: Gesture = Gesture.new()
	var seen: PackedStringArray = PackedStringArray()
	gesture.clicked.connect(func(at: Vector2) -> void: seen.append("click %s" % at))
	gesture.sliced.connect(func(from: Vector2, to: Vector2) -> void: seen.append("slice %s %s" % [from, to]))
	gesture.dug.connect(func(at: Vector2) -> void: seen.append("dig %s" % at))
	gesture.advance(1.0)
	gesture.move(Vector2(50, 50))
	check_equal(seen, PackedStringArray(), "nothing is pressed")
	gesture.press(Vector2(10, 10))
	gesture.move(Vector2(12, 10)) # a hand trembles
	gesture.advance(Gesture.HOLD_TIME * 0.9)
	gesture.release(Vector2(12, 10))
	gesture.press(Vector2(10, 10))
	gesture.move(Vector2(40, 10))
	gesture.advance(1.0)
	gesture.release(Vector2(90, 10))
	check_equal(seen, PackedStringArray(["click (10.0, 10.0)", "slice (10.0, 10.0) (90.0, 10.0)"]), "a click and a slice")
	seen.clear()
	gesture.press(Vector2(10, 10))
	gesture.advance(Gesture.HOLD_TIME)
	gesture.move(Vector2(80, 10)) # from now on it goes where it likes
	gesture.advance(Gesture.BITE_PAUSE)
	gesture.advance(Gesture.BITE_PAUSE * 0.5)
	gesture.release(Vector2(80, 10))
	gesture.advance(1.0)
	check_equal(seen, PackedStringArray(["dig (10.0, 10.0)", "dig (80.0, 10.0)"]), "digging")


func test_the_strip_has_room_for_its_text() -> void:
	var font: Font = ThemeDB.fallback_font
	for type: String in ["voronoi", "slices"]:
		for pattern: String in CutPatterns.VORONOI if type == "voronoi" else CutPatterns.SLICES:
			var text: String = "%s, 60 pieces" % CutPatterns.title(type, pattern)
			check(Overlay.CUT_X + _width(font, text, 16) < Overlay.TABLE_X - 16.0, "%s: %s" % [text, _width(font, text, 16)])
	check(Overlay.HINT_X + _width(font, Overlay.HINT, 12) < Overlay.TABLE_X - 16.0, "the keys: %s" % _width(font, Overlay.HINT, 12))
	var last: float = Overlay.TABLE_COLUMNS[-1]
	check(last < Overlay.GRAPH.position.x - 30.0, "the table ends before the graph's marks")
	check(Overlay.TABLE_Y + 2.0 * Overlay.TABLE_ROW < Overlay.AREA.end.y - 3.0, "its last row is in the strip")


func test_missed_frames_are_counted() -> void:
	var overlay: Overlay = Overlay.new()
	overlay.pace_usec = 10_000.0
	for interval: int in [9000, 10_500, 15_100, 40_000]:
		overlay.add_frame(interval)
	check_equal(overlay.get_missed_count(), 2, "longer than one and a half")
	overlay.free()


func _is_done() -> bool:
	return not _showcase.breaker.is_waiting()


func _bodies() -> int:
	return _showcase.stage.find_children("*", "RigidBody2D", false, false).size()


# The object there, by the place of its middle.
func _at(middle: Vector2) -> StageObject:
	for object: StageObject in _showcase.stage.objects:
		if object.position.distance_to(middle) < 2.0:
			return object
	check(false, "there is an object at %s" % middle)
	return null


func _width(font: Font, text: String, size: int) -> float:
	return font.get_string_size(text, HORIZONTAL_ALIGNMENT_LEFT, -1.0, size).x


func _click(at: Vector2) -> void:
	_press(at)
	_release(at)


func _press(at: Vector2) -> void:
	_send_button(at, true)


func _release(at: Vector2) -> void:
	_send_button(at, false)


func _send_button(at: Vector2, is_pressed: bool) -> void:
	var event: InputEventMouseButton = InputEventMouseButton.new()
	event.button_index = MOUSE_BUTTON_LEFT
	event.pressed = is_pressed
	_send(event, at)


func _move(at: Vector2) -> void:
	_send(InputEventMouseMotion.new(), at)


func _send(event: InputEventMouse, at: Vector2) -> void:
	event.position = _showcase.stage.get_global_transform_with_canvas() * at
	get_viewport().push_input(event, true)


func _key(code: Key) -> void:
	var event: InputEventKey = InputEventKey.new()
	event.keycode = code
	event.pressed = true
	get_viewport().push_input(event, true)
