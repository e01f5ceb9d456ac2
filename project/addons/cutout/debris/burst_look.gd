extends Object
## How the canvas item of a burst is drawn: as its object was. Internal.

const ObjectSkin := preload("res://addons/cutout/objects/skin.gd")


## What a new item is not. [param has_z]: somebody whose child it is has a z-index, which is not its.
static func apply(item: RID, skin: ObjectSkin, has_z: bool) -> void:
	if skin.material != null:
		RenderingServer.canvas_item_set_material(item, skin.material.get_rid())
	if skin.z_index != 0 or has_z:
		RenderingServer.canvas_item_set_z_as_relative_to_parent(item, false)
		RenderingServer.canvas_item_set_z_index(item, skin.z_index)
	if skin.light_mask != 1:
		RenderingServer.canvas_item_set_light_mask(item, skin.light_mask)
	if skin.visibility_layer != 1:
		RenderingServer.canvas_item_set_visibility_layer(item, skin.visibility_layer)
	if skin.texture_filter != CanvasItem.TEXTURE_FILTER_PARENT_NODE:
		RenderingServer.canvas_item_set_default_texture_filter(
			item, skin.texture_filter as RenderingServer.CanvasItemTextureFilter
		)
	if skin.texture_repeat != CanvasItem.TEXTURE_REPEAT_PARENT_NODE:
		RenderingServer.canvas_item_set_default_texture_repeat(
			item, skin.texture_repeat as RenderingServer.CanvasItemTextureRepeat
		)
