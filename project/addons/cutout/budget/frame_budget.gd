@icon("res://addons/cutout/icons/CutoutFrameBudget.svg")
class_name CutoutFrameBudget
extends RefCounted
## Decides, frame by frame, how much of the main thread the delivery of results may take.
##
## The budget of a frame is
## [codeblock lang=text]
## clamp(min(A, 0.9 * (T - E - R)), floor, ceiling)
## [/codeblock]
## [b]T[/b] is the frame time to aim at, [b]E[/b] what this frame has used before delivery begins, [b]R[/b] what
## usually follows after it (drawing), and [b]A[/b] an allowance that grows while it binds and is cut when a
## frame was late. Costs that a stopwatch round a handler cannot see (new physics bodies, deferred frees) are
## held by a second limit of the same sort, on the number of fragments in a frame. A delivery is admitted when
## its estimated cost still fits. The first one of a frame always is: nothing can stall.
## [codeblock]
## budget.start_frame(now)                        # the first thing in a frame
## budget.open(now, target_usec, physics_steps)   # delivery begins
## while work_is_waiting() and budget.admits(CutoutFrameBudget.Kind.JOB, fragments):
##     deliver_one()
##     budget.charge(CutoutFrameBudget.Kind.JOB, fragments, now)
## budget.close(now)
## budget.drawn(now, vsync)                       # the frame is drawn; leave it out where nothing is
## [/codeblock]
## Pure: it makes no engine call and knows the time only from its arguments, in microseconds of any steady
## clock. So it can be simulated. Used from one thread.

const CostModel := preload("res://addons/cutout/budget/cost_model.gd")
const FeedbackLimit := preload("res://addons/cutout/budget/feedback_limit.gd")

## Kinds of delivery; each has costs of its own.
enum Kind {
	JOB, ## Signals of one job.
	BATCH, ## The end of a whole batch.
	CHUNK, ## A chunk of a stream's results.
	OBJECT, ## A result for one object.
	DEBRIS, ## Pieces of one object that become debris.
	NODES, ## Pieces of one object that become nodes.
	NODES_MADE, ## Nodes that are made in advance.
	NODES_RETIRED, ## Nodes that are taken back.
}

## How much of a frame delivery may take.
enum Pace {
	SMOOTH, ## What the law above says.
	FAST, ## A loading screen: all of [constant FAST_USEC], whatever becomes of the frame time.
	BACKGROUND, ## Never more than the floor.
}

## The budget of [constant Pace.FAST]: some twenty frames a second, enough for a progress bar. Microseconds.
const FAST_USEC: float = 40_000.0
## Frame time where neither the game nor the display sets one. Microseconds.
const DEFAULT_TARGET_USEC: float = 1_000_000.0 / 60.0
## The least budget of a frame. Microseconds.
const FLOOR_USEC: float = 500.0
## The greatest budget of a frame, as a share of the frame time aimed at. Range (0, 1).
const CEILING_SHARE: float = 0.6
## The share of the free time that is used. Range (0, 1).
const SLACK_SHARE: float = 0.9
## The allowance A at the start, its least value and one step. Microseconds.
const ALLOWANCE_START_USEC: float = 6000.0
const ALLOWANCE_STEP_USEC: float = 250.0
## Fragments in a frame: at the start, the least limit, the greatest limit, and one step.
const FRAGMENTS_START: float = 1024.0
const FRAGMENTS_LEAST: float = 16.0
const FRAGMENTS_MOST: float = 1_000_000.0
const FRAGMENTS_STEP: float = 16.0
## Two frame intervals that together exceed this many frame times are late. Range > 2; in the
## simulator 2.25 let a steady overrun of one frame in eight pass for good.
const LATE_PAIR: float = 2.1
## What follows delivery is this quantile of the last frames. Range (0, 1).
const TAIL_QUANTILE: float = 0.9
## The number of those frames.
const TAIL_FRAMES: int = 60
## Until so many of them are known, and as the most that is believed where drawing may wait for the display,
## this share of the frame time is assumed. Range (0, 1).
const TAIL_KNOWN_FRAMES: int = 8
const TAIL_ASSUMED_SHARE: float = 0.25
## The quantile is taken anew every so many frames.
const TAIL_REFRESH_FRAMES: int = 8
## A piece of debris before anything is known: some have a body. Microseconds.
const DEBRIS_FRAGMENT_USEC: float = 2.0
## What one costs after its delivery, as a share of what a node does. Range (0, 1].
const DEBRIS_WEIGHT: float = 0.1
## A frame is missed when it takes more than this many frame times. Range > 1.
const MISS: float = 1.5
## A frame that takes more than this many frame times though nothing to speak of was delivered is a miss of the
## game's own. Range > 1.
const OWN_MISS: float = 1.15
## Memory of how often frames are late that delivery cannot have made late: about 1 / (1 - it) frames. Range (0, 1).
const OWN_LATE_MEMORY: float = 0.99
## Delivery is granted so many times as many late frames without a cut, but no greater share of its frames than the
## second value, and no more than the third in a row. Ranges >= 1, (0, 1), >= 1.
const OWN_LATE_LENIENCY: float = 2.0
const OWN_LATE_MOST_SHARE: float = 0.5
const OWN_LATE_MOST_PARDONS: float = 3.0
## After so many of its own misses in a row the game is granted one frame time more; after as many frames that
## would have been in time with one less, it is taken back.
const OWN_MISS_FRAMES: int = 30
## The most frame times that a game is granted: 4 is 15 frames a second on a 60 Hz display.
const MOST_STRETCH: int = 4
## A delivery that took no more than this cannot have made a frame miss by itself. Microseconds.
const LIGHT_USEC: float = 750.0
## A frame time that is longer than whole physics ticks by less than this share of one has no further tick. Range (0, 1).
const TICK_ROUNDING: float = 0.05
## So few deliveries leave little behind that costs time after them.
const FEW_ITEMS: int = 4
## An interval longer than this is a pause (a breakpoint, a loading screen, a suspended window), not a frame.
## Microseconds.
const PAUSE_USEC: float = 500_000.0

