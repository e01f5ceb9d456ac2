extends CutoutTestSuite
## The law of the frame budget, run over thousands of simulated frames.

const Simulator := preload("res://tests/frame_simulator.gd")
const CostModel := preload("res://addons/cutout/budget/cost_model.gd")
const FeedbackLimit := preload("res://addons/cutout/budget/feedback_limit.gd")
const FinishTimes := preload("res://addons/cutout/budget/finish_times.gd")

const TARGET: float = CutoutFrameBudget.DEFAULT_TARGET_USEC
## Frames before the first delivery: the budget has seen the game by then.
const BEFORE: int = 100


func _light_cost(_number: int, fragments: int) -> float:
	return 20.0 + 5.0 * fragments


# What holds for every run, whatever the game and the handlers do.
func _check_laws(sim: Simulator, what: String) -> void:
	var ceiling: float = (
		CutoutFrameBudget.CEILING_SHARE * sim.target_usec * CutoutFrameBudget.MOST_STRETCH
	)
	var stalled: int = 0
	var out_of_bounds: int = 0
	for i: int in sim.items.size():
		if sim.backlogs[i] > 0 and sim.items[i] == 0:
			stalled += 1
		if sim.budgets[i] < CutoutFrameBudget.FLOOR_USEC or sim.budgets[i] > ceiling:
			out_of_bounds += 1
	check_equal(stalled, 0, "%s: frames with work that delivered nothing" % what)
	check_equal(out_of_bounds, 0, "%s: budgets outside floor and ceiling" % what)


# The dearest single delivery may pass over the budget, no more.
func _check_spent(sim: Simulator, dearest: float, what: String) -> void:
	var over: int = 0
	for i: int in sim.items.size():
		if sim.spent[i] > sim.budgets[i] + dearest:
			over += 1
	check_equal(over, 0, "%s: frames that spent more than the budget and one delivery" % what)


func test_nothing_to_do_costs_nothing() -> void:
	var sim: Simulator = Simulator.new()
	sim.run(1000)
	check_equal(sim.late_share(0), 0.0, "late frames")
	check_equal(sim.delivered, 0, "deliveries")
	check_equal(sim.budget.stretch, 1, "stretch")


func test_idle_game_delivers_at_once_and_on_time() -> void:
	for vsync: bool in [false, true]:
		var sim: Simulator = Simulator.new()
		sim.vsync = vsync
		sim.run(BEFORE)
		sim.backlog = 500
		var took: int = sim.drain(100)
		check(took > 0 and took <= 12, "500 cheap results in %d frames" % took)
		check_equal(sim.late_share(0), 0.0, "late frames")
		_check_laws(sim, "idle game")


func test_costly_handlers_use_the_free_time_and_no_more() -> void:
	for vsync: bool in [false, true]:
		var sim: Simulator = Simulator.new()
		sim.vsync = vsync
		sim.cost_usec = func(_n: int, fragments: int) -> float: return 20.0 + 50.0 * fragments
		sim.run(BEFORE)
		sim.backlog = 500
		var took: int = sim.drain(400)
		# 500 * 520 us in at most 0.6 * 16.7 ms a frame are 26 frames.
		check(took >= 26 and took <= 60, "260 ms of handlers in %d frames" % took)
		check_equal(sim.late_share(0), 0.0, "late frames")
		_check_laws(sim, "costly handlers")
		_check_spent(sim, 520.0, "costly handlers")


func test_heavy_steady_game_stays_on_time() -> void:
	for vsync: bool in [false, true]:
		var sim: Simulator = Simulator.new()
		sim.vsync = vsync
		sim.game_usec = func(_n: int) -> float: return 13_000.0
		sim.cost_usec = _light_cost
		sim.run(BEFORE)
		sim.backlog = 2000
		check(sim.drain(1000) > 0, "everything is delivered")
		check_equal(sim.late_share(0), 0.0, "late frames")
		_check_laws(sim, "heavy game")
		_check_spent(sim, 70.0, "heavy game")


