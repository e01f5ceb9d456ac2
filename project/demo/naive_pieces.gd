extends RefCounted
## Breaks an object as one would without a batch: cut on the main thread, and a node for each piece, all of it at once.
## For comparison: this is what makes games stutter. It knows nothing of what was dug away before.

const StageObject := preload("res://demo/stage_object.gd")


## Puts bodies in the place of [param object], which is freed. They fly as the pieces of [param blast] would.
static func break_object(object: StageObject, params: Dictionary, blast: CutoutBlast) -> Array[RigidBody2D]:
	var nodes: Array[RigidBody2D] = []
	for ring: PackedVector2Array in CutoutBatchNative.new().fracture(object.outline, params):
		var middle: Vector2 = _middle_of(ring)
		var body: RigidBody2D = RigidBody2D.new()
		# As the pieces of the other two: they meet the ground, and not each other.
		body.collision_layer = 0
		body.linear_damp = 0.8
		var around: PackedVector2Array = Transform2D(0.0, -middle) * ring
		var shape: CollisionPolygon2D = CollisionPolygon2D.new()
		shape.polygon = around
		body.add_child(shape)
		var shown: Polygon2D = Polygon2D.new()
		shown.polygon = around
		shown.texture = object.texture
		shown.uv = Transform2D(0.0, object.region_rect.get_center()) * ring
		body.add_child(shown)
		body.position = object.position + middle
		body.linear_velocity = _thrown(body.position - blast.center, blast)
		body.angular_velocity = randf_range(-blast.spin, blast.spin)
		object.get_parent().add_child(body)
		nodes.append(body)
	if not nodes.is_empty():
		object.queue_free()
	return nodes


static func _thrown(away: Vector2, blast: CutoutBlast) -> Vector2:
	var share: float = 1.0 - (away.length() / blast.radius if blast.radius > 0.0 else 0.0)
	return away.normalized() * blast.speed * pow(share, blast.falloff) if share > 0.0 else Vector2.ZERO


static func _middle_of(ring: PackedVector2Array) -> Vector2:
	var sum: Vector2 = Vector2.ZERO
	for point: Vector2 in ring:
		sum += point
	return sum / ring.size()
