extends Object
## The scenarios of the frame benchmark, by name. Which figure each is there for stands in docs/performance.md.

const Machine := preload("res://bench/frames/machine.gd")
const Scenario := preload("res://bench/frames/scenario.gd")
const Sprites := preload("res://bench/frames/sprites.gd")


## The names, in the order of the table.
static func get_names() -> PackedStringArray:
	return [
		"trickle", "burst500", "burst5000", "flood", "giant", "handlers", "heavytail", "busygame", "sync", "fast",
		"queued10000",
	]


## The scenario of that name, or null.
static func make(title: String) -> Scenario:
	var made: Scenario = null
	match title:
		"trickle":
			made = Trickle.new()
		"burst500":
			made = Burst.new()
		"burst5000":
			made = BatchBurst.new()
		"flood":
			made = Flood.new()
		"giant":
			made = Giant.new()
		"handlers":
			made = Handlers.new()
		"heavytail":
			made = HeavyTail.new()
		"busygame":
			made = BusyGame.new()
		"sync":
			made = Sync.new()
		"fast":
			made = Fast.new()
		"queued10000":
			made = Queued.new()
	if made != null:
		made.title = title
	return made


## Ten sprites in each frame.
class Trickle extends Scenario:
	const A_FRAME: int = 10
	const FRAMES: int = 200

	func _init() -> void:
		super()
		rounds = 3
		idle_frames = 100

	func submit_in(n: int) -> bool:
		submit_sprites(A_FRAME)
		return n < FRAMES - 1


## 500 sprites in one frame, submitted one by one.
class Burst extends Scenario:
	const COUNT: int = 500

	func _init() -> void:
		super()
		rounds = 30
		idle_frames = 12

	func submit_in(_n: int) -> bool:
		submit_sprites(COUNT)
		return false


## 5000 sprites in one frame, submitted as one batch. The game has its list of polygons and parameters ready.
class BatchBurst extends Scenario:
	const COUNT: int = 5000

	var _batch: Array = []
	var _params: Array[Array] = []

	func _init() -> void:
		super()
		rounds = 15
		idle_frames = 20

	func prepare() -> void:
		for i: int in COUNT:
			_batch.append(_polygons[i % Sprites.VARIANTS])
		for k: int in rounds:
			_params.append([])
			for i: int in COUNT:
				_params[k].append(Sprites.make_params(k * COUNT + i))

	func submit_in(_n: int) -> bool:
		submit_batch(_batch, _params[submitted / COUNT])
		return false


## The queue is full all the time: each frame submits until it is refused.
class Flood extends Scenario:
	const MOST_JOBS: int = 4096
	const MOST_A_FRAME: int = 1000

	var _memory: PackedInt64Array = PackedInt64Array()

	func _init() -> void:
		super()
		seconds = 60.0

	func prepare() -> void:
		CutoutBatch.set_limits(MOST_JOBS, 256)

	func submit_in(n: int) -> bool:
		submit_sprites(MOST_A_FRAME)
		if n % 60 == 59:
			_memory.append(Machine.get_resident_kib())
		return n < seconds * Engine.max_fps

	func get_remarks() -> PackedStringArray:
		var count: int = _memory.size()
		if count < 4:
			return ["too short to say whether memory is flat"]
		return [
			"memory after a quarter of the time %.1f MiB, at the end %.1f MiB; %d submissions refused"
			% [_memory[count / 4] / 1024.0, _memory[-1] / 1024.0, refused]
		]


## A polygon of 100,000 points, and 500 sprites right behind it.
class Giant extends Scenario:
	const POINTS: int = 100_000
	const PIECES: int = 64
	const COUNT: int = 500

	var _coast: PackedVector2Array = PackedVector2Array()

	func _init() -> void:
		super()
		rounds = 30
		idle_frames = 20

	func prepare() -> void:
		_coast = Sprites.make_coast(POINTS)

	func submit_in(_n: int) -> bool:
		submit_one(_coast, {"fragment_count": PIECES, "seed": submitted})
		submit_sprites(COUNT)
		return false


## 500 sprites in one frame, and a handler that takes 0.2 ms for each: 100 ms in all.
class Handlers extends Burst:
	const HANDLER_USEC: int = 200

	func _init() -> void:
		super()
		rounds = 12
		idle_frames = 25

	func handle(_number: int) -> void:
		burn(HANDLER_USEC)
		record.handler_usec = maxi(record.handler_usec, HANDLER_USEC)


## Ten sprites in each frame; one handler of a hundred takes 20 ms.
class HeavyTail extends Trickle:
	const EACH: int = 100
	const HANDLER_USEC: int = 20_000

	func handle(number: int) -> void:
		if number % EACH == 0:
			burn(HANDLER_USEC)
			record.handler_usec = HANDLER_USEC


## Ten sprites in each frame of a game that needs 10 ms of it for itself.
class BusyGame extends Trickle:
	const GAME_USEC: int = 10_000

	func play() -> void:
		burn(GAME_USEC)


## The same 500 sprites without this addon's threads: fractured on the main thread, in the frame that wants them.
class Sync extends Scenario:
	const COUNT: int = 500

	var _native: CutoutBatchNative = CutoutBatchNative.new()

	func _init() -> void:
		super()
		rounds = 30
		idle_frames = 12

	func submit_in(_n: int) -> bool:
		var began: int = Time.get_ticks_usec()
		for i: int in COUNT:
			var number: int = submitted + i
			var result: Array = _native.fracture(_polygons[number % Sprites.VARIANTS], Sprites.make_params(number))
			fragments += result.size()
			lost += int(result.is_empty())
		_note_submission(began, COUNT)
		delivered = submitted - lost
		record.delivered += COUNT
		latencies[0] += COUNT
		return false


## As much as the machine gives: the preset for loading screens, and the queue never empty.
class Fast extends Scenario:
	const STOCK: int = 4096

	func _init() -> void:
		super()
		seconds = 10.0

	func prepare() -> void:
		CutoutBatch.set_preset(CutoutBatch.Preset.FAST)

	func submit_in(n: int) -> bool:
		submit_sprites(STOCK - (submitted - delivered))
		return n < seconds * Engine.max_fps


## 10,000 sprites wait, and nothing is delivered until all are cut: as much memory as so many can hold.
class Queued extends Scenario:
	const COUNT: int = 10_000
	const MOST_WAIT_USEC: int = 10_000_000

	var _held: PackedInt64Array = PackedInt64Array()

	func submit_in(_n: int) -> bool:
		_held.append(Machine.get_resident_kib())
		submit_sprites(COUNT)
		_held.append(Machine.get_resident_kib())
		var end: int = Time.get_ticks_usec() + MOST_WAIT_USEC
		var before: int = -1
		# Until all are cut, or the workers wait because too many are not delivered.
		while Time.get_ticks_usec() < end and int(CutoutBatch.get_stats()["finished"]) > before:
			before = CutoutBatch.get_stats()["finished"]
			OS.delay_msec(100)
		_held.append(Machine.get_resident_kib())
		return false

	func get_remarks() -> PackedStringArray:
		return [
			"%d submitted: %.1f MiB more; as many as may be cut and none delivered: %.1f MiB more"
			% [COUNT, (_held[1] - _held[0]) / 1024.0, (_held[2] - _held[0]) / 1024.0]
		]
