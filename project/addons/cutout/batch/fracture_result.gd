@icon("res://addons/cutout/icons/CutoutFractureResult.svg")
class_name CutoutFractureResult
extends RefCounted
## How one fracture ended: the fragments, or why there are none.
##
## Comes from [method CutoutFractureBatch.execute], [signal CutoutFractureStream.results_ready] and
## [code]CutoutBatch.fracture_object[/code].

## Place in the batch or stream, counted from 0 in the order of adding or pushing. 0 for a single object.
var index: int = 0
## Id of the job that did it, or -1 if it was refused or cancelled before it became a job.
var job_id: int = -1
## 0 when all went well, otherwise one of [code]CutoutJobQueue.STATUS_*[/code] (1 is cancelled).
var status: int = 0
## What is wrong, where, and what to do about it. Empty when all went well.
var message: String = ""
## The pieces: rings without holes that together cover the polygon's area. Empty unless all went well.
var fragments: Array[PackedVector2Array] = []


## Whether there are fragments to use.
func is_ok() -> bool:
	return status == 0


## Whether the job was cancelled, or the object it was for is gone.
func is_cancelled() -> bool:
	return status == 1


func _to_string() -> String:
	if is_ok():
		return "<CutoutFractureResult %d: %d fragments>" % [index, fragments.size()]
	return "<CutoutFractureResult %d: status %d, %s>" % [index, status, message]
