# shellcheck shell=bash
# What a part measures on: programs of the fleet with a database and a virtual host of their own. Sourced by ops/bench.
# Expects `workspace` (with PostgreSQL and RabbitMQ running), `build` and `quick`.
# shellcheck disable=SC2154

# figure NAME VALUE: keeps a measured value for the table.
figure() { echo "$1 $2" >>"$workspace/figures"; }

# figures PREFIX: keeps every line `NAME VALUE` of standard input as PREFIX_NAME.
figures() {
    local name value
    while read -r name value; do figure "$1_$name" "$value"; done
}

# middle FILE NAME: the median of the lines `NAME VALUE` of a file.
middle() {
    awk -v name="$2" '$1 == name { print $2 }' "$1" | sort -g |
        awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

# either NORMAL QUICK: how much to do.
either() { if [[ -n $quick ]]; then echo "$2"; else echo "$1"; fi; }

# open_stand NAME: an empty database and broker; sets `stand` and the array `connections`.
open_stand() {
    stand=$1
    local amqp postgresql port
    amqp=$(rabbitmq_url "$workspace") postgresql=$(postgresql_url "$workspace") port=$(free_port)
    url=http://127.0.0.1:$port
    mkdir -p "$workspace/$stand/objects"
    [[ -s $workspace/secret ]] || head -c 48 /dev/urandom | base64 -w 0 >"$workspace/secret"
    postgresql_database "$workspace" "$stand"
    rabbitmq_ctl "$workspace" --quiet eval "
        rabbit_vhost:add(<<\"$stand\">>, <<\"bench\">>),
        rabbit_auth_backend_internal:set_permissions(<<\"guest\">>, <<\"$stand\">>, <<\".*\">>, <<\".*\">>, <<\".*\">>,
                                                     <<\"bench\">>)." >/dev/null
    connections=("ATELIER_BROKER_URL=${amqp%/*}/$stand" "ATELIER_DATABASE_URL=${postgresql%/*}/$stand"
        "ATELIER_OBJECTS_URL=file://$workspace/$stand/objects" "ATELIER_PUBLIC_URL=$url"
        "ATELIER_SECRET_KEY_FILE=$workspace/secret" ATELIER_RATE_FACTOR=0 ATELIER_SIGNUP_CREDITS=1000000000)
}

# sql QUERY: unaligned, from the stand's database.
sql() {
    "$(postgresql_bin)/psql" -X -q -At -h 127.0.0.1 -p "$(<"$workspace/postgresql.port")" -U atelier -d "$stand" -c "$1"
}

# await_zero SECONDS QUERY: waits until the query gives 0.
sql_zero() { [[ $(sql "$1") == 0 ]]; }
await_zero() { wait_until "$1" sql_zero "$2" || die "this did not come to nothing within $1 s: $2"; }

# start_program NAME PROGRAM [SETTING...]: in the stand; the settings win over the environment's.
start_program() {
    local name=$1 program=$2
    shift 2
    process_start "$workspace/program-$name.pid" "$workspace/$name.log" env "${connections[@]}" "$@" "$build/bin/$program"
}

stop_program() { process_stop "$workspace/program-$1.pid" 60; }
pid_of() { process_pid "$workspace/program-$1.pid"; }

stop_programs() {
    local pidfile
    for pidfile in "$workspace"/program-*.pid; do
        [[ ! -e $pidfile ]] || process_stop "$pidfile" 60
    done
}

# start_api PROGRAM: and waits until it answers.
start_api() {
    start_program api "$1" "ATELIER_LISTEN=${url#http://}"
    wait_ready 60 "$workspace/program-api.pid" "$workspace/api.log" curl -fs -o /dev/null "$url/api/v1/health"
}

# register: a new organization with its first user; sets `token`.
register() {
    local body
    body=$(printf '{"email":"%s@bench.example","password":"correct horse battery","organization_name":"Bench"}' "$stand")
    token=$(curl -fsS "$url/api/v1/auth/register" -H 'Content-Type: application/json' -d "$body" |
        sed -n 's/.*"access_token" *: *"\([^"]*\)".*/\1/p')
    [[ -n $token ]] || die "the API gave no token"
}

# drill_stand NAME: the API of the drill and its user; jobs of the kind `drill` do nothing, in one task.
drill_stand() {
    open_stand "$1"
    start_api atelier-drill-api
    register
    job='{"kind":"drill","input":{}}'
}

load_http() { "$build/bin/bench-http" --port "${url##*:}" --token "$token" "$@"; }
load_live() { "$build/bin/bench-live" --port "${url##*:}" --token "$token" --body "$job" "$@"; }
