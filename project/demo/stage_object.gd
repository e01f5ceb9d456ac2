extends Sprite2D
## One breakable thing on the stage: a sprite that shows a part of the atlas.
##
## Nothing in it knows that it can be broken: the addon reads the sprite and finds its outline.

## What has become of the object. One that is broken is gone.
enum State {
	WHOLE, ## It stands, perhaps with holes dug into it.
	WAITING, ## It was hit; its pieces are being cut. It still looks as before.
	FAILED, ## It could not be cut and stands on.
}

## How far the outline lies outside of the drawn shape, in pixels: smooth edges spill over by up to a pixel
## and a half, and a piece takes its part of the edge along.
const OUTLINE_GROWTH: float = 1.5

## See [enum State].
var state: State = State.WHOLE

## Its place in the order of the scene, which is also the seed of its cuts.
var number: int = 0

## What is drawn lies in this, in local coordinates: outer ring, then holes. For the question whether a slice meets it, and
## for the naive way of breaking it, which has no other.
var outline: Array[PackedVector2Array] = []


## [param picture_region] is the picture's place in [param atlas]; [param polygon] is the outline from
## [method grown], in pixels of the picture.
func setup(atlas: Texture2D, picture_region: Rect2i, polygon: Array[PackedVector2Array]) -> void:
	texture = atlas
	region_enabled = true
	region_rect = Rect2(picture_region)
	for ring: PackedVector2Array in polygon:
		outline.append(Transform2D(0.0, -region_rect.size * 0.5) * ring)


## Whether it can be hit.
func is_whole() -> bool:
	return state == State.WHOLE and not is_queued_for_deletion()


## How far [param point] (in the stage's coordinates) is from its picture.
func distance_to(point: Vector2) -> float:
	var half: Vector2 = region_rect.size * 0.5
	return point.clamp(position - half, position + half).distance_to(point)


## Whether a line from [param from] to [param to] (in the stage's coordinates) meets it.
func is_crossed(from: Vector2, to: Vector2) -> bool:
	var line: PackedVector2Array = [from - position, to - position]
	return not Geometry2D.intersect_polyline_with_polygon(line, outline[0]).is_empty()


## [param shape] with its outer ring moved out and its holes made smaller by [constant OUTLINE_GROWTH].
## A hole too small for that goes.
static func grown(shape: Array[PackedVector2Array]) -> Array[PackedVector2Array]:
	var polygon: Array[PackedVector2Array] = []
	for i: int in shape.size():
		var ring: PackedVector2Array = shape[i]
		if Geometry2D.is_polygon_clockwise(ring):
			ring.reverse()
		var growth: float = OUTLINE_GROWTH if i == 0 else -OUTLINE_GROWTH
		for moved: PackedVector2Array in Geometry2D.offset_polygon(ring, growth, Geometry2D.JOIN_MITER):
			# An outer ring that closes a narrow gap comes back with a ring of the other winding: a hole.
			if i == 0 and polygon.is_empty() and Geometry2D.is_polygon_clockwise(moved):
				continue
			polygon.append(moved)
	return polygon
