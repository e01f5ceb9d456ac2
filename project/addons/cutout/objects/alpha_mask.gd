@tool
extends RefCounted
## Which pixels of a texture are visible. Made from its image by the first thread that needs it. Internal.

const OutlineTracer := preload("res://addons/cutout/objects/outline_tracer.gd")

## What is wrong with the image, or "". Set once it was made.
var fault: String
var bits: BitMap
var inverse: BitMap

var _image: Image
var _threshold: float
var _lock: Mutex = Mutex.new()


func _init(image: Image, threshold: float) -> void:
	_image = image
	_threshold = threshold


## Makes it if nobody has. Never on the main thread: it may wait for another that is making it.
func prepare() -> void:
	_lock.lock()
	if _image != null:
		_make()
		_image = null
	_lock.unlock()


func _make() -> void:
	if _image.is_compressed() and _image.decompress() != OK:
		fault = "its image is compressed in a format that cannot be read here; import it without VRAM compression"
		return
	bits = BitMap.new()
	bits.create_from_image_alpha(_image, _threshold)
	inverse = OutlineTracer.inverted(bits)
