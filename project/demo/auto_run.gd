extends RefCounted
## The showcase without a player: measures an idle phase, then a blast of everything in each of the three ways, slices and digs,
## prints a table and ends the program with 0, or with 1 and the reasons.
##
## Pictures are taken after the measuring: reading a picture back from the renderer takes a frame's time and more. Then
## the stage before the blast is also compared with all pieces in their places: where a pixel differs, a seam shows.

const Showcase := preload("res://demo/showcase.gd")
const Breaker := preload("res://demo/breaker.gd")
const FrameLog := preload("res://demo/frame_log.gd")

## Frames the engine needs until it runs evenly, at the start and after a rebuild.
const SETTLE_FRAMES: int = 45
const REBUILT_FRAMES: int = 45
const IDLE_FRAMES: int = 120
const FLIGHT_FRAMES: int = 120
## Frames after a blast that belong to it where the three ways are compared.
const COMPARED_FRAMES: int = 30
## Frames between two doings of the player.
const PLAY_FRAMES: int = 4

## The pieces must be there after this many frames.
const MAX_FRAMES: int = 1800

## Seconds after the blast, the slices and the bites at which the pictures are taken.
const BLAST_PICTURE: float = 0.1
const AFTER_PICTURE: float = 3.0
const SLICE_PICTURE: float = 0.2
const DIG_PICTURE: float = 0.3
## How fast time goes until a picture that is due within a second: a frame that takes long is then no great step.
const PICTURE_TIME: float = 0.25

## Rows of the stage that the seam check compares (the strip below changes all the time).
const STAGE_ROWS: int = 650

## A colour may be this much off (of 255) before a pixel counts as changed: the same texel read through another
## triangle is rounded differently.
const ROUNDING: int = 2

## What the tour slices, from and to: the crates, the wheels, the house, the letters.
const SLICES: Array[Vector2] = [
	Vector2(20, 600), Vector2(300, 395),
	Vector2(880, 612), Vector2(1180, 420),
	Vector2(345, 300), Vector2(935, 590),
	Vector2(255, 98), Vector2(1010, 62),
]
## Where it digs, along curves from the first point to the third that the second pulls at: a mouth for the house, a way through the
## crates, the wheels, the letters.
const DIGS: Array[Vector2] = [
	Vector2(455, 535), Vector2(640, 655), Vector2(825, 535),
	Vector2(60, 590), Vector2(150, 470), Vector2(215, 590),
	Vector2(925, 500), Vector2(1000, 560), Vector2(1120, 580),
	Vector2(310, 60), Vector2(640, 130), Vector2(980, 60),
]
## Bites on each.
const BITES: int = 12

var _showcase: Showcase
var _errors: PackedStringArray = PackedStringArray()
var _paced: String = ""


## Runs on its own from here on; the program ends with it.
func run(showcase: Showcase, folder: String) -> void:
	_showcase = showcase
	# Keep this object until the end of the run.
	showcase.set_meta(&"auto_run", self)
	var is_headless: bool = DisplayServer.get_name() == "headless"
	if is_headless and not folder.is_empty():
		printerr("showcase: --pictures needs a renderer; start without --headless, or without --pictures")
		showcase.get_tree().quit(1)
		return
	_pace()
	await _frames(SETTLE_FRAMES)
	await _measure()
	await _play()
	if not folder.is_empty():
		await _take_pictures(folder)
	for error: String in _errors:
		printerr("showcase: ", error)
	print("CUTOUT-DEMO %s" % ("done" if _errors.is_empty() else "failed"))
	showcase.get_tree().quit(0 if _errors.is_empty() else 1)


## A steady pace to measure against: the game's usual one, or half of it where the processor draws the picture and
## would miss the full one by itself.
func _pace() -> void:
	var renderer: String = RenderingServer.get_video_adapter_name()
	var is_software: bool = (
		renderer.contains("llvmpipe") or renderer.contains("softpipe") or renderer.contains("SwiftShader")
	)
	if Engine.max_fps == 0:
		Engine.max_fps = 30 if is_software else 60
	var drawn_by: String = "nothing (headless)" if renderer.is_empty() else renderer
	_paced = "%d frames a second, drawn by %s" % [Engine.max_fps, drawn_by]


