@tool
extends Object
## The numbers of a job's end that the scripts themselves use. The whole list is the native
## [code]CutoutJobQueue.Status[/code]; a test compares the two, so that this file also works without the library.

const OK: int = 0
const CANCELLED: int = 1
const TOO_FEW_POINTS: int = 10
const BAD_PARAMETER: int = 20
const BAD_ARGUMENT: int = 21
const QUEUE_FULL: int = 22
## The library is missing or the processor has left the tree.
const INTERNAL_ERROR: int = 31
