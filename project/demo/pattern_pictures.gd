extends Node
## Draws a picture of every pattern for the documentation: a star with a hole, cut.
##
## [code]tools/pictures[/code] runs it; the option [code]--folder=FOLDER[/code] after [code]--[/code] says where
## the pictures go: docs/images. It ends by itself, with 0 when all are saved.

## The side of a picture in pixels. It is drawn [constant FINER] times as large and made smaller, for smooth edges.
const SIZE := 240
const FINER := 4

## All pictures in one, smaller, for the README: so many in a row, so large.
const SHEET_COLUMNS := 8
const SHEET_SIZE := 128

const GROUND := Color("201c30")
const SEAM := Color("201c30")
const MARK := Color("fff4d9")
const COLOURS: Array[Color] = [
	Color("f2a24e"), Color("7fd1b9"), Color("e8776a"), Color("7fb9d6"), Color("f3d27a"), Color("b79ad6"), Color("9cc46b"),
]

## How wide the seams between pieces are drawn, in pixels of the picture.
const SEAM_WIDTH := 1.6

## Where things are hit, and where the rays and rings begin.
const ORIGIN := Vector2(-38.0, 24.0)

## Name of the picture, and the parameters it shows.
static func pictures() -> Dictionary[String, Dictionary]:
	return {
		"voronoi_random": {"fragment_count": 24, "seed": 3},
		"voronoi_grid": {"pattern": "grid", "grid_rows": 5, "grid_cols": 5, "seed": 1},
		"voronoi_radial": {"pattern": "radial", "origin": ORIGIN, "ring_size": 34.0, "ring_count": 4},
		"voronoi_spiderweb": {"pattern": "spiderweb", "origin": ORIGIN, "ring_size": 30.0, "ring_count": 4},
		"voronoi_poisson": {"pattern": "poisson", "fragment_count": 24, "seed": 3},
		"voronoi_impact": {"pattern": "impact", "fragment_count": 60, "origin": ORIGIN, "seed": 2},
		"voronoi_crater": {
			"pattern": "impact", "fragment_count": 60, "origin": ORIGIN, "impact_radius": 32.0, "crater": true, "seed": 2,
		},
		"voronoi_sites": {"pattern": "sites", "sites": _sites()},
		"slices_single": {"type": "slices", "line_start": Vector2(-120, 70), "line_end": Vector2(120, -20)},
		"slices_manual": {"type": "slices", "mode": "manual", "segments": _segments()},
		"slices_radial": {
			"type": "slices", "mode": "pattern", "pattern": "radial", "slice_count": 9, "origin": ORIGIN,
			"radial_randomness": 0.4,
		},
		"slices_parallel": {
			"type": "slices", "mode": "pattern", "pattern": "parallel", "slice_count": 7, "parallel_angle": 25.0,
			"parallel_angle_rand": 0.15,
		},
		"slices_grid": {
			"type": "slices", "mode": "pattern", "pattern": "grid", "h_slices": 4, "v_slices": 4, "h_random": 0.4,
			"v_random": 0.4, "h_angle_rand": 0.15,
		},
		"slices_chaotic": {"type": "slices", "mode": "pattern", "pattern": "chaotic", "slice_count": 8, "seed": 2},
		"min_fragment_area": {
			"type": "slices", "mode": "pattern", "pattern": "chaotic", "slice_count": 8, "seed": 2,
			"min_fragment_area": 600.0,
		},
		"cluster_count": {"fragment_count": 120, "min_cell_distance": 0.05, "cluster_count": 9, "seed": 3},
	}


## A star with nine tips, and a round hole beside its middle.
static func star() -> Array[PackedVector2Array]:
	var outer: PackedVector2Array = PackedVector2Array()
	for i: int in 18:
		outer.append(Vector2.from_angle(TAU * i / 18.0 - TAU / 4.0) * (112.0 if i % 2 == 0 else 80.0))
	var hole: PackedVector2Array = PackedVector2Array()
	for i: int in 24:
		hole.append(Vector2(34.0, -26.0) + Vector2.from_angle(-TAU * i / 24.0) * 22.0)
	return [outer, hole]


static func _sites() -> PackedVector2Array:
	return PackedVector2Array([
		Vector2(-60, -60), Vector2(0, -70), Vector2(70, -60), Vector2(-75, 0), Vector2(-20, -20), Vector2(20, 25),
		Vector2(85, 5), Vector2(-40, 65), Vector2(40, 75),
	])


static func _segments() -> PackedVector2Array:
	return PackedVector2Array([
		Vector2(-120, 20), Vector2(120, 40), Vector2(-30, -120), Vector2(-50, 30), Vector2(20, 30), Vector2(30, 120),
		Vector2(-120, -60), Vector2(-30, -50),
	])


