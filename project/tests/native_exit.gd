extends SceneTree
## Quits with jobs in flight; test_native_queue.gd runs it in a second engine. The argument says what becomes
## of the queue: [code]held[/code] to the end, [code]dropped[/code] before, or [code]leaked[/code].

const Shapes := preload("res://tests/native_shapes.gd")

var _queue: CutoutJobQueue = CutoutJobQueue.new()


func _init() -> void:
	_queue.configure(2)
	var params: Dictionary = {"fragment_count": 5000, "min_cell_distance": 0.0, "edge_padding": 0.0}
	_queue.submit_many(Shapes.polygons(200), params)
	CutoutBatchNative.new().process_batch_parallel(Shapes.polygons(8), {})
	OS.delay_msec(50)
	if _queue.get_running_count() > 0 and _queue.get_queued_count() > 0:
		print("NATIVE-EXIT in flight")
	match OS.get_cmdline_user_args()[0]:
		"dropped":
			_queue = null
		"leaked":
			_queue.reference() # a reference that nobody gives back
	quit()
