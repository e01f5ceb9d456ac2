extends Node2D
## The strip below the stage: what the batch is doing, frame by frame, what the last blasts cost, and which keys there are. Its
## ground is the scene's node Strip, painted as plainly as the backdrop.

const Breaker := preload("res://demo/breaker.gd")

## The strip.
const AREA: Rect2 = Rect2(0.0, 652.0, 1280.0, 68.0)

const CAPTION: Color = Color("8b93b5")
const FIGURE: Color = Color("f4ecd8")
const ACCENT: Color = Color("f2a24e")
const INVITATION: Color = Color("b8a9c0")
const CALM: Color = Color("7fd1b9")
const MISSED: Color = Color("e8554e")
const PLAIN: Color = Color("4a5578")

## The graph: one column for each frame, newest at the right.
const GRAPH: Rect2 = Rect2(980.0, 661.0, 276.0, 38.0)
const COLUMNS: int = 138

## A frame is missed when it is longer than so many at the game's pace; the graph goes up to this many.
const MISSED_SHARE: float = 1.5
const GRAPH_SHARE: float = 2.0

## Where the keys, and where the way to cut is written.
const HINT_X: float = 24.0
const CUT_X: float = 460.0

## The table of what the last blast cost in each way: its left side, its rows, and the right sides of its columns.
const TABLE_X: float = 690.0
const TABLE_Y: float = 684.0
const TABLE_ROW: float = 14.5
const TABLE_COLUMNS: Array[float] = [780.0, 834.0, 934.0]
const TITLES: Dictionary[Breaker.Output, String] = {
	Breaker.Output.DEBRIS: "debris", Breaker.Output.NODES: "nodes", Breaker.Output.NAIVE: "naive",
}

const HINT: String = (
	"Click  blast   Drag  slice   Hold  dig   Space  everything   R  rebuild   1-9  pieces   V / S  pattern"
	+ "   M  output   T  slow"
)

## Jobs that wait, jobs on a worker or finished and not delivered, deliveries in the last frame.
var queued: int = 0
var in_flight: int = 0
var delivered: int = 0

## What the deliveries of this frame may cost, and how long a frame is at the game's pace, in microseconds.
var budget_usec: float = 0.0
var pace_usec: float = 16_667.0

## The setting, as text: "Voronoi, 10 pieces"; and whether time goes slowly.
var setting: String = ""
var is_slow: bool = false

## How things are broken, and what it cost the last time.
var output: Breaker.Output = Breaker.Output.DEBRIS
var reports: Dictionary[Breaker.Output, Breaker.Report] = {}

## What went wrong; "" if nothing has.
var trouble: String = ""

## Shown on the ground until the first blast.
var invitation: String = "Click to blast, drag to slice, hold to dig, space for everything at once"

var _frames: PackedInt32Array = PackedInt32Array()
var _deliveries: PackedInt32Array = PackedInt32Array()
var _next: int = 0
var _font: Font = ThemeDB.fallback_font
var _bars: PackedVector2Array = PackedVector2Array()
var _bar_colours: PackedColorArray = PackedColorArray()


func _init() -> void:
	_frames.resize(COLUMNS)
	_deliveries.resize(COLUMNS)


## Takes over one frame and draws it.
func add_frame(interval_usec: int) -> void:
	_frames[_next] = interval_usec
	_deliveries[_next] = delivered
	_next = (_next + 1) % COLUMNS
	queue_redraw()


## How many of the frames in the graph were missed.
func get_missed_count() -> int:
	var missed: int = 0
	for interval: int in _frames:
		missed += int(_is_missed(interval))
	return missed