func _ready() -> void:
	var folder: String = _option("folder")
	if folder.is_empty() or DisplayServer.get_name() == "headless":
		printerr("pictures: give --folder=FOLDER after --, and a renderer")
		get_tree().quit(1)
		return
	var list: Dictionary[String, Dictionary] = pictures()
	var images: Array[Image] = []
	var good: bool = true
	for picture: String in list:
		var image: Image = await _take(picture, list[picture])
		good = good and image != null and _save(image, folder.path_join("patterns").path_join(picture + ".png"))
		images.append(image)
	good = good and _save(_sheet(images), folder.path_join("patterns.png"))
	print("CUTOUT-PICTURES %s" % ("done" if good else "failed"))
	get_tree().quit(0 if good else 1)


func _option(key: String) -> String:
	for argument: String in OS.get_cmdline_user_args():
		if argument.begins_with("--%s=" % key):
			return argument.get_slice("=", 1)
	return ""


func _take(picture: String, params: Dictionary) -> Image:
	var fragments: Array[PackedVector2Array] = CutoutBatchNative.new().fracture(star(), params)
	if fragments.is_empty():
		printerr("pictures: %s gave no pieces" % picture)
		return null
	var viewport: SubViewport = SubViewport.new()
	viewport.size = Vector2i.ONE * SIZE * FINER
	viewport.render_target_update_mode = SubViewport.UPDATE_ALWAYS
	var canvas: Node2D = Node2D.new()
	canvas.draw.connect(_draw.bind(canvas, fragments, params))
	viewport.add_child(canvas)
	add_child(viewport)
	for _frame: int in 2:
		await RenderingServer.frame_post_draw
	var image: Image = viewport.get_texture().get_image()
	viewport.queue_free()
	image.convert(Image.FORMAT_RGB8)
	image.resize(SIZE, SIZE, Image.INTERPOLATE_LANCZOS)
	return image


func _save(image: Image, path: String) -> bool:
	var error: int = image.save_png(path)
	if error != OK:
		printerr("pictures: %s cannot be saved, error %d" % [path, error])
	return error == OK


func _sheet(images: Array[Image]) -> Image:
	var rows: int = ceili(float(images.size()) / SHEET_COLUMNS)
	var sheet: Image = Image.create_empty(SHEET_COLUMNS * SHEET_SIZE, rows * SHEET_SIZE, false, Image.FORMAT_RGB8)
	sheet.fill(GROUND)
	for i: int in images.size():
		var small: Image = images[i].duplicate()
		small.resize(SHEET_SIZE, SHEET_SIZE, Image.INTERPOLATE_LANCZOS)
		var place: Vector2i = Vector2i(i % SHEET_COLUMNS, floori(float(i) / SHEET_COLUMNS)) * SHEET_SIZE
		sheet.blit_rect(small, Rect2i(Vector2i.ZERO, Vector2i.ONE * SHEET_SIZE), place)
	return sheet


func _draw(canvas: Node2D, fragments: Array[PackedVector2Array], params: Dictionary) -> void:
	canvas.draw_rect(Rect2(Vector2.ZERO, Vector2.ONE * SIZE * FINER), GROUND)
	canvas.draw_set_transform(Vector2.ONE * 0.5 * SIZE * FINER, 0.0, Vector2.ONE * FINER)
	var colours: Array[Color] = _colours(fragments)
	for i: int in fragments.size():
		canvas.draw_colored_polygon(fragments[i], colours[i])
	for fragment: PackedVector2Array in fragments:
		var closed: PackedVector2Array = fragment.duplicate()
		closed.append(fragment[0])
		canvas.draw_polyline(closed, SEAM, SEAM_WIDTH)
	if params.get("origin") != null:
		canvas.draw_circle(params["origin"], 3.0, MARK)
	for site: Vector2 in params.get("sites", PackedVector2Array()):
		canvas.draw_circle(site, 2.5, MARK)


## A colour for each fragment that none of its neighbours has, where there is one.
func _colours(fragments: Array[PackedVector2Array]) -> Array[Color]:
	var users: Dictionary[Vector2, PackedInt32Array] = {}
	for i: int in fragments.size():
		for point: Vector2 in fragments[i]:
			var list: PackedInt32Array = users.get(point, PackedInt32Array())
			list.append(i)
			users[point] = list
	var chosen: PackedInt32Array = PackedInt32Array()
	for i: int in fragments.size():
		var taken: Dictionary[int, bool] = {}
		for point: Vector2 in fragments[i]:
			for other: int in users[point]:
				if other < i:
					taken[chosen[other]] = true
		var colour: int = i % COLOURS.size()
		for step: int in COLOURS.size():
			if not taken.has((i + step) % COLOURS.size()):
				colour = (i + step) % COLOURS.size()
				break
		chosen.append(colour)
	var colours: Array[Color] = []
	for colour: int in chosen:
		colours.append(COLOURS[colour])
	return colours
