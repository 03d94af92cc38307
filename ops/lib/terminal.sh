# shellcheck shell=bash
# What every script of ops/ says and how it gives up. Sourced, never run.

say() { printf '%s\n' "$*"; }
note() { printf '\033[2m%s\033[0m\n' "$*" >&2; }
die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }
usage_error() { printf '%s: %s (see --help)\n' "${0##*/}" "$*" >&2; exit 2; }

# step WHAT COMMAND...: runs COMMAND, its output in a log; says how long it took, or shows the log's end and fails.
step() {
    local what=$1 log started=$SECONDS status=0
    shift
    log=$(mktemp "${TMPDIR:-/tmp}/atelier-step.XXXXXX")
    printf '%s … ' "$what" >&2
    ("$@") >"$log" 2>&1 </dev/null || status=$?
    if ((status == 0)); then
        printf '%s s\n' "$((SECONDS - started))" >&2
    else
        printf 'failed (exit code %s); the end of its output:\n' "$status" >&2
        tail -n 40 "$log" >&2
    fi
    rm -f "$log"
    return "$status"
}
