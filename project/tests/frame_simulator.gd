extends RefCounted
## A game and a display in numbers: runs the frame budget over thousands of frames without an engine.
##
## Each frame has work of the game before delivery, delivery, deferred cost, drawing, and the wait of the
## display or of the frame limiter. All times are microseconds.

## Work of the game before delivery in frame number [code]n[/code]: func(n: int) -> float.
var game_usec: Callable = func(_n: int) -> float: return 2000.0
## Work after delivery (drawing): func(n: int) -> float.
var draw_usec: Callable = func(_n: int) -> float: return 1000.0
## What a stopwatch sees of one delivery: func(number: int, fragments: int) -> float.
var cost_usec: Callable = func(_number: int, fragments: int) -> float: return 5.0 + fragments
## Cost of each delivered fragment later in the same frame, and in the next one.
var deferred_usec: float = 0.0
var next_frame_usec: float = 0.0
## Cost of each delivery later in the same frame, whatever its fragments.
var deferred_item_usec: float = 0.0
## Physics steps of a frame: func(n: int) -> int.
var physics_steps: Callable = func(_n: int) -> int: return 1
## How long one takes in the game; 0: not told.
var tick_usec: float = 0.0
## The frame time that the game asks for.
var target_usec: float = 1_000_000.0 / 60.0
## The display shows a frame only at multiples of the frame time; otherwise a limiter waits for the rest of it.
var vsync: bool = false
var fragments_per_item: int = 10

var budget: CutoutFrameBudget = CutoutFrameBudget.new()
var backlog: int = 0
var delivered: int = 0
var frame: int = 0
## Of each frame: its length, deliveries, what they took, and the budget.
var intervals: PackedFloat64Array = PackedFloat64Array()
var items: PackedInt32Array = PackedInt32Array()
var spent: PackedFloat64Array = PackedFloat64Array()
var budgets: PackedFloat64Array = PackedFloat64Array()
var backlogs: PackedInt32Array = PackedInt32Array() # when delivery began

var _now: float = 0.0
var _fragments_before: int = 0


## Runs [param count] frames; before each, [param arriving] items join the backlog.
func run(count: int, arriving: int = 0) -> void:
	for _i: int in count:
		backlog += arriving
		_run_frame()


## Runs until the backlog is delivered. Returns the frames it took, or -1 if it was more than [param limit].
func drain(limit: int) -> int:
	for i: int in limit:
		if backlog == 0:
			return i
		_run_frame()
	return -1 if backlog > 0 else limit


## Share of the intervals from frame [param from] on that are longer than [param factor] frame times.
func late_share(from: int, factor: float = 1.1) -> float:
	var late: int = 0
	for i: int in range(from, intervals.size()):
		if intervals[i] > factor * target_usec:
			late += 1
	return float(late) / maxi(1, intervals.size() - from)


func mean_items(from: int, to: int) -> float:
	var sum: int = 0
	for i: int in range(from, to):
		sum += items[i]
	return float(sum) / maxi(1, to - from)


func _run_frame() -> void:
	var start: float = _now
	budget.start_frame(_now)
	_now += float(game_usec.call(frame)) + next_frame_usec * _fragments_before
	budget.open(_now, target_usec, int(physics_steps.call(frame)), tick_usec)
	var count: int = 0
	backlogs.append(backlog)
	while backlog > 0 and budget.admits(CutoutFrameBudget.Kind.JOB, fragments_per_item):
		_now += float(cost_usec.call(delivered, fragments_per_item))
		budget.charge(CutoutFrameBudget.Kind.JOB, fragments_per_item, _now)
		backlog -= 1
		delivered += 1
		count += 1
	budget.close(_now)
	items.append(count)
	spent.append(budget.spent_usec)
	budgets.append(budget.budget_usec)
	_fragments_before = count * fragments_per_item
	_now += deferred_item_usec * count + deferred_usec * _fragments_before + float(draw_usec.call(frame))
	if vsync:
		_now = maxf(ceilf(_now / target_usec) * target_usec, start + 1.0)
	budget.drawn(_now, vsync)
	if not vsync:
		_now = maxf(_now, start + target_usec)
	intervals.append(_now - start)
	frame += 1
