extends Node2D
## A scene of the soak that is changed for another while fractures of its own are under way. Its coroutines are freed
## with it; those of its jobs that are told by signals are in the ledger, which lives on.

const Ledger := preload("res://tests/soak/ledger.gd")
const Block := preload("res://tests/soak/soak_block.gd")
## The node that has the ledger is in this group.
const GROUP: StringName = &"soak"

var _ledger: Ledger


func _ready() -> void:
	_ledger = get_tree().get_first_node_in_group(GROUP).get(&"ledger")
	var square: PackedVector2Array = [Vector2(-50, -50), Vector2(50, -50), Vector2(50, 50), Vector2(-50, 50)]
	for i: int in 10:
		var block: Block = Block.new()
		block.ledger = _ledger
		block.polygon = square
		add_child(block)
		_fracture(block)
	for i: int in 10:
		var id: int = CutoutBatch.submit_fracture(square, {"fragment_count": 5, "seed": i})
		if id > 0:
			_ledger.open_job(id)
	_run_batch(square)


func _fracture(block: Block) -> void:
	var result: CutoutFractureResult = await CutoutBatch.fracture_object(block, {"fragment_count": 8})
	if result.is_ok() and block.applied != 1:
		_ledger.fault("a scene's object has %d results" % block.applied)


func _run_batch(square: PackedVector2Array) -> void:
	var batch: CutoutFractureBatch = CutoutBatch.create()
	for i: int in 20:
		batch.add_fracture(square, {"fragment_count": 3, "seed": i})
	var results: Array = await batch.execute()
	if results.size() != 20:
		_ledger.fault("a scene's batch object of 20 has %d results" % results.size())

