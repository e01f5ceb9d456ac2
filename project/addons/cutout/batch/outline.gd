@tool
extends Object
## Reads polygons from what a game hands over, and checks their shape. Never looks at a point. Internal.
##
## A polygon is a PackedVector2Array or an Array of them (outer ring, then holes).

const JobStatus := preload("res://addons/cutout/batch/job_status.gd")

const EXPECTED: String = "a PackedVector2Array, or an Array of them (outer ring, then holes)"


## Why [param polygon] cannot be a polygon, or "" if it may be one.
static func find_fault(polygon: Variant) -> String:
	if polygon is PackedVector2Array:
		return _find_ring_fault(polygon, "the polygon")
	if not polygon is Array:
		return "the polygon is %s; expected %s" % [describe(polygon), EXPECTED]
	var rings: Array = polygon
	if rings.is_empty():
		return "the polygon has no ring; expected %s" % EXPECTED
	for i: int in rings.size():
		if not rings[i] is PackedVector2Array:
			return "ring %d of the polygon is %s; expected %s" % [i, describe(rings[i]), EXPECTED]
		var what: String = "the outer ring of the polygon" if i == 0 else "hole %d of the polygon" % (i - 1)
		var fault: String = _find_ring_fault(rings[i], what)
		if fault != "":
			return fault
	return ""


## The status that belongs to a fault of [param polygon].
static func get_fault_status(polygon: Variant) -> int:
	if polygon is PackedVector2Array:
		return JobStatus.TOO_FEW_POINTS
	if not polygon is Array:
		return JobStatus.BAD_ARGUMENT
	var rings: Array = polygon
	for ring: Variant in rings:
		if not ring is PackedVector2Array:
			return JobStatus.BAD_ARGUMENT
	return JobStatus.TOO_FEW_POINTS


## A copy that later changes of the original do not reach. Costs one step a ring: points are copied on write.
static func snapshot(polygon: Variant) -> Variant:
	if polygon is PackedVector2Array:
		var ring: PackedVector2Array = polygon
		return ring.duplicate()
	var rings: Array = polygon
	var copy: Array[PackedVector2Array] = []
	for ring: PackedVector2Array in rings:
		copy.append(ring.duplicate())
	return copy


## The parameters as a Dictionary of their own, or null if they cannot be parameters.
static func snapshot_params(params: Variant) -> Variant:
	if params is Dictionary:
		var dictionary: Dictionary = params
		return dictionary.duplicate()
	if is_instance_valid(params) and params is Object:
		var object: Object = params
		if object.has_method(&"to_dictionary"):
			var made: Variant = object.call(&"to_dictionary")
			return made if made is Dictionary else null
	return null


## Whether [param object] is an Object that exists no longer, or will not at the end of this frame.
static func is_gone(object: Variant) -> bool:
	if typeof(object) != TYPE_OBJECT:
		return false
	if not is_instance_valid(object):
		return true
	return object is Node and (object as Node).is_queued_for_deletion()


## The polygon of an object: what its [code]get_polygon_data()[/code] returns, or else the outline of a
## [Polygon2D] or [CollisionPolygon2D], in the coordinates of its [code]polygon[/code] property. Where there is
## none, a String that says why.
static func read_object(object: Object) -> Variant:
	if object.has_method(&"get_polygon_data"):
		var data: Variant = object.call(&"get_polygon_data")
		if data is PackedVector2Array or data is Array:
			return data
		return "get_polygon_data() of %s returned %s; expected %s" % [object, describe(data), EXPECTED]
	if object is Polygon2D:
		var shown: Polygon2D = object
		if shown.invert_enabled:
			return "%s has invert_enabled: it shows what is outside its polygon, which has no outline" % object
		var points: PackedVector2Array = shown.polygon
		# Internal vertices stand at the end; they shape the skeleton's mesh and are no part of the outline.
		return points.slice(0, maxi(0, points.size() - shown.internal_vertex_count))
	if object is CollisionPolygon2D:
		return (object as CollisionPolygon2D).polygon
	return (
		"%s has no outline: expected a Polygon2D, a CollisionPolygon2D, or an object with a method" % object
		+ " get_polygon_data() that returns " + EXPECTED
	)


## A value in words, for messages.
static func describe(value: Variant) -> String:
	if value == null:
		return "null"
	if value is Object:
		return "an object of class %s" % (value as Object).get_class()
	return "of type %s" % type_string(typeof(value))


static func _find_ring_fault(ring: PackedVector2Array, what: String) -> String:
	if ring.is_empty():
		return "%s is empty; a ring has at least 3 points" % what
	if ring.size() < 3:
		return "%s has %d points; a ring has at least 3" % [what, ring.size()]
	return ""