func test_spiky_game_is_not_made_worse_and_does_not_starve() -> void:
	for vsync: bool in [false, true]:
		var sim: Simulator = Simulator.new()
		sim.vsync = vsync
		sim.game_usec = func(n: int) -> float: return 30_000.0 if n % 10 == 0 else 4000.0
		sim.cost_usec = _light_cost
		sim.run(BEFORE)
		sim.backlog = 2000
		check(sim.drain(300) > 0, "everything is delivered in 300 frames")
		var late: int = 0
		for i: int in sim.intervals.size():
			if i % 10 != 0 and sim.intervals[i] > 1.1 * sim.target_usec:
				late += 1
		check(late <= 1, "%d of the other frames are late" % late)
		_check_laws(sim, "spiky game")


func test_noisy_machine_does_not_starve() -> void:
	# Every fifth frame is late whatever is delivered: that must not be blamed on delivery.
	var random: RandomNumberGenerator = RandomNumberGenerator.new()
	var took: int = 0
	for number: int in 6:
		random.seed = number
		var sim: Simulator = Simulator.new()
		sim.game_usec = func(_n: int) -> float:
			return 2000.0 + (random.randf_range(12_000.0, 30_000.0) if random.randf() < 0.2 else 0.0)
		sim.cost_usec = _light_cost
		sim.run(BEFORE)
		sim.backlog = 2000
		var frames_needed: int = sim.drain(400)
		check(frames_needed > 0, "everything is delivered in 400 frames")
		took += frames_needed
		_check_laws(sim, "noisy machine")
	check(took < 450, "six times 2000 results of 70 us in %d frames" % took)


func test_game_at_30_fps_is_not_starved() -> void:
	for vsync: bool in [false, true]:
		var sim: Simulator = Simulator.new()
		sim.vsync = vsync
		sim.game_usec = func(_n: int) -> float: return 29_000.0
		sim.cost_usec = _light_cost
		sim.run(BEFORE)
		check_equal(sim.budget.stretch, 2, "frame times granted")
		sim.backlog = 1000
		check(sim.drain(300) > 0, "everything is delivered in 300 frames")
		check_equal(sim.late_share(BEFORE, 2.05), 0.0, "frames that miss 30 fps too")
		_check_laws(sim, "30 fps")


func test_game_at_30_fps_is_found_out_during_delivery() -> void:
	var sim: Simulator = Simulator.new()
	sim.game_usec = func(_n: int) -> float: return 29_000.0
	sim.cost_usec = _light_cost
	sim.backlog = 2000
	check(sim.drain(400) > 0, "everything is delivered in 400 frames")
	check_equal(sim.budget.stretch, 2, "frame times granted")
	_check_laws(sim, "30 fps from the start")


func test_granted_frame_time_is_taken_back() -> void:
	var sim: Simulator = Simulator.new()
	sim.game_usec = func(n: int) -> float: return 45_000.0 if n < 200 else 2000.0
	sim.run(200)
	check_equal(sim.budget.stretch, 3, "granted to a game at 21 fps")
	sim.run(200)
	check_equal(sim.budget.stretch, 1, "after 200 frames in time")


func test_144_hz() -> void:
	for vsync: bool in [false, true]:
		var sim: Simulator = Simulator.new()
		sim.vsync = vsync
		sim.target_usec = 1_000_000.0 / 144.0
		sim.cost_usec = _light_cost
		sim.run(BEFORE)
		sim.backlog = 2000
		check(sim.drain(200) > 0, "everything is delivered in 200 frames")
		check_equal(sim.late_share(0), 0.0, "late frames")
		_check_laws(sim, "144 Hz")
		_check_spent(sim, 70.0, "144 Hz")


