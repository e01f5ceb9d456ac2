extends RefCounted
## Lets the engine's own thread pool run the queue's jobs, in tasks of low priority. Internal.
##
## A task runs jobs until none waits or [constant TASK_USEC] is over, so that others get their turn in the pool.
## Tasks begin at a submission or in the next frame.

## Time for one task; a job that has begun is finished. Microseconds.
const TASK_USEC: int = 12_000

var _queue: CutoutJobQueue
var _most: int = 0 # tasks at a time
var _tasks: PackedInt64Array = PackedInt64Array()


## [param queue] has been configured for guests, [param most] of them.
func _init(queue: CutoutJobQueue, most: int) -> void:
	_queue = queue
	_most = most


## Something was submitted.
func wake() -> void:
	if _tasks.size() < _most:
		_tasks.append(WorkerThreadPool.add_task(_queue.run_jobs.bind(TASK_USEC), false, "Cutout"))


## Once a frame: [param waiting] jobs wait.
func tend(waiting: int) -> void:
	for i: int in range(_tasks.size() - 1, -1, -1):
		if WorkerThreadPool.is_task_completed(_tasks[i]):
			WorkerThreadPool.wait_for_task_completion(_tasks[i])
			_tasks.remove_at(i)
	for _i: int in mini(waiting, _most - _tasks.size()):
		wake()


## No task is left.
func is_done() -> bool:
	return _tasks.is_empty()


## Waits for the tasks. The queue has been stopped, or has threads of its own now: they end soon.
func end() -> void:
	for task: int in _tasks:
		WorkerThreadPool.wait_for_task_completion(task)
	_tasks.clear()
