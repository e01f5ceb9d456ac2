# Shared by every script in tools/: where things are, and how to speak. Source it first.
# shellcheck shell=bash
set -euo pipefail

CUTOUT_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
CUTOUT_CACHE=${CUTOUT_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/cutout-batch}
case $CUTOUT_CACHE in
    /*) ;;
    *) CUTOUT_CACHE=$PWD/$CUTOUT_CACHE ;;
esac
CUTOUT_JOBS=${CUTOUT_JOBS:-$(nproc)}
export CUTOUT_ROOT CUTOUT_CACHE CUTOUT_JOBS

# Temporary files of compilers and of Xvfb stay inside the project too.
export TMPDIR=$CUTOUT_ROOT/build/tmp
mkdir -p "$TMPDIR"

# One short line for each step of a set-up, with the time since the start.
step() { printf '[%3ds] %s\n' "$SECONDS" "$*" >&2; }

# die <what went wrong> [<what to do>]
die() {
    printf 'error: %s\n' "$1" >&2
    [ $# -lt 2 ] || printf '       %s\n' "$2" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# with_progress <what> <command...>: like quietly, but every ten seconds says how far the build's own counter
# ([12/57]) has come.
with_progress() {
    local what=$1 log counter child status=0 waited=0
    shift
    log=$(mktemp "$TMPDIR/progress.XXXXXX")
    "$@" >"$log" 2>&1 </dev/null &
    child=$!
    # shellcheck disable=SC2064 # the child of now
    trap "kill $child 2>/dev/null || true" EXIT
    while kill -0 "$child" 2>/dev/null; do
        sleep 0.2
        waited=$((waited + 1))
        if ((waited % 50 == 0)); then
            counter=$(grep -oE '^\[[0-9]+/[0-9]+\]' "$log" | tail -n 1 || true)
            step "$what ${counter:-[...]}"
        fi
    done
    wait "$child" || status=$?
    trap - EXIT
    [ "$status" -eq 0 ] || tail -n 40 "$log" >&2
    rm -f "$log"
    return "$status"
}

# Runs a command quietly; its output appears only when it fails.
quietly() {
    local log status=0
    log=$(mktemp "$TMPDIR/quiet.XXXXXX")
    "$@" >"$log" 2>&1 </dev/null || status=$?
    if [ "$status" -ne 0 ]; then
        tail -n 40 "$log" >&2
    fi
    rm -f "$log"
    return "$status"
}
