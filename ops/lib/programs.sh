# shellcheck shell=bash
# Runs doctest programs, counts their cases and shows what failed. Sourced by ops/test, never run.
# Expects `build`, `workspace` and the number `patience` that multiplies every time limit.
# shellcheck disable=SC2154

# programs_of KIND REGEX: the test programs under tests/KIND that ctest knows and whose names match.
programs_of() {
    ctest --test-dir "$build" -N -L "^$1\$" -R "$2" | sed -n 's/^ *Test *#[0-9]*: //p'
}

# program_run NAME SECONDS: runs build/tests/test_NAME; its log and its result line go to the workspace.
# The result file says `PASSED FAILED SKIPPED NOTE…`; a crash, a time-out or a program without cases is a failure.
program_run() {
    local name=$1 limit=$(($2 * patience)) log=$workspace/log/$1.txt started=$EPOCHREALTIME
    local status=0 passed=0 failed=0 skipped=0 why=
    # The outer redirection silences bash's own line about a program that a signal ended.
    { timeout --kill-after=10 "$limit" "$build/tests/test_$name" --no-colors=true >"$log" 2>&1 </dev/null; } \
        2>/dev/null || status=$?
    local pattern='test cases: +([0-9]+) +\| +([0-9]+) passed +\| +([0-9]+) failed( +\| +([0-9]+) skipped)?'
    if [[ $(grep '^\[doctest\] test cases:' "$log" | tail -n 1) =~ $pattern ]]; then
        passed=${BASH_REMATCH[2]} failed=${BASH_REMATCH[3]} skipped=${BASH_REMATCH[5]:-0}
        ((passed + failed > 0)) || { failed=1 why="has no test cases"; }
    else
        why="ended before its summary"
    fi
    if ((status == 124 || status == 137)); then
        failed=$((failed > 0 ? failed : 1)) why="did not finish within $limit s"
    elif ((status != 0 && failed == 0)); then
        failed=1 why="${why:+$why, }exit code $status"
    fi
    echo "$passed $failed $skipped $why" >"$workspace/result/$name"
    program_report "$name" "$passed" "$failed" "$skipped" "$(elapsed "$started")" "$why"
}

elapsed() { awk -v from="$1" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.1f", to - from }'; }

program_report() {
    local name=$1 passed=$2 failed=$3 skipped=$4 seconds=$5 why=$6 word=ok
    ((failed == 0)) || word=FAIL
    # One write, so that programs that run side by side do not mix their lines.
    printf '%-4s %-36s %4s passed%s%s %7s s%s\n' "$word" "$name" "$passed" \
        "$( ((failed == 0)) || echo ", $failed failed")" "$( ((skipped == 0)) || echo ", $skipped skipped")" \
        "$seconds" "${why:+  ($why)}"
}

# programs_run AT_ONCE SECONDS NAME...
programs_run() {
    local at_once=$1 limit=$2 running=0 name
    shift 2
    for name in "$@"; do
        if ((running >= at_once)); then
            wait -n || true
            running=$((running - 1))
        fi
        program_run "$name" "$limit" &
        running=$((running + 1))
    done
    wait
}

# programs_show_failures: the logs of the programs that failed, their ends where they are long.
programs_show_failures() {
    local result failed name
    for result in "$workspace"/result/*; do
        [[ -f $result ]] || continue
        read -r _ failed _ <"$result"
        ((failed > 0)) || continue
        name=${result##*/}
        printf '\n=== %s ===\n' "$name"
        if [[ -f $workspace/log/$name.txt ]]; then tail -n 150 "$workspace/log/$name.txt"; fi
    done
}

# programs_total: prints `PASSED FAILED SKIPPED` over all result files.
programs_total() {
    cat "$workspace"/result/* 2>/dev/null | awk '{ p += $1; f += $2; s += $3 } END { print p + 0, f + 0, s + 0 }'
}