func _measure() -> void:
	var frame_log: FrameLog = _showcase.frame_log
	var idle_from: int = frame_log.intervals.size()
	await _frames(IDLE_FRAMES)
	var idle_to: int = frame_log.intervals.size()
	var cut_before: int = CutoutBatch.get_stats()["cut_usec_total"]
	_showcase.blast_everything()
	var blast_usec: int = Time.get_ticks_usec()
	await _until_delivered()
	var delivered_usec: int = Time.get_ticks_usec()
	var cut_usec: int = int(CutoutBatch.get_stats()["cut_usec_total"]) - cut_before
	var delivered_to: int = frame_log.intervals.size()
	await _frames(FLIGHT_FRAMES)
	_check_counts()
	var breaker: Breaker = _showcase.breaker
	print("")
	_row("paced at", _paced)
	_row("objects", "%d" % breaker.submitted_count)
	_row("fragments", "%d" % breaker.piece_count)
	_row("failed", "%d" % breaker.failed_count)
	var workers: int = CutoutBatch.get_stats()["workers"]
	var worked: String = "on %d %s" % [workers, "worker" if workers == 1 else "workers"]
	_row("cutting time on the workers", "%.1f ms" % (cut_usec / 1000.0), worked)
	var delivered_msec: float = (delivered_usec - blast_usec) / 1000.0
	_row("all delivered after", "%d frames" % (delivered_to - idle_to), "%.0f ms" % delivered_msec)
	print("")
	print("  %-28s %9s %8s %8s %8s %8s %8s" % ["frame interval in ms", "p50", "p95", "p99", "max", "frames", "missed"])
	_interval_row("before the blast", idle_from, idle_to)
	_interval_row("until all were delivered", idle_to, delivered_to)
	_interval_row("in flight", delivered_to, frame_log.intervals.size())
	_interval_row("during (both)", idle_to, frame_log.intervals.size())
	await _compare(Breaker.Output.DEBRIS, "the same blast: debris")
	await _compare(Breaker.Output.NODES, "the same blast: nodes")
	await _compare(Breaker.Output.NAIVE, "the same blast: naive")
	_showcase.set_output(Breaker.Output.DEBRIS)
	print("")


## The blast of everything once more, in one of the three ways.
func _compare(output: Breaker.Output, caption: String) -> void:
	_showcase.restore()
	_showcase.set_output(output)
	var frames: int = 0
	while int(CutoutBatch.get_stats()["waiting_nodes"]) > 0 and frames < MAX_FRAMES:
		await _frames(1)
		frames += 1
	await _frames(REBUILT_FRAMES)
	var from: int = _showcase.frame_log.intervals.size()
	_showcase.blast_everything()
	await _until_delivered()
	await _frames(COMPARED_FRAMES)
	_check_counts()
	var report: Breaker.Report = _showcase.breaker.reports[output]
	var more: String = "%d pieces after %d %s" % [report.pieces, report.frames, "frame" if report.frames == 1 else "frames"]
	_interval_row(caption, from, _showcase.frame_log.intervals.size(), more)


## What a player does besides blasting.
func _play() -> void:
	_showcase.restore()
	await _slice_all()
	await _until_delivered()
	var breaker: Breaker = _showcase.breaker
	_expect(breaker.submitted_count > 20, "the slices met %d objects" % breaker.submitted_count)
	_expect(breaker.piece_count > breaker.submitted_count, "the slices made %d pieces" % breaker.piece_count)
	_row("sliced", "%d objects" % breaker.submitted_count, "into %d pieces" % breaker.piece_count)
	_errors.append_array(breaker.failures)
	_showcase.restore()
	await _dig_all()
	await _until_delivered()
	_expect(breaker.dug_count > 20, "%d bites were taken" % breaker.dug_count)
	_row("dug", "%d bites" % breaker.dug_count, "and %d small things fell out" % breaker.submitted_count)
	_errors.append_array(breaker.failures)
	print("")


func _slice_all() -> void:
	for i: int in range(0, SLICES.size(), 2):
		_showcase.slice(SLICES[i], SLICES[i + 1])
		await _frames(PLAY_FRAMES)


func _dig_all() -> void:
	for i: int in range(0, DIGS.size(), 3):
		for bite: int in BITES:
			var share: float = bite / (BITES - 1.0)
			var pull: Vector2 = DIGS[i + 1]
			_showcase.dig_at(DIGS[i].lerp(pull, share).lerp(pull.lerp(DIGS[i + 2], share), share))
			await _frames(PLAY_FRAMES)


