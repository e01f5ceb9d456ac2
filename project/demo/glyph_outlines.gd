extends RefCounted
## The outlines of written text, as polygons with holes, taken from a font through the text server.
##
## [codeblock]
## const GlyphOutlines := preload("res://demo/glyph_outlines.gd")
## for polygon: Array[PackedVector2Array] in GlyphOutlines.of_text(ThemeDB.fallback_font, 96, "Bio %"):
##     print(polygon.size() - 1, " holes")
## [/codeblock]
##
## Every polygon is its outer ring followed by its holes, in pixels, y downwards, the base line at y = 0 and
## the pen starting at x = 0. A glyph of several parts ([code]i[/code], [code]%[/code]) gives several polygons.

## How far a flattened curve may stray from the true one, in pixels.
const TOLERANCE := 0.08

## More lines than this are never spent on one curve.
const MAX_LINES_PER_CURVE := 24


## All polygons of [param text], written from the left in one line, glyph by glyph.
static func of_text(font: Font, size: int, text: String) -> Array[Array]:
	var server := TextServerManager.get_primary_interface()
	var line := TextLine.new()
	line.add_string(text, font, size)
	var polygons: Array[Array] = []
	var pen := Vector2.ZERO
	for glyph: Dictionary in server.shaped_text_get_glyphs(line.get_rid()):
		var font_rid: RID = glyph["font_rid"]
		var offset: Vector2 = glyph["offset"]
		var advance: float = glyph["advance"]
		var repeat: int = glyph["repeat"]
		var index: int = glyph["index"]
		for i: int in repeat:
			if font_rid.is_valid():
				for polygon: Array[PackedVector2Array] in of_glyph(server, font_rid, size, index):
					for k: int in polygon.size():
						polygon[k] = Transform2D(0.0, pen + offset) * polygon[k]
					polygons.append(polygon)
			pen.x += advance
	return polygons


## The width of [param text] in pixels, as [method of_text] sets it.
static func width_of(font: Font, size: int, text: String) -> float:
	return font.get_string_size(text, HORIZONTAL_ALIGNMENT_LEFT, -1.0, size).x


## The polygons of one glyph, at the pen (0, 0).
static func of_glyph(server: TextServer, font_rid: RID, size: int, index: int) -> Array[Array]:
	var contours := server.font_get_glyph_contours(font_rid, size, index)
	if contours.is_empty():
		return []
	var points: PackedVector3Array = contours["points"]
	var ends: PackedInt32Array = contours["contours"]
	var outer_is_clockwise: bool = contours["orientation"]
	var outers: Array[PackedVector2Array] = []
	var holes: Array[PackedVector2Array] = []
	var first := 0
	for end: int in ends:
		var ring := flatten(points.slice(first, end + 1))
		first = end + 1
		if ring.size() < 3:
			continue
		# The winding decides: contours that turn as the text server says outer ones do are outer, the others
		# are holes. With y downwards a ring that looks clockwise has a positive area.
		if (_signed_area(ring) > 0.0) == outer_is_clockwise:
			outers.append(ring)
		else:
			holes.append(ring)
	return _grouped(outers, holes)


## One closed contour as a ring of points: straight between on-curve points, quadratic through single
## off-curve points (two in a row have an on-curve point half way between them, as TrueType leaves it out),
## cubic through pairs of cubic ones. The z of a point is its kind, as the text server gives it.
static func flatten(contour: PackedVector3Array) -> PackedVector2Array:
	var count := contour.size()
	var ring := PackedVector2Array()
	if count < 3:
		return ring
	# Begin at an on-curve point; a contour of off-curve points alone begins half way between two of them.
	var start := 0
	while start < count and _kind(contour[start]) != TextServer.CONTOUR_CURVE_TAG_ON:
		start += 1
	var pen: Vector2
	var steps := count
	if start == count:
		start = count - 1
		pen = (_at(contour[count - 1]) + _at(contour[0])) * 0.5
	else:
		pen = _at(contour[start])
	ring.append(pen)
	var i := 1
	while i <= steps:
		var point := contour[(start + i) % count]
		var kind := _kind(point)
		if kind == TextServer.CONTOUR_CURVE_TAG_ON:
			pen = _at(point)
			ring.append(pen)
			i += 1
		elif kind == TextServer.CONTOUR_CURVE_TAG_OFF_CUBIC:
			var second := _at(contour[(start + i + 1) % count])
			var to := _at(contour[(start + i + 2) % count])
			_append_cubic(ring, pen, _at(point), second, to)
			pen = to
			i += 3
		else:
			var next := contour[(start + i + 1) % count]
			var to := _at(next)
			var next_is_on := _kind(next) == TextServer.CONTOUR_CURVE_TAG_ON
			if not next_is_on:
				to = (_at(point) + to) * 0.5
			_append_quadratic(ring, pen, _at(point), to)
			pen = to
			i += 2 if next_is_on else 1
	return _without_repeats(ring)


static func _append_quadratic(ring: PackedVector2Array, a: Vector2, b: Vector2, c: Vector2) -> void:
	# The farthest a chord of 1/n of the curve strays is |a - 2b + c| / (4 n²).
	var lines := _lines_for((a - 2.0 * b + c).length() * 0.25)
	for i: int in range(1, lines + 1):
		var t := float(i) / lines
		ring.append(a.lerp(b, t).lerp(b.lerp(c, t), t) if i < lines else c)


static func _append_cubic(ring: PackedVector2Array, a: Vector2, b: Vector2, c: Vector2, d: Vector2) -> void:
	var lines := _lines_for(maxf((a - 2.0 * b + c).length(), (b - 2.0 * c + d).length()) * 0.75)
	for i: int in range(1, lines + 1):
		ring.append(a.bezier_interpolate(b, c, d, float(i) / lines) if i < lines else d)


static func _lines_for(stray: float) -> int:
	return clampi(ceili(sqrt(stray / TOLERANCE)), 1, MAX_LINES_PER_CURVE)


static func _kind(point: Vector3) -> int:
	return int(point.z)


static func _at(point: Vector3) -> Vector2:
	return Vector2(point.x, point.y)


## Hinting moves points onto each other now and then; a ring does not say a point twice in a row.
static func _without_repeats(ring: PackedVector2Array) -> PackedVector2Array:
	var clean := PackedVector2Array()
	for point: Vector2 in ring:
		if clean.is_empty() or not point.is_equal_approx(clean[clean.size() - 1]):
			clean.append(point)
	while clean.size() > 1 and clean[0].is_equal_approx(clean[clean.size() - 1]):
		clean.remove_at(clean.size() - 1)
	return clean


## Each hole goes to the smallest outer ring that contains it.
static func _grouped(outers: Array[PackedVector2Array], holes: Array[PackedVector2Array]) -> Array[Array]:
	var polygons: Array[Array] = []
	for outer: PackedVector2Array in outers:
		var polygon: Array[PackedVector2Array] = [outer]
		polygons.append(polygon)
	for hole: PackedVector2Array in holes:
		var best := -1
		for i: int in outers.size():
			if not Geometry2D.is_point_in_polygon(hole[0], outers[i]):
				continue
			if best < 0 or absf(_signed_area(outers[i])) < absf(_signed_area(outers[best])):
				best = i
		if best >= 0:
			polygons[best].append(hole)
	return polygons


static func _signed_area(ring: PackedVector2Array) -> float:
	var twice := 0.0
	for i: int in ring.size():
		twice += ring[i - 1].cross(ring[i])
	return twice * 0.5
