extends RefCounted
## What the soak fractures: small polygons of every sort, some that cannot be fractured, and a few large ones; and the
## parameters for them. All lie round the origin, no more than 100 away from it.

const Ledger := preload("res://tests/soak/ledger.gd")

## One fracture: the polygon, its parameters, and what binds it in the ledger.
class Order:
	var polygon: Variant
	var params: Variant
	var bound: int = Ledger.Bound.NONE

var rng: RandomNumberGenerator

var _good: Array = []
var _bad: Array = []
var _large: PackedVector2Array = PackedVector2Array()
var _resources: Array[CutoutFracture] = []


func _init(random: RandomNumberGenerator) -> void:
	rng = random
	for points: int in [3, 4, 8, 32, 64]:
		_good.append(_star(points, 80.0, 15.0))
	_good.append([_star(24, 90.0, 5.0), _star(6, 20.0, 0.0)])
	_large = _star(2000, 90.0, 2.0)
	_bad.append(PackedVector2Array([Vector2(-50, -50), Vector2(50, 50), Vector2(50, -50), Vector2(-50, 50)]))
	_bad.append(PackedVector2Array([Vector2.ZERO, Vector2(50, 0), Vector2(NAN, 50)]))
	_bad.append(PackedVector2Array([Vector2.ZERO, Vector2(50, 50), Vector2(25, 25)]))
	for count: int in [2, 5]:
		var voronoi: CutoutVoronoiFracture = CutoutVoronoiFracture.new()
		voronoi.fragment_count = count
		_resources.append(voronoi)
	_resources.append(CutoutSliceFracture.new())


## Something to fracture, at place number [param place]. Mostly small and good.
func draw(place: int = 0) -> Order:
	var order: Order = Order.new()
	var lot: int = rng.randi_range(0, 999)
	order.params = {"fragment_count": rng.randi_range(1, 8), "seed": rng.randi()}
	if lot < 30:
		order.polygon = _bad[lot % _bad.size()]
		order.bound = Ledger.Bound.BAD
		return order
	if lot < 32:
		order.polygon = _large
		order.params = {"fragment_count": rng.randi_range(100, 1000), "seed": rng.randi()}
	else:
		order.polygon = _good[lot % _good.size()]
	if lot >= 900:
		order.params = _resources[lot % _resources.size()]
	if place % Ledger.PLACES != 0:
		order.polygon = _moved(order.polygon, place % Ledger.PLACES * Ledger.PLACE)
	return order


## A ring that an object can show.
func draw_ring() -> PackedVector2Array:
	var ring: PackedVector2Array = _good[rng.randi_range(0, 4)]
	return ring


func _star(points: int, radius: float, spread: float) -> PackedVector2Array:
	var ring: PackedVector2Array = PackedVector2Array()
	for i: int in points:
		ring.append(Vector2.from_angle(TAU * i / points) * (radius + rng.randf_range(-spread, spread)))
	return ring


func _moved(polygon: Variant, x: float) -> Variant:
	var shift: Transform2D = Transform2D(0.0, Vector2(x, 0.0))
	if polygon is PackedVector2Array:
		return shift * (polygon as PackedVector2Array)
	var rings: Array = polygon
	var moved: Array[PackedVector2Array] = []
	for ring: PackedVector2Array in rings:
		moved.append(shift * ring)
	return moved
