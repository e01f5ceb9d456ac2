# Fetches the engine, and Clipper2 for measuring and checking, from Debian into the cache folder, without
# touching the system. Needs common.sh, packages.sh, engine.sh and clipper2.sh.
#
# Both are packages of a newer Debian suite whose libraries the running system must not get. So apt
# works on a state of its own (lists, archives, an empty list of installed packages, so that the whole
# closure is fetched, the C library included), the packages are unpacked side by side, and the program is
# told to use that C library and those libraries. Only the machine's own mirror and keyring are used.
# shellcheck shell=bash

ENGINE_SUITE=${CUTOUT_ENGINE_SUITE:-forky}
ENGINE_PACKAGES=(godot libgl1 libgl1-mesa-dri libglx-mesa0 libegl1)
ARCHIVE_KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

# private_apt <state folder>: writes an apt configuration that carries over how this machine reaches its
# mirror (proxies, certificates), and none of its hooks, sources or pins.
private_apt() {
    local state=$1
    mkdir -p "$state"/{lists/partial,archives/partial,etc/parts,etc/sources}
    : >"$state/status"
    {
        apt-config dump | grep -E '^Acquire::' | grep -vE '^Acquire::(IndexTargets|GzipIndexes)'
        cat <<CONF
Dir::State "$state";
Dir::State::Lists "$state/lists";
Dir::State::status "$state/status";
Dir::State::extended_states "$state/extended_states";
Dir::Cache "$state";
Dir::Cache::archives "$state/archives";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
Dir::Log "$state/log";
Dir::Etc::main "/dev/null";
Dir::Etc::parts "$state/etc/parts";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "$state/etc/parts";
Acquire::Languages "none";
Acquire::Retries "3";
APT::Sandbox::User "$(id -un)";
APT::Get::List-Cleanup "false";
// Signatures are checked as ever. Only dates are not: a mirror that lags, or a clock that is wrong, is no
// reason to refuse packages that are unpacked into a folder and never installed.
Acquire::Check-Valid-Until "false";
Acquire::Check-Date "false";
CONF
    } >"$state/apt.conf"
}

# mirror_candidates <state folder>: the machine's mirrors of Debian's main component, likeliest first. When the
# machine has no package lists yet, they are fetched into the private state (which needs no root).
mirror_candidates() {
    local state=$1 base targets
    local format='$(SITE) $(RELEASE) $(COMPONENT)'
    base=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
    targets=$(apt-get indextargets --format "$format" 'Created-By: Packages' 2>/dev/null || true)
    if [ -z "$targets" ]; then
        step "reading this machine's package sources"
        APT_CONFIG=$state/apt.conf quietly apt-get update || true
        targets=$(APT_CONFIG=$state/apt.conf apt-get indextargets --format "$format" 'Created-By: Packages' || true)
    fi
    # First the site of the running release itself, then every other site; security archives never hold it.
    {
        awk -v base="$base" '$2 == base && $3 == "main" { print $1 }' <<<"$targets"
        awk '$3 == "main" && $2 !~ /-security$/ { print $1 }' <<<"$targets"
    } | awk 'NF && !seen[$0]++'
}

# use_mirror <state folder> <site> <package>: true when this site serves the suite with the package in it.
use_mirror() {
    local state=$1 site=$2 package=$3
    rm -f "$state"/etc/sources/*
    cat >"$state/etc/sources/suite.sources" <<SOURCE
Types: deb
URIs: $site
Suites: $ENGINE_SUITE
Components: main
Signed-By: $ARCHIVE_KEYRING
SOURCE
    private_apt_get "$state" update >"$state/update.log" 2>&1 || return 1
    APT_CONFIG=$state/apt.conf apt-cache -o Dir::Etc::sourcelist=/dev/null \
        -o Dir::Etc::sourceparts="$state/etc/sources" show "$package" >/dev/null 2>&1
}

private_apt_get() {
    local state=$1
    shift
    APT_CONFIG=$state/apt.conf apt-get -q -y -o Dir::Etc::sourcelist=/dev/null \
        -o Dir::Etc::sourceparts="$state/etc/sources" "$@" </dev/null
}

# point_at_own_libraries <unpacked folder> <folder where it will stand>
#
# A search path in the program (of the old kind, which also holds for what its libraries load) leads to the
# fetched libraries. A library with a path of its own would look in the system instead, so it gets the same.
point_at_own_libraries() {
    local root=$1 final=$2 triple libraries loader library
    triple=$(cd "$root/usr/lib" && ls -d ./*-linux-gnu | head -n 1)
    libraries=usr/lib/${triple#./}
    loader=$(cd "$root" && ls usr/lib*/ld-linux-*.so.* "$libraries"/ld-linux-*.so.* 2>/dev/null | head -n 1)
    [ -n "$loader" ] || die "the fetched packages hold no program loader"
    local path=$final/$libraries:$final/$libraries/pulseaudio
    patchelf --set-interpreter "$final/$loader" --force-rpath --set-rpath "$path" "$root/usr/bin/godot"
    while IFS= read -r library; do
        if [ -n "$(patchelf --print-rpath "$library" 2>/dev/null)" ]; then
            patchelf --set-rpath "$path" "$library"
        fi
    done < <(find "$root/$libraries" -maxdepth 1 -type f -name '*.so*')
    printf '%s\n' "$libraries" >"$root/libraries"
}

