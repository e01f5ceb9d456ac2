extends RefCounted
## How many pieces may become bodies of nodes in a frame. Internal.
##
## They cost in each tick to come, which the frame budget only sees when it is too late. So from some number of moving bodies
## on, one object in a frame becomes nodes.

## Bodies that move at a time, the game's own included: each costs about 4 microseconds in a tick.
const MOST_ACTIVE: int = 1200

var _made: int = 0 # in this frame: physics does not know them yet


func start_frame() -> void:
	_made = 0


## Whether [param count] more may be made; the first ones in a frame may.
func admits(is_first: bool, count: int) -> bool:
	var active: int = PhysicsServer2D.get_process_info(PhysicsServer2D.INFO_ACTIVE_OBJECTS)
	if not is_first and active + _made + count > MOST_ACTIVE:
		return false
	_made += count
	return true
