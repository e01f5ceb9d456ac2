@tool
extends EditorPlugin
## Registers the autoload [code]CutoutBatch[/code] while the plugin is enabled, and shows the addon's project
## settings.

const Settings := preload("res://addons/cutout/settings/cutout_settings.gd")

const AUTOLOAD_NAME: String = "CutoutBatch"
const AUTOLOAD_PATH: String = "res://addons/cutout/autoload/cutout_batch_processor.gd"


func _enter_tree() -> void:
	Settings.register()
	# A project file written by hand names the plugin as enabled; then nothing calls _enable_plugin().
	_register_autoload()


func _enable_plugin() -> void:
	_register_autoload()


func _disable_plugin() -> void:
	if ProjectSettings.has_setting("autoload/" + AUTOLOAD_NAME):
		remove_autoload_singleton(AUTOLOAD_NAME)


func _register_autoload() -> void:
	if ProjectSettings.has_setting("autoload/" + AUTOLOAD_NAME):
		return
	add_autoload_singleton(AUTOLOAD_NAME, AUTOLOAD_PATH)
	ProjectSettings.save()
