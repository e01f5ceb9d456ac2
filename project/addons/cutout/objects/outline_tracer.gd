@tool
extends Object
## Finds the outlines of what is set in a mask of pixels. Runs on any thread; slow for the main one. Internal.
##
## The outlines follow the borders of the pixels, simplified and then grown, so that every set pixel and a margin
## around it lies inside. That is checked for each outline; one that would lose something is simplified less.
## The engine finds the borders ([code]BitMap.opaque_to_polygons[/code]), simplifies
## ([code]NavigationServer2D.simplify_path[/code]: Ramer, Douglas and Peucker) and grows and unites polygons
## ([Geometry2D]: Clipper).
##
## It gives a polygon for each separate part: an Array of PackedVector2Array (outer ring, holes). No two of them
## overlap: parts that come too near to each other are united. A hole is filled, which shows nothing, if it is too
## small for its border to move inwards, or if pixels on its border touch at a corner only.

## More separate parts than this are joined first, by growing the mask.
const MAX_PARTS: int = 200
## More holes than this are filled, all of them.
const MAX_HOLES: int = 200
## So far is a mask grown for that, in pixels, before the whole region is taken.
const MAX_GROWTH: int = 8
## What Clipper's rounding may leave of a polygon that lies wholly in another, in square pixels.
const CRUMB: float = 0.0001
## How much further than needed is grown, against rounding.
const SLACK: float = 0.01


## The polygons of what is set within [param region] (in pixels of the mask), clipped to it. [param tolerance] is
## how far a border may stray, to both sides, before it is grown by as much; [param margin] is what lies inside
## with each pixel. Empty if no pixel is set.
static func trace(mask: BitMap, inverse: BitMap, region: Rect2, tolerance: float, margin: float) -> Array:
	var pixels: Rect2i = Rect2i(Vector2i(region.position.floor()), Vector2i.ZERO)
	pixels.end = Vector2i(region.end.ceil())
	pixels = pixels.intersection(Rect2i(Vector2i.ZERO, mask.get_size()))
	if not pixels.has_area():
		return []
	var frame: PackedVector2Array = _corners(region)
	var outers: Array[PackedVector2Array] = mask.opaque_to_polygons(pixels, 0.0)
	var growth: int = 1
	while outers.size() > MAX_PARTS:
		if growth > MAX_GROWTH:
			return [[frame] as Array[PackedVector2Array]]
		mask = mask.duplicate()
		mask.grow_mask(growth, pixels)
		outers = mask.opaque_to_polygons(pixels, 0.0)
		inverse = inverted(mask)
		growth *= 2
	var holes: Array[PackedVector2Array] = _find_holes(mask, inverse, pixels)
	var holes_of: Array[Array] = _assign(holes, outers)
	var place: Transform2D = Transform2D(0.0, pixels.position)
	var parts: Array = []
	for i: int in outers.size():
		var part: Array[PackedVector2Array] = _widen(place * outers[i], tolerance, margin, frame)
		if part.is_empty() or part[0].is_empty():
			continue # of a pixel that the frame cuts off
		for hole: PackedVector2Array in holes_of[i]:
			part.append_array(_narrow(place * hole, tolerance, margin))
		_add(parts, part)
	return parts


## A mask of the opposite.
static func inverted(mask: BitMap) -> BitMap:
	var data: Dictionary = mask.get("data")
	var bytes: PackedByteArray = data["data"]
	var size: int = bytes.size()
	bytes.resize((size + 7) & ~7)
	var words: PackedInt64Array = bytes.to_int64_array()
	for i: int in words.size():
		words[i] = ~words[i]
	bytes = words.to_byte_array()
	bytes.resize(size)
	data["data"] = bytes
	var opposite: BitMap = BitMap.new()
	opposite.set("data", data)
	return opposite


# What is not set and does not reach the border of the region.
static func _find_holes(mask: BitMap, inverse: BitMap, pixels: Rect2i) -> Array[PackedVector2Array]:
	var holes: Array[PackedVector2Array] = []
	for ring: PackedVector2Array in inverse.opaque_to_polygons(pixels, 0.0):
		var box: Rect2 = _box_of(ring)
		if box.position.x > 0.0 and box.position.y > 0.0 and box.end.x < pixels.size.x and box.end.y < pixels.size.y:
			if not _meets_crossing(ring, mask, pixels.position):
				holes.append(ring)
	if holes.size() > MAX_HOLES:
		holes.clear()
	return holes


# Whether the border comes by a corner where only two opposite pixels are set. Pixels hang together across such a
# corner, and so do those of a hole: the border of a hole may go round pixels that belong to what is around it.
static func _meets_crossing(ring: PackedVector2Array, mask: BitMap, origin: Vector2i) -> bool:
	for corner: Vector2 in ring:
		var at: Vector2i = Vector2i(corner) + origin
		var is_set: bool = mask.get_bitv(at)
		if (
			is_set == mask.get_bit(at.x - 1, at.y - 1) and is_set != mask.get_bit(at.x - 1, at.y)
			and is_set != mask.get_bit(at.x, at.y - 1)
		):
			return true
	return false


