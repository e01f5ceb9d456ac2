@tool
@icon("res://addons/cutout/icons/CutoutVoronoiFracture.svg")
class_name CutoutVoronoiFracture
extends CutoutFracture
## Breaks a polygon into Voronoi cells: like glass, stone or dry earth.
##
## A cell is what lies nearest to its site; [member pattern] says where the sites go. A site gives one piece, or
## several where the polygon is concave, or none where its cell lies outside.

## Where the sites go. [br]
## "random": anywhere inside. [br]
## "grid": one in each cell of a grid, like tiles or bricks. [br]
## "radial": on rings round [member origin], every other ring turned. [br]
## "spiderweb": in [member origin] and on rings round it, in line on spokes. [br]
## "poisson": inside, as evenly as random places can be. [br]
## "impact": inside, dense round [member origin] and sparse away from it. [br]
## "sites": at [member sites].
@export_enum("random", "grid", "radial", "spiderweb", "poisson", "impact", "sites") var pattern: String = "random":
	set(value):
		pattern = value
		notify_property_list_changed()
## The number of sites, 1 to 100000; default 10. For "random", "poisson" and "impact".
@export_range(1, 100000, 1) var fragment_count: int = 10
## The least distance between two sites, as a share of the shorter side of the polygon's bounds, 0 to 1; default 0.1.
## Where they do not all fit, this and the padding shrink until they do: the count comes first. For "random"; for
## "impact" it is a share of [member impact_radius] at the hit, and grows away from it.
@export_range(0.0, 1.0, 0.01) var min_cell_distance: float = 0.1
## The least distance of a site from the boundary and the holes, in units of the polygon, 0 and up; default 5. It
## shrinks where there is no room. For "random", "poisson" and "impact".
@export_range(0.0, 100.0, 0.1, "or_greater", "suffix:px") var edge_padding: float = 5.0

@export_group("Grid", "grid_")
## Rows of the grid over the polygon's bounds, 1 to 1000; default 3. Rows times columns are 100000 at most.
@export_range(1, 1000, 1) var grid_rows: int = 3
## Columns of the grid, 1 to 1000; default 3.
@export_range(1, 1000, 1) var grid_cols: int = 3
## How far a site may be from the middle of its cell, as a share of the way to the cell's sides, 0 to 1; default 0.3.
## At 0 the pieces are the cells of the grid exactly.
@export_range(0.0, 1.0, 0.01) var grid_jitter: float = 0.3

@export_group("Rings and impact")
## The middle of the rings, or where the polygon was hit, in the polygon's coordinates; it may lie outside. null (not
## ticked; the default): the polygon's centroid, holes considered. For "radial", "spiderweb" and "impact".
@export_custom(PROPERTY_HINT_NONE, "") var origin: Variant = null:
	set(value):
		origin = _as_origin(value, origin)
		notify_property_list_changed()
## The number of rings, 1 to 1000; default 3. Rings times points are 100000 at most. For "radial" and "spiderweb".
@export_range(1, 1000, 1) var ring_count: int = 3
## The width of a ring in units of the polygon, 0 to 1e9; default 50. 0: so wide that the rings reach to the farthest
## vertex. For "radial" and "spiderweb".
@export_range(0.0, 500.0, 0.1, "or_greater", "suffix:px") var ring_size: float = 50.0
## The number of sites on a ring, 1 to 1000; default 8. For "radial" and "spiderweb".
@export_range(1, 1000, 1) var points_per_ring: int = 8
## How far a site may be from its regular place, as a share of half the way to its neighbours, 0 to 1; default 0.2. In a
## spider web whole rings and whole spokes move. For "radial" and "spiderweb".
@export_range(0.0, 1.0, 0.01) var radial_variation: float = 0.2
## Within this distance of [member origin] the sites are densest, in units of the polygon, 0 to 1e9; default 0: an eighth
## of the shorter side of the bounds. For "impact".
@export_range(0.0, 500.0, 0.1, "or_greater", "suffix:px") var impact_radius: float = 0.0
## How fast the sites get sparse beyond the radius, 0 to 1000; default 1. Their density is that within it times
## [code]1 / (1 + impact_falloff * u * u)^2[/code], where [code]u[/code] is the distance from the radius, in radii; at 0
## it is the same everywhere. For "impact".
@export_range(0.0, 1000.0, 0.1) var impact_falloff: float = 1.0

## Only pieces within the radius break off; all others stay together; default false. They are still several where a piece
## would have a hole, as the crater is. For "impact".
@export var crater: bool = false

@export_group("Poisson", "poisson_")
## Darts thrown round each site before it counts as surrounded, 1 to 100; default 30. More make the pattern a little
## denser and take longer.
@export_range(1, 100, 1) var poisson_attempts: int = 30

@export_group("Sites")
## The sites, in the polygon's coordinates, at least one and 100000 at most; default empty. They may lie outside the
## polygon and in its holes; of equal ones the first counts. For "sites".
@export var sites: PackedVector2Array = PackedVector2Array()


func to_dictionary() -> Dictionary:
	return {
		"type": "voronoi",
		"seed": seed,
		"self_intersection": self_intersection,
		"min_fragment_area": min_fragment_area,
		"cluster_count": cluster_count,
		"pattern": pattern,
		"fragment_count": fragment_count,
		"min_cell_distance": min_cell_distance,
		"edge_padding": edge_padding,
		"grid_rows": grid_rows,
		"grid_cols": grid_cols,
		"grid_jitter": grid_jitter,
		"origin": origin,
		"ring_count": ring_count,
		"ring_size": ring_size,
		"points_per_ring": points_per_ring,
		"radial_variation": radial_variation,
		"poisson_attempts": poisson_attempts,
		"impact_radius": impact_radius,
		"impact_falloff": impact_falloff,
		"crater": crater,
		"sites": sites,
	}


func _used() -> PackedStringArray:
	match pattern:
		"random":
			return ["pattern", "fragment_count", "min_cell_distance", "edge_padding", "seed"]
		"grid":
			return ["pattern", "grid_rows", "grid_cols", "grid_jitter", "seed"]
		"radial", "spiderweb":
			return ["pattern", "origin", "ring_count", "ring_size", "points_per_ring", "radial_variation", "seed"]
		"poisson":
			return ["pattern", "fragment_count", "edge_padding", "poisson_attempts", "seed"]
		"impact":
			return [
				"pattern", "fragment_count", "min_cell_distance", "edge_padding", "origin", "impact_radius",
				"impact_falloff", "crater", "seed",
			]
		"sites":
			return ["pattern", "sites"]
	return ["pattern"]
