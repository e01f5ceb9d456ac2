extends Object
## Feeds the queue from streams and batch objects, a few jobs of each in turn. Internal; names native classes.

const JobSource := preload("res://addons/cutout/batch/job_source.gd")

## Jobs of streams and batch objects that may wait in the queue; more would only delay what is submitted later.
const FEED_QUEUED: int = 1024
## Finished jobs that may wait for delivery while more are fed: slow handlers hold back the sources.
const FEED_FINISHED: int = 4096
## Time for feeding in a frame: what is left of the budget, within these bounds. Microseconds.
const FEED_LEAST_USEC: float = 250.0
const FEED_MOST_USEC: float = 1000.0
## Entries that one source feeds before the next has its turn.
const FEED_SLICE: int = 64
## While the first entry of one source does not fit into what the queue has free, others are fed. After so many
## frames of that they wait too, so that the room it needs can come about.
const FEED_PATIENCE_FRAMES: int = 30


## Feeds from [param sources], which change their order and go when they have nothing more. [param overflow] is how the
## queue stands otherwise.
static func feed(
	sources: Array[JobSource],
	queue: CutoutJobQueue,
	budget: CutoutFrameBudget,
	overflow: CutoutJobQueue.Overflow
) -> void:
	var end: float = (
		Time.get_ticks_usec() + clampf(budget.get_left_usec(), FEED_LEAST_USEC, FEED_MOST_USEC)
	)
	queue.set_overflow(CutoutJobQueue.OVERFLOW_REJECT) # entries can wait; they drop nobody, least of all each other
	var at: int = 0 # those before it are blocked: the queue is too full for their first entry
	while at < sources.size() and queue.get_finished_count() < FEED_FINISHED:
		var source: JobSource = sources[at]
		var count: int = source._get_pending_count()
		for _i: int in FEED_SLICE:
			if not source._has_pending() or queue.get_queued_count() >= FEED_QUEUED:
				break
			if not source._feed_one():
				break
		var is_full: bool = source._get_pending_count() == count
		if queue.get_queued_count() >= FEED_QUEUED and is_full:
			break
		if is_full and count > 0:
			# It keeps its place, so that it comes first in the next frame.
			at += 1
			source._blocked_frames += 1
			if source._blocked_frames > FEED_PATIENCE_FRAMES:
				break
		else:
			source._blocked_frames = 0
			sources.remove_at(at)
			if source._has_pending():
				sources.append(source)
			else:
				source._attached = false
		if queue.get_queued_count() >= FEED_QUEUED or Time.get_ticks_usec() >= end:
			break
	queue.set_overflow(overflow)
	budget.skip(Time.get_ticks_usec())
