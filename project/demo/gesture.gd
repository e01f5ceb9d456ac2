extends RefCounted
## What is meant by a pressed button: a short press is a click, a press that moves is a slice, and a press that stays where it is
## digs, from then on wherever it moves.

## A click at [param at].
signal clicked(at: Vector2)
## A slice along a line.
signal sliced(from: Vector2, to: Vector2)
## It digs at [param at], again and again.
signal dug(at: Vector2)

enum Kind {
	NONE, ## Nothing is pressed.
	UNDECIDED, ## Pressed, and neither moved nor held for long enough.
	SLICE, ## Moved.
	DIG, ## Held.
}

## A press that moves farther than this is a slice, in pixels.
const SLICE_DISTANCE: float = 12.0
## A press that stays longer than this digs, in seconds.
const HOLD_TIME: float = 0.25
## Seconds between two bites of digging.
const BITE_PAUSE: float = 0.06

## What it is by now.
var kind: Kind = Kind.NONE
## Where it was pressed, and where it is now.
var from: Vector2 = Vector2.ZERO
var to: Vector2 = Vector2.ZERO

var _waited: float = 0.0


## The button is down.
func press(at: Vector2) -> void:
	kind = Kind.UNDECIDED
	from = at
	to = at
	_waited = 0.0


## The pointer has moved.
func move(at: Vector2) -> void:
	to = at
	if kind == Kind.UNDECIDED and from.distance_to(at) > SLICE_DISTANCE:
		kind = Kind.SLICE


## Time has passed, in seconds of the clock on the wall.
func advance(seconds: float) -> void:
	_waited += seconds
	if kind == Kind.UNDECIDED and _waited >= HOLD_TIME:
		kind = Kind.DIG
		_waited = BITE_PAUSE
	if kind == Kind.DIG and _waited >= BITE_PAUSE:
		_waited = 0.0
		dug.emit(to)


## The button is up.
func release(at: Vector2) -> void:
	move(at)
	var ended: Kind = kind
	kind = Kind.NONE
	if ended == Kind.UNDECIDED:
		clicked.emit(from)
	elif ended == Kind.SLICE:
		sliced.emit(from, to)
