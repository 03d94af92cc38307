# shellcheck shell=bash
# What every script of ops/ says and how it gives up. Sourced, never run.

say() { printf '%s\n' "$*"; }
note() { printf '%s\n' "$*" >&2; }
die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }
usage_error() { printf '%s: %s (see --help)\n' "${0##*/}" "$*" >&2; exit 2; }

# step WHAT COMMAND...: runs COMMAND, its output in a log; says how long it took, or shows the log's end and fails.
step() {
    local what=$1 file log started=$SECONDS status=0
    shift
    # The log has no name while it is written: nothing stays behind, however the script ends.
    file=$(mktemp "${TMPDIR:-/tmp}/atelier-step.XXXXXX")
    exec {log}<>"$file"
    rm -f "$file"
    printf '%s … ' "$what" >&2
    ("$@") >&"$log" 2>&1 </dev/null {log}>&- || status=$?
    if ((status == 0)); then
        printf '%s s\n' "$((SECONDS - started))" >&2
    else
        printf 'failed (exit code %s); the end of its output:\n' "$status" >&2
        tail -n 40 "/proc/self/fd/$log" >&2
    fi
    exec {log}>&-
    return "$status"
}
