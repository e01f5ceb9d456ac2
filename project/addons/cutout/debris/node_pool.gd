extends RefCounted
## Spare nodes for pieces, of each scene in use: made in advance and taken back, a few a frame. Internal.
##
## [codeblock]
## pool.prewarm(500, scene)
## pool.retire(nodes)
## pool.work(budget)   # once a frame, in what is left of the budget
## [/codeblock]

const NodeShelf := preload("res://addons/cutout/debris/node_shelf.gd")

## Between two looks at the clock.
const SLICE: int = 8
## The least time for it in a frame, whatever is left of the budget. Microseconds.
const LEAST_USEC: float = 250.0

## Spare nodes at a time, of all scenes together. More are freed as soon as there is something to do.
var limit: int = 2048

# A body with a shape, see settle().
var _probe: RID
var _probe_shape: RID
var _shelves: Dictionary[PackedScene, NodeShelf] = {}
var _plain: NodeShelf
var _wanted: Dictionary[NodeShelf, int] = {} # spare nodes to be had
var _retired: Array = [] # nodes, or freed ones
var _next: int = 0 # of those
var _known: Dictionary[int, bool] = {} # ids of the retired ones that wait


## Where the nodes of a scene come from; see [member NodeShelf.fault].
func get_shelf(scene: PackedScene) -> NodeShelf:
	if scene == null:
		if _plain == null:
			_plain = NodeShelf.new(null)
		return _plain
	if not _shelves.has(scene):
		var shelf: NodeShelf = NodeShelf.new(scene)
		if shelf.fault != "":
			return shelf
		_shelves[scene] = shelf
	return _shelves[scene]


## From the next frame on nodes are made until there are so many spare ones of [param scene]. An engine error where
## that cannot be.
func prewarm(count: int, scene: PackedScene) -> void:
	var shelf: NodeShelf = get_shelf(scene)
	if shelf.fault != "":
		push_error("Cutout: prewarm_nodes: %s" % shelf.fault)
		return
	if count < 0 or count > limit:
		push_error("Cutout: prewarm_nodes: %d nodes; allowed are 0 to max_pooled_nodes, %d" % [count, limit])
		return
	_wanted[shelf] = maxi(count, _wanted.get(shelf, 0))


## Nodes are no longer needed.
func retire(nodes: Array) -> void:
	for node: Variant in nodes:
		if not is_instance_valid(node) or not node is Node:
			continue
		var id: int = (node as Node).get_instance_id()
		if not _known.has(id):
			_known[id] = true
			_retired.append(node)


## To be called before the budget is opened. The first shape that enters a space makes the engine look for the pairs of
## all bodies that have moved in the last tick, which it would otherwise do in the next one: some milliseconds for
## thousands. That is no cost of the nodes that are to come, so it is brought about before them.
func settle(viewport: Viewport) -> void:
	var awaited: int = _plain.awaited if _plain != null else 0
	for scene: PackedScene in _shelves:
		awaited += _shelves[scene].awaited
	if awaited == 0:
		return
	var space: RID = viewport.find_world_2d().space # made when it is asked for: not before there are bodies
	if not _probe.is_valid():
		_probe = PhysicsServer2D.body_create()
		_probe_shape = PhysicsServer2D.circle_shape_create()
		PhysicsServer2D.shape_set_data(_probe_shape, 1.0)
		PhysicsServer2D.body_add_shape(_probe, _probe_shape)
		PhysicsServer2D.body_set_collision_layer(_probe, 0)
		PhysicsServer2D.body_set_collision_mask(_probe, 0)
	PhysicsServer2D.body_set_space(_probe, space)
	PhysicsServer2D.body_set_space(_probe, RID())


## What waits, within the budget.
func work(budget: CutoutFrameBudget) -> void:
	if _retired.is_empty() and _wanted.is_empty():
		return
	var least_end: float = Time.get_ticks_usec() + LEAST_USEC
	_work_while(budget, _retire_some, CutoutFrameBudget.Kind.NODES_RETIRED, least_end)
	_work_while(budget, _make_some, CutoutFrameBudget.Kind.NODES_MADE, least_end)


## Spare nodes, of all scenes.
func get_spare_count() -> int:
	var count: int = _plain.get_spare_count() if _plain != null else 0
	for scene: PackedScene in _shelves:
		count += _shelves[scene].get_spare_count()
	return count


## Nodes that are to be taken back or made.
func get_waiting_count() -> int:
	var count: int = _known.size()
	for shelf: NodeShelf in _wanted:
		count += maxi(0, _wanted[shelf] - shelf.get_spare_count())
	return count


## Frees the spare nodes, and forgets what waits: the retired ones stay where they are.
func clear() -> void:
	_wanted.clear()
	_retired.clear()
	_known.clear()
	_next = 0
	if _plain != null:
		_plain.clear()
	for scene: PackedScene in _shelves:
		_shelves[scene].clear()
	_shelves.clear()
	_plain = null
	if _probe.is_valid():
		PhysicsServer2D.free_rid(_probe)
		PhysicsServer2D.free_rid(_probe_shape)
		_probe = RID()
		_probe_shape = RID()


# Steps while there is something to do and the budget admits it; in any case until [param least_end].
func _work_while(
	budget: CutoutFrameBudget, step: Callable, kind: CutoutFrameBudget.Kind, least_end: float
) -> void:
	while true:
		if not budget.admits(kind, SLICE) and Time.get_ticks_usec() >= least_end:
			return
		var count: int = step.call()
		if count == 0:
			return
		budget.charge(kind, count, Time.get_ticks_usec())


func _retire_some() -> int:
	var count: int = 0
	var room: int = limit - get_spare_count()
	while count < SLICE and _next < _retired.size():
		var node: Variant = _retired[_next]
		_next += 1
		count += 1
		if not is_instance_valid(node):
			continue
		room -= int(_retire(node as Node, room > 0))
	if _next >= _retired.size():
		_retired.clear()
		_known.clear()
		_next = 0
	return count


# Whether it is a spare one now.
func _retire(node: Node, has_room: bool) -> bool:
	_known.erase(node.get_instance_id())
	var body: RigidBody2D = node as RigidBody2D
	var shelf: NodeShelf = NodeShelf.of(body) if body != null else null
	if node.is_queued_for_deletion() or shelf != null and shelf.is_spare(body):
		return false
	if has_room and shelf != null and (shelf == _plain or _shelves.get(shelf.scene) == shelf):
		if node.get_parent() != null:
			node.get_parent().remove_child(node)
		if shelf.put_back(body):
			return true
	node.free()
	return false


func _make_some() -> int:
	var count: int = 0
	var room: int = limit - get_spare_count()
	for shelf: NodeShelf in _wanted.keys():
		while shelf.get_spare_count() < _wanted[shelf] and count < mini(SLICE, room):
			shelf.add_spare()
			count += 1
		if shelf.get_spare_count() >= _wanted[shelf] or count >= room:
			_wanted.erase(shelf)
		if count >= SLICE:
			break
	return count