## Set it at any time; it holds from the next frame on.
var pace: Pace = Pace.SMOOTH
## The budget of this frame, after [method open]. Microseconds.
var budget_usec: float = FLOOR_USEC
## What delivery took in the last frame, after [method close]. Microseconds.
var spent_usec: float = 0.0
## Deliveries and fragments admitted in this frame; ten pieces of debris count as one.
var items: int = 0
var fragments: int = 0
## The frame time aimed at: the target times the stretch granted to a slow game. Microseconds.
var aim_usec: float = DEFAULT_TARGET_USEC
## Frame times granted to the game, 1 to [constant MOST_STRETCH].
var stretch: int = 1
## What is thought to follow delivery. Microseconds.
var tail_usec: float = 0.0
## Late frames that cut the allowance, all told.
var late_total: int = 0
## Frames that took more than [constant MISS] frame times, whoever made them, all told; but none of [constant Pace.FAST].
var missed_total: int = 0
## The last interval between the starts of two frames. Microseconds.
var interval_usec: float = 0.0

var _allowance: FeedbackLimit = FeedbackLimit.new(
	ALLOWANCE_START_USEC, FLOOR_USEC, DEFAULT_TARGET_USEC, ALLOWANCE_STEP_USEC
)
var _fragment_limit: FeedbackLimit = FeedbackLimit.new(
	FRAGMENTS_START, FRAGMENTS_LEAST, FRAGMENTS_MOST, FRAGMENTS_STEP
)
var _costs: Array[CostModel] = []

var _frame_start: float = -1.0
var _opened: float = 0.0
var _mark: float = 0.0 # the last time seen during delivery
var _closed: float = -1.0
var _reserved_usec: float = 0.0 # admitted, but not yet run (chunks of streams)
var _ceiling_usec: float = FLOOR_USEC
var _time_bound: bool = false # the budget held a delivery back in this frame
var _fragments_bound: bool = false # the limit on fragments did
var _slack_bound: bool = false # the budget was below the allowance anyway
var _is_fast: bool = false # this frame is one of Pace.FAST: nothing is learned from its length
var _previous_interval: float = 0.0
var _was_light: bool = true # this frame's delivery cannot have made it late
var _was_light_before: bool = true
var _was_small: bool = true # too few deliveries to cost much after them
var _was_small_before: bool = true
var _spent_before: float = 0.0 # in the frame before
var _own_late_frames: float = 0.0 # frames that delivery cannot have made late, the older the less they count
var _own_late_sum: float = 0.0 # of those, the late ones
var _pardons: float = 0.0 # late frames that will not be blamed on delivery
var _own_misses: int = 0
var _own_hits: int = 0

var _tails: PackedFloat64Array = PackedFloat64Array()
var _tail_at: int = 0
var _tail_age: int = 0
var _tail_sample: float = 0.0


func _init() -> void:
	for kind: int in Kind.size():
		_costs.append(CostModel.new(DEBRIS_FRAGMENT_USEC) if kind == Kind.DEBRIS else CostModel.new())


## The first thing in a frame: ends the one before and learns from its length.
func start_frame(now: float) -> void:
	if _frame_start >= 0.0:
		_learn_from(now - _frame_start)
	_frame_start = now
	_time_bound = false
	_fragments_bound = false
	_slack_bound = false
	_was_light_before = _was_light
	_was_light = true
	_was_small_before = _was_small
	_was_small = true
	_spent_before = spent_usec
	items = 0
	fragments = 0


