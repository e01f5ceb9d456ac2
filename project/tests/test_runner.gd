extends CutoutTestSuite
## The test base itself: what must fail does fail, judged on a suite of its own that is never run.


func test_a_failed_check_fails() -> void:
	var probe: CutoutTestSuite = CutoutTestSuite.new()
	check(not probe.check(false, "never"), "check returns its condition")
	check(probe.verdict([])[0].begins_with("never"), "the verdict names what failed")
	probe.free()


func test_a_different_value_fails() -> void:
	var probe: CutoutTestSuite = CutoutTestSuite.new()
	check(not probe.check_equal(1, 2, "number"), "1 is not 2")
	check(not probe.check_equal(1, 1.0, "type"), "an int is not a float")
	check(not probe.check_equal(null, 1, "null"), "null is not 1")
	check_equal(probe.verdict([]).size(), 3, "each is reported")
	probe.free()


func test_no_check_fails() -> void:
	var probe: CutoutTestSuite = CutoutTestSuite.new()
	check_equal(probe.verdict([]), PackedStringArray(["it checked nothing"]), "verdict")
	probe.free()


func test_an_unexpected_error_fails() -> void:
	var probe: CutoutTestSuite = CutoutTestSuite.new()
	probe.check(true, "fine")
	check_equal(probe.verdict([]).size(), 0, "fine without errors")
	check_equal(probe.verdict(["boom"]).size(), 1, "not with one")
	probe.expect_errors(["boo"])
	check_equal(probe.verdict(["boom"]).size(), 0, "fine when announced")
	check_equal(probe.verdict([]).size(), 1, "not when it stays away")
	probe.free()


func test_engine_errors_are_seen() -> void:
	expect_errors(["seen from the main thread", "seen from another thread"])
	push_error("seen from the main thread")
	var thread: Thread = Thread.new()
	thread.start(func() -> void: push_error("seen from another thread"))
	thread.wait_to_finish()
	check(true, "both were announced, so the runner must have seen them")


func test_frames_waits() -> void:
	var before: int = Engine.get_process_frames()
	await frames(3)
	check(Engine.get_process_frames() >= before + 3, "three frames went by")
