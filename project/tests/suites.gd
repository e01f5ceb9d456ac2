extends RefCounted
## Every suite that the runner runs, in this order. A check fails on a tests/test_*.gd that is not here.

const SUITES: Array[String] = [
	"res://tests/test_runner.gd",
	"res://tests/test_binding.gd",
	"res://tests/test_native_batch.gd",
	"res://tests/test_native_queue.gd",
	"res://tests/test_native_fragments.gd",
	"res://tests/test_native_docs.gd",
	"res://tests/test_resources.gd",
	"res://tests/test_parameter_docs.gd",
	"res://tests/test_settings.gd",
	"res://tests/test_bad_input.gd",
	"res://tests/test_glyphs.gd",
	"res://tests/test_frame_budget.gd",
	"res://tests/test_submit.gd",
	"res://tests/test_policies.gd",
	"res://tests/test_batch.gd",
	"res://tests/test_stream.gd",
	"res://tests/test_object.gd",
	"res://tests/test_skins.gd",
	"res://tests/test_alpha_outlines.gd",
	"res://tests/test_flat_results.gd",
	"res://tests/test_quit.gd",
	"res://tests/test_showcase.gd",
	"res://tests/test_readme.gd",
	"res://tests/test_pacing.gd",
]
