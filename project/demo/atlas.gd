extends RefCounted
## One texture for the whole stage: the sprite sheet, and below it the letters, painted when the game starts.
##
## One texture lets the renderer draw all standing objects in a single call.

const SpriteOutlines := preload("res://demo/sprite_outlines.gd")
const OutlineRaster := preload("res://demo/outline_raster.gd")
const ShelfPacker := preload("res://demo/shelf_packer.gd")

const SHEET := preload("res://demo/art/sprites.png")

## The atlas grows to this height; letters that find no room are an error.
const HEIGHT := 1024

## Clear pixels around a letter in its picture.
const LETTER_MARGIN := 3

var _image: Image
var _packer: ShelfPacker
var _regions: Dictionary[String, Rect2i] = {}


func _init() -> void:
	var sheet := SHEET.get_image()
	if sheet.is_compressed():
		sheet.decompress()
	sheet.convert(Image.FORMAT_RGBA8)
	_image = Image.create_empty(sheet.get_width(), HEIGHT, false, Image.FORMAT_RGBA8)
	_image.blit_rect(sheet, Rect2i(Vector2i.ZERO, sheet.get_size()), Vector2i.ZERO)
	var sprites := ShelfPacker.new(sheet.get_width())
	for sprite: String in SpriteOutlines.SIZES:
		var size := SpriteOutlines.picture_size(sprite)
		_regions[sprite] = Rect2i(sprites.place(size), size)
	_packer = ShelfPacker.new(sheet.get_width(), sheet.get_height())


## Where the picture of [param sprite] lies.
func region_of(sprite: String) -> Rect2i:
	return _regions[sprite]


## Paints [param outline] (in pixels of the text's line) with a colour running from [param above] at
## y = [param top] to [param below] at y = [param bottom], and says where the picture lies. The picture's upper
## left corner on the line goes to [param corner] (element 0): whole pixels, so the letter stays sharp.
func add_letter(outline: Array[PackedVector2Array], top: float, bottom: float, above: Color, below: Color,
		corner: Array[Vector2i]) -> Rect2i:
	var bounds := Rect2(outline[0][0], Vector2.ZERO)
	for point: Vector2 in outline[0]:
		bounds = bounds.expand(point)
	var from := Vector2i(bounds.position.floor()) - Vector2i.ONE * LETTER_MARGIN
	var size := Vector2i(bounds.end.ceil()) + Vector2i.ONE * LETTER_MARGIN - from
	corner[0] = from
	var local: Array[PackedVector2Array] = []
	for ring: PackedVector2Array in outline:
		local.append(Transform2D(0.0, -Vector2(from)) * ring)
	var place := Rect2i(_packer.place(size), size)
	if place.end.y > HEIGHT:
		push_error("The letters do not fit the atlas of %d rows; make HEIGHT in atlas.gd larger." % HEIGHT)
		return place
	var picture := _painted_letter(local, size, from.y, top, bottom, above, below)
	_image.blit_rect(picture, Rect2i(Vector2i.ZERO, size), place.position)
	return place


## The finished texture; call it after the last letter.
func make_texture() -> ImageTexture:
	return ImageTexture.create_from_image(_image)


func _painted_letter(outline: Array[PackedVector2Array], size: Vector2i, first_row: int, top: float,
		bottom: float, above: Color, below: Color) -> Image:
	var width := size.x
	var coverage := OutlineRaster.coverage(outline, width, size.y)
	var bytes := PackedByteArray()
	bytes.resize(width * size.y * 4)
	for y: int in size.y:
		var colour := above.lerp(below, clampf((first_row + y - top) / (bottom - top), 0.0, 1.0))
		for x: int in width:
			var i := y * width + x
			# Light from the upper left: an edge is lit where the letter begins and dark where it ends.
			var edge := 0.0
			if coverage[i] > 0 and x > 1 and y > 1 and x < width - 2 and y < size.y - 2:
				edge = (coverage[i + 2 + 2 * width] - coverage[i - 2 - 2 * width]) / 255.0
			var lit := colour.lightened(edge * 0.45) if edge > 0.0 else colour.darkened(edge * -0.38)
			bytes[i * 4] = lit.r8
			bytes[i * 4 + 1] = lit.g8
			bytes[i * 4 + 2] = lit.b8
			bytes[i * 4 + 3] = coverage[i]
	return Image.create_from_data(width, size.y, false, Image.FORMAT_RGBA8, bytes)
