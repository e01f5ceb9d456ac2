extends Node
## Stamps the beginning of each frame: runs before every other node, in whichever of the physics and the process
## step comes first. Internal, a child of the autoload.

var budget: CutoutFrameBudget
## Physics steps of this frame until now.
var physics_steps: int = 0

var _is_stamped: bool = false


## [param priority] is the process priority: the lowest number runs first.
func _init(stamped: CutoutFrameBudget = null, priority: int = 0) -> void:
	budget = stamped
	process_priority = priority
	process_physics_priority = priority


## The frame's delivery is over: the next step begins a new frame.
func rearm() -> void:
	_is_stamped = false
	physics_steps = 0


func _physics_process(_delta: float) -> void:
	_stamp()
	physics_steps += 1


func _process(_delta: float) -> void:
	_stamp()


func _stamp() -> void:
	if _is_stamped:
		return
	_is_stamped = true
	budget.start_frame(Time.get_ticks_usec())
