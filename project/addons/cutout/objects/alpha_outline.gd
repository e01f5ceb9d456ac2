@tool
extends RefCounted
## The outlines of what is visible in a part of a texture, perhaps not made yet. Internal.
##
## [codeblock]
## var outline: AlphaOutline = outlines.request(texture, region)
## if not outline.is_ready:
##     await outline.ready
## if outline.message.is_empty():
##     use(outline.polygons)
## [/codeblock]

## It is made, or could not be: see [member message]. Comes once, on the main thread, unless [member is_ready]
## is already true when it was asked for.
signal ready

## Whether the rest is final.
var is_ready: bool = false
## A polygon for each separate part: an Array of PackedVector2Array (outer ring, holes), in pixels of the texture.
var polygons: Array = []
## What is wrong, or "".
var message: String = ""
## Whether what is wrong is that nothing is visible.
var is_blank: bool = false
## The task of the engine's thread pool that makes it.
var task_id: int = -1

var _moved: Array = []
var _transform: Transform2D = Transform2D.IDENTITY


## [member polygons], moved by [param transform]. The last answer is kept, so that many sprites of one kind share
## their points.
func get_moved(transform: Transform2D) -> Array:
	if _moved.size() == polygons.size() and _transform == transform:
		return _moved
	var moved: Array = []
	for rings: Array in polygons:
		var copy: Array[PackedVector2Array] = []
		for ring: PackedVector2Array in rings:
			copy.append(transform * ring)
		moved.append(copy)
	_moved = moved
	_transform = transform
	return moved


## Waits for its task, if that was not done yet: the pool keeps what nobody asks for.
func end_task() -> void:
	if task_id >= 0:
		WorkerThreadPool.wait_for_task_completion(task_id)
		task_id = -1


## Makes it final. [param made] are the polygons, [param fault] what is wrong.
func finish(made: Array, fault: String) -> void:
	polygons = made
	message = fault
	is_ready = true
	ready.emit()
