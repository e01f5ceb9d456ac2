extends RefCounted
## Every way to cut, for the showcase to cycle through: parameters that suit an object's size, the number of pieces
## wanted, and the place where it was hit.

## Voronoi patterns, then slices, in the order of the keys. Two are no patterns of their own: "crater" is an impact of
## which only the middle breaks off, "chunks" are random cells put together.
const VORONOI: Array[String] = [
	"random", "impact", "crater", "radial", "spiderweb", "poisson", "grid", "sites", "chunks",
]
const SLICES: Array[String] = ["chaotic", "radial", "parallel", "grid", "single", "manual"]

const TITLES: Dictionary[String, String] = {
	"random": "Voronoi", "impact": "impact", "crater": "crater", "radial": "rings", "spiderweb": "spider web",
	"poisson": "Poisson", "grid": "grid", "sites": "honeycomb", "chunks": "chunks",
}
const SLICE_TITLES: Dictionary[String, String] = {
	"chaotic": "slices", "radial": "rays", "parallel": "planks", "grid": "lattice", "single": "one cut",
	"manual": "cross",
}


## The pattern after [param pattern] of the same type, the first one after the last.
static func next(type: String, pattern: String) -> String:
	var list: Array[String] = VORONOI if type == "voronoi" else SLICES
	return list[(list.find(pattern) + 1) % list.size()]


## What the overlay calls it.
static func title(type: String, pattern: String) -> String:
	return TITLES[pattern] if type == "voronoi" else SLICE_TITLES[pattern]


## Parameters for an object [param size] large, round (0, 0), hit at [param hit].
static func params(type: String, pattern: String, pieces: int, size: Vector2, hit: Vector2, number: int) -> Dictionary:
	var half: Vector2 = size * 0.45
	var origin: Vector2 = hit.clamp(-half, half)
	if type == "voronoi":
		return _voronoi(pattern, pieces, size, origin, number)
	return _slices(pattern, pieces, size, origin, number)


static func _voronoi(pattern: String, pieces: int, size: Vector2, origin: Vector2, number: int) -> Dictionary:
	var cut: Dictionary = {"type": "voronoi", "pattern": pattern, "seed": number}
	match pattern:
		"random", "poisson", "impact":
			cut.merge({"fragment_count": pieces, "min_cell_distance": 0.08, "edge_padding": 1.0})
			if pattern == "impact":
				cut["origin"] = origin
		"crater":
			cut.merge({
				"pattern": "impact", "fragment_count": 2 * pieces, "min_cell_distance": 0.05, "edge_padding": 0.0,
				"origin": origin, "impact_radius": 0.25 * size.length(), "crater": true,
			}, true)
		"chunks":
			cut.merge({
				"pattern": "random", "fragment_count": 8 * pieces, "min_cell_distance": 0.03, "edge_padding": 0.0,
				"cluster_count": pieces,
			}, true)
		"grid":
			var columns: int = clampi(roundi(sqrt(pieces * size.x / size.y)), 1, pieces)
			cut.merge({"grid_cols": columns, "grid_rows": maxi(1, roundi(float(pieces) / columns))})
		"radial", "spiderweb":
			var rings: int = maxi(1, roundi(sqrt(pieces) / 2.2))
			var points: int = maxi(3, roundi(float(pieces) / rings))
			cut.merge({"origin": origin, "ring_count": rings, "points_per_ring": points, "ring_size": 0.0})
		"sites":
			cut["sites"] = _honeycomb(pieces, size)
	return cut


static func _slices(pattern: String, pieces: int, size: Vector2, origin: Vector2, number: int) -> Dictionary:
	var cut: Dictionary = {"type": "slices", "mode": "pattern", "pattern": pattern, "seed": number}
	match pattern:
		"chaotic":
			# n lines that all cross give n (n + 1) / 2 + 1 pieces.
			cut["slice_count"] = maxi(1, roundi(sqrt(2.0 * pieces) - 0.5))
		"radial":
			cut.merge({"slice_count": pieces, "origin": origin, "radial_randomness": 0.5})
		"parallel":
			cut.merge({"slice_count": maxi(1, pieces - 1), "parallel_angle": 20.0, "parallel_angle_rand": 0.1})
		"grid":
			var columns: int = clampi(roundi(sqrt(pieces * size.x / size.y)), 1, pieces)
			var rows: int = maxi(1, roundi(float(pieces) / columns))
			cut.merge({"h_slices": columns - 1, "v_slices": rows - 1, "h_random": 0.4, "v_random": 0.4})
		"single":
			# Another direction for each object; the golden ratio spreads them.
			var across: Vector2 = Vector2.from_angle(PI * fmod(number * 0.618034, 1.0))
			return {"type": "slices", "line_start": origin - across, "line_end": origin + across, "extend": true}
		"manual":
			var reach: Vector2 = Vector2(size.length(), 0.0).rotated(0.4)
			return {
				"type": "slices", "mode": "manual", "segments": PackedVector2Array([
					origin - reach, origin + reach, origin - reach.orthogonal(), origin + reach.orthogonal(),
				])
			}
	return cut


## Places in rows, every other row half a step to the side.
static func _honeycomb(pieces: int, size: Vector2) -> PackedVector2Array:
	var step: float = sqrt(size.x * size.y / pieces)
	var across: float = step * 1.0746 # a hexagon's width, of one as large as a square of that step
	var down: float = step * 0.9306
	var sites: PackedVector2Array = PackedVector2Array()
	var rows: int = ceili(size.y * 0.5 / down)
	var columns: int = ceili(size.x * 0.5 / across) + 1
	for row: int in range(-rows, rows + 1):
		for column: int in range(-columns, columns + 1):
			sites.append(Vector2((column + (0.5 if row % 2 != 0 else 0.0)) * across, row * down))
	return sites
