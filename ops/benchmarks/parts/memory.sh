# shellcheck shell=bash
# Every program of the fleet at rest. Sourced by ops/bench.
# shellcheck disable=SC2154

part_memory() {
    local stage
    open_stand memory
    start_api atelier-api
    for stage in analysis generation adaptation moderation; do start_program "$stage" "atelier-$stage"; done
    sleep 5
    for stage in api analysis generation adaptation moderation; do
        figure "memory_$stage" "$(mib "$(pid_of "$stage")" VmRSS)"
    done
}

# mib PID FIELD: of /proc/PID/status.
mib() { awk -v field="$2:" '$1 == field { printf "%.1f\n", $2 / 1024 }' "/proc/$1/status"; }
