# What the project needs from the distribution, and how to install it. Needs common.sh.
# shellcheck shell=bash

# <command, or absolute file with wildcards> <Debian package that brings it>
packages_for() {
    case $1 in
        build)
            cat <<'LIST'
g++ g++
cmake cmake
ninja ninja-build
make make
LIST
            ;;
        engine)
            cat <<'LIST'
patchelf patchelf
dpkg-deb dpkg
flock util-linux
LIST
            ;;
        fetch)
            cat <<'LIST'
dpkg-deb dpkg
flock util-linux
LIST
            ;;
        display)
            cat <<'LIST'
Xvfb xvfb
xvfb-run xvfb
xauth xauth
LIST
            ;;
        drivers) # only for an engine of the system: the fetched one brings them
            cat <<'LIST'
/usr/lib/*/dri/swrast_dri.so libgl1-mesa-dri
/usr/lib/*/libEGL.so.1 libegl1
LIST
            ;;
        test)
            cat <<'LIST'
python3 python3
clang-format clang-format
clang-tidy clang-tidy
/usr/include/gtest/gtest.h libgtest-dev
LIST
            ;;
        fuzz)
            cat <<'LIST'
clang++ clang
/usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.fuzzer-*.a libclang-rt-dev
/usr/include/gtest/gtest.h libgtest-dev
python3 python3
LIST
            ;;
        arm64)
            cat <<'LIST'
aarch64-linux-gnu-g++ g++-aarch64-linux-gnu
qemu-aarch64 qemu-user
/usr/src/googletest/googletest/src/gtest-all.cc libgtest-dev
LIST
            ;;
        format) echo "clang-format clang-format" ;;
        lint)
            cat <<'LIST'
python3 python3
clang-tidy clang-tidy
LIST
            ;;
        bench) echo "/usr/include/benchmark/benchmark.h libbenchmark-dev" ;;
        *) die "packages_for: no list named '$1'" ;;
    esac
}

present() {
    case $1 in
        /*) compgen -G "$1" >/dev/null ;;
        *) have "$1" ;;
    esac
}

# missing_packages <list...>: the packages to install, each once.
missing_packages() {
    local list need package
    for list in "$@"; do
        while read -r need package; do
            present "$need" || printf '%s\n' "$package"
        done < <(packages_for "$list")
    done | sort -u
}

# How to become root, or nothing when we are or cannot be.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

can_be_root() {
    [ "$(id -u)" -eq 0 ] && return 0
    have sudo || return 1
    sudo -n true 2>/dev/null || [ -t 0 ]
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -q -y \
        --no-install-recommends install "$@"
}

apt_update() { as_root apt-get -o DPkg::Lock::Timeout=300 -q update; }

# install_packages <list...>: returns at once when everything is there.
install_packages() {
    local missing
    mapfile -t missing < <(missing_packages "$@")
    [ "${#missing[@]}" -gt 0 ] || return 0
    local advice="install with: apt-get install ${missing[*]}"
    have apt-get || die "missing: ${missing[*]} (names of Debian packages), and there is no apt-get here" \
        "install them in your system's own way and run this again"
    can_be_root || die "missing packages, and neither root nor sudo to install them" "$advice"
    step "installing ${missing[*]}"
    # A fresh machine has no package lists, an old one has stale ones: fetch them only then.
    if ! quietly apt_install "${missing[@]}" 2>/dev/null; then
        step "fetching the package lists"
        quietly apt_update || die "apt-get update failed" "$advice"
        quietly apt_install "${missing[@]}" || die "apt-get install failed" "$advice"
    fi
    mapfile -t missing < <(missing_packages "$@")
    [ "${#missing[@]}" -eq 0 ] || die "still missing after the installation: ${missing[*]}"
}
