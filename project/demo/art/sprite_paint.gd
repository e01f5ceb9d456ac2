extends RefCounted
## Colours of the drawn sprites, pixel by pixel. Everything is computed from the place of the pixel, the
## outline and fixed numbers, so the sheet comes out the same each time.

const SpriteOutlines := preload("res://demo/sprite_outlines.gd")

## Where the light comes from (up and left).
const LIGHT := Vector2(-0.55, -0.83)

var _sprite: String
var _kind: String
var _variant: String
var _size: Vector2
var _rings: Array[PackedVector2Array]
var _salt: int


func _init(sprite: String) -> void:
	_sprite = sprite
	_kind = sprite.get_slice("_", 0)
	_variant = sprite.get_slice("_", 1)
	_size = Vector2(SpriteOutlines.SIZES[sprite])
	_rings = SpriteOutlines.of(sprite)
	_salt = 0
	for i: int in sprite.length():
		_salt = (_salt * 31 + sprite.unicode_at(i)) & 0xffff


## The colour of the pixel with its centre at [param pixel] (in pixels of the picture).
func colour(pixel: Vector2) -> Color:
	var nearest := _nearest_on_outline(pixel)
	var away := nearest - pixel
	var depth := away.length()
	var facing := away.normalized().dot(LIGHT)
	var p := pixel - Vector2.ONE * SpriteOutlines.MARGIN
	match _kind:
		"brick", "half":
			return _brick(p, depth, facing)
		"tile":
			return _tile(p, depth, facing)
		"window":
			return _bevel(Color("d9d2c3"), depth, facing, 3.0, 0.30).darkened(0.10 * _noise(p * 0.3))
		"pane":
			return _pane(p, p / _size)
		"porthole":
			return _pane(p, p / _size)
		"door":
			return _door(p, depth, facing)
		"crate":
			return _crate(p, depth, facing)
		"barrel":
			return _barrel(p, depth, facing)
		"gear":
			return _gear(p, depth, facing)
		"wheel":
			return _wheel(p, depth, facing)
		"ring":
			var round_shade := clampf(absf(p.distance_to(_size * 0.5) - 23.0) / 8.0, 0.0, 1.0)
			var lit := 0.5 + 0.5 * (p - _size * 0.5).normalized().dot(LIGHT)
			return Color("e0a63c").lerp(Color("7d4f18"), round_shade * 0.55 + (1.0 - lit) * 0.35) \
					.lightened(0.35 * pow(lit, 6.0) * (1.0 - round_shade))
		"star":
			var glow := clampf(p.distance_to(_size * 0.5) / (_size.x * 0.5), 0.0, 1.0)
			return _bevel(Color("fff0b8").lerp(Color("f5b83d"), glow), depth, facing, 2.5, 0.25)
		"moon":
			return _moon(p, depth, facing)
	return Color.MAGENTA


func _brick(p: Vector2, depth: float, facing: float) -> Color:
	var base := Color("a8553f")
	if _variant == "b":
		base = Color("96463a")
	elif _variant == "c":
		base = Color("b9664a")
	base = base.darkened(0.22 * _noise(p * 0.22)).lightened(0.07 * _noise(p * 0.9 + Vector2(40, 9)))
	if _grain(p, 0.5) > 0.965:
		base = base.darkened(0.25)
	return _bevel(base, depth, facing, 2.5, 0.26)


func _tile(p: Vector2, depth: float, facing: float) -> Color:
	var base := Color("4d5f86") if _variant == "a" else Color("445478")
	base = base.lightened(0.10 * (1.0 - p.y / _size.y)).darkened(0.16 * _noise(Vector2(p.x * 0.5, p.y * 0.12)))
	return _bevel(base, depth, facing, 3.0, 0.28)


func _pane(p: Vector2, uv: Vector2) -> Color:
	# Lamp light behind glass, and two bands of reflection.
	var base := Color("ffd98a").lerp(Color("e8923f"), clampf(uv.distance_to(Vector2(0.5, 0.75)) * 1.1, 0.0, 1.0))
	var band := fposmod(uv.x + uv.y, 2.0)
	if (band > 0.62 and band < 0.80) or (band > 0.87 and band < 0.92):
		base = base.lerp(Color.WHITE, 0.30)
	return base.darkened(0.05 * _noise(p * 0.4))


