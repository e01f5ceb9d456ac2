extends RefCounted
## Polygons and parameters for the tests of the native classes, and what can be measured on results.

const SQUARE: PackedVector2Array = [Vector2(0, 0), Vector2(100, 0), Vector2(100, 100), Vector2(0, 100)]
const HOLE: PackedVector2Array = [Vector2(40, 40), Vector2(60, 40), Vector2(60, 60), Vector2(40, 60)]


## A star with [param tips] tips: 2 * tips points, concave, none on an axis but the first.
static func star(tips: int, radius: float, center: Vector2 = Vector2.ZERO) -> PackedVector2Array:
	var points: PackedVector2Array = PackedVector2Array()
	for i: int in 2 * tips:
		var length: float = radius if i % 2 == 0 else radius * 0.6
		points.append(center + Vector2.from_angle(TAU * i / (2.0 * tips)) * length)
	return points


## [param count] polygons of several kinds, with holes among them.
static func polygons(count: int) -> Array:
	var list: Array = []
	for i: int in count:
		match i % 3:
			0:
				list.append(star(5 + i % 7, 50.0 + i, Vector2(i, -i)))
			1:
				list.append(SQUARE)
			_:
				list.append([SQUARE, HOLE])
	return list


## Parameters for each of [param count] polygons: both operations, different seeds.
static func params(count: int) -> Array:
	var list: Array = []
	for i: int in count:
		if i % 4 == 3:
			list.append({"type": "slices", "mode": "pattern", "slice_count": 3, "seed": i})
		else:
			list.append({"fragment_count": 4 + i % 9, "seed": i})
	return list


## The area of a polygon as the native classes take it.
static func polygon_area(polygon: Variant) -> float:
	if polygon is PackedVector2Array:
		return ring_area(polygon)
	var rings: Array = polygon
	var area: float = 0.0
	for i: int in rings.size():
		area += ring_area(rings[i]) * (1.0 if i == 0 else -1.0)
	return area


static func fragments_area(fragments: Array) -> float:
	var area: float = 0.0
	for ring: PackedVector2Array in fragments:
		area += ring_area(ring)
	return area


static func ring_area(ring: PackedVector2Array) -> float:
	var twice: float = 0.0
	for i: int in ring.size():
		var a: Vector2 = ring[i - 1]
		var b: Vector2 = ring[i]
		twice += a.x * b.y - b.x * a.y
	return absf(twice) / 2.0
