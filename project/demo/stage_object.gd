extends Node2D
## One breakable thing on the stage: a picture from the atlas, and the outline of what is drawn in it.
##
## It shows the least a game's own object needs: [method get_polygon_data] says what to fracture, in local
## coordinates. The picture lies in the same coordinates, so pieces find their texture by their own points.

## What has become of the object.
enum State {
	WHOLE, ## It stands.
	WAITING, ## It was hit; its pieces are being cut. It still looks whole.
	BROKEN, ## Its pieces have arrived and took its place.
	FAILED, ## It could not be cut and stands on.
}

## How far the outline lies outside of the drawn shape, in pixels: smooth edges spill over by up to a pixel
## and a half, and a piece takes its part of the edge along.
const OUTLINE_GROWTH := 1.5

## See [enum State].
var state := State.WHOLE

## The atlas and the object's picture in it.
var texture: Texture2D
var region: Rect2i

## Outer ring, then holes; the origin is the middle of the picture.
var _polygon: Array[PackedVector2Array] = []


## [param picture_region] is the picture's place in [param atlas]; [param polygon] is the outline from
## [method grown], in pixels of the picture.
func setup(atlas: Texture2D, picture_region: Rect2i, polygon: Array[PackedVector2Array]) -> void:
	texture = atlas
	region = picture_region
	_polygon = []
	for ring: PackedVector2Array in polygon:
		_polygon.append(Transform2D(0.0, -Vector2(region.size) * 0.5) * ring)
	queue_redraw()


## What to fracture: outer ring, then holes.
func get_polygon_data() -> Array[PackedVector2Array]:
	return _polygon


## Turns local coordinates into texture coordinates.
func get_uv_transform() -> Transform2D:
	var sheet := texture.get_size()
	var middle := Vector2(region.position) + Vector2(region.size) * 0.5
	return Transform2D(Vector2(1.0 / sheet.x, 0.0), Vector2(0.0, 1.0 / sheet.y), middle / sheet)


## Stands up again.
func restore() -> void:
	state = State.WHOLE
	show()


func _draw() -> void:
	var size := Vector2(region.size)
	draw_texture_rect_region(texture, Rect2(-size * 0.5, size), Rect2(region), Color.WHITE, false, false)


## [param outline] with its outer ring moved out and its holes made smaller by [constant OUTLINE_GROWTH].
## A hole too small for that goes.
static func grown(outline: Array[PackedVector2Array]) -> Array[PackedVector2Array]:
	var polygon: Array[PackedVector2Array] = []
	for i: int in outline.size():
		var ring := outline[i]
		if Geometry2D.is_polygon_clockwise(ring):
			ring.reverse()
		var growth := OUTLINE_GROWTH if i == 0 else -OUTLINE_GROWTH
		for moved: PackedVector2Array in Geometry2D.offset_polygon(ring, growth, Geometry2D.JOIN_MITER):
			# An outer ring that closes a narrow gap comes back with a ring of the other winding: a hole.
			if i == 0 and polygon.is_empty() and Geometry2D.is_polygon_clockwise(moved):
				continue
			polygon.append(moved)
	return polygon