func _draw() -> void:
	draw_line(AREA.position - Vector2(1280, 0), AREA.position + Vector2(2560, 0), Color("39324a"), 1.0)
	var frame_usec: int = _frames[_next - 1]
	_figure(24.0, "QUEUED", str(queued), FIGURE)
	_figure(92.0, "IN FLIGHT", str(in_flight), FIGURE)
	_figure(170.0, "DELIVERED", str(delivered), ACCENT if delivered > 0 else FIGURE)
	_figure(256.0, "BUDGET", "%.1f ms" % (budget_usec / 1000.0), FIGURE)
	_figure(352.0, "FRAME", "%.1f ms" % (frame_usec / 1000.0), MISSED if _is_missed(frame_usec) else CALM)
	_figure(CUT_X, "CUT (IN SLOW MOTION)" if is_slow else "CUT", setting, FIGURE, 16)
	_table()
	_graph()
	_text(Vector2(HINT_X, 713.0), HINT if trouble.is_empty() else trouble, 12, CAPTION if trouble.is_empty() else MISSED)
	if not invitation.is_empty():
		draw_string(_font, Vector2(0.0, 641.0), invitation, HORIZONTAL_ALIGNMENT_CENTER, AREA.size.x, 14, INVITATION)


func _figure(x: float, caption: String, figure: String, colour: Color, size: int = 20) -> void:
	_text(Vector2(x, 669.0), caption, 11, CAPTION)
	_text(Vector2(x, 692.0), figure, size, colour)


func _text(at: Vector2, text: String, size: int, colour: Color) -> void:
	draw_string(_font, at, text, HORIZONTAL_ALIGNMENT_LEFT, -1.0, size, colour)


## Ends at [param right].
func _text_to(right: float, y: float, text: String, colour: Color) -> void:
	draw_string(_font, Vector2(right - 100.0, y), text, HORIZONTAL_ALIGNMENT_RIGHT, 100.0, 11, colour)


func _table() -> void:
	_text(Vector2(TABLE_X, 669.0), "OUTPUT", 11, CAPTION)
	for i: int in TABLE_COLUMNS.size():
		_text_to(TABLE_COLUMNS[i], 669.0, ["PIECES", "FRAMES", "LONGEST FRAME"][i], CAPTION)
	for way: Breaker.Output in TITLES:
		var y: float = TABLE_Y + TABLE_ROW * way
		var colour: Color = ACCENT if way == output else CAPTION
		_text(Vector2(TABLE_X, y), TITLES[way], 11, colour)
		var report: Breaker.Report = reports.get(way)
		if report == null:
			continue
		var is_bad: bool = _is_missed(report.longest_usec)
		_text_to(TABLE_COLUMNS[0], y, str(report.pieces), colour)
		_text_to(TABLE_COLUMNS[1], y, str(report.frames), colour)
		_text_to(TABLE_COLUMNS[2], y, "%.1f ms" % (report.longest_usec / 1000.0), MISSED if is_bad else CALM)


func _graph() -> void:
	_bars.clear()
	_bar_colours.clear()
	var top_usec: float = GRAPH_SHARE * pace_usec
	var step: float = GRAPH.size.x / COLUMNS
	for i: int in COLUMNS:
		var column: int = (_next + i) % COLUMNS
		var x: float = GRAPH.position.x + (i + 0.5) * step
		var height: float = minf(_frames[column] / top_usec, 1.0) * GRAPH.size.y
		if height > 0.0:
			_bars.append(Vector2(x, GRAPH.end.y))
			_bars.append(Vector2(x, GRAPH.end.y - height))
			_bar_colours.append(
				MISSED if _is_missed(_frames[column]) else ACCENT if _deliveries[column] > 0 else PLAIN
			)
	if not _bars.is_empty():
		draw_multiline_colors(_bars, _bar_colours)
	for mark: float in [pace_usec, top_usec]:
		var y: float = GRAPH.end.y - GRAPH.size.y * mark / top_usec
		draw_line(Vector2(GRAPH.position.x, y), Vector2(GRAPH.end.x, y), Color(1, 1, 1, 0.16), 1.0)
		_text_to(GRAPH.position.x - 6.0, y + 4.0, "%d" % roundi(mark / 1000.0), CAPTION)
	_text(Vector2(GRAPH.position.x, 713.0), "frame time, ms", 11, CAPTION)
	_text(Vector2(GRAPH.position.x + 98.0, 713.0), "with deliveries", 11, ACCENT)
	var missed: int = get_missed_count()
	_text_to(GRAPH.end.x, 713.0, "%d missed" % missed, MISSED if missed > 0 else CALM)


func _is_missed(interval_usec: int) -> bool:
	return interval_usec > MISSED_SHARE * pace_usec
