extends RefCounted
## The outlines of the drawn sprites: what is fractured, and what the pictures in [code]art/[/code] were
## painted inside of. One source for both, so a texture always fits its outline.
##
## An outline is an outer ring followed by its holes, in pixels of the picture, y downwards. Every picture
## keeps [constant MARGIN] clear pixels around its shape.

## Clear pixels around the shape in its picture.
const MARGIN := 3.0

## Every sprite and the size of its shape without the margin.
const SIZES: Dictionary[String, Vector2i] = {
	"brick_a": Vector2i(46, 22),
	"brick_b": Vector2i(46, 22),
	"brick_c": Vector2i(46, 22),
	"half_a": Vector2i(22, 22),
	"half_b": Vector2i(22, 22),
	"tile_a": Vector2i(42, 36),
	"tile_b": Vector2i(42, 36),
	"window": Vector2i(94, 94),
	"pane": Vector2i(36, 36),
	"door": Vector2i(94, 166),
	"porthole": Vector2i(40, 40),
	"crate": Vector2i(58, 58),
	"barrel": Vector2i(54, 70),
	"gear_large": Vector2i(164, 164),
	"gear_medium": Vector2i(112, 112),
	"gear_small": Vector2i(72, 72),
	"wheel": Vector2i(100, 100),
	"ring": Vector2i(62, 62),
	"star_large": Vector2i(34, 34),
	"star_small": Vector2i(22, 22),
	"moon": Vector2i(92, 92),
}


## The outline of the sprite [param sprite]; empty if there is none of that name.
static func of(sprite: String) -> Array[PackedVector2Array]:
	if not SIZES.has(sprite):
		return []
	var size := Vector2(SIZES[sprite])
	var rings: Array[PackedVector2Array] = []
	match sprite.get_slice("_", 0):
		"brick", "half":
			rings = [rounded_box(Rect2(Vector2.ZERO, size), 3.0)]
		"tile":
			rings = [_roof_tile(size)]
		"window":
			rings = [rounded_box(Rect2(Vector2.ZERO, size), 3.0)]
			for corner: Vector2 in [Vector2(8, 8), Vector2(50, 8), Vector2(8, 50), Vector2(50, 50)]:
				rings.append(box(Rect2(corner, Vector2(36, 36))))
		"pane":
			rings = [box(Rect2(Vector2.ZERO, size))]
		"door":
			rings = [rounded_box(Rect2(Vector2.ZERO, size), 4.0), disc(Vector2(47, 46), 20.0, 40)]
		"porthole":
			rings = [disc(size * 0.5, 19.3, 40)]
		"crate":
			rings = [rounded_box(Rect2(Vector2.ZERO, size), 4.0)]
		"barrel":
			rings = [_barrel(size)]
		"gear":
			rings = _gear(size.x * 0.5)
		"wheel":
			rings = _wheel(size.x * 0.5, 6)
		"ring":
			rings = [disc(size * 0.5, 31.0, 56), disc(size * 0.5, 15.0, 40)]
		"star":
			rings = [_star(size)]
		"moon":
			rings = [_crescent(size.x * 0.5)]
	for i: int in rings.size():
		rings[i] = Transform2D(0.0, Vector2(MARGIN, MARGIN)) * rings[i]
	return rings


## The size of the picture of [param sprite], margin included.
static func picture_size(sprite: String) -> Vector2i:
	return SIZES[sprite] + Vector2i.ONE * int(2.0 * MARGIN)


## The four corners of [param rect].
static func box(rect: Rect2) -> PackedVector2Array:
	return PackedVector2Array([
		rect.position, Vector2(rect.end.x, rect.position.y), rect.end, Vector2(rect.position.x, rect.end.y),
	])


## [param rect] with corners rounded by [param radius].
static func rounded_box(rect: Rect2, radius: float) -> PackedVector2Array:
	var inner := rect.grow(-radius)
	var corners := box(inner)
	var ring := PackedVector2Array()
	for i: int in 4:
		for k: int in 5:
			ring.append(corners[i] + Vector2.from_angle(PI + (i + k * 0.25) * PI * 0.5) * radius)
	return ring


## A regular polygon of [param points] corners around [param center].
static func disc(center: Vector2, radius: float, points: int) -> PackedVector2Array:
	var ring := PackedVector2Array()
	for i: int in points:
		ring.append(center + Vector2.from_angle(TAU * i / points) * radius)
	return ring