func test_40_ms_handler_stalls_nothing_and_is_recovered_from() -> void:
	var sim: Simulator = Simulator.new()
	sim.cost_usec = func(number: int, _fragments: int) -> float: return 100.0 if number < 200 else 40_000.0
	sim.run(BEFORE)
	sim.backlog = 300
	check(sim.drain(200) > 0, "everything is delivered in 200 frames")
	_check_laws(sim, "40 ms handler")
	# Cheap again: the estimates have to come down.
	sim.cost_usec = func(_number: int, _fragments: int) -> float: return 100.0
	sim.backlog = 2000
	check(sim.drain(200) > 0, "2000 cheap results in 200 frames")
	check(sim.mean_items(sim.frame - 30, sim.frame - 1) > 10.0, "the pace at the end")
	_check_laws(sim, "after the 40 ms handler")


func test_a_frame_that_the_game_made_late_when_it_submitted_costs_no_speed() -> void:
	for own_usec: float in [15_500.0, 18_000.0, 24_000.0]:
		var sim: Simulator = Simulator.new()
		sim.game_usec = func(n: int) -> float: return own_usec if n == BEFORE else 1000.0
		sim.cost_usec = func(_number: int, _fragments: int) -> float: return 40.0
		sim.run(BEFORE)
		sim.backlog = 2 # what the workers have ready by then
		sim.run(1)
		sim.backlog += 498
		var took: int = sim.drain(100)
		check(took > 0 and took <= 5, "%d us: 20 ms of handlers in %d frames" % [own_usec, took])
		check(sim.budget.late_total <= 1, "%d us: %d cuts" % [own_usec, sim.budget.late_total])


func test_a_limit_that_did_not_bind_was_not_too_much() -> void:
	var limit: FeedbackLimit = FeedbackLimit.new(1000.0, 100.0, 10_000.0, 50.0)
	limit.cut(false)
	check_equal(limit.value, 700.0, "cut")
	limit.widen()
	check_equal(limit.value, 1400.0, "still quick")
	limit.cut(true)
	limit.widen()
	var cut: float = 1400.0 * FeedbackLimit.CUT
	var careful: float = 1400.0 * FeedbackLimit.CAREFUL_FROM
	check_equal(limit.value, cut + FeedbackLimit.APPROACH * (careful - cut), "half the way from then on")
	for _i: int in 4:
		limit.widen()
	check(limit.value > careful and limit.value < careful + 3.0 * 50.0, "small steps near it: %s" % limit.value)


func test_what_was_reached_in_spite_of_a_limit_was_too_much() -> void:
	var limit: FeedbackLimit = FeedbackLimit.new(4000.0, 500.0, 10_000.0, 250.0)
	limit.cut(true, 8000.0)
	check_equal(limit.value, 4000.0, "less than that is allowed already")
	for _i: int in 3:
		limit.widen()
	check(limit.value > 6000.0, "on the way there: %s" % limit.value)
	limit.cut(true, 40_000.0)
	check(limit.value <= 10_000.0 * FeedbackLimit.CUT, "no more than was ever allowed: %s" % limit.value)


# The first deliveries of a run cost a multiple: memory is touched for the first time, or the processor is another's.
func test_a_stall_in_the_first_blast_does_not_slow_the_next_ones() -> void:
	var sim: Simulator = Simulator.new()
	sim.cost_usec = func(number: int, _fragments: int) -> float: return 16_000.0 if number == 60 else 40.0
	sim.run(BEFORE)
	sim.backlog = 500
	check(sim.drain(100) <= 8, "the first blast")
	for i: int in 3:
		sim.run(20)
		sim.backlog = 500
		var took: int = sim.drain(100)
		check(took <= 4, "blast %d: 20 ms of handlers in %d frames" % [i + 2, took])


func test_hidden_cost_is_found_by_feedback() -> void:
	for vsync: bool in [false, true]:
		for hidden: Vector2 in [Vector2(18.0, 0.0), Vector2(0.0, 50.0)]:
			var sim: Simulator = Simulator.new()
			sim.vsync = vsync
			sim.deferred_usec = hidden.x
			sim.next_frame_usec = hidden.y
			sim.run(BEFORE)
			sim.backlog = 3000
			check(sim.drain(400) > 0, "everything is delivered in 400 frames")
			var late: float = sim.late_share(BEFORE)
			check(late < 0.1, "hidden %s, vsync %s: late %f" % [hidden, vsync, late])
			_check_laws(sim, "hidden cost")


