# shellcheck shell=bash
# The floors: the parts that Atelier is made of, alone. Sourced by ops/bench.
# shellcheck disable=SC2154

part_floors() {
    stand=floors
    floor_amqp
    floor_insert
    floor_http
}

floor_amqp() {
    "$build/bin/bench-amqp" --url "$(rabbitmq_url "$workspace")" --messages "$(either 40000 15000)" | figures floor
}

# pgbench, each commit its own; at the connections of the other figures, and at 32.
floor_insert() {
    local clients
    postgresql_database "$workspace" "$stand"
    sql 'CREATE TABLE IF NOT EXISTS one_row (id BIGSERIAL PRIMARY KEY, client INTEGER NOT NULL, note TEXT NOT NULL)'
    echo "INSERT INTO one_row (client, note) VALUES (:client_id, 'one row')" >"$workspace/insert.sql"
    for clients in 32 64; do
        "$(postgresql_bin)/pgbench" -h 127.0.0.1 -p "$(<"$workspace/postgresql.port")" -U atelier -n -M prepared \
            -f "$workspace/insert.sql" -c "$clients" -j 1 -T "$(either 5 3)" "$stand" 2>>"$workspace/pgbench.log" |
            sed -n 's/^tps = \([0-9.]*\).*/per_s \1/p' | figures "floor_insert_$clients"
    done
}

floor_http() {
    local port
    port=$(free_port)
    process_start "$workspace/program-hello.pid" "$workspace/hello.log" "$build/bin/bench-hello" "$port"
    wait_ready 10 "$workspace/program-hello.pid" "$workspace/hello.log" port_answers "$port"
    "$build/bin/bench-http" --port "$port" --path / --seconds "$(either 3 2)" | figures floor_http
}
