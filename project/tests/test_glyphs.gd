extends CutoutTestSuite
## Polygons that nobody here drew: every glyph of the engine's own font, curves flattened, holes and all. Each
## is fractured by Voronoi cells and by slices and keeps its area, or it is refused for a reason that holds.

const GlyphOutlines := preload("res://demo/glyph_outlines.gd")
const Shapes := preload("res://tests/native_shapes.gd")

const FONT_SIZE: int = 64

## What a glyph as a type designer drew it may be refused for: parts that overlap or touch.
const REFUSALS: Dictionary[int, String] = {
	CutoutJobQueue.STATUS_SELF_INTERSECTION: "crosses itself",
	CutoutJobQueue.STATUS_SELF_TOUCHING: "touches itself",
	CutoutJobQueue.STATUS_RINGS_CROSS: "rings cross",
	CutoutJobQueue.STATUS_RINGS_TOUCH: "rings touch",
	CutoutJobQueue.STATUS_HOLE_OUTSIDE: "a hole in a hole",
}

## The polygons of all glyphs, and the character of each.
var _polygons: Array = []
var _characters: PackedStringArray = PackedStringArray()


func before_each() -> void:
	time_limit = 120.0
	if not _polygons.is_empty():
		return
	var server: TextServer = TextServerManager.get_primary_interface()
	var font: RID = ThemeDB.fallback_font.get_rids()[0]
	var seen: Dictionary[int, bool] = {}
	for character: String in server.font_get_supported_chars(font):
		var glyph: int = server.font_get_glyph_index(font, FONT_SIZE, character.unicode_at(0), 0)
		if glyph == 0 or seen.has(glyph):
			continue
		seen[glyph] = true
		for polygon: Array[PackedVector2Array] in GlyphOutlines.of_glyph(server, font, FONT_SIZE, glyph):
			_polygons.append(polygon)
			_characters.append(character)


func test_there_are_glyphs_with_holes() -> void:
	var holes: int = 0
	for polygon: Array in _polygons:
		holes += polygon.size() - 1
	print("glyphs: %d polygons with %d holes" % [_polygons.size(), holes])
	check(_polygons.size() > 500, "%d polygons" % _polygons.size())
	check(holes > 200, "%d holes" % holes)


func test_voronoi() -> void:
	_fracture_all({"fragment_count": 12, "edge_padding": 0.5}, "voronoi")


func test_slices() -> void:
	_fracture_all({"type": "slices", "mode": "pattern", "pattern": "chaotic", "slice_count": 5}, "slices")
	_fracture_all({"type": "slices", "mode": "pattern", "pattern": "grid", "h_slices": 4, "v_slices": 4}, "grid")


## What is refused can be repaired: then nothing is refused.
func test_repaired() -> void:
	var params: Dictionary = {"fragment_count": 8, "self_intersection": "repair"}
	var native: CutoutBatchNative = CutoutBatchNative.new()
	var results: Array[Array] = native.process_batch_parallel(_polygons, params)
	var statuses: PackedInt32Array = native.get_statuses()
	for i: int in results.size():
		if not check(statuses[i] == 0, "'%s': %s" % [_characters[i], native.get_errors()[i]]):
			return


func _fracture_all(params: Dictionary, what: String) -> void:
	var native: CutoutBatchNative = CutoutBatchNative.new()
	var results: Array[Array] = native.process_batch_parallel(_polygons, params)
	var statuses: PackedInt32Array = native.get_statuses()
	if not check_equal(results.size(), _polygons.size(), "%s: a result for each" % what):
		return
	var refused: Dictionary[String, PackedStringArray] = {}
	var pieces: int = 0
	for i: int in results.size():
		if statuses[i] == 0:
			pieces += results[i].size()
			var area: float = Shapes.polygon_area(_polygons[i])
			check_near(Shapes.fragments_area(results[i]), area, 1e-4 * area, "%s: area of '%s'" % [what, _characters[i]])
			continue
		check_equal(results[i].size(), 0, "%s: a refused glyph has no pieces" % what)
		if check(REFUSALS.has(statuses[i]), "%s: '%s' is refused: %s" % [what, _characters[i], native.get_errors()[i]]):
			refused.get_or_add(REFUSALS[statuses[i]], PackedStringArray()).append(_characters[i])
			check(_is_not_simple(_polygons[i]), "%s: '%s' is refused with reason" % [what, _characters[i]])
	var count: int = 0
	if not refused.is_empty():
		expect_errors(["process_batch_parallel(): item"])
	for reason: String in refused:
		count += refused[reason].size()
		print("glyphs: %s: refused, because it %s: %s" % [what, reason, " ".join(refused[reason])])
	print("glyphs: %s: %d polygons into %d pieces, %d refused" % [what, results.size() - count, pieces, count])
	check(count * 20 <= results.size(), "%s: %d of %d are refused" % [what, count, results.size()])
	check(pieces > 3 * results.size(), "%s: %d pieces" % [what, pieces])


## Do any two edges meet that are not neighbours, by the engine's own geometry?
func _is_not_simple(rings: Array) -> bool:
	var edges: Array[PackedVector2Array] = []
	for ring: PackedVector2Array in rings:
		for k: int in ring.size():
			edges.append(PackedVector2Array([ring[k - 1], ring[k]]))
	for i: int in edges.size():
		for j: int in range(i + 1, edges.size()):
			if edges[i][1] == edges[j][0] or edges[j][1] == edges[i][0]:
				# Neighbours, or two corners in one place.
				if edges[i][0] == edges[j][1] and edges[i][1] == edges[j][0]:
					return true
				continue
			if _near(edges[i], edges[j]):
				return true
	# Two corners in one place are no neighbours' business either.
	var places: Dictionary[Vector2, bool] = {}
	for ring: PackedVector2Array in rings:
		for point: Vector2 in ring:
			if places.has(point):
				return true
			places[point] = true
	return false


func _near(s: PackedVector2Array, t: PackedVector2Array) -> bool:
	var closest: PackedVector2Array = Geometry2D.get_closest_points_between_segments(s[0], s[1], t[0], t[1])
	return closest[0].distance_to(closest[1]) < 1e-4
