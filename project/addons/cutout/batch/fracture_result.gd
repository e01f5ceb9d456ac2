@icon("res://addons/cutout/icons/CutoutFractureResult.svg")
class_name CutoutFractureResult
extends RefCounted
## How one fracture ended: the fragments, or why there are none.
##
## Comes from [method CutoutFractureBatch.execute], [signal CutoutFractureStream.results_ready] and
## [code]CutoutBatch.fracture_object[/code].

## Place in the batch or stream, counted from 0 in the order of adding or pushing. 0 for a single object.
var index: int
## Id of the job that did it, or -1 if it was refused or cancelled before it became a job.
var job_id: int = -1
## 0 when all went well, otherwise one of [code]CutoutJobQueue.STATUS_*[/code] (1 is cancelled).
var status: int
## What is wrong, where, and what to do about it. Empty when all went well.
var message: String
## The pieces: rings without holes that together cover the polygon's area. Empty unless all went well, and where
## only flat output was asked for.
var fragments: Array[PackedVector2Array]:
	get:
		if _makes_fragments:
			_makes_fragments = false
			for part: RefCounted in _flats:
				var pieces: Array[PackedVector2Array] = part.call(&"to_array")
				fragments.append_array(pieces)
		return fragments
## The pieces as flat arrays, a [CutoutFragments]: only where [code]CutoutJobQueue.OUTPUT_FLAT[/code] was asked for and
## all went well, or the pieces became debris; else null. (The type written here is its base class, so that this script also loads where the
## native library is missing.)
var flat: RefCounted
## Where the pieces of an object went: the [CutoutDebris2D] of [code]CutoutBatch.fracture_object[/code], else null.
var debris: Node2D
## The bursts that they form there, one for each part of the object: see [method CutoutDebris2D.get_burst_pieces].
var bursts: PackedInt64Array
## The nodes that the pieces of an object became, with [code]CutoutBlast.Output.NODES[/code]; in the order of
## [member fragments]. Else empty.
var nodes: Array[RigidBody2D]

# Without initial values: many of these are made in a frame, and those would be a third of the cost.
var _makes_fragments: bool # from those of all parts, when somebody asks for them
var _flats: Array[RefCounted] # of the parts of an object that pieces take the place of


## Whether there are fragments to use.
func is_ok() -> bool:
	return status == 0


## Whether the job was cancelled, or the object it was for is gone.
func is_cancelled() -> bool:
	return status == 1


## The number of fragments, in whichever form they are there.
func get_fragment_count() -> int:
	if flat == null:
		return fragments.size()
	if _flats.is_empty():
		return flat.call(&"get_count")
	var sum: int = 0
	for part: RefCounted in _flats:
		sum += int(part.call(&"get_count"))
	return sum


func _to_string() -> String:
	if is_ok():
		return "<CutoutFractureResult %d: %d fragments>" % [index, get_fragment_count()]
	return "<CutoutFractureResult %d: status %d, %s>" % [index, status, message]
