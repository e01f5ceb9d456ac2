extends CutoutTestSuite
## What the showcase shows: outlines of letters, outlines of sprites, the stage they stand on, the ways to cut them.

const GlyphOutlines := preload("res://demo/glyph_outlines.gd")
const OutlineRaster := preload("res://demo/outline_raster.gd")
const SpriteOutlines := preload("res://demo/sprite_outlines.gd")
const StageObject := preload("res://demo/stage_object.gd")
const CutPatterns := preload("res://demo/cut_patterns.gd")
const Stage := preload("res://demo/stage.gd")
const FrameLog := preload("res://demo/frame_log.gd")

const ON := float(TextServer.CONTOUR_CURVE_TAG_ON)
const CONIC := float(TextServer.CONTOUR_CURVE_TAG_OFF_CONIC)
const CUBIC := float(TextServer.CONTOUR_CURVE_TAG_OFF_CUBIC)


func test_glyphs_have_their_parts_and_holes() -> void:
	# Holes of each part, largest part first.
	var expected: Dictionary[String, Array] = {
		"B": [2], "O": [1], "a": [1], "e": [1], "8": [2], "y": [0], "i": [0, 0], "%": [1, 1, 0],
	}
	for character: String in expected:
		var holes: Array[int] = []
		for polygon: Array[PackedVector2Array] in GlyphOutlines.of_text(ThemeDB.fallback_font, 96, character):
			holes.append(polygon.size() - 1)
			for i: int in range(1, polygon.size()):
				check(_contains(polygon[0], polygon[i]), "a hole of %s lies in its outer ring" % character)
		holes.sort()
		holes.reverse()
		check_equal(holes, Array(expected[character], TYPE_INT, &"", null), "parts and holes of " + character)


func test_cubic_contours_are_followed() -> void:
	# A circle of radius 100 in four cubic curves, begun at each of its points in turn.
	var k := 55.2284749831
	var circle := PackedVector3Array([
		Vector3(100, 0, ON), Vector3(100, k, CUBIC), Vector3(k, 100, CUBIC),
		Vector3(0, 100, ON), Vector3(-k, 100, CUBIC), Vector3(-100, k, CUBIC),
		Vector3(-100, 0, ON), Vector3(-100, -k, CUBIC), Vector3(-k, -100, CUBIC),
		Vector3(0, -100, ON), Vector3(k, -100, CUBIC), Vector3(100, -k, CUBIC),
	])
	for start: int in circle.size():
		var turned := circle.slice(start)
		turned.append_array(circle.slice(0, start))
		check_near(_area(GlyphOutlines.flatten(turned)), PI * 10000.0, 35.0, "area of the circle from %d" % start)


func test_contours_may_leave_out_points_on_the_curve() -> void:
	var implied := PackedVector3Array()
	var written := PackedVector3Array()
	for i: int in 8:
		var off := Vector2.from_angle(TAU * i / 8.0) * 100.0
		var on := (off + Vector2.from_angle(TAU * (i + 1) / 8.0) * 100.0) * 0.5
		implied.append(Vector3(off.x, off.y, CONIC))
		written.append_array([Vector3(off.x, off.y, CONIC), Vector3(on.x, on.y, ON)])
	var ring := GlyphOutlines.flatten(implied)
	check_equal(ring.size(), GlyphOutlines.flatten(written).size(), "points with and without the written ones")
	check_near(_area(ring), _area(GlyphOutlines.flatten(written)), 0.1, "area with and without the written ones")


func test_coverage_has_the_area_of_the_outline() -> void:
	for sprite: String in SpriteOutlines.SIZES:
		var rings := SpriteOutlines.of(sprite)
		var size := SpriteOutlines.picture_size(sprite)
		var covered := 0.0
		for value: int in OutlineRaster.coverage(rings, size.x, size.y):
			covered += value / 255.0
		var area := absf(_area(rings[0]))
		for i: int in range(1, rings.size()):
			area -= absf(_area(rings[i]))
			check(_contains(rings[0], rings[i]), "a hole of %s lies in its outer ring" % sprite)
		check_near(covered, area, area * 0.01 + 1.0, "pixels covered by " + sprite)