## A scale: round below, and above just the shape that two scales of the row above leave free.
static func _roof_tile(size: Vector2) -> PackedVector2Array:
	var ring := PackedVector2Array()
	var half := size.x * 0.5
	var depth := 14.0
	for i: int in 17:
		var x := size.x * i / 16.0
		var beside := minf(x, size.x - x) / half
		ring.append(Vector2(x, depth * sqrt(maxf(0.0, 1.0 - beside * beside))))
	for i: int in 17:
		var x := size.x * (1.0 - i / 16.0)
		var aside := (x - half) / half
		ring.append(Vector2(x, size.y - depth + depth * sqrt(maxf(0.0, 1.0 - aside * aside))))
	return ring


static func _barrel(size: Vector2) -> PackedVector2Array:
	var ring := PackedVector2Array()
	for side: int in 2:
		for i: int in 13:
			var t := i / 12.0 if side == 0 else 1.0 - i / 12.0
			var inset := 6.0 * pow(absf(2.0 * t - 1.0), 2.0)
			ring.append(Vector2(size.x - inset if side == 0 else inset, t * size.y))
	return ring


static func _star(size: Vector2) -> PackedVector2Array:
	var ring := PackedVector2Array()
	for i: int in 10:
		var radius := size.x * (0.5 if i % 2 == 0 else 0.23)
		ring.append(size * 0.5 + Vector2.from_angle(-PI * 0.5 + PI * i / 5.0) * radius)
	return ring


static func _crescent(radius: float) -> PackedVector2Array:
	# The outer arc, and back along a circle moved to the right; the two meet in the horns.
	var center := Vector2(radius, radius)
	var shift := Vector2(radius * 0.52, -radius * 0.12)
	var bite := radius * 0.80
	var along := shift.normalized()
	var reach := shift.length()
	var chord := (radius * radius - bite * bite + reach * reach) / (2.0 * reach)
	var outer_half := acos(chord / radius)
	var inner_half := acos((chord - reach) / bite)
	var ring := PackedVector2Array()
	for i: int in 41:
		var angle := along.angle() + lerpf(outer_half, TAU - outer_half, i / 40.0)
		ring.append(center + Vector2.from_angle(angle) * radius)
	for i: int in range(1, 32):
		var angle := along.angle() + lerpf(TAU - inner_half, inner_half, i / 32.0)
		ring.append(center + shift + Vector2.from_angle(angle) * bite)
	return ring


static func _gear(radius: float) -> Array[PackedVector2Array]:
	var center := Vector2(radius, radius)
	var teeth := roundi(radius * 0.5 / 4.0) + 6
	var root := radius - maxf(7.0, radius * 0.13)
	var ring := PackedVector2Array()
	for i: int in teeth:
		# A tooth: up the flank, over the top, down the flank.
		for corner: Vector2 in [Vector2(-0.30, root), Vector2(-0.17, radius), Vector2(0.17, radius), Vector2(0.30, root)]:
			ring.append(center + Vector2.from_angle(TAU * (i + corner.x) / teeth) * corner.y)
	var rings: Array[PackedVector2Array] = [ring, disc(center, radius * 0.17, 32)]
	if radius > 40.0:
		var windows := 6 if radius > 70.0 else 5
		for i: int in windows:
			var angle := TAU * (i + 0.5) / windows
			rings.append(disc(center + Vector2.from_angle(angle) * radius * 0.52, radius * 0.15, 28))
	return rings


static func _wheel(radius: float, spokes: int) -> Array[PackedVector2Array]:
	var center := Vector2(radius, radius)
	var rings: Array[PackedVector2Array] = [disc(center, radius, 72), disc(center, radius * 0.09, 20)]
	var outer := radius * 0.80
	var inner := radius * 0.27
	var half_spoke := radius * 0.055
	for i: int in spokes:
		# The gap between two spokes: a piece of a ring with parallel sides along the spokes.
		var from := TAU * i / spokes
		var to := TAU * (i + 1) / spokes
		var gap := PackedVector2Array()
		for k: int in 11:
			var angle := lerpf(from + asin(half_spoke / outer), to - asin(half_spoke / outer), k / 10.0)
			gap.append(center + Vector2.from_angle(angle) * outer)
		for k: int in 7:
			var angle := lerpf(to - asin(half_spoke / inner), from + asin(half_spoke / inner), k / 6.0)
			gap.append(center + Vector2.from_angle(angle) * inner)
		rings.append(gap)
	return rings