func _door(p: Vector2, depth: float, facing: float) -> Color:
	var plank := fposmod(p.x, 23.5)
	var base := Color("2f7d79").darkened(0.20 * _noise(Vector2(p.x * 0.55, p.y * 0.05)))
	if plank < 1.6:
		base = base.darkened(0.40)
	elif plank < 2.8:
		base = base.lightened(0.10)
	var from_porthole := absf(p.distance_to(Vector2(47, 46)) - 23.0)
	if from_porthole < 3.5:
		base = _bevel(Color("d8b25a"), 3.5 - from_porthole, facing, 3.0, 0.35)
	for hinge: float in [30.0, 132.0]:
		if absf(p.y - hinge) < 4.5 and p.x < 30.0 - absf(p.y - hinge):
			base = Color("23303f").lightened(0.18 if p.y < hinge - 2.5 else 0.0)
	var knob := p.distance_to(Vector2(82, 92))
	if knob < 5.0:
		base = Color("f0cd78").darkened(clampf(p.distance_to(Vector2(80.5, 90.0)) / 9.0, 0.0, 0.6))
	elif knob < 6.0:
		base = base.darkened(0.4)
	return _bevel(base, depth, facing, 3.0, 0.25)


func _crate(p: Vector2, depth: float, facing: float) -> Color:
	# Planks, a frame around them and one brace across.
	var inside := p.x > 9.0 and p.y > 9.0 and p.x < 49.0 and p.y < 49.0
	var wood := Color("c08a52")
	var base: Color
	var across := (p.x - p.y)
	if inside and absf(across) > 7.5:
		var plank := fposmod(p.y - 9.0, 10.0)
		base = wood.darkened(0.30 + 0.20 * _noise(Vector2(p.x * 0.07, p.y * 0.7)))
		if plank < 1.2:
			base = base.darkened(0.35)
		if absf(across) < 9.5 and across < 0.0:
			base = base.darkened(0.30)
		if p.x < 11.0 or p.y < 11.0:
			base = base.darkened(0.28)
	elif inside:
		base = wood.darkened(0.06 + 0.20 * _noise(Vector2((p.x + p.y) * 0.08, across * 0.6)))
		if absf(across) > 6.4:
			base = base.darkened(0.25) if across < 0.0 else base.lightened(0.14)
	else:
		var upright := p.x < 9.0 or p.x > 49.0
		var along := Vector2(p.y * 0.07, p.x * 0.6) if upright else Vector2(p.x * 0.07, p.y * 0.6)
		base = wood.lightened(0.08).darkened(0.22 * _noise(along + Vector2(3, 7)))
		if not upright and (p.x < 10.0 or p.x > 48.0):
			base = base.darkened(0.25)
	for nail: Vector2 in [Vector2(5, 5), Vector2(53, 5), Vector2(5, 53), Vector2(53, 53)]:
		if p.distance_to(nail) < 1.8:
			base = Color("5b452f")
	return _bevel(base, depth, facing, 2.5, 0.28)


func _barrel(p: Vector2, depth: float, facing: float) -> Color:
	var round_x := (p.x / _size.x) * 2.0 - 1.0
	var shade := 0.50 * pow(absf(round_x + 0.25), 1.7)
	var base := Color("b5523c").darkened(0.16 * _noise(Vector2(p.x * 0.5, p.y * 0.05)))
	if fposmod(p.x, 9.0) < 1.1:
		base = base.darkened(0.30)
	for band: float in [9.0, 35.0, 61.0]:
		var from_band := p.y - band - 2.0 * (1.0 - round_x * round_x)
		if absf(from_band) < 4.0:
			base = Color("76839b").lightened(0.18 if from_band < -2.0 else 0.0)
			if absf(absf(round_x) - 0.55) < 0.06 and absf(from_band) < 1.7:
				base = base.darkened(0.35)
		elif from_band > 0.0 and from_band < 5.5:
			base = base.darkened(0.28)
	return _bevel(base.darkened(clampf(shade, 0.0, 0.6)), depth, facing, 2.0, 0.15)