## Delivery begins. [param target_usec] is the frame time that the game and the display ask for;
## [param physics_steps] the number of physics steps in this frame, [param tick_usec] apart (0: unknown). With more than
## one, and more than that frame time needs, the game is behind, and gets the floor.
func open(now: float, target_usec: float, physics_steps: int, tick_usec: float = 0.0) -> void:
	aim_usec = (target_usec if target_usec > 0.0 else DEFAULT_TARGET_USEC) * stretch
	_refresh_tail()
	_ceiling_usec = maxf(FLOOR_USEC, aim_usec * CEILING_SHARE)
	_allowance.most = _ceiling_usec
	var elapsed: float = now - _frame_start if _frame_start >= 0.0 else 0.0
	var slack: float = SLACK_SHARE * (aim_usec - elapsed - tail_usec)
	_slack_bound = slack < _allowance.value
	budget_usec = clampf(minf(_allowance.value, slack), FLOOR_USEC, _ceiling_usec)
	var usual_steps: int = ceili(aim_usec / tick_usec - TICK_ROUNDING) if tick_usec > 0.0 else 1
	if physics_steps > maxi(1, usual_steps) or pace == Pace.BACKGROUND:
		_slack_bound = true
		budget_usec = FLOOR_USEC
	_is_fast = pace == Pace.FAST
	if _is_fast:
		budget_usec = FAST_USEC
	for cost: CostModel in _costs:
		cost.solve()
	_opened = now
	_mark = now
	_reserved_usec = 0.0


## Whether a delivery of [param kind] with [param count] fragments may run now. An [param overdue] one may as
## long as the ceiling is not reached. The first of a frame always may.
func admits(kind: Kind, count: int, overdue: bool = false) -> bool:
	if items == 0:
		return true
	var total: float = _mark - _opened + _reserved_usec + _costs[kind].estimate(count)
	if _is_fast:
		return total <= budget_usec
	if overdue:
		return total <= _ceiling_usec
	if total > budget_usec:
		_time_bound = true
		return false
	if fragments + _weigh(kind, count) > _fragment_limit.value:
		_fragments_bound = true
		return false
	return true


## A delivery has run: what lies between the last call and [param now] was its cost.
func charge(kind: Kind, count: int, now: float) -> void:
	_costs[kind].observe(count, now - _mark)
	_mark = now
	items += 1
	fragments += _weigh(kind, count)


## What [method admits] would go by for a group of deliveries of [param kind] that another decides on: microseconds left,
## expected microseconds for a delivery and for each of its fragments, fragments left, and 1 if the first is admitted
## regardless. Then [method charge_group].
func get_group_limits(kind: Kind) -> PackedFloat64Array:
	var cost: CostModel = _costs[kind]
	return [
		budget_usec - (_mark - _opened) - _reserved_usec,
		cost.fixed_usec * cost.ratio,
		cost.fragment_usec * cost.ratio,
		INF if _is_fast else _fragment_limit.value - fragments,
		1.0 if items == 0 else 0.0,
	]


## A group of [param count] deliveries has run: they had [param all_fragments], the last of them had
## [param last_fragments] and cost [param last_usec]. What lies between the last call and [param now] was the cost of
## all. [param held] is what held the next one back: 0 nothing, 1 the time, 2 the number of fragments.
func charge_group(
	kind: Kind,
	count: int,
	all_fragments: int,
	last_fragments: float,
	last_usec: float,
	held: int,
	now: float
) -> void:
	if count > 0:
		_costs[kind].observe_group(
			float(all_fragments) / count, (now - _mark) / count, last_fragments, last_usec
		)
		items += count
		fragments += _weigh(kind, all_fragments)
	_mark = now
	_time_bound = _time_bound or held == 1
	_fragments_bound = _fragments_bound or held == 2


## An admitted delivery is put off to the end of this frame, to run together with others of its kind.
func reserve(kind: Kind, count: int, now: float) -> void:
	_reserved_usec += _costs[kind].fragment_usec * _costs[kind].ratio * count
	_mark = now
	items += 1
	fragments += count


## Deliveries that were put off, [param count] fragments together, have run as one.
func charge_reserved(kind: Kind, count: int, now: float) -> void:
	_costs[kind].observe(count, now - _mark)
	_reserved_usec = maxf(0.0, _reserved_usec - _costs[kind].fragment_usec * _costs[kind].ratio * count)
	_mark = now


## Something that belongs to no delivery took time: it is spent, but teaches nothing.
func skip(now: float) -> void:
	_mark = now


## Delivery is over for this frame.
func close(now: float) -> void:
	spent_usec = now - _opened
	_was_small = items <= 1 or items <= FEW_ITEMS and fragments <= FRAGMENTS_LEAST
	_was_light = spent_usec <= LIGHT_USEC and (items <= 1 or fragments <= FRAGMENTS_LEAST)
	_closed = now
	_tail_sample = 0.0


