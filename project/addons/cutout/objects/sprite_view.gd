@tool
extends RefCounted
## Which part of which texture a [Sprite2D] or [AnimatedSprite2D] shows, and where. Internal.

## The texture itself: of an [AtlasTexture] the atlas.
var texture: Texture2D
## The part of it that is shown, in its pixels.
var region: Rect2
## From pixels of [member texture] to the local coordinates of the node.
var to_local: Transform2D
## Whether no pixel outside of [member region] is mixed in.
var is_filter_clipped: bool


## Reads [param node]. Says what is wrong, or "".
func read(node: Node2D) -> String:
	var source: Rect2
	var place: Vector2
	var is_flipped: Array[bool]
	var sprite: Sprite2D = node as Sprite2D
	if sprite != null:
		texture = sprite.texture
		if texture == null:
			return "%s has no texture" % node
		source = Rect2(Vector2.ZERO, texture.get_size())
		if sprite.region_enabled:
			source = sprite.region_rect
			is_filter_clipped = sprite.region_filter_clip_enabled
		source.size /= Vector2(sprite.hframes, sprite.vframes)
		source.position += source.size * Vector2(sprite.frame_coords)
		place = sprite.offset - (source.size * 0.5 if sprite.centered else Vector2.ZERO)
		is_flipped = [sprite.flip_h, sprite.flip_v]
	else:
		var animated: AnimatedSprite2D = node as AnimatedSprite2D
		var frames: SpriteFrames = animated.sprite_frames
		if frames == null or not frames.has_animation(animated.animation):
			return "%s has no animation '%s'" % [node, animated.animation]
		if animated.frame >= frames.get_frame_count(animated.animation):
			return "the animation '%s' of %s has no frame %d" % [animated.animation, node, animated.frame]
		texture = frames.get_frame_texture(animated.animation, animated.frame)
		if texture == null:
			return "frame %d of the animation '%s' of %s has no texture" % [animated.frame, animated.animation, node]
		source = Rect2(Vector2.ZERO, texture.get_size())
		place = animated.offset - (source.size * 0.5 if animated.centered else Vector2.ZERO)
		is_flipped = [animated.flip_h, animated.flip_v]
	if node.is_inside_tree() and node.get_viewport().snap_2d_transforms_to_pixel:
		place = (place + Vector2(0.5, 0.5)).floor()
	region = source
	# A flipped sprite stays in its place: the texture is turned round within it.
	var scale: Vector2 = Vector2(-1.0 if is_flipped[0] else 1.0, -1.0 if is_flipped[1] else 1.0)
	var corner: Vector2 = Vector2(
		source.end.x if is_flipped[0] else source.position.x, source.end.y if is_flipped[1] else source.position.y
	)
	to_local = Transform2D(0.0, scale, 0.0, place - corner * scale)
	return _leave_atlases(node)


# An AtlasTexture shows a part of another texture, within an empty margin. What is asked of it beyond its part
# shows nothing.
func _leave_atlases(node: Node2D) -> String:
	while texture is AtlasTexture:
		var part: AtlasTexture = texture
		if part.atlas == null:
			return "the AtlasTexture of %s has no atlas" % node
		# As the engine does: a size is whole pixels, and 0 means all.
		var held: Rect2 = Rect2(part.region.position, part.region.size.floor())
		if held.size.x == 0.0:
			held.size.x = part.atlas.get_width()
		if held.size.y == 0.0:
			held.size.y = part.atlas.get_height()
		var shift: Vector2 = held.position - part.margin.position
		region = Rect2(region.position + shift, region.size).intersection(held)
		to_local = to_local.translated_local(-shift)
		is_filter_clipped = part.filter_clip
		texture = part.atlas
	if not region.has_area():
		return "%s shows no part of its texture" % node
	return ""
