# shellcheck shell=bash
# Photographs of 12 megapixels into 8 formats by one adaptation worker with one slot, and the same pictures by sharp.
# Sourced by ops/bench.
# shellcheck disable=SC2154

adapt_scripts=$root/ops/benchmarks/adapt

install_sharp() {
    [[ -d $adapt_scripts/node_modules/sharp && ! $adapt_scripts/package-lock.json -nt $adapt_scripts/node_modules/.package-lock.json ]] ||
        npm ci --prefix "$adapt_scripts" --ignore-scripts --no-audit --no-fund --loglevel=error
}

# The photographs are made once for a build folder.
make_photos() {
    photos=$build/bench-photos
    [[ ! -e $photos/complete || $adapt_scripts/photos.js -nt $photos/complete ]] || return 0
    rm -rf "$photos"
    mkdir -p "$photos/jpeg"
    node "$adapt_scripts/photos.js" "$root/ops/photos" "$photos/jpeg"
    touch "$photos/complete"
}

part_adapt() {
    local round
    local -a wanted
    make_photos
    open_stand adapt
    start_api atelier-api
    register
    start_program analysis atelier-analysis
    start_program moderation atelier-moderation
    mapfile -t wanted < <(node "$adapt_scripts/fleet.js" "$url" "$token" "$photos/jpeg")
    ((${#wanted[@]} == 2)) || die "the photographs were not analysed"
    stop_program analysis
    stop_program moderation
    for ((round = 1; round <= $(either 3 1); ++round)); do
        adapt_round "${wanted[@]}"
        sharp_round each adapt_sharp
    done
    sharp_round once adapt_sharp_once
    figures_of_adapt
}

# adapt_round PATH BODY: a job of all pictures; while the worker runs, nothing else of the fleet does but the API.
adapt_round() {
    local answer
    answer=$(curl -fsS "$url$1" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d "$2")
    adapt_job=$(sed -n 's/.*"job_id" *: *"\([^"]*\)".*/\1/p' <<<"$answer")
    start_program analysis atelier-analysis
    await_zero 60 "SELECT count(*) FROM tasks WHERE job_id = '$adapt_job' AND step = 'rank' AND state <> 'done'"
    await_zero 60 "SELECT count(*) FROM tasks WHERE job_id = '$adapt_job' AND state = 'ready'"
    stop_program analysis
    start_program adaptation atelier-adaptation ATELIER_SLOTS=1
    await_zero 120 "SELECT count(*) FROM tasks WHERE job_id = '$adapt_job' AND step = 'adapt' AND state <> 'done'"
    {
        sql "SELECT 'per_s ' || round(count(*) * 1000.0 / (max(finished_at) - min(started_at)), 2)
             FROM tasks WHERE job_id = '$adapt_job' AND step = 'adapt'"
        echo "peak_mib $(mib "$(pid_of adaptation)" VmHWM)"
        sql "SELECT 'cpu_ms ' || round(1000.0 * $(cpu_seconds "$(pid_of adaptation)") / count(*), 1)
             FROM tasks WHERE job_id = '$adapt_job' AND step = 'adapt'"
    } | tee -a "$workspace/rounds-adapt" | sed 's/^/  atelier: /' >&2
    stop_program adaptation
}

# cpu_seconds PID: what the process has used, its start included.
cpu_seconds() { awk -v ticks="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print ($12 + $13) / ticks }' "/proc/$1/stat"; }

# sharp_round WAY FIGURE: makes what the last job made, from the boxes that it chose.
sharp_round() {
    local out=$workspace/sharp
    mkdir -p "$out"
    sql "SELECT json_agg(json_build_object('photo', json_build_object('file', a.filename, 'width', a.width, 'height', a.height),
                'strategy', g.strategy, 'crop', g.report::json -> 'crop', 'placement', g.report::json -> 'placement',
                'width', g.width, 'height', g.height, 'quality', (g.format::json ->> 'quality')::integer)
                ORDER BY a.filename, g.width, g.height)
         FROM generated_assets g JOIN assets a ON a.id = g.source_asset_id WHERE g.job_id = '$adapt_job'" >"$workspace/pictures"
    node "$adapt_scripts/sharp.js" "$1" "$photos/jpeg" "$workspace/pictures" "$out" | tee -a "$workspace/rounds-$2" |
        sed "s/^/  sharp, $1: /" >&2
    rm -rf "$out"
}

figures_of_adapt() {
    local name measured
    for name in adapt adapt_sharp adapt_sharp_once; do
        for measured in per_s peak_mib cpu_ms; do
            figure "${name}_$measured" "$(middle "$workspace/rounds-$name" "$measured")"
        done
    done
    figure adapt_extended "$(sql "SELECT count(*) FROM generated_assets WHERE job_id = '$adapt_job' AND strategy = 'extend'")"
    sql "SELECT '  extended: ' || a.filename || ' to ' || g.width || 'x' || g.height
         FROM generated_assets g JOIN assets a ON a.id = g.source_asset_id
         WHERE g.job_id = '$adapt_job' AND g.strategy = 'extend' ORDER BY 1" >&2
    figure adapt_pictures "$(sql "SELECT count(*) FROM generated_assets WHERE job_id = '$adapt_job'")"
}
