extends RefCounted
## Figures of the addon in the debugger's monitors, under "Cutout". Internal.
##
## They belong to the first processor in the tree; the engine asks for them about once a second while somebody
## looks.

## Monitor, and the key of [code]get_stats()[/code] that it shows.
const MONITORS: Dictionary[StringName, String] = {
	&"Cutout/queued": "queued",
	&"Cutout/in flight": "in_flight",
	&"Cutout/waiting for delivery": "finished",
	&"Cutout/delivered per second": "delivered_per_second",
	&"Cutout/budget (usec)": "budget_usec",
	&"Cutout/budget used (usec)": "spent_usec",
	&"Cutout/workers": "workers",
	&"Cutout/workers busy": "running",
	&"Cutout/cutting time p50 (usec)": "cut_usec_p50",
	&"Cutout/cutting time p99 (usec)": "cut_usec_p99",
	&"Cutout/missed frames": "missed_frames_total",
}

var _added: Array[StringName] = []


## [param get_stats] gives the figures.
func add(get_stats: Callable) -> void:
	for monitor: StringName in MONITORS:
		if Performance.has_custom_monitor(monitor):
			continue # another processor's
		var key: String = MONITORS[monitor]
		Performance.add_custom_monitor(monitor, func() -> float: return float(get_stats.call()[key]))
		_added.append(monitor)


func remove() -> void:
	for monitor: StringName in _added:
		Performance.remove_custom_monitor(monitor)
	_added.clear()
