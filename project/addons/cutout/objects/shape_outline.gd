@tool
extends Object
## The outline of a collision shape, in the coordinates of its node. Internal.

## How far the outline of a round shape may lie inside of it, in pixels.
const TOLERANCE: float = 0.25
## A full circle has at least and at most so many points.
const MIN_POINTS: int = 12
const MAX_POINTS: int = 128


## The points of a [CollisionPolygon2D] or [CollisionShape2D], or a String that says why it has no outline.
static func read(node: Node2D) -> Variant:
	var drawn: CollisionPolygon2D = node as CollisionPolygon2D
	if drawn != null:
		if drawn.build_mode == CollisionPolygon2D.BUILD_SEGMENTS:
			return "%s is of segments, which have no inside; set its build_mode to solids" % drawn
		if drawn.polygon.size() < 3:
			return "%s has %d points; a polygon has at least 3" % [drawn, drawn.polygon.size()]
		return drawn.polygon
	var shape: Shape2D = (node as CollisionShape2D).shape
	if shape == null:
		return "%s has no shape" % node
	var box: RectangleShape2D = shape as RectangleShape2D
	if box != null:
		var half: Vector2 = box.size * 0.5
		return PackedVector2Array([-half, Vector2(half.x, -half.y), half, Vector2(-half.x, half.y)])
	var disc: CircleShape2D = shape as CircleShape2D
	if disc != null:
		return _round(disc.radius, Vector2.ZERO)
	var capsule: CapsuleShape2D = shape as CapsuleShape2D
	if capsule != null:
		return _round(capsule.radius, Vector2(0.0, maxf(0.0, capsule.height * 0.5 - capsule.radius)))
	var convex: ConvexPolygonShape2D = shape as ConvexPolygonShape2D
	if convex != null:
		if convex.points.size() < 3:
			return "the shape of %s has %d points; a polygon has at least 3" % [node, convex.points.size()]
		return convex.points
	var concave: ConcavePolygonShape2D = shape as ConcavePolygonShape2D
	if concave != null:
		return _chain(concave.segments, node)
	return (
		"the shape of %s is a %s, which has no outline; expected a rectangle, circle, capsule," % [node, shape.get_class()]
		+ " convex or concave polygon"
	)


# A circle, its lower half moved by [param shift] and its upper half the other way. With y downwards.
static func _round(radius: float, shift: Vector2) -> PackedVector2Array:
	var half: int = ceili(PI / acos(clampf(1.0 - TOLERANCE / maxf(radius, 0.001), -1.0, 0.9999)) * 0.5)
	half = clampi(half, MIN_POINTS >> 1, MAX_POINTS >> 1)
	var ring: PackedVector2Array = PackedVector2Array()
	var repeats: int = 1 if shift != Vector2.ZERO else 0
	for i: int in half + repeats:
		ring.append(Vector2.from_angle(PI * i / half) * radius + shift)
	for i: int in half + repeats:
		ring.append(Vector2.from_angle(PI + PI * i / half) * radius - shift)
	return ring


# Segments that end where the next begins, all the way round. Found by the place of their first points.
static func _chain(segments: PackedVector2Array, node: Node) -> Variant:
	var count: int = segments.size() >> 1
	var begins: Dictionary[Vector2, int] = {}
	for i: int in count:
		begins[segments[i * 2]] = i
	var ring: PackedVector2Array = PackedVector2Array()
	var at: int = 0
	while ring.size() < count and at >= 0:
		ring.append(segments[at * 2])
		at = begins.get(segments[at * 2 + 1], -1)
		if at == 0:
			break
	if at != 0 or ring.size() != count or count < 3:
		return (
			"the segments of %s do not go round once, so they have no inside;" % node
			+ " give it a closed line, one segment beginning where the last ended"
		)
	return ring
