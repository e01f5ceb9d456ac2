@tool
@icon("res://addons/cutout/icons/CutoutVoronoiFracture.svg")
class_name CutoutVoronoiFracture
extends CutoutFracture
## Breaks a polygon into Voronoi cells: like glass, stone or dry earth.

## How the sites, round which the cells form, are placed.
@export_enum("random") var pattern: String = "random"
## The number of sites. A site gives one piece, or several where the polygon is concave.
@export_range(1, 100000, 1) var fragment_count: int = 10
## The least distance between two sites, as a share of the shorter side of the polygon's bounds. Where they do not
## all fit, this and the padding shrink until they do: the count comes first.
@export_range(0.0, 1.0, 0.01) var min_cell_distance: float = 0.1
## The least distance of a site from the boundary and the holes, in units of the polygon.
@export_range(0.0, 100.0, 0.1, "or_greater", "suffix:px") var edge_padding: float = 5.0


func to_dictionary() -> Dictionary:
	return {
		"type": "voronoi",
		"seed": seed,
		"pattern": pattern,
		"fragment_count": fragment_count,
		"min_cell_distance": min_cell_distance,
		"edge_padding": edge_padding,
	}