func test_hidden_cost_of_results_without_fragments_is_found_too() -> void:
	var sim: Simulator = Simulator.new()
	sim.fragments_per_item = 0
	sim.deferred_item_usec = 400.0
	sim.cost_usec = func(_number: int, _fragments: int) -> float: return 50.0
	sim.run(BEFORE)
	sim.backlog = 3000
	check(sim.drain(400) > 0, "everything is delivered in 400 frames")
	check(sim.late_share(BEFORE) < 0.08, "late %f" % sim.late_share(BEFORE))
	_check_laws(sim, "hidden cost of results")


func test_heavy_tailed_costs_stay_on_time() -> void:
	var sim: Simulator = Simulator.new()
	sim.cost_usec = func(number: int, _fragments: int) -> float: return 5000.0 if number % 20 == 0 else 30.0
	sim.run(BEFORE)
	sim.backlog = 3000
	check(sim.drain(400) > 0, "everything is delivered in 400 frames")
	check_equal(sim.late_share(BEFORE), 0.0, "late frames")
	_check_laws(sim, "heavy tail")


func test_more_than_one_physics_step_gets_the_floor() -> void:
	var sim: Simulator = Simulator.new()
	sim.physics_steps = func(n: int) -> int: return 3 if n % 2 == 0 else 1
	sim.cost_usec = _light_cost
	sim.run(50, 100)
	var above: int = 0
	for i: int in range(0, 50, 2):
		if sim.budgets[i] != CutoutFrameBudget.FLOOR_USEC:
			above += 1
	check_equal(above, 0, "frames behind in physics with more than the floor")
	check(sim.budgets[49] > CutoutFrameBudget.FLOOR_USEC, "the others have more")


func test_a_game_at_30_fps_needs_two_physics_steps_of_60() -> void:
	for steps: int in [2, 3]:
		var sim: Simulator = Simulator.new()
		sim.target_usec = 1_000_000.0 / 30.0
		sim.tick_usec = 1_000_000.0 / 60.0
		sim.physics_steps = func(_n: int) -> int: return steps
		sim.cost_usec = _light_cost
		sim.run(20, 100)
		var is_floor: bool = sim.budgets[19] == CutoutFrameBudget.FLOOR_USEC
		check_equal(is_floor, steps == 3, "%d steps: the floor" % steps)


func test_thousands_of_frames_under_changing_load() -> void:
	var random: RandomNumberGenerator = RandomNumberGenerator.new()
	random.seed = 11
	var sim: Simulator = Simulator.new()
	sim.game_usec = func(n: int) -> float: return 3000.0 + 9000.0 * float((n / 500) % 2)
	sim.cost_usec = func(_number: int, fragments: int) -> float:
		return random.randf_range(5.0, 60.0) * fragments
	sim.run(3000, 3)
	check(sim.backlog < 400, "a steady stream does not pile up: %d wait" % sim.backlog)
	check(sim.late_share(0) < 0.02, "late %f" % sim.late_share(0))
	_check_laws(sim, "changing load")


func test_a_pause_is_not_a_late_frame() -> void:
	var budget: CutoutFrameBudget = CutoutFrameBudget.new()
	var now: float = 0.0
	for i: int in 200:
		budget.start_frame(now)
		budget.open(now + 1000.0, TARGET, 1)
		for _n: int in 5:
			if budget.admits(CutoutFrameBudget.Kind.JOB, 10):
				budget.charge(CutoutFrameBudget.Kind.JOB, 10, now + 1200.0)
		budget.close(now + 1200.0)
		now += 2_000_000.0 if i % 20 == 0 else TARGET
	check_equal(budget.late_total, 0, "late frames")
	check_equal(budget.stretch, 1, "frame times granted")