# take_cache_lock <command...>: one set-up at a time. Returns 1 when another one was waited for and the command
# (a find_...) now succeeds: nothing is left to do.
take_cache_lock() {
    mkdir -p "$CUTOUT_CACHE"
    exec 9>"$CUTOUT_CACHE/lock"
    if ! flock -n 9; then
        step "waiting for another set-up"
        flock 9
        if "$@"; then
            exec 9>&-
            return 1
        fi
    fi
    rm -rf "$CUTOUT_CACHE"/.new.* # left by an interrupted set-up
}

# fetch_packages <work folder> <what> <advice when there is none> <advice when fetching fails> <package...>
#
# Unpacks the packages (the first one is what is looked for) and all they depend on into <work folder>/root.
fetch_packages() {
    local work=$1 what=$2 none=$3 failed=$4 site found="" tried="" package
    shift 4
    [ -e "$ARCHIVE_KEYRING" ] || die "$ARCHIVE_KEYRING is missing" "install with: apt-get install debian-archive-keyring"
    private_apt "$work/apt"
    step "looking for $what on this machine's Debian mirror"
    for site in $(mirror_candidates "$work/apt"); do
        tried="$tried $site"
        if use_mirror "$work/apt" "$site" "$1"; then
            found=$site
            break
        fi
    done
    if [ -z "$found" ]; then
        [ ! -s "$work/apt/update.log" ] || tail -n 5 "$work/apt/update.log" >&2
        die "no mirror of this machine serves $what from Debian $ENGINE_SUITE (tried:${tried:- none})" "$none"
    fi
    step "fetching $what from $found ($ENGINE_SUITE)"
    quietly private_apt_get "$work/apt" install --download-only --no-install-recommends "$@" ||
        die "fetching $what failed" "$failed"
    step "unpacking $what"
    mkdir "$work/root"
    # One at a time: parallel unpacking races on shared folders.
    for package in "$work"/apt/archives/*.deb; do
        dpkg-deb -x "$package" "$work/root" || die "unpacking $(basename "$package") failed"
    done
    rm -rf "$work/root/usr/share/"{doc,man,locale,lintian,bug}
}

# provision_engine: fills ENGINE_HOME, whole or not at all.
provision_engine() {
    have apt-get || die "no Godot $ENGINE_LEAST_MAJOR.$ENGINE_LEAST_MINOR or newer found, and no apt-get to fetch it with" \
        "install one and set GODOT to its program"
    install_packages engine
    take_cache_lock find_engine || return 0
    local work version
    work=$(mktemp -d "$CUTOUT_CACHE/.new.XXXXXX")
    # shellcheck disable=SC2064 # the folder of now
    trap "rm -rf '$work'" EXIT
    fetch_packages "$work" "the engine" \
        "install Godot $ENGINE_LEAST_MAJOR.$ENGINE_LEAST_MINOR or newer yourself and set GODOT to its program" \
        "is the network reachable and is there 1.5 GB of room in $CUTOUT_CACHE?" "${ENGINE_PACKAGES[@]}"
    point_at_own_libraries "$work/root" "$ENGINE_HOME"

    rm -rf "$ENGINE_HOME"
    mv -T "$work/root" "$ENGINE_HOME"
    version=$(engine_version "$ENGINE_HOME/usr/bin/godot")
    version_suffices "$version" || die "the fetched engine does not run or is too old (it says: '$version')" \
        "set GODOT to an engine of your own"
    printf '%s\n' "$version" >"$ENGINE_HOME/complete"
    rm -rf "$work"
    trap - EXIT
    exec 9>&-
    step "engine $version is ready"
}

# provision_clipper2: fills CLIPPER2_HOME, whole or not at all.
provision_clipper2() {
    local advice="install Clipper2 (2.0 or newer, with headers) yourself: it must be found as /usr/include/clipper2/clipper.h"
    have apt-get || die "Clipper2 is missing, and there is no apt-get to fetch it with" "$advice"
    install_packages fetch
    take_cache_lock find_clipper2 || return 0
    local work
    work=$(mktemp -d "$CUTOUT_CACHE/.new.XXXXXX")
    # shellcheck disable=SC2064 # the folder of now
    trap "rm -rf '$work'" EXIT
    fetch_packages "$work" "Clipper2" "$advice" \
        "is the network reachable and is there 30 MB of room in $CUTOUT_CACHE?" libclipper2-dev
    rm -rf "$CLIPPER2_HOME"
    mv -T "$work/root" "$CLIPPER2_HOME"
    : >"$CLIPPER2_HOME/complete"
    rm -rf "$work"
    trap - EXIT
    exec 9>&-
    step "Clipper2 is ready"
}