# For each outer ring its holes. A hole belongs to the smallest that contains it.
static func _assign(holes: Array[PackedVector2Array], outers: Array[PackedVector2Array]) -> Array[Array]:
	var holes_of: Array[Array] = []
	var boxes: Array[Rect2] = []
	for outer: PackedVector2Array in outers:
		holes_of.append([])
		boxes.append(_box_of(outer) if not holes.is_empty() else Rect2())
	for hole: PackedVector2Array in holes:
		var inside: Vector2 = _first_pixel(hole)
		var best: int = -1
		for i: int in outers.size():
			if not boxes[i].has_point(inside) or best >= 0 and boxes[i].get_area() > boxes[best].get_area():
				continue
			if _contains(outers[i], inside):
				best = i
		if best >= 0:
			holes_of[best].append(hole)
	return holes_of


# Whether a line from [param point] to the left crosses the ring an odd number of times. (The engine's
# is_point_in_polygon errs where its line meets a corner.)
static func _contains(ring: PackedVector2Array, point: Vector2) -> bool:
	var inside: bool = false
	var a: Vector2 = ring[ring.size() - 1]
	for b: Vector2 in ring:
		if (a.y > point.y) != (b.y > point.y) and point.x > a.x + (b.x - a.x) * (point.y - a.y) / (b.y - a.y):
			inside = not inside
		a = b
	return inside


# The middle of the first pixel in the highest row.
static func _first_pixel(ring: PackedVector2Array) -> Vector2:
	var corner: Vector2 = ring[0]
	for point: Vector2 in ring:
		if point.y < corner.y or point.y == corner.y and point.x < corner.x:
			corner = point
	return corner + Vector2(0.5, 0.5)


# An outer ring around all of [param ring] and its margin, within [param frame]; and the holes that closed inlets
# leave. Simplified as far as [param tolerance] allows, and grown no more than it takes to lose nothing.
static func _widen(
	ring: PackedVector2Array, tolerance: float, margin: float, frame: PackedVector2Array
) -> Array[PackedVector2Array]:
	# The slack lets borders that would just touch overlap, and be united.
	var exact: Array[PackedVector2Array] = _offset(ring, margin + SLACK if margin > 0.0 else 0.0)
	var goal: PackedVector2Array = _outer_of(_offset(ring, margin))
	for stray: float in _strays(tolerance):
		var rough: PackedVector2Array = _simplified(ring, stray)
		if rough.size() < 3:
			continue
		for growth: float in _growths(stray, margin):
			var part: Array[PackedVector2Array] = _framed(_offset(rough, growth), frame, goal)
			if not part.is_empty():
				return part
	return _framed(exact, frame, goal)


# The rings within a hole that leave its border and the margin free; none if it is too small.
static func _narrow(ring: PackedVector2Array, tolerance: float, margin: float) -> Array[PackedVector2Array]:
	var exact: Array[PackedVector2Array] = _offset(ring, -margin - SLACK)
	for stray: float in _strays(tolerance):
		var rough: PackedVector2Array = _simplified(ring, stray)
		if rough.size() < 3:
			continue
		for growth: float in _growths(stray, margin):
			var narrowed: Array[PackedVector2Array] = _offset(rough, -growth - SLACK)
			if not narrowed.is_empty() and _are_within(narrowed, exact):
				return narrowed
	return exact


# What is tried: the tolerance, and less and less of it.
static func _strays(tolerance: float) -> PackedFloat32Array:
	var strays: PackedFloat32Array = PackedFloat32Array()
	while tolerance > 0.1:
		strays.append(tolerance)
		tolerance *= 0.5
	return strays


# How far a border that strays so far is moved: as little as may do, up to what must. The margin of a corner
# reaches further than that of a side.
static func _growths(stray: float, margin: float) -> PackedFloat32Array:
	var corner: float = margin * sqrt(2.0) + SLACK
	return PackedFloat32Array([margin + SLACK, corner + stray * 0.5, corner + stray * 0.75, corner + stray])


# The rings of [param grown] within [param frame], outer ring first; empty if a part of [param goal] is outside.
static func _framed(
	grown: Array[PackedVector2Array], frame: PackedVector2Array, goal: PackedVector2Array
) -> Array[PackedVector2Array]:
	var outer: PackedVector2Array = _outer_of(grown)
	if outer.is_empty() or not _is_within(goal, outer):
		return []
	# Where the grown ring leaves the frame and comes back, pieces without a pixel are cut off.
	var part: Array[PackedVector2Array] = [_outer_of(Geometry2D.intersect_polygons(outer, frame))]
	for other: PackedVector2Array in grown:
		# A border that crosses itself leaves such rings, too, with pixels in them.
		if Geometry2D.is_polygon_clockwise(other) and _is_free(other, goal):
			for hole: PackedVector2Array in Geometry2D.intersect_polygons(other, part[0]):
				part.append_array(_offset(hole, -SLACK))
	return part


static func _is_free(hole: PackedVector2Array, goal: PackedVector2Array) -> bool:
	for shared: PackedVector2Array in Geometry2D.intersect_polygons(hole, goal):
		if _area(shared) > CRUMB:
			return false
	return true


