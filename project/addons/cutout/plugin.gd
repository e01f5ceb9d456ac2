@tool
extends EditorPlugin
## Registers the autoload [code]CutoutBatch[/code] while the plugin is enabled, and shows the addon's project
## settings.

const Settings := preload("res://addons/cutout/settings/cutout_settings.gd")

const AUTOLOAD_NAME: String = "CutoutBatch"
const AUTOLOAD_PATH: String = "res://addons/cutout/autoload/cutout_batch_processor.gd"


func _enter_tree() -> void:
	Settings.register()


func _enable_plugin() -> void:
	add_autoload_singleton(AUTOLOAD_NAME, AUTOLOAD_PATH)


func _disable_plugin() -> void:
	if ProjectSettings.has_setting("autoload/" + AUTOLOAD_NAME):
		remove_autoload_singleton(AUTOLOAD_NAME)
