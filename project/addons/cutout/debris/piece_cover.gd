extends RefCounted
## What a [Polygon2D] says at its points, its own texture coordinates and colours, at any other point: as it is drawn,
## linear within each of its triangles. Internal.
##
## [codeblock]
## var cover: PieceCover = PieceCover.of(skin) # null: the skin says nothing at its points
## cover.weigh(point)
## var color: Color = cover.blend_colors(skin.colors)
## [/codeblock]

const ObjectSkin := preload("res://addons/cutout/objects/skin.gd")

var _points: PackedVector2Array
var _corners: PackedInt32Array # three of each triangle
var _a: int
var _b: int
var _c: int
var _weights: Vector3


## Null where the skin has no values at points.
static func of(skin: ObjectSkin) -> RefCounted:
	if skin.uvs.is_empty() and skin.colors.is_empty():
		return null
	return new(skin)


func _init(skin: ObjectSkin) -> void:
	_points = skin.uv_points
	var faces: Array = skin.uv_polygons
	if faces.is_empty():
		var outline: PackedVector2Array = skin.polygon # of a Polygon2D: one ring, the first of its points
		_corners = Geometry2D.triangulate_polygon(outline)
	for face: PackedInt32Array in faces:
		var ring: PackedVector2Array = PackedVector2Array()
		for index: int in face:
			ring.append(_points[index])
		for corner: int in Geometry2D.triangulate_polygon(ring):
			_corners.append(face[corner])


## Finds the triangle with [param point] in it, or the one that it is least outside of.
func weigh(point: Vector2) -> void:
	var best: float = -INF
	for i: int in range(0, _corners.size() - 2, 3):
		var a: Vector2 = _points[_corners[i]]
		var to_b: Vector2 = _points[_corners[i + 1]] - a
		var to_c: Vector2 = _points[_corners[i + 2]] - a
		var area: float = to_b.cross(to_c)
		if is_zero_approx(area):
			continue
		var v: float = (point - a).cross(to_c) / area
		var w: float = to_b.cross(point - a) / area
		var inside: float = minf(minf(v, w), 1.0 - v - w)
		if inside <= best:
			continue
		best = inside
		_a = _corners[i]
		_b = _corners[i + 1]
		_c = _corners[i + 2]
		_weights = Vector3(1.0 - v - w, v, w)
		if inside >= 0.0:
			return


## The value there, of one for each point.
func blend_vectors(values: PackedVector2Array) -> Vector2:
	return values[_a] * _weights.x + values[_b] * _weights.y + values[_c] * _weights.z


## The colour there, of one for each point.
func blend_colors(values: PackedColorArray) -> Color:
	return values[_a] * _weights.x + values[_b] * _weights.y + values[_c] * _weights.z
