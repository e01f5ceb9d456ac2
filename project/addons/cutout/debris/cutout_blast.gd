@icon("res://addons/cutout/icons/CutoutFracture.svg")
class_name CutoutBlast
extends Resource
## How an object comes apart: the explosion that its pieces feel, and what they become.
##
## Handed to [code]CutoutBatch.fracture_object[/code]; or saved in a scene.
## [codeblock]
## var blast: CutoutBlast = CutoutBlast.new()
## blast.center = get_global_mouse_position()
## blast.speed = 500.0
## await CutoutBatch.fracture_object($Crate, {"fragment_count": 24}, 0, 0, blast)
## [/codeblock]

## What the pieces become.
enum Output {
	DEBRIS, ## Pieces of a [CutoutDebris2D]: thousands at once.
	## A [RigidBody2D] for each piece, see [member scene]: ordinary nodes, which cost about 20 times as much.
	NODES,
	NONE, ## Nothing: only the result has them. The object stays.
}

## See [enum Output].
@export var output: Output = Output.DEBRIS
## With [constant NODES], what a piece is made of: a scene whose root is a [RigidBody2D]. The first [CollisionPolygon2D]
## and the first [Polygon2D] right below the root get the shape and the look of the piece; others stay as they are.
## Layer and mask of the object's body, if it has one, go before those of the scene. If the root has a method
## [code]setup_fragment(fragment: PackedVector2Array, result: CutoutFractureResult)[/code], it is called when the piece
## stands in the tree; [param fragment] is its outline in the root's coordinates. Nodes are used again, see
## [code]CutoutBatch.retire[/code], so that is also where the scene undoes what it did to itself.
## [br]Null: a [RigidBody2D] with a [CollisionPolygon2D] and a [Polygon2D].
@export var scene: PackedScene
## Where it explodes, in global coordinates.
@export var center: Vector2 = Vector2.ZERO
## Speed that a piece at the centre gets, in pixels a second. 0: no explosion, the pieces just fall.
@export_range(-10_000.0, 10_000.0, 1.0, "or_greater", "or_less", "suffix:px/s") var speed: float = 0.0
## From here on the explosion has no effect, in pixels. 0: it has, wherever.
@export_range(0.0, 4096.0, 1.0, "or_greater", "suffix:px") var radius: float = 0.0
## How fast it gets weaker with the distance: the speed is multiplied by (1 - distance / radius) to this power.
@export_range(0.0, 8.0, 0.05) var falloff: float = 1.0
## Each piece gets a random spin of up to this much either way, in radians a second.
@export_range(0.0, 40.0, 0.1, "or_greater", "radians_as_degrees") var spin: float = 0.0
## What the object weighs, shared among its pieces by their area. 0: what its body weighs, or 1 without one.
@export_range(0.0, 1000.0, 0.01, "or_greater", "suffix:kg") var mass: float = 0.0

@export_group("Damage")
## Of [code]CutoutBatch.damage_object[/code]: points that hold the object, in its coordinates. What is connected to none of the anchors
## falls.
@export var anchor_points: PackedVector2Array = PackedVector2Array()
## Areas that hold the object, in its coordinates.
@export var anchor_rects: Array[Rect2] = []

## Whose pieces they become. Null: one is made beside the object and used for all objects there.
var debris: Node2D
