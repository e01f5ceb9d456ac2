class_name CutoutTestSuite
extends Node
## Base of every test suite that runs inside the engine.
##
## A suite is a file [code]res://tests/test_*.gd[/code] listed in [code]suites.gd[/code]. Each method whose
## name begins with [code]test_[/code] is one test; it gets a fresh instance of the suite, in the tree, and
## may await. A test fails when a check fails, when it makes no check, when the engine reports an error it did
## not announce with [method expect_errors], when an announced error stays away, or when it takes too long.
##
## [codeblock]
## extends CutoutTestSuite
##
## func test_a_square_is_cut() -> void:
##     check_equal(2 + 2, 4, "sum")
## [/codeblock]

## Seconds a test may take before it fails. Set it in [method before_each] where a test needs longer.
var time_limit: float = 60.0

var _checks: int = 0
var _failures: PackedStringArray = PackedStringArray()
var _expected_errors: PackedStringArray = PackedStringArray()


## Runs before the test; may await. Override it.
func before_each() -> void:
	pass


## Runs after the test, also after a failed one; may await. Override it.
func after_each() -> void:
	pass


## Fails the test unless [param cond] holds. [param what] says what should hold. Returns [param cond].
func check(cond: bool, what: String) -> bool:
	_checks += 1
	if not cond:
		_failures.append("%s%s" % [what, _place()])
	return cond


## Fails the test unless both values are of one type and equal. Returns whether they are.
func check_equal(got: Variant, expected: Variant, what: String) -> bool:
	_checks += 1
	if typeof(got) == typeof(expected) and got == expected:
		return true
	_failures.append("%s: got %s, expected %s%s" % [what, _show(got), _show(expected), _place()])
	return false


## Fails the test unless [param got] is within [param tolerance] of [param expected]. Returns whether it is.
func check_near(got: float, expected: float, tolerance: float, what: String) -> bool:
	_checks += 1
	if absf(got - expected) <= tolerance:
		return true
	_failures.append("%s: got %s, expected %s within %s%s" % [what, got, expected, tolerance, _place()])
	return false


## Announces engine errors (warnings need no announcement): each fragment must be part of at least one error
## reported during this test, and each error must contain at least one of the fragments.
func expect_errors(fragments: PackedStringArray) -> void:
	_expected_errors.append_array(fragments)


## Waits for [param n] process frames.
func frames(n: int) -> void:
	for _i: int in n:
		await get_tree().process_frame


## Waits until [param condition] returns true, at most [param seconds]. Returns whether it came true.
func wait_until(condition: Callable, seconds: float = 10.0) -> bool:
	var end: int = Time.get_ticks_msec() + int(seconds * 1000.0)
	while not bool(condition.call()):
		if Time.get_ticks_msec() > end:
			return false
		await get_tree().process_frame
	return true


## What is wrong with the test so far, given the engine errors reported during it. For the runner.
func verdict(errors: PackedStringArray) -> PackedStringArray:
	var wrong: PackedStringArray = _failures.duplicate()
	for error: String in errors:
		var announced: bool = false
		for fragment: String in _expected_errors:
			announced = announced or error.contains(fragment)
		if not announced:
			wrong.append("unexpected error: " + error)
	for fragment: String in _expected_errors:
		var came: bool = false
		for error: String in errors:
			came = came or error.contains(fragment)
		if not came:
			wrong.append("the expected error did not come: " + fragment)
	if _checks == 0 and wrong.is_empty():
		wrong.append("it checked nothing")
	return wrong


func _show(value: Variant) -> String:
	var text: String = str(value)
	if text.length() > 200:
		text = text.left(200) + "..."
	return "%s (%s)" % [text, type_string(typeof(value))]


# The line of the test that made the check.
func _place() -> String:
	for frame: Dictionary in get_stack():
		var source: String = frame["source"]
		if not source.ends_with("test_suite.gd"):
			return " (%s:%d)" % [source.get_file(), frame["line"]]
	return ""
