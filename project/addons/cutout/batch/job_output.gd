extends Object
## What a job leaves: the bits that the scripts themselves use. The whole list is the native
## [code]CutoutJobQueue.Output[/code]; a test compares the two, so that this file also works without the library.

const ARRAYS: int = 1
## A CutoutFragments.
const FLAT: int = 2
## What a CutoutDebris2D is filled with; implies flat output.
const SHEET: int = 32
