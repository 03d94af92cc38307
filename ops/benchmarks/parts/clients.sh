# shellcheck shell=bash
# Many clients of one API process. Sourced by ops/bench.
# shellcheck disable=SC2154

part_poll() {
    drill_stand poll
    load_http --method POST --path /api/v1/jobs --body "$job" --fresh-keys --status 202 --count 500 >/dev/null 2>&1
    sql "SELECT '/api/v1/jobs/' || id FROM jobs ORDER BY id" >"$workspace/paths"
    load_http --paths "$workspace/paths" --rounds 3 --seconds "$(either 4 2)" | figures poll
}

part_websockets() {
    drill_stand websockets
    load_live --times "$(either 10 5)" fan-out --process "$(pid_of api)" | figures ws
}
