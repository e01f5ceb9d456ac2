extends RefCounted
## Every suite that the runner runs, in this order. A check fails on a tests/test_*.gd that is not here.

const SUITES: Array[String] = [
	"res://tests/test_runner.gd",
	"res://tests/test_binding.gd",
]