func test_overdue_deliveries_go_up_to_the_ceiling() -> void:
	var budget: CutoutFrameBudget = CutoutFrameBudget.new()
	budget.start_frame(0.0)
	budget.open(16_000.0, TARGET, 1) # the game has used its frame: the floor
	check_equal(budget.budget_usec, CutoutFrameBudget.FLOOR_USEC, "the floor")
	var now: float = 16_000.0
	var plain: int = 0
	while budget.admits(CutoutFrameBudget.Kind.JOB, 1):
		now += 100.0
		budget.charge(CutoutFrameBudget.Kind.JOB, 1, now)
		plain += 1
	var overdue: int = 0
	while budget.admits(CutoutFrameBudget.Kind.JOB, 1, true) and overdue < 1000:
		now += 100.0
		budget.charge(CutoutFrameBudget.Kind.JOB, 1, now)
		overdue += 1
	check(plain >= 1 and plain <= 5, "%d inside the floor" % plain)
	check(overdue > 50 and overdue <= 100, "%d more up to the ceiling of 10 ms" % overdue)


func test_reserved_chunks_count_before_they_run() -> void:
	var budget: CutoutFrameBudget = CutoutFrameBudget.new()
	budget.start_frame(0.0)
	budget.open(1000.0, TARGET, 1)
	var count: int = 0
	while budget.admits(CutoutFrameBudget.Kind.CHUNK, 10) and count < 10_000:
		budget.reserve(CutoutFrameBudget.Kind.CHUNK, 10, 1000.0) # the clock stands still: nothing ran yet
		count += 1
	# 20 us a fragment are assumed, and half as much again for the quantile: 300 us each of 6 ms.
	check(count >= 16 and count <= 20, "%d results are put off into one chunk" % count)


func test_the_cost_model_learns_a_line() -> void:
	var model: CostModel = CostModel.new()
	for i: int in 300:
		var fragments: int = 2 + i % 20
		model.observe(fragments, 30.0 + 7.0 * fragments)
		model.solve()
	check_near(model.fixed_usec, 30.0, 1.0, "fixed part")
	check_near(model.fragment_usec, 7.0, 0.1, "part of each fragment")
	check(model.estimate(10) >= 99.0, "the estimate is not below the cost")


func test_the_cost_model_forgets() -> void:
	var model: CostModel = CostModel.new()
	for cost: float in [500.0, 5.0]:
		for i: int in 300:
			model.observe(2 + i % 20, cost * (2 + i % 20))
			model.solve()
	check(model.estimate(10) < 60.0, "50 us is estimated at %f" % model.estimate(10))


func test_the_cost_model_estimates_a_high_quantile() -> void:
	var random: RandomNumberGenerator = RandomNumberGenerator.new()
	random.seed = 3
	var model: CostModel = CostModel.new()
	var above: int = 0
	for i: int in 5000:
		var fragments: int = random.randi_range(2, 30)
		var usec: float = fragments * 10.0 * exp(random.randfn(0.0, 0.7)) # lognormal: a heavy tail
		if i > 500 and usec > model.estimate(fragments):
			above += 1
		model.observe(fragments, usec)
		model.solve()
	check_near(above / 4499.0, 0.1, 0.04, "share of costs above the estimate")


func test_finish_times_find_what_waits_too_long() -> void:
	var times: FinishTimes = FinishTimes.new()
	var limit: float = FinishTimes.OVERDUE_USEC
	check_equal(times.count_overdue(0, 10, 0.0), 0, "ten have just finished")
	check_equal(times.count_overdue(4, 30, limit * 0.5), 0, "twenty more; four are delivered")
	check_equal(times.count_overdue(5, 30, limit * 1.1), 5, "the other five of the first ten")
	check_equal(times.count_overdue(20, 30, limit * 1.2), 0, "the first ten are out")
	check_equal(times.count_overdue(20, 30, limit * 1.6), 10, "the rest")
	check_equal(times.count_overdue(30, 30, limit * 1.7), 0, "nothing waits")
	var worst: int = 0
	for frame: int in 5000: # a steady flow that is always a little behind, but never late
		worst = maxi(worst, times.count_overdue(30 + frame * 3, 60 + frame * 3, limit * 2.0 + frame * 16_667.0))
	check_equal(worst, 0, "a steady flow has nothing overdue")
