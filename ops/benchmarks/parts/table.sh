# shellcheck shell=bash
# What was measured, for people and for programs. Sourced by ops/bench.
# shellcheck disable=SC2154,SC2034

print_machine() {
    local setting
    note "$(nproc) cores ($(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)), load $(cut -d ' ' -f 1-3 /proc/loadavg)"
    for setting in $(compgen -e ATELIER_ || true); do note "$setting=${!setting}"; done
}

# What the servers themselves say; a benchmark of anything that a power cut may lose is worth nothing.
print_durability() {
    local line
    stand=postgres
    line=$(sql "SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings
                WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method', 'shared_buffers')")
    note "PostgreSQL: $line"
    [[ $line == *' fsync=on '* || $line == 'fsync=on '* ]] || die "fsync is off"
    [[ $line == *'full_page_writes=on'* && $line == *'synchronous_commit=on'* ]] || die "commits are not durable"
}

# Every queue of tasks and of dead letters must be a durable quorum queue; the API of the stand has declared them.
print_queues() {
    local line
    line=$(rabbitmq_ctl "$workspace" --silent list_queues -p "$stand" name type durable | sort |
        awk '/^atelier\.[a-z]+\.(primary|priority|dead)\t/ { total++; good += $2 == "quorum" && $3 == "true" }
             END { print good + 0 " of " total + 0 }')
    note "  RabbitMQ: $line queues are durable quorum queues; publishing is confirmed"
    [[ ${line% of *} == "${line#* of }" && $line != 0* ]] || die "tasks travel in queues that may lose them"
}

# value NAME [DIGITS]: as measured, or nothing.
value() {
    awk -v name="$1" -v digits="${2:-0}" '$1 == name { v = sprintf("%.*f", digits, $2) } END { print v }' "$workspace/figures"
}

# row NAME FIGURE DIGITS UNIT GOAL FLOOR: GOAL is `>=N`, `<=N` or a word; no row for what was not measured.
row() {
    local measured mark=
    measured=$(value "$2" "$3")
    [[ -n $measured ]] || return 0
    case $5 in
        '>='?* | '<='?*)
            mark=$(awk -v m="$measured" -v op="${5:0:2}" -v goal="${5:2}" \
                'BEGIN { met = op == ">=" ? m + 0 >= goal + 0 : m + 0 <= goal + 0; print met ? "met" : "short" }') ;;
    esac
    printf '%-48s %12s %12s  %-6s %s\n' "$1" "$5" "$measured $4" "$mark" "$6"
}

# floor NAME FIGURE UNIT [DIGITS]: the words of the last column.
floor() {
    local measured
    measured=$(value "$2" "${4:-0}")
    [[ -z $measured ]] || echo "$1 $measured $3"
}

print_table() {
    local insert hello rabbit sharp sharp_once sharp_memory
    insert=$(floor 'one-row INSERT, 64 connections:' floor_insert_64_per_s /s)
    hello=$(floor 'Beast hello:' floor_http_per_s /s)
    rabbit=$(floor 'confirmed publish:' floor_publish_per_s /s)$(floor ', consume:' floor_consume_per_s /s)
    sharp=$(value adapt_sharp_per_s 1) sharp_memory=$(value adapt_sharp_peak_mib)
    printf '\n%-48s %12s %12s  %-6s %s\n' figure goal measured '' floor
    row 'POST /jobs, 64 connections' accept_per_s 0 /s '>=5000' "$insert"
    row '  p99' accept_p99_ms 1 ms '<=30' ''
    row "backlog of one-task jobs, 2 workers of $(value drain_slots) slots" drain_per_s 0 /s '>=2500' "$rabbit"
    row 'submit to completed, idle, p50' idle_p50_ms 2 ms '<=4' ''
    row '  p99' idle_p99_ms 2 ms '<=10' ''
    row 'idle WebSocket client' ws_kib_per_client 1 KiB '<=20' ''
    row 'one event to 1,000 clients, p99' ws_p99_ms 1 ms '<=50' ''
    row 'GET /jobs/{id}, 64 connections' poll_per_s 0 /s '>=20000' "$hello"
    row '  p99' poll_p99_ms 1 ms '' ''
    row 'memory at rest: api' memory_api 1 MiB '<=40' ''
    row '  generation' memory_generation 1 MiB '<=40' ''
    row '  adaptation' memory_adaptation 1 MiB '<=40' ''
    row '  analysis, with its models' memory_analysis 1 MiB stated ''
    row '  moderation, with its models' memory_moderation 1 MiB stated ''
    sharp_once=$(floor ', decoding once:' adapt_sharp_once_per_s /s 1)
    row '12 megapixels to 8 formats, pictures' adapt_per_s 1 /s \
        "${sharp:+>=$(awk -v s="$sharp" 'BEGIN { printf "%.1f", 2 * s }')}" "${sharp:+sharp, one thread: $sharp /s$sharp_once}"
    row '  processor time a picture' adapt_cpu_ms 1 ms '' "$(floor 'sharp:' adapt_sharp_cpu_ms ms 1)"
    row '  peak memory' adapt_peak_mib 0 MiB "${sharp_memory:+<=$sharp_memory}" "${sharp_memory:+sharp: $sharp_memory MiB}"
    row '  of them on an extended ground' adapt_extended 0 "of $(value adapt_pictures)" '' ''
    row 'one-row INSERT, 32 connections' floor_insert_32_per_s 0 /s '' floor
    row 'one-row INSERT, 64 connections' floor_insert_64_per_s 0 /s '' floor
    row 'confirmed publish, 100 in flight' floor_publish_per_s 0 /s '' floor
    row 'consume and acknowledge' floor_consume_per_s 0 /s '' floor
    row 'Beast hello, 64 connections' floor_http_per_s 0 /s '' floor
}

write_json() {
    local pair measured separator='{'
    for pair in accept_per_s accept_p99_ms drain_per_s idle_p50_ms idle_p99_ms ws_kib_per_client \
        ws_fanout_p99_ms=ws_p99_ms poll_per_s adapt_per_s adapt_sharp_per_s floor_publish_per_s \
        floor_insert_per_s=floor_insert_64_per_s floor_http_per_s; do
        measured=$(value "${pair#*=}" 3)
        printf '%s\n  "%s": %s' "$separator" "${pair%=*}" "${measured:-null}"
        separator=,
    done
    printf '\n}\n'
}