func _take_pictures(folder: String) -> void:
	if DirAccess.make_dir_recursive_absolute(folder) != OK:
		_errors.append("could not make the folder %s for the pictures" % folder)
		return
	_showcase.restore()
	await _frames(3)
	var before: Image = await _picture(folder.path_join("before.png"))
	await _do_at_rest(func() -> void: _showcase.blast_everything())
	_check_counts()
	var rest: Image = await _picture("")
	await _let_fly(BLAST_PICTURE)
	await _picture(folder.path_join("blast.png"))
	await _let_fly(AFTER_PICTURE - BLAST_PICTURE)
	await _picture(folder.path_join("after.png"))
	_showcase.restore()
	await _do_at_rest(_slice_all)
	await _let_fly(SLICE_PICTURE)
	await _picture(folder.path_join("slice.png"))
	_showcase.restore()
	await _do_at_rest(_dig_all)
	await _let_fly(DIG_PICTURE)
	await _picture(folder.path_join("dig.png"))
	var changed: int = _count_changed(before, rest)
	_row("pixels changed by cutting", "%d of %d" % [changed, before.get_width() * STAGE_ROWS], "(pieces at rest)")
	_row("pictures", "before.png, blast.png, after.png, slice.png, dig.png in %s" % folder)
	print("")


## Saves what is on the screen; an empty [param path] only reads it.
func _picture(path: String) -> Image:
	await _frames(1)
	await RenderingServer.frame_post_draw
	var image: Image = _showcase.get_viewport().get_texture().get_image()
	if not path.is_empty():
		image.convert(Image.FORMAT_RGB8)
		var error: Error = image.save_png(path)
		if error != OK:
			_errors.append("could not save %s: %s" % [path, error_string(error)])
	_showcase.frame_log.skip()
	return image


func _count_changed(a: Image, b: Image) -> int:
	a.convert(Image.FORMAT_RGB8)
	b.convert(Image.FORMAT_RGB8)
	var bytes_a: PackedByteArray = a.get_data()
	var bytes_b: PackedByteArray = b.get_data()
	var changed: int = 0
	for i: int in range(0, a.get_width() * STAGE_ROWS * 3, 3):
		if absi(bytes_a[i] - bytes_b[i]) > ROUNDING or absi(bytes_a[i + 1] - bytes_b[i + 1]) > ROUNDING \
				or absi(bytes_a[i + 2] - bytes_b[i + 2]) > ROUNDING:
			changed += 1
	return changed


## Does it, with all pieces staying where they are until [method _let_fly].
func _do_at_rest(doing: Callable) -> void:
	await _frames(3)
	_showcase.get_tree().paused = true
	await doing.call()
	await _until_delivered()
	await _frames(3)


## Waits for so many seconds of the game.
func _let_fly(seconds: float) -> void:
	_showcase.get_tree().paused = false
	Engine.time_scale = PICTURE_TIME if seconds < 1.0 else 1.0
	var flown: float = 0.0
	while flown < seconds:
		await _frames(1)
		flown += _showcase.get_process_delta_time()
	Engine.time_scale = 1.0


func _until_delivered() -> void:
	var frames: int = 0
	while _showcase.breaker.is_waiting() and frames < MAX_FRAMES:
		await _frames(1)
		frames += 1
	_expect(frames < MAX_FRAMES, "pieces were missing after %d frames" % frames)


func _check_counts() -> void:
	var breaker: Breaker = _showcase.breaker
	var expected: int = _showcase.stage.get_full_count()
	_expect(breaker.submitted_count == expected, "%d objects were handed over, not %d" % [breaker.submitted_count, expected])
	_expect(breaker.delivered_count == expected, "%d objects of %d were delivered" % [breaker.delivered_count, expected])
	_errors.append_array(breaker.failures)


func _expect(holds: bool, otherwise: String) -> void:
	if not holds:
		_errors.append(otherwise)


func _frames(count: int) -> void:
	for i: int in count:
		await _showcase.get_tree().process_frame


func _row(caption: String, value: String, more: String = "") -> void:
	print(("  %-28s %s  %s" % [caption, value.lpad(9), more]).rstrip(" "))


func _interval_row(caption: String, from: int, to: int, more: String = "") -> void:
	var sample: PackedInt64Array = _showcase.frame_log.part(from, to)
	var missed: int = 0
	for interval: int in sample:
		missed += int(interval > 1_500_000.0 / Engine.max_fps)
	print(("  %-28s %9.2f %8.2f %8.2f %8.2f %8d %8d  %s" % [
		caption, FrameLog.quantile(sample, 0.5), FrameLog.quantile(sample, 0.95), FrameLog.quantile(sample, 0.99),
		FrameLog.quantile(sample, 1.0), sample.size(), missed, more,
	]).rstrip(" "))
