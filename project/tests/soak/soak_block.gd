extends Polygon2D
## An object that the soak fractures, and frees when it likes.

const Ledger := preload("res://tests/soak/ledger.gd")

var ledger: Ledger
## Fractures of it that were applied.
var applied: int = 0
## What to do when the pieces come: nothing, throw an error, or free itself.
enum Temper { CALM, THROWING, LEAVING }
var temper: Temper = Temper.CALM


func apply_fracture(result: CutoutFractureResult) -> void:
	applied += 1
	if not result.is_ok() or is_queued_for_deletion():
		ledger.fault("apply_fracture was called with status %d" % result.status)
	if temper == Temper.THROWING:
		throw_on_purpose()
	elif temper == Temper.LEAVING:
		queue_free()


func throw_on_purpose() -> void:
	var nothing: Node = null
	nothing.queue_free()
