extends Node2D
## The pieces that fly: a light effect without physics bodies.
##
## An object's pieces become one mesh with one canvas item when they are delivered, and the shader moves them:
## a few hundred draw calls and no work for each piece and frame. Until the blast's wave reaches its object a
## piece lies exactly where it was cut.

const ShowcaseObject := preload("res://demo/stage_object.gd")

## One blast: where, when (on the showcase's clock), how hard.
class Blast extends RefCounted:
	## Middle of the blast, in pixels of the stage.
	var origin := Vector2.ZERO
	## The clock at the blast.
	var time := 0.0
	## Speed of a piece next to the middle, in pixels per second.
	var strength := 900.0
	## How far its ring of light runs, in pixels.
	var reach := 200.0

## Speed of the blast's wave in pixels per second: things farther away break later.
const WAVE_SPEED := 1500.0

## Seconds from the start of a flight until its mesh is thrown away; the shader's life and fade together.
const LIFETIME := 5.8

## Pieces come to rest between these two lines.
const REST_TOP := 612.0
const REST_BOTTOM := 646.0

## Pieces that have been spawned since the last [method clear].
var piece_count := 0

## Fragments that could not be triangulated since the last [method clear].
var refused_count := 0

var _shader := preload("res://demo/debris.gdshader")
var _material := ShaderMaterial.new()
var _random := RandomNumberGenerator.new()
var _clock := 0.0
# Canvas item, mesh and end of life of each object's pieces, in the order of their arrival.
var _items: Array[RID] = []
var _meshes: Array[RID] = []
var _ends: PackedFloat32Array = []


func _init() -> void:
	_material.shader = _shader
	material = _material
	_random.seed = 20


## Objects whose pieces are in the air or lie on the ground.
func flying_count() -> int:
	return _items.size()


## The showcase's clock, in seconds.
func set_clock(clock: float) -> void:
	_clock = clock
	_material.set_shader_parameter("clock", clock)
	var gone := 0
	while gone < _ends.size() and _ends[gone] < clock:
		RenderingServer.free_rid(_items[gone])
		RenderingServer.free_rid(_meshes[gone])
		gone += 1
	if gone > 0:
		_items = _items.slice(gone)
		_meshes = _meshes.slice(gone)
		_ends = _ends.slice(gone)


## Takes the place of [param object] with its [param fragments] and throws them when the wave of [param blast]
## arrives.
func spawn(object: ShowcaseObject, fragments: Array, blast: Blast) -> void:
	var start := maxf(_clock, blast.time + object.position.distance_to(blast.origin) / WAVE_SPEED)
	var vertices := PackedVector2Array()
	var indices := PackedInt32Array()
	var motion := PackedFloat32Array()
	var timing := PackedFloat32Array()
	for fragment: PackedVector2Array in fragments:
		var triangles := Geometry2D.triangulate_polygon(fragment)
		if triangles.is_empty():
			refused_count += 1
			continue
		var first := vertices.size()
		for index: int in triangles:
			indices.append(first + index)
		vertices.append_array(fragment)
		var middle := _middle_of(fragment)
		var speed := _thrown(object.position + middle - blast.origin, blast.strength)
		var piece_motion := PackedFloat32Array([middle.x, middle.y, speed.x, speed.y])
		var piece_timing := PackedFloat32Array([
			start, _random.randf_range(-9.0, 9.0), _random.randf_range(REST_TOP, REST_BOTTOM) - object.position.y,
			_random.randf_range(0.74, 1.08),
		])
		for i: int in fragment.size():
			motion.append_array(piece_motion)
			timing.append_array(piece_timing)
		piece_count += 1
	if indices.is_empty():
		return
	_add_mesh(object, vertices, indices, motion, timing)
	_ends.append(start + LIFETIME)


## Takes all pieces away.
func clear() -> void:
	for item: RID in _items:
		RenderingServer.free_rid(item)
	for mesh: RID in _meshes:
		RenderingServer.free_rid(mesh)
	_items.clear()
	_meshes.clear()
	_ends.clear()
	piece_count = 0
	refused_count = 0
	_random.seed = 20


func _exit_tree() -> void:
	clear()


func _add_mesh(object: ShowcaseObject, vertices: PackedVector2Array, indices: PackedInt32Array,
		motion: PackedFloat32Array, timing: PackedFloat32Array) -> void:
	var arrays: Array = []
	arrays.resize(Mesh.ARRAY_MAX)
	arrays[Mesh.ARRAY_VERTEX] = vertices
	arrays[Mesh.ARRAY_TEX_UV] = object.get_uv_transform() * vertices
	arrays[Mesh.ARRAY_CUSTOM0] = motion
	arrays[Mesh.ARRAY_CUSTOM1] = timing
	arrays[Mesh.ARRAY_INDEX] = indices
	var mesh := RenderingServer.mesh_create()
	RenderingServer.mesh_add_surface_from_arrays(mesh, RenderingServer.PRIMITIVE_TRIANGLES, arrays, [], {},
			(Mesh.ARRAY_CUSTOM_RGBA_FLOAT << Mesh.ARRAY_FORMAT_CUSTOM0_SHIFT)
			| (Mesh.ARRAY_CUSTOM_RGBA_FLOAT << Mesh.ARRAY_FORMAT_CUSTOM1_SHIFT))
	var item := RenderingServer.canvas_item_create()
	RenderingServer.canvas_item_set_parent(item, get_canvas_item())
	RenderingServer.canvas_item_set_use_parent_material(item, true)
	# Drawn in the order of the objects, not of the deliveries, so that nothing changes where two of them touch.
	RenderingServer.canvas_item_set_draw_index(item, object.get_index())
	RenderingServer.canvas_item_add_mesh(item, mesh, Transform2D(0.0, object.position), Color.WHITE,
			object.texture.get_rid())
	_items.append(item)
	_meshes.append(mesh)


func _thrown(away: Vector2, strength: float) -> Vector2:
	var distance := away.length()
	var push := strength / (1.0 + distance / 260.0)
	var direction := away / maxf(distance, 1.0)
	var speed := direction * push * _random.randf_range(0.55, 1.25)
	return speed + Vector2(_random.randf_range(-70.0, 70.0), _random.randf_range(-260.0, -60.0))


func _middle_of(ring: PackedVector2Array) -> Vector2:
	var sum := Vector2.ZERO
	for point: Vector2 in ring:
		sum += point
	return sum / ring.size()
