extends Node2D
## The strip below the stage: what the batch is doing, frame by frame, and which keys there are. Its ground is
## the scene's node Strip, painted as plainly as the backdrop.

## The strip.
const AREA := Rect2(0.0, 652.0, 1280.0, 68.0)

const CAPTION := Color("8b93b5")
const FIGURE := Color("f4ecd8")
const ACCENT := Color("f2a24e")
const INVITATION := Color("b8a9c0")
const CALM := Color("7fd1b9")

## The graph: one column for each frame, newest at the right.
const GRAPH := Rect2(868.0, 661.0, 388.0, 38.0)
const COLUMNS := 194

## The top of the graph, in microseconds.
const GRAPH_TOP_USEC := 33_333

const HINT := "Click  blast    Space  everything    R  rebuild    1-9  pieces    V / S  next voronoi / slice pattern    T  slow motion"

## Jobs that wait, jobs on a worker or finished and not delivered, deliveries in the last frame.
var queued := 0
var in_flight := 0
var delivered := 0

## What the deliveries of this frame may cost, in microseconds.
var budget_usec := 0.0

## The setting, as text: "Voronoi, 10 pieces".
var setting := ""

## A few words about the last blast.
var message := ""

## Shown on the ground until the first blast.
var invitation := "Click to blast, hold to drag a trail, space for everything at once"

var _frames := PackedInt32Array()
var _deliveries := PackedInt32Array()
var _next := 0
var _font := ThemeDB.fallback_font
var _bars := PackedVector2Array()
var _bar_colours := PackedColorArray()


func _init() -> void:
	_frames.resize(COLUMNS)
	_deliveries.resize(COLUMNS)


## Takes over one frame and draws it.
func add_frame(interval_usec: int) -> void:
	_frames[_next] = interval_usec
	_deliveries[_next] = delivered
	_next = (_next + 1) % COLUMNS
	queue_redraw()


func _draw() -> void:
	draw_line(AREA.position - Vector2(1280, 0), AREA.position + Vector2(2560, 0), Color("39324a"), 1.0)
	var frame_usec := _frames[_next - 1]
	_figure(24.0, "QUEUED", str(queued), FIGURE)
	_figure(134.0, "IN FLIGHT", str(in_flight), FIGURE)
	_figure(250.0, "DELIVERED THIS FRAME", str(delivered), ACCENT if delivered > 0 else FIGURE)
	_figure(428.0, "BUDGET", "%.1f ms" % (budget_usec / 1000.0), FIGURE)
	_figure(546.0, "FRAME", "%.1f ms" % (frame_usec / 1000.0), CALM if frame_usec < 25_000 else ACCENT)
	_figure(664.0, "CUT", setting, FIGURE, 16)
	_graph()
	_text(Vector2(24.0, 713.0), HINT, 12, CAPTION)
	_text(Vector2(664.0, 713.0), message, 12, ACCENT)
	if not invitation.is_empty():
		draw_string(_font, Vector2(0.0, 641.0), invitation, HORIZONTAL_ALIGNMENT_CENTER, AREA.size.x, 14, INVITATION)


func _figure(x: float, caption: String, figure: String, colour: Color, size := 20) -> void:
	_text(Vector2(x, 669.0), caption, 11, CAPTION)
	_text(Vector2(x, 692.0), figure, size, colour)


func _text(at: Vector2, text: String, size: int, colour: Color) -> void:
	draw_string(_font, at, text, HORIZONTAL_ALIGNMENT_LEFT, -1.0, size, colour)


func _graph() -> void:
	_bars.clear()
	_bar_colours.clear()
	var step := GRAPH.size.x / COLUMNS
	for i: int in COLUMNS:
		var column := (_next + i) % COLUMNS
		var x := GRAPH.position.x + (i + 0.5) * step
		var height := minf(float(_frames[column]) / GRAPH_TOP_USEC, 1.0) * GRAPH.size.y
		if height > 0.0:
			_bars.append(Vector2(x, GRAPH.end.y))
			_bars.append(Vector2(x, GRAPH.end.y - height))
			_bar_colours.append(ACCENT if _deliveries[column] > 0 else Color("4a5578"))
	if not _bars.is_empty():
		draw_multiline_colors(_bars, _bar_colours)
	for mark: int in [16_667, 33_333]:
		var y := GRAPH.end.y - GRAPH.size.y * mark / GRAPH_TOP_USEC
		draw_line(Vector2(GRAPH.position.x, y), Vector2(GRAPH.end.x, y), Color(1, 1, 1, 0.16), 1.0)
		_text(Vector2(GRAPH.position.x - 26.0, y + 4.0), "%d" % roundi(mark / 1000.0), 10, CAPTION)
	_text(Vector2(GRAPH.position.x, 713.0), "frame time in ms", 11, CAPTION)
	_text(Vector2(GRAPH.position.x + 120.0, 713.0), "frames with deliveries", 11, ACCENT)
