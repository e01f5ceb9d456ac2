extends RefCounted
## Draws a polygon with holes as smooth coverage: one byte a pixel, 0 outside, 255 inside.
##
## The letters of the showcase and the generator of its pictures both use it, so that a texture and the
## outline that is fractured always agree.

## Scan lines for each row of pixels; along a scan line the coverage is exact.
const LINES_PER_ROW := 4


## Coverage of [param rings] (an outer ring and its holes, in pixels) on an image of the given size.
static func coverage(rings: Array[PackedVector2Array], width: int, height: int) -> PackedByteArray:
	var lines := _crossings(rings, height)
	var bytes := PackedByteArray()
	bytes.resize(width * height)
	var row := PackedFloat32Array()
	row.resize(width)
	for y: int in height:
		row.fill(0.0)
		var touched := false
		for k: int in LINES_PER_ROW:
			var line := lines[y * LINES_PER_ROW + k]
			if line.size() < 2:
				continue
			touched = true
			line.sort()
			for i: int in range(0, line.size() - 1, 2):
				_add_span(row, clampf(line[i], 0.0, width), clampf(line[i + 1], 0.0, width))
		if touched:
			var base := y * width
			for x: int in width:
				if row[x] > 0.0:
					bytes[base + x] = mini(255, roundi(row[x] * (255.0 / LINES_PER_ROW)))
	return bytes


## For each scan line the places where an edge crosses it (every line is crossed an even number of times:
## an edge owns its upper end and not its lower one).
static func _crossings(rings: Array[PackedVector2Array], height: int) -> Array[PackedFloat32Array]:
	var lines: Array[PackedFloat32Array] = []
	for i: int in height * LINES_PER_ROW:
		lines.append(PackedFloat32Array())
	for ring: PackedVector2Array in rings:
		for i: int in ring.size():
			var a := ring[i - 1]
			var b := ring[i]
			if a.y > b.y:
				var swap := a
				a = b
				b = swap
			var first := maxi(0, ceili(a.y * LINES_PER_ROW - 0.5))
			var end := mini(height * LINES_PER_ROW, ceili(b.y * LINES_PER_ROW - 0.5))
			if first >= end:
				continue
			var slope := (b.x - a.x) / (b.y - a.y)
			for k: int in range(first, end):
				lines[k].append(a.x + ((k + 0.5) / LINES_PER_ROW - a.y) * slope)
	return lines


static func _add_span(row: PackedFloat32Array, from: float, to: float) -> void:
	if to <= from:
		return
	var first := floori(from)
	var last := floori(to)
	if first == last:
		row[first] += to - from
		return
	row[first] += first + 1 - from
	for x: int in range(first + 1, last):
		row[x] += 1.0
	if last < row.size():
		row[last] += to - last