## The frame has been drawn. Where drawing may [param wait] for the display, its length contains the wait: then
## only a part of it is believed, and the feedback does the rest.
func drawn(now: float, wait: bool) -> void:
	if _closed < 0.0:
		return
	_tail_sample = now - _closed
	if wait:
		_tail_sample = minf(_tail_sample, TAIL_ASSUMED_SHARE * aim_usec)


## The estimate for one delivery. Microseconds.
func estimate(kind: Kind, count: int) -> float:
	return _costs[kind].estimate(count)


## The allowance A. Microseconds.
func get_allowance_usec() -> float:
	return _allowance.value


## The limit on fragments in a frame.
func get_fragment_limit() -> int:
	return int(_fragment_limit.value)


## What delivery has taken so far in this frame, up to the last charge. Microseconds.
func get_spent_usec() -> float:
	return _mark - _opened


## What is left of the budget. Microseconds; not below 0.
func get_left_usec() -> float:
	return maxf(0.0, budget_usec - (_mark - _opened) - _reserved_usec)


func _learn_from(interval: float) -> void:
	interval_usec = interval
	if _closed >= 0.0:
		_add_tail(_tail_sample)
	if interval > PAUSE_USEC or _is_fast:
		_is_fast = false
		_previous_interval = 0.0
		return
	missed_total += int(interval > MISS * aim_usec)
	_judge_game(interval)
	var pair: float = interval + (_previous_interval if _previous_interval > 0.0 else aim_usec)
	var is_late: bool = pair > LATE_PAIR * aim_usec
	# One late frame counts once, not in two pairs.
	_previous_interval = 0.0 if is_late else interval
	if _was_light and _was_light_before:
		_own_late_sum = OWN_LATE_MEMORY * _own_late_sum + float(is_late)
		_own_late_frames = OWN_LATE_MEMORY * _own_late_frames + 1.0
	var own_share: float = _own_late_sum / maxf(1.0, _own_late_frames)
	var share: float = minf(OWN_LATE_LENIENCY * own_share, OWN_LATE_MOST_SHARE)
	_pardons = minf(_pardons + share, OWN_LATE_MOST_PARDONS)
	if is_late and not (_was_light and _was_light_before) and not _is_late_anyway(pair):
		_blame()
	if is_late:
		return
	if _time_bound and not _slack_bound:
		_allowance.widen()
	if _fragments_bound:
		_fragment_limit.widen()


# Whether two frames, together [param pair] long, would have been late without what was delivered in them: because of
# what the game itself did there.
func _is_late_anyway(pair: float) -> bool:
	return _was_small and _was_small_before and pair - spent_usec - _spent_before > LATE_PAIR * aim_usec


# A frame was late and delivery may have made it so: cut, unless the game is late as often by itself.
func _blame() -> void:
	if _pardons >= 1.0:
		_pardons -= 1.0
		return
	late_total += 1
	# A delivery may have cost more than was thought: then it was that which was too much.
	_allowance.cut(_time_bound and not _slack_bound, maxf(spent_usec, _spent_before))
	_fragment_limit.cut(_fragments_bound)


# Whether the game keeps the frame time by itself, judged by frames that delivery cannot have made late.
func _judge_game(interval: float) -> void:
	if not _was_light:
		return
	var target: float = aim_usec / stretch
	if interval > OWN_MISS * aim_usec:
		_own_misses += 1
		_own_hits = 0
	elif stretch > 1 and interval <= OWN_MISS * target * (stretch - 1):
		_own_hits += 1
		_own_misses = 0
	else:
		_own_misses = 0
		_own_hits = 0
	if _own_misses >= OWN_MISS_FRAMES:
		stretch = mini(stretch + 1, MOST_STRETCH)
		_own_misses = 0
	elif _own_hits >= OWN_MISS_FRAMES:
		stretch -= 1
		_own_hits = 0


func _add_tail(sample: float) -> void:
	if _tails.size() < TAIL_FRAMES:
		_tails.append(sample)
	else:
		_tails[_tail_at] = sample
		_tail_at = (_tail_at + 1) % TAIL_FRAMES
	_tail_age += 1


func _refresh_tail() -> void:
	if _tails.size() < TAIL_KNOWN_FRAMES:
		tail_usec = TAIL_ASSUMED_SHARE * aim_usec
		return
	if _tail_age < TAIL_REFRESH_FRAMES:
		return
	_tail_age = 0
	var sorted: PackedFloat64Array = _tails.duplicate()
	sorted.sort()
	tail_usec = sorted[int(TAIL_QUANTILE * (sorted.size() - 1))]


static func _weigh(kind: Kind, count: int) -> int:
	return ceili(count * DEBRIS_WEIGHT) if kind == Kind.DEBRIS else count
