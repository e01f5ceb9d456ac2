# Finds the engine: $GODOT, then PATH, then the cache folder; else fetches it. Needs common.sh.
# shellcheck shell=bash

ENGINE_LEAST_MAJOR=4
ENGINE_LEAST_MINOR=6
ENGINE_HOME=$CUTOUT_CACHE/engine # the fetched engine; complete when engine/complete exists

# engine_version <program>: its version, or nothing when it does not run.
engine_version() { engine_env "$1" --version 2>/dev/null </dev/null | head -n 1 | tr -d '\r' || true; }

# Is this version new enough?
version_suffices() {
    local major minor
    IFS=. read -r major minor _ <<<"$1"
    [[ $major =~ ^[0-9]+$ && $minor =~ ^[0-9]+ ]] || return 1
    minor=${BASH_REMATCH[0]}
    ((major > ENGINE_LEAST_MAJOR || (major == ENGINE_LEAST_MAJOR && minor >= ENGINE_LEAST_MINOR)))
}

# engine_env <program> <arguments>: runs it with its settings, logs and caches in our cache folder, so that
# nothing is written to the user's own engine folders.
engine_env() {
    local home=$CUTOUT_CACHE/home
    mkdir -p "$home"
    XDG_DATA_HOME=$home/data XDG_CONFIG_HOME=$home/config XDG_CACHE_HOME=$home/cache "$@"
}

# find_engine: sets ENGINE and ENGINE_VERSION. Returns 1 when there is none.
find_engine() {
    local candidate version
    if [ -n "${GODOT:-}" ]; then
        candidate=$(command -v "$GODOT" || true)
        [ -n "$candidate" ] || die "GODOT is set to '$GODOT', which is no program" "unset it or correct it"
        version=$(engine_version "$candidate")
        version_suffices "$version" ||
            die "GODOT is set to '$GODOT', which says version '$version'; needed: $ENGINE_LEAST_MAJOR.$ENGINE_LEAST_MINOR or newer" "unset it or correct it"
        ENGINE=$candidate ENGINE_VERSION=$version
        return 0
    fi
    for candidate in godot godot4 "$ENGINE_HOME/usr/bin/godot"; do
        candidate=$(command -v "$candidate" || true)
        [ -n "$candidate" ] || continue
        [ "$candidate" != "$ENGINE_HOME/usr/bin/godot" ] || [ -e "$ENGINE_HOME/complete" ] || continue
        version=$(engine_version "$candidate")
        if version_suffices "$version"; then
            ENGINE=$candidate ENGINE_VERSION=$version
            return 0
        fi
    done
    return 1
}

# need_engine: like find_engine, but says what to do when there is none.
need_engine() { find_engine || die "no Godot $ENGINE_LEAST_MAJOR.$ENGINE_LEAST_MINOR or newer found" "run: tools/setup build"; }

# engine_headers: prints the folder with the engine's own gdextension_interface.h, written once per version.
engine_headers() {
    local folder temporary
    folder=$CUTOUT_ROOT/build/engine-api/$(tr -c 'A-Za-z0-9.+\n' '_' <<<"$ENGINE_VERSION")
    if [ ! -e "$folder/gdextension_interface.h" ]; then
        mkdir -p "$CUTOUT_ROOT/build/engine-api"
        temporary=$(mktemp -d "$CUTOUT_ROOT/build/engine-api/.new.XXXXXX")
        (cd "$temporary" && quietly engine_env "$ENGINE" --headless --dump-gdextension-interface --dump-extension-api) || true
        [ -s "$temporary/gdextension_interface.h" ] || die "$ENGINE did not write gdextension_interface.h"
        rm -rf "$folder"
        mv -T "$temporary" "$folder"
    fi
    printf '%s\n' "$folder"
}

have_display() { [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ]; }
