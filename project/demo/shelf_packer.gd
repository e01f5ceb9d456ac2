extends RefCounted
## Places small pictures on a sheet, row by row, in the order they come: the same order, the same places.
##
## The generator of the sprite sheet and the showcase that reads it both ask here.

var _width: int
var _pen := Vector2i.ZERO
var _row_height := 0


## [param top] is where the first row begins.
func _init(width: int, top := 0) -> void:
	_width = width
	_pen.y = top


## The upper left corner for a picture of [param size].
func place(size: Vector2i) -> Vector2i:
	if _pen.x + size.x > _width:
		_pen = Vector2i(0, _pen.y + _row_height)
		_row_height = 0
	var corner := _pen
	_pen.x += size.x
	_row_height = maxi(_row_height, size.y)
	return corner


## The height of all rows so far.
func height() -> int:
	return _pen.y + _row_height
