@tool
extends RefCounted
## All that the pieces of one visible thing need to look and move exactly like it. Internal.
##
## [SkinReader] makes it from what a game hands over; an object of several visible parts has several. Nothing in
## it follows later changes of the node: [code]SkinReader.refresh[/code] takes over what moves.
##
## [codeblock]
## draw with: texture, uv (or uv_points and uvs), color or colors, modulate * self_modulate, material
## draw at:   to_global, on the canvas of item.get_canvas(), with z_index
## [/codeblock]

const AlphaOutline := preload("res://addons/cutout/objects/alpha_outline.gd")

const _COPIED: Array[StringName] = [
	&"polygon", &"is_seen", &"texture", &"region", &"is_filter_clipped", &"uv", &"uvs", &"uv_points", &"uv_polygons",
	&"colors", &"color",
	&"modulate", &"is_modulated", &"tint", &"drawn_color", &"self_modulate", &"material", &"z_index", &"light_mask",
	&"visibility_layer", &"texture_filter", &"texture_repeat", &"has_look", &"collision_layer", &"collision_mask",
	&"physics_material", &"mass", &"show_behind_parent",
]

## The visible node. [code]null[/code] where there is none: a bare shape, or an object that is no [CanvasItem].
var item: CanvasItem:
	set(value):
		item = value
		is_seen = value != null
## There was such a node. It may be gone by now.
var is_seen: bool
## What is hidden and freed when it breaks: the object that was given. A body that was given is the host of the
## skins of all its children. [code]null[/code] if the object is no [Node].
var host: Node
## The node in whose local coordinates [member polygon] is: the visible node, or else the shape.
var transform_node: CanvasItem
## The body that the object is or hangs under directly. [code]null[/code] if there is none.
var body: CollisionObject2D

## The outline: a PackedVector2Array, or an Array of them (outer ring, holes), in the local coordinates of
## [method get_transform_node]; for a [Polygon2D] in those of its [code]polygon[/code], that is, without its
## [code]offset[/code]. [code]null[/code] while [member outline] is being made.
var polygon: Variant
## What is awaited: the outline of a sprite's texture. Once it is ready the object is to be read again.
## [code]null[/code] if nothing is awaited.
var outline: AlphaOutline
## From the coordinates of [member polygon] to global canvas coordinates. The [code]offset[/code] of a
## [Polygon2D] is part of it; that of a sprite is part of the outline, since it is local coordinates there, too.
var to_global: Transform2D

## The picture; [code]null[/code] for none. For an [AtlasTexture] in a sprite it is the atlas.
var texture: Texture2D
## The part of [member texture] that a sprite shows, in pixels; empty where there is no such limit.
var region: Rect2
## A sprite's [code]region_filter_clip_enabled[/code]: no pixel outside of [member region] is mixed in.
var is_filter_clipped: bool
## Without [member uvs]: from the coordinates of [member polygon] to texture coordinates, 0 to 1.
## With them: from the values in [member uvs] to texture coordinates.
var uv: Transform2D
## The [code]uv[/code] of a [Polygon2D] that has its own, one for each of [member uv_points]; else empty.
var uvs: PackedVector2Array
## The points that [member uvs] and [member colors] belong to, in the coordinates of [member polygon]: the points
## of a [Polygon2D], internal ones included. Empty where there are neither.
var uv_points: PackedVector2Array
## Which of [member uv_points] is the first of [member polygon]: of an island of a damaged one, else 0.
var first_point: int = 0
## The [code]polygons[/code] of a [Polygon2D]: the faces that it draws, as indices into [member uv_points]. If it
## is empty the engine triangulates the points in their order.
var uv_polygons: Array

## A colour for each of [member uv_points], used instead of [member color]; or empty.
var colors: PackedColorArray
## The colour of a [Polygon2D]; white for everything else.
var color: Color = Color.WHITE
## [code]modulate[/code] of the node times that of all nodes it inherits from.
var modulate: Color = Color.WHITE
## One of those is not white.
var is_modulated: bool
## What colours the pieces as children of the object's parent: [code]modulate[/code] of the node times that of those it
## inherits from below there. Set by who takes the skin over.
var tint: Color = Color.WHITE
## What pieces are drawn with, beyond what their item inherits. Set by who takes the skin over.
var drawn_color: Color = Color.WHITE
## The node's own.
var self_modulate: Color = Color.WHITE
## The material that draws it: its own, or with [code]use_parent_material[/code] that of the node it is taken from.
var material: Material
## The z-index it is drawn with, parents added where it is relative.
var z_index: int
## See [member CanvasItem.light_mask].
var light_mask: int = 1
## The node's own, see [member CanvasItem.visibility_layer]. (The renderer hides it with its parents, too.)
var visibility_layer: int = 1
## How it is filtered: the first in the line of its parents that says so. 0, [code]TEXTURE_FILTER_PARENT_NODE[/code],
## means that none does: the viewport's default.
var texture_filter: CanvasItem.TextureFilter
## How it repeats, found like [member texture_filter].
var texture_repeat: CanvasItem.TextureRepeat
## Something of [member material], [member z_index], masks, filter and repeat is not as in a new node.
var has_look: bool
## The node is drawn behind its parent. Set anew by who takes the skin over: the host is.
var show_behind_parent: bool
## The parent sorts its children by their y: which neighbours hide it hangs on its place.
var is_y_sorted: bool
## [code]antialiased[/code] of a [Polygon2D]: its border is drawn with a feather.
var antialiased: bool

## Of [member body]; without one the values of a new body.
var collision_layer: int = 1
var collision_mask: int = 1
## The body's [code]physics_material_override[/code].
var physics_material: PhysicsMaterial
## How the body moves. A [StaticBody2D] and an [Area2D] do not.
var velocity: Vector2
## In radians a second.
var angular_velocity: float
## What the body turns about, in global coordinates. Set where [member angular_velocity] is not 0.
var motion_center: Vector2
## Of the whole body, however many skins it has; 0 if no body says.
var mass: float


## The node in whose local coordinates [member polygon] is. [code]null[/code] if the object is no [CanvasItem].
func get_transform_node() -> CanvasItem:
	return transform_node


## Whether the outline is still being made.
func is_waiting() -> bool:
	return outline != null and not outline.is_ready


## What debris needs of it, for pieces of its pieces: without the nodes.
func make_copy() -> RefCounted:
	var copy: RefCounted = new()
	for property: StringName in _COPIED:
		copy.set(property, get(property))
	return copy
