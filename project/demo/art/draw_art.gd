extends SceneTree
## Paints the sprite sheet of the showcase: [code]res://demo/art/sprites.png[/code].
##
## [codeblock]
## godot --headless --path project --script res://demo/art/draw_art.gd
## [/codeblock]
##
## The sheet is committed, so this runs only when an outline or a colour was changed. It paints inside the
## outlines of sprite_outlines.gd and places the pictures as shelf_packer.gd does; nothing is random.

const SpriteOutlines := preload("res://demo/sprite_outlines.gd")
const OutlineRaster := preload("res://demo/outline_raster.gd")
const ShelfPacker := preload("res://demo/shelf_packer.gd")
const SpritePaint := preload("res://demo/art/sprite_paint.gd")

## Width of the sheet in pixels.
const SHEET_WIDTH := 1024

const SHEET_PATH := "res://demo/art/sprites.png"


func _initialize() -> void:
	var pictures: Array[Image] = []
	var corners: Array[Vector2i] = []
	var packer := ShelfPacker.new(SHEET_WIDTH)
	for sprite: String in SpriteOutlines.SIZES:
		pictures.append(_painted(sprite))
		corners.append(packer.place(SpriteOutlines.picture_size(sprite)))
	var sheet := Image.create_empty(SHEET_WIDTH, packer.height(), false, Image.FORMAT_RGBA8)
	for i: int in pictures.size():
		sheet.blit_rect(pictures[i], Rect2i(Vector2i.ZERO, pictures[i].get_size()), corners[i])
	var error := sheet.save_png(SHEET_PATH)
	if error != OK:
		push_error("Could not save %s: %s" % [SHEET_PATH, error_string(error)])
		quit(1)
		return
	print("%s: %d sprites on %d x %d pixels" % [SHEET_PATH, pictures.size(), sheet.get_width(), sheet.get_height()])
	quit(0)


func _painted(sprite: String) -> Image:
	var size := SpriteOutlines.picture_size(sprite)
	var coverage := OutlineRaster.coverage(SpriteOutlines.of(sprite), size.x, size.y)
	var paint := SpritePaint.new(sprite)
	var picture := Image.create_empty(size.x, size.y, false, Image.FORMAT_RGBA8)
	for y: int in size.y:
		for x: int in size.x:
			# Clear pixels get the colour too, so that a turned piece has no dark fringe.
			var colour := paint.colour(Vector2(x + 0.5, y + 0.5))
			colour.a = coverage[y * size.x + x] / 255.0
			picture.set_pixel(x, y, colour)
	return picture