func test_everything_on_the_stage_breaks_without_a_gap() -> void:
	var stage := Stage.new()
	add_child(stage)
	check(stage.objects.size() >= 200, "there are at least 200 objects")
	var polygons: Array = []
	for object: StageObject in stage.objects:
		polygons.append(object.outline)
	var native := CutoutBatchNative.new()
	for type: String in ["voronoi", "slices"]:
		var list: Array[String] = CutPatterns.VORONOI if type == "voronoi" else CutPatterns.SLICES
		for pattern: String in list:
			var params: Array = []
			for i: int in stage.objects.size():
				var size := stage.objects[i].region_rect.size
				params.append(CutPatterns.params(type, pattern, 10, size, Vector2(9, -40), i))
			var results: Array = native.process_batch_parallel(polygons, params)
			check_equal(results.size(), polygons.size(), "results")
			var pieces := 0
			for i: int in results.size():
				var whole := _polygon_area(stage.objects[i].outline)
				var sum := 0.0
				for fragment: PackedVector2Array in results[i]:
					sum += absf(_area(fragment))
				check_near(sum, whole, whole * 1e-5, "area of the pieces of object %d, %s %s" % [i, type, pattern])
				pieces += (results[i] as Array).size()
			# About as many as wanted, give or take what holes and concave outlines add.
			var least := 1.8 if pattern in ["single", "manual"] else 4.0
			check(pieces >= least * polygons.size(), "%s %s: %d pieces" % [type, pattern, pieces])
			check(pieces <= 40 * polygons.size(), "%s %s: %d pieces" % [type, pattern, pieces])
	stage.queue_free()


func test_the_keys_go_through_all_patterns() -> void:
	for type: String in ["voronoi", "slices"]:
		var list: Array[String] = CutPatterns.VORONOI if type == "voronoi" else CutPatterns.SLICES
		var seen: Array[String] = []
		var pattern := CutPatterns.next(type, "")
		while not pattern in seen:
			seen.append(pattern)
			check(not CutPatterns.title(type, pattern).is_empty(), "%s has a title" % pattern)
			pattern = CutPatterns.next(type, pattern)
		check_equal(seen, list, "all of them, in turn")
	# And these are all there are.
	var words: Dictionary[String, Array] = {}
	for type: String in ["voronoi", "slices"]:
		for entry: Dictionary in CutoutBatchNative.new().get_parameters(type):
			words["%s %s" % [type, entry["key"]]] = Array(entry["choices"] as PackedStringArray)
	var slices: Array = words["slices pattern"] + ["single", "manual"]
	var voronoi: Array = words["voronoi pattern"]
	for pattern: String in voronoi:
		check(pattern in CutPatterns.VORONOI, pattern)
	for pattern: String in slices:
		check(pattern in CutPatterns.SLICES, pattern)


func test_quantiles_are_nearest_ranks() -> void:
	var sample := PackedInt64Array([5000, 1000, 4000, 2000, 3000])
	check_equal(FrameLog.quantile(sample, 0.5), 3.0, "median")
	check_equal(FrameLog.quantile(sample, 0.99), 5.0, "p99")
	check_equal(FrameLog.quantile(sample, 0.2), 1.0, "p20")
	check_equal(FrameLog.quantile(PackedInt64Array(), 0.5), 0.0, "of nothing")


func _area(ring: PackedVector2Array) -> float:
	var twice := 0.0
	for i: int in ring.size():
		twice += ring[i - 1].cross(ring[i])
	return twice * 0.5


func _polygon_area(polygon: Array[PackedVector2Array]) -> float:
	var area := absf(_area(polygon[0]))
	for i: int in range(1, polygon.size()):
		area -= absf(_area(polygon[i]))
	return area


func _contains(outer: PackedVector2Array, inner: PackedVector2Array) -> bool:
	for point: Vector2 in inner:
		if not Geometry2D.is_point_in_polygon(point, outer):
			return false
	return true