func _gear(p: Vector2, depth: float, facing: float) -> Color:
	var radius := _size.x * 0.5
	var from_center := p.distance_to(_size * 0.5)
	var base := Color("8794ad")
	if _variant == "medium":
		base = Color("c48a4c")
	elif _variant == "small":
		base = Color("6fa3a0")
	# Brushed in circles; a raised rim and a raised hub.
	base = base.darkened(0.13 * _noise(Vector2(from_center * 0.9, 0.5)))
	var angle := (p - _size * 0.5).angle()
	base = base.lightened(0.12 * maxf(0.0, cos(2.0 * (angle - LIGHT.angle()))))
	for step: float in [radius * 0.30, radius * 0.74]:
		var from_step := from_center - step
		if absf(from_step) < 1.6:
			var outward := (p - _size * 0.5).normalized().dot(LIGHT)
			base = base.lightened(0.25) if (outward > 0.0) == (step < radius * 0.5) else base.darkened(0.30)
	if from_center > radius * 0.30 and from_center < radius * 0.74:
		base = base.darkened(0.17)
	return _bevel(base, depth, facing, 3.0, 0.34)


func _wheel(p: Vector2, depth: float, facing: float) -> Color:
	var from_center := p.distance_to(_size * 0.5)
	var base := Color("9c6a3d").darkened(0.18 * _noise(p * 0.35))
	if from_center > 45.5:
		base = Color("4b5468")
	elif from_center > 44.3:
		base = base.darkened(0.45)
	elif from_center < 8.5:
		base = Color("76839b")
	return _bevel(base, depth, facing, 2.5, 0.30)


func _moon(p: Vector2, depth: float, facing: float) -> Color:
	var base := Color("f3ead0").darkened(0.16 * _noise(p * 0.09))
	for crater: Vector3 in [Vector3(20, 44, 7), Vector3(31, 66, 5), Vector3(15, 60, 3.5), Vector3(27, 24, 4), Vector3(48, 79, 4)]:
		var from_rim := p.distance_to(Vector2(crater.x, crater.y)) - crater.z
		if from_rim < 0.0:
			base = base.darkened(0.15)
		elif from_rim < 1.2:
			base = base.lightened(0.35)
	return _bevel(base, depth, facing, 3.0, 0.12)


## Lightens or darkens [param base] near the outline, as a rounded edge does.
func _bevel(base: Color, depth: float, facing: float, width: float, strength: float) -> Color:
	var edge := clampf(1.0 - depth / width, 0.0, 1.0) * strength * facing
	return base.lightened(edge) if edge > 0.0 else base.darkened(-edge)


func _nearest_on_outline(pixel: Vector2) -> Vector2:
	var best := Vector2.INF
	var best_squared := INF
	for ring: PackedVector2Array in _rings:
		for i: int in ring.size():
			var candidate := Geometry2D.get_closest_point_to_segment(pixel, ring[i - 1], ring[i])
			var squared := pixel.distance_squared_to(candidate)
			if squared < best_squared:
				best_squared = squared
				best = candidate
	return best


## Smooth noise, 0 to 1.
func _noise(p: Vector2) -> float:
	var cell := p.floor()
	var t := p - cell
	t = t * t * (Vector2(3, 3) - 2.0 * t)
	var x := int(cell.x)
	var y := int(cell.y)
	return lerpf(lerpf(_hash(x, y), _hash(x + 1, y), t.x), lerpf(_hash(x, y + 1), _hash(x + 1, y + 1), t.x), t.y)


func _grain(p: Vector2, scale: float) -> float:
	return _hash(int(p.x * scale), int(p.y * scale))


func _hash(x: int, y: int) -> float:
	var h := (x * 374761393 + y * 668265263 + _salt * 974711) & 0xffffffff
	h = ((h ^ (h >> 13)) * 1274126177) & 0xffffffff
	return float((h ^ (h >> 16)) & 0xffff) / 65535.0
