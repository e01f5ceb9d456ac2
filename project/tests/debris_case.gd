class_name CutoutDebrisCase
extends CutoutProcessorCase
## Base of the suites of debris: objects to break, and what became of them.

## The signals of the debris that was watched, in order: ids of pieces that ended.
var ended: PackedInt64Array = PackedInt64Array()


## A square of 100 pixels with its corner at its origin, below [param parent] (this suite if null).
func crate(parent: Node = null, size: float = 100.0) -> Polygon2D:
	var shown: Polygon2D = Polygon2D.new()
	shown.polygon = square(size)
	(parent if parent != null else self as Node).add_child(shown)
	return shown


## Breaks an object and waits for it.
func broken(object: Object, blast: CutoutBlast = null, pieces: int = 12) -> CutoutFractureResult:
	return await cutout.fracture_object(
		object, {"fragment_count": pieces, "edge_padding": 0.0, "seed": 5}, 0, 0, blast
	)


## A node for pieces that do not fall or end by themselves, below this suite.
func still_debris() -> CutoutDebris2D:
	var debris: CutoutDebris2D = CutoutDebris2D.new()
	debris.gravity_scale = 0.0
	debris.lifetime = 0.0
	debris.max_bodies = 0
	debris.piece_ended.connect(func(piece: int) -> void: ended.append(piece))
	add_child(debris)
	return debris


## A blast into a node, without an explosion.
func into(debris: CutoutDebris2D) -> CutoutBlast:
	var blast: CutoutBlast = CutoutBlast.new()
	blast.debris = debris
	return blast


## All pieces of a result.
func pieces_of(result: CutoutFractureResult) -> PackedInt64Array:
	var all: PackedInt64Array = PackedInt64Array()
	for burst: int in result.bursts:
		all.append_array((result.debris as CutoutDebris2D).get_burst_pieces(burst))
	return all


func node_of(result: CutoutFractureResult) -> CutoutDebris2D:
	return result.debris as CutoutDebris2D


## Sum of the areas of the pieces as they are (global).
func area_of_pieces(result: CutoutFractureResult) -> float:
	var rings: Array = []
	for piece: int in pieces_of(result):
		rings.append(
			node_of(result).get_piece_transform(piece) * node_of(result).get_piece_polygon(piece)
		)
	return area_of(rings)


## Waits for physics ticks.
func ticks(n: int) -> void:
	for _i: int in n:
		await get_tree().physics_frame
