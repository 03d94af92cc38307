# shellcheck shell=bash
# Jobs through the fleet: how fast they are accepted, drained, and one done alone. Sourced by ops/bench.
# shellcheck disable=SC2154

# Of each worker process, for tasks that take no time; as many sessions of the database.
drain_slots=${ATELIER_SLOTS:-32}

part_accept() {
    drill_stand accept
    print_queues
    load_http --method POST --path /api/v1/jobs --body "$job" --fresh-keys --status 202 \
        --rounds 3 --seconds "$(either 5 3)" | figures accept
}

part_drain() {
    local round jobs
    jobs=$(either 5000 2000)
    drill_stand drain
    for ((round = 1; round <= 3; ++round)); do drain_once "$jobs"; done
    figure drain_slots "$drain_slots"
    figure drain_per_s "$(middle "$workspace/rounds-drain" per_s)"
}

# Rates are the database's own: from the first claim to the last job completed.
drain_once() {
    local since
    since=$(sql 'SELECT atelier_now()')
    load_http --method POST --path /api/v1/jobs --body "$job" --fresh-keys --status 202 --count "$1" >/dev/null 2>&1
    await_zero 120 "SELECT count(*) FROM tasks WHERE state <> 'queued' AND created_at >= $since"
    start_worker 1
    start_worker 2
    await_zero 120 "SELECT count(*) FROM jobs WHERE state <> 'completed' AND created_at >= $since"
    sql "SELECT 'per_s', round(count(*) * 1000.0 / (max(j.finished_at) - min(t.started_at)), 1)
         FROM jobs j JOIN tasks t ON t.job_id = j.id WHERE j.created_at >= $since" | tr '|' ' ' |
        tee -a "$workspace/rounds-drain" | sed 's/^per_s/  round:/; s/$/ jobs a second/' >&2
    stop_program worker-1
    stop_program worker-2
}

start_worker() {
    start_program "worker-$1" atelier-drill-worker "ATELIER_SLOTS=$drain_slots" \
        "ATELIER_DB_POOL=${ATELIER_DB_POOL:-$drain_slots}"
}

part_idle() {
    drill_stand idle
    start_program worker atelier-drill-worker
    sleep 2
    load_live --times "$(either 400 150)" round-trips | figures idle
}
