# shellcheck shell=bash
# Configures and builds with CMake and Ninja. Sourced after terminal.sh, never run. Expects `root`, the repository.
# shellcheck disable=SC2154

# build_jobs MIB_PER_JOB: all cores, but no more compilers at once than the free memory holds.
build_jobs() {
    local cores memory
    cores=$(nproc)
    memory=$(awk -v per="$1" '/^MemAvailable:/ { print int($2 / 1024 / per) }' /proc/meminfo)
    if ((memory < 1)); then memory=1; fi
    echo $((cores < memory ? cores : memory))
}

# build_configure DIR CMAKE_OPTION...: keeps the generator that DIR was configured with.
build_configure() {
    local dir=$1
    shift
    [[ -f $dir/CMakeCache.txt ]] || set -- -G Ninja "$@"
    step "Configuring $(build_name "$dir")" cmake -S "$root" -B "$dir" "$@"
}

# build_targets DIR MIB_PER_JOB TARGET...
build_targets() {
    local dir=$1 started=$SECONDS
    local -a command=(cmake --build "$dir" --parallel "$(build_jobs "$2")" --target "${@:3}")
    if [[ -t 2 ]]; then
        NINJA_STATUS='  [%f/%t] ' "${command[@]}" >&2 || return 1
        printf 'Building %s … %s s\n' "$(build_name "$dir")" "$((SECONDS - started))" >&2
    else
        step "Building $(build_name "$dir")" "${command[@]}"
    fi
}

build_name() {
    case $1 in "$root"/*) echo "${1#"$root"/}" ;; *) echo "$1" ;; esac
}

# build_programs TARGET...: the release programs of `ops/demo` and `ops/stack`, in build/bin, without the tests.
build_programs() {
    local -a options=()
    [[ -f $root/build/CMakeCache.txt ]] || options=(-DCMAKE_BUILD_TYPE=Release -DATELIER_TESTS=OFF)
    build_configure "$root/build" "${options[@]}" && build_targets "$root/build" 1200 "$@"
}
