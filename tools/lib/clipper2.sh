# Finds Clipper2, the polygon clipping library that benchmarks and tests compare with. Needs common.sh.
# shellcheck shell=bash

CLIPPER2_HOME=$CUTOUT_CACHE/clipper2 # fetched by provision.sh; complete when clipper2/complete exists

# find_clipper2: sets CLIPPER2, the folder that holds usr/include/clipper2: the system's root or the cache.
find_clipper2() {
    if [ -e /usr/include/clipper2/clipper.h ]; then
        CLIPPER2=/
    elif [ -e "$CLIPPER2_HOME/complete" ]; then
        CLIPPER2=$CLIPPER2_HOME
    else
        return 1
    fi
}
