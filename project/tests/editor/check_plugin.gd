@tool
extends EditorPlugin
## Looks, in a real editor, at what the addon does there. tools/check_editor makes a project of the addon and this plugin.
## It ends the editor with status 0 when all is well.

const ADDON: String = "cutout"
const AUTOLOAD: String = "autoload/CutoutBatch"
## Frames that one step may take.
const PATIENCE: int = 600
const PIECES: int = 30

var _failed: int = 0


func _ready() -> void:
	await _wait(func() -> bool: return not EditorInterface.get_resource_filesystem().is_scanning())
	_check(not ProjectSettings.has_setting(AUTOLOAD), "nothing is registered before the plugin is enabled")
	EditorInterface.set_plugin_enabled(ADDON, true)
	await _wait(func() -> bool: return ProjectSettings.has_setting(AUTOLOAD))
	_check(ProjectSettings.has_setting(AUTOLOAD), "the plugin registers the autoload")
	_check(ProjectSettings.has_setting("cutout/batch/workers"), "and its settings")
	await _check_preview()
	EditorInterface.set_plugin_enabled(ADDON, false)
	await _wait(func() -> bool: return not ProjectSettings.has_setting(AUTOLOAD))
	_check(not ProjectSettings.has_setting(AUTOLOAD), "and takes it back")
	print("CUTOUT-EDITOR failed=%d done" % _failed)
	get_tree().quit(_failed)


# A node that makes its parent breakable shows the pieces, and follows its resource.
func _check_preview() -> void:
	EditorInterface.open_scene_from_path("res://breakable.tscn")
	await _wait(func() -> bool: return EditorInterface.get_edited_scene_root() != null)
	var root: Node = EditorInterface.get_edited_scene_root()
	var node: Node = root.get_node("Crate/Destructible") if root != null else null
	_check(node != null, "the scene is open")
	if node == null:
		return
	await _wait(func() -> bool: return _count(node) == PIECES)
	_check(_count(node) == PIECES, "it shows the pieces: %d" % _count(node))
	var fracture: Resource = node.get("fracture")
	fracture.set("fragment_count", 7)
	await _wait(func() -> bool: return _count(node) == 7)
	_check(_count(node) == 7, "and follows the parameters: %d" % _count(node))
	var packed: PackedScene = PackedScene.new()
	packed.pack(root)
	_check(packed.get_state().get_node_count() == 3, "nothing of it is saved")


func _count(node: Node) -> int:
	return (node.call(&"get_preview") as Array).size()


func _wait(is_so: Callable) -> void:
	for _frame: int in PATIENCE:
		if is_so.call():
			return
		await get_tree().process_frame


func _check(is_so: bool, what: String) -> void:
	_failed += int(not is_so)
	print("%s  %s" % ["ok    " if is_so else "FAILED", what])
