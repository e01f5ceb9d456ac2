extends RefCounted
## The showcase without a player: measures an idle phase, blasts everything, measures until all pieces have been
## delivered and flown for a while, prints a table and ends the program with 0, or with 1 and the reasons.
##
## Pictures are taken in a second pass over the same blast, after the measuring: reading a picture back from the
## renderer takes a frame's time and more. That pass also compares the stage before the blast with all pieces in
## their places: where a pixel differs, a seam shows.

const Showcase := preload("res://demo/showcase.gd")
const FrameLog := preload("res://demo/frame_log.gd")

## Frames the engine needs until it runs evenly.
const SETTLE_FRAMES := 45
const IDLE_FRAMES := 120
const FLIGHT_FRAMES := 120

## The pieces must be there after this many frames.
const MAX_FRAMES := 1800

## Seconds after the blast at which the pictures are taken.
const BLAST_PICTURE := 0.36
const AFTER_PICTURE := 2.0

## Rows of the stage that the seam check compares (the strip below changes all the time).
const STAGE_ROWS := 650

## A colour may be this much off (of 255) before a pixel counts as changed: the same texel read through another
## triangle is rounded differently.
const ROUNDING := 2

var _showcase: Showcase
var _errors := PackedStringArray()
var _paced := ""


## Runs on its own from here on; the program ends with it.
func run(showcase: Showcase, folder: String) -> void:
	_showcase = showcase
	# Keep this object until the end of the run.
	showcase.set_meta(&"auto_run", self)
	var headless := DisplayServer.get_name() == "headless"
	if headless and not folder.is_empty():
		printerr("showcase: --pictures needs a renderer; start without --headless, or without --pictures")
		showcase.get_tree().quit(1)
		return
	_pace()
	await _frames(SETTLE_FRAMES)
	await _measure()
	if not folder.is_empty():
		await _take_pictures(folder)
	for error: String in _errors:
		printerr("showcase: ", error)
	print("CUTOUT-DEMO %s" % ("done" if _errors.is_empty() else "failed"))
	showcase.get_tree().quit(0 if _errors.is_empty() else 1)


## A steady pace to measure against: the game's usual one, or half of it where the processor draws the picture and
## would miss the full one by itself.
func _pace() -> void:
	var renderer := RenderingServer.get_video_adapter_name()
	var in_software := renderer.contains("llvmpipe") or renderer.contains("softpipe") or renderer.contains("SwiftShader")
	if Engine.max_fps == 0:
		Engine.max_fps = 30 if in_software else 60
	_paced = "%d frames a second, drawn by %s" % [Engine.max_fps, "nothing (headless)" if renderer.is_empty() else renderer]


func _measure() -> void:
	var frame_log := _showcase.frame_log
	var idle_from := frame_log.intervals.size()
	await _frames(IDLE_FRAMES)
	var idle_to := frame_log.intervals.size()
	_showcase.blast_everything()
	var blast_msec := Time.get_ticks_usec() / 1000.0
	await _until_delivered()
	var delivered_msec := Time.get_ticks_usec() / 1000.0 - blast_msec
	var delivered_to := frame_log.intervals.size()
	await _frames(FLIGHT_FRAMES)
	_check_counts()
	print("")
	_row("paced at", _paced)
	_row("objects", "%d" % _showcase.submitted_count)
	_row("fragments", "%d" % _showcase.debris.piece_count)
	_row("failed", "%d" % _showcase.failed_count)
	var workers: int = CutoutBatch.get_stats()["workers"]
	_row("cutting time on the workers", "%.1f ms" % (_showcase.cut_usec() / 1000.0),
			"on %d %s" % [workers, "worker" if workers == 1 else "workers"])
	_row("all delivered after", "%d frames" % (delivered_to - idle_to), "%.0f ms" % delivered_msec)
	print("")
	print("  %-28s %9s %8s %8s %8s %8s" % ["frame interval in ms", "p50", "p95", "p99", "max", "frames"])
	_interval_row("before the blast", frame_log.part(idle_from, idle_to))
	_interval_row("until all were delivered", frame_log.part(idle_to, delivered_to))
	_interval_row("in flight", frame_log.part(delivered_to, frame_log.intervals.size()))
	_interval_row("during (both)", frame_log.part(idle_to, frame_log.intervals.size()))
	print("")


func _take_pictures(folder: String) -> void:
	if DirAccess.make_dir_recursive_absolute(folder) != OK:
		_errors.append("could not make the folder %s for the pictures" % folder)
		return
	_showcase.frozen = true
	_showcase.restore()
	await _frames(3)
	var before := await _picture(folder.path_join("before.png"))
	_showcase.blast_everything()
	await _until_delivered()
	_check_counts()
	await _frames(3)
	var rest := await _picture("")
	_showcase.set_clock(BLAST_PICTURE)
	await _picture(folder.path_join("blast.png"))
	_showcase.set_clock(AFTER_PICTURE)
	await _picture(folder.path_join("after.png"))
	var changed := _changed_pixels(before, rest)
	_row("pixels changed by cutting", "%d of %d" % [changed, before.get_width() * STAGE_ROWS], "(pieces at rest)")
	_row("pictures (second pass)", "before.png, blast.png, after.png in %s" % folder)
	print("")


## Saves what is on the screen; an empty [param path] only reads it.
func _picture(path: String) -> Image:
	await _frames(1)
	await RenderingServer.frame_post_draw
	var image := _showcase.get_viewport().get_texture().get_image()
	if not path.is_empty():
		image.convert(Image.FORMAT_RGB8)
		var error := image.save_png(path)
		if error != OK:
			_errors.append("could not save %s: %s" % [path, error_string(error)])
	return image


func _changed_pixels(a: Image, b: Image) -> int:
	a.convert(Image.FORMAT_RGB8)
	b.convert(Image.FORMAT_RGB8)
	var bytes_a := a.get_data()
	var bytes_b := b.get_data()
	var changed := 0
	for i: int in range(0, a.get_width() * STAGE_ROWS * 3, 3):
		if absi(bytes_a[i] - bytes_b[i]) > ROUNDING or absi(bytes_a[i + 1] - bytes_b[i + 1]) > ROUNDING \
				or absi(bytes_a[i + 2] - bytes_b[i + 2]) > ROUNDING:
			changed += 1
	return changed


func _until_delivered() -> void:
	var frames := 0
	while _showcase.is_waiting() and frames < MAX_FRAMES:
		await _frames(1)
		frames += 1


func _check_counts() -> void:
	var expected := _showcase.stage.objects.size()
	if _showcase.submitted_count != expected:
		_errors.append("%d objects were handed over, not %d" % [_showcase.submitted_count, expected])
	if _showcase.delivered_count != expected:
		_errors.append("%d objects of %d were delivered" % [_showcase.delivered_count, expected])
	if _showcase.debris.refused_count > 0:
		_errors.append("%d fragments could not be triangulated" % _showcase.debris.refused_count)
	_errors.append_array(_showcase.failures)


func _frames(count: int) -> void:
	for i: int in count:
		await _showcase.get_tree().process_frame


func _row(caption: String, value: String, more := "") -> void:
	print(("  %-28s %s  %s" % [caption, value.lpad(9), more]).rstrip(" "))


func _interval_row(caption: String, sample: PackedInt64Array) -> void:
	print("  %-28s %9.2f %8.2f %8.2f %8.2f %8d" % [
		caption, FrameLog.quantile(sample, 0.5), FrameLog.quantile(sample, 0.95), FrameLog.quantile(sample, 0.99),
		FrameLog.quantile(sample, 1.0), sample.size(),
	])