static func _are_within(inner: Array[PackedVector2Array], outer: Array[PackedVector2Array]) -> bool:
	for ring: PackedVector2Array in inner:
		var is_held: bool = false
		for around: PackedVector2Array in outer:
			is_held = is_held or _is_within(ring, around)
		if not is_held:
			return false
	return true


static func _is_within(inner: PackedVector2Array, outer: PackedVector2Array) -> bool:
	for rest: PackedVector2Array in Geometry2D.clip_polygons(inner, outer):
		if _area(rest) > CRUMB:
			return false
	return true


static func _simplified(ring: PackedVector2Array, tolerance: float) -> PackedVector2Array:
	var closed: PackedVector2Array = ring.duplicate()
	closed.append(ring[0])
	# A game built without navigation has no such server; it keeps all points.
	var path: PackedVector2Array = NavigationServer2D.simplify_path(closed, tolerance)
	if path.size() < 4:
		return PackedVector2Array()
	return path.slice(0, path.size() - 1)


static func _offset(ring: PackedVector2Array, by: float) -> Array[PackedVector2Array]:
	# Grown rings keep the winding; the one that is no hole is not clockwise.
	if Geometry2D.is_polygon_clockwise(ring):
		ring = ring.duplicate()
		ring.reverse()
	if by == 0.0:
		return [ring]
	return Geometry2D.offset_polygon(ring, by, Geometry2D.JOIN_MITER)


# The largest ring that is no hole.
static func _outer_of(rings: Array[PackedVector2Array]) -> PackedVector2Array:
	var best: PackedVector2Array = PackedVector2Array()
	for ring: PackedVector2Array in rings:
		if rings.size() == 1 or not Geometry2D.is_polygon_clockwise(ring):
			if best.is_empty() or _area(ring) > _area(best):
				best = ring
	return best


# Adds [param part], united with those that it overlaps.
static func _add(parts: Array, part: Array[PackedVector2Array]) -> void:
	var box: Rect2 = _box_of(part[0])
	var i: int = 0
	while i < parts.size():
		var other: Array[PackedVector2Array] = parts[i]
		var united: Array[PackedVector2Array] = []
		if box.intersects(_box_of(other[0])) and _overlap(part, other):
			united = _united(part, other)
		if united.is_empty():
			i += 1
			continue
		part = united
		box = _box_of(part[0])
		parts.remove_at(i)
		i = 0
	parts.append(part)


static func _overlap(a: Array[PackedVector2Array], b: Array[PackedVector2Array]) -> bool:
	if Geometry2D.intersect_polygons(a[0], b[0]).is_empty():
		return false
	return not (_is_in_hole(a[0], b) or _is_in_hole(b[0], a))


static func _is_in_hole(outer: PackedVector2Array, around: Array[PackedVector2Array]) -> bool:
	for i: int in range(1, around.size()):
		if Geometry2D.clip_polygons(outer, around[i]).is_empty():
			return true
	return false


# One part for both. Empty if they only touch: then they stay two.
static func _united(a: Array[PackedVector2Array], b: Array[PackedVector2Array]) -> Array[PackedVector2Array]:
	var part: Array[PackedVector2Array] = []
	var closed: Array[PackedVector2Array] = []
	for ring: PackedVector2Array in Geometry2D.merge_polygons(a[0], b[0]):
		if Geometry2D.is_polygon_clockwise(ring):
			closed.append(ring)
		else:
			part.append(ring)
	if part.size() != 1:
		return []
	# A hole stays where the other has nothing, or a hole of its own.
	for i: int in range(1, a.size()):
		closed.append_array(_holes_only(Geometry2D.clip_polygons(a[i], b[0])))
		for k: int in range(1, b.size()):
			closed.append_array(Geometry2D.intersect_polygons(a[i], b[k]))
	for k: int in range(1, b.size()):
		closed.append_array(_holes_only(Geometry2D.clip_polygons(b[k], a[0])))
	# What was cut along a border touches it.
	for hole: PackedVector2Array in closed:
		part.append_array(_offset(hole, -SLACK))
	return part


# A hole that something was cut out of is filled.
static func _holes_only(rings: Array[PackedVector2Array]) -> Array[PackedVector2Array]:
	for ring: PackedVector2Array in rings:
		if Geometry2D.is_polygon_clockwise(ring):
			return []
	return rings


static func _corners(rect: Rect2) -> PackedVector2Array:
	return PackedVector2Array([
		rect.position, Vector2(rect.end.x, rect.position.y), rect.end, Vector2(rect.position.x, rect.end.y),
	])


static func _box_of(ring: PackedVector2Array) -> Rect2:
	var low: Vector2 = ring[0]
	var high: Vector2 = ring[0]
	for point: Vector2 in ring:
		low = low.min(point)
		high = high.max(point)
	return Rect2(low, high - low)


static func _area(ring: PackedVector2Array) -> float:
	var twice: float = 0.0
	for i: int in ring.size():
		twice += ring[i - 1].cross(ring[i])
	return absf(twice) * 0.5
