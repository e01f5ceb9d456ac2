extends SceneTree
## Statically typed calls: the engine makes them by pointer, without Variants. Prints one line for each result
## that is not as expected, and at the end a line with the number of results.

var _count: int = 0


func _init() -> void:
	var probe: BindingProbe = BindingProbe.new()
	var inverted: bool = probe.invert(true)
	_expect(inverted, false, "bool")
	var sum: int = probe.add(4000000000, 5)
	_expect(sum, 4000000005, "int")
	var half: float = probe.halve(5.0)
	_expect(half, 2.5, "float")
	var turned: Vector2 = probe.turn(Vector2(2.0, 3.0))
	_expect(turned, Vector2(-3.0, 2.0), "Vector2")
	var greeting: String = probe.greet("Ada")
	_expect(greeting, "Hello, Ada!", "String")
	var named: StringName = probe.name_of(&"node")
	_expect(named, &"node", "StringName")
	var echoed: Variant = probe.echo([1])
	_expect(echoed, [1], "Variant")
	var list: Array = [1, "two", null]
	var reversed: Array = probe.reverse(list)
	_expect(reversed, [null, "two", 1], "Array")
	var map: Dictionary = {1: "one"}
	var inverted_map: Dictionary = probe.invert_keys(map)
	_expect(inverted_map, {"one": 1}, "Dictionary")
	var byte: PackedByteArray = probe.twice_byte(PackedByteArray([1, 200]))
	_expect(byte, PackedByteArray([2, 144]), "PackedByteArray")
	var other: BindingProbe = probe.get_other()
	_expect(other == null, true, "no object yet")
	other = probe.make_other()
	_expect(other.label, "made", "an object of a registered class")
	_expect(probe.get_other() == other, true, "the same object")
	other = null
	for _i: int in 1000:
		other = probe.make_other()
		other = probe.get_other()
	_expect(probe.live_count, 2, "objects that nobody holds are gone")
	probe.drop_other()
	other = null
	_expect(probe.live_count, 1, "the last one, too")
	var int32: PackedInt32Array = probe.twice_int32(PackedInt32Array([1, -2]))
	_expect(int32, PackedInt32Array([2, -4]), "PackedInt32Array")
	var int64: PackedInt64Array = probe.twice_int64(PackedInt64Array([1, 1 << 40]))
	_expect(int64, PackedInt64Array([2, 1 << 41]), "PackedInt64Array")
	var float64: PackedFloat64Array = probe.twice_float64(PackedFloat64Array([0.5]))
	_expect(float64, PackedFloat64Array([1.0]), "PackedFloat64Array")
	var vector2: PackedVector2Array = probe.twice_vector2(PackedVector2Array([Vector2(1.0, 2.0)]))
	_expect(vector2, PackedVector2Array([Vector2(2.0, 4.0)]), "PackedVector2Array")
	var string: PackedStringArray = probe.twice_string(PackedStringArray(["ä", ""]))
	_expect(string, PackedStringArray(["ää", ""]), "PackedStringArray")
	var parts: Array[PackedVector2Array] = probe.split(PackedVector2Array([Vector2.ONE, Vector2.ZERO]))
	var expected_parts: Array[PackedVector2Array] = [
		PackedVector2Array([Vector2.ONE]), PackedVector2Array([Vector2.ZERO])
	]
	_expect(parts, expected_parts, "typed Array")
	probe.speed = 3.0
	_expect(probe.speed, 3.0, "property")
	probe.moved.connect(func(where: Vector2, label: String) -> void: _expect([where, label], [Vector2.ONE, "x"], "signal"))
	probe.move_to(Vector2.ONE, "x")
	var mode: BindingProbe.Mode = BindingProbe.MODE_FAST
	_expect(int(mode), 7, "enum")
	for _i: int in 10000:
		list = probe.reverse(list)
		greeting = probe.greet(greeting.left(3))
		parts = probe.split(vector2)
	_expect(list, [1, "two", null], "Array, ten thousand times")
	print("TYPED-CALLS %d" % _count)
	quit()


func _expect(got: Variant, expected: Variant, what: String) -> void:
	_count += 1
	if typeof(got) != typeof(expected) or got != expected:
		print("WRONG %s: got %s, expected %s" % [what, got, expected])
