# shellcheck shell=bash
# A private PostgreSQL: own user, folder and loopback port, real fsync, little memory. Sourced, never run.

postgresql_bin() {
    local bin
    for bin in /usr/lib/postgresql/*/bin; do
        [[ -x $bin/postgres ]] && { echo "$bin"; return; }
    done
    die "PostgreSQL is not installed: run ops/setup first"
}

# postgresql_up DIR: starts (or finds running) the server of DIR/postgresql with a database `atelier`.
postgresql_up() {
    local dir=$1/postgresql bin port
    bin=$(postgresql_bin)
    process_gone "$dir.pid" || return 0
    own_folder postgres "$dir"
    [[ -s $dir.port ]] || free_port >"$dir.port"
    port=$(<"$dir.port")
    if [[ ! -f $dir/data/PG_VERSION ]]; then
        as_user postgres "$bin/initdb" --auth trust --username atelier --encoding UTF8 --locale C.UTF-8 \
            --pgdata "$dir/data" >"$dir.log" 2>&1 || { tail -n 20 "$dir.log" >&2; die "initdb failed"; }
    fi
    local -a prefix
    as_user_prefix postgres
    process_start "$dir.pid" "$dir.log" "${prefix[@]}" "$bin/postgres" -D "$dir/data" -p "$port" \
        -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=on -c synchronous_commit=on \
        -c shared_buffers=32MB -c max_wal_size=256MB -c max_connections=200 -c timezone=UTC
    wait_ready 30 "$dir.pid" "$dir.log" "$bin/pg_isready" -q -h 127.0.0.1 -p "$port" -U atelier ||
        die "PostgreSQL did not start on 127.0.0.1:$port"
    postgresql_database "$1" atelier
}

# postgresql_database DIR NAME: creates the database unless it exists.
postgresql_database() {
    local bin port
    bin=$(postgresql_bin)
    port=$(<"$1/postgresql.port")
    local -a psql=("$bin/psql" -X -q -h 127.0.0.1 -p "$port" -U atelier -d postgres)
    [[ $("${psql[@]}" -At -c "SELECT 1 FROM pg_database WHERE datname = '$2'") == 1 ]] ||
        "${psql[@]}" -c "CREATE DATABASE \"$2\""
}

# postgresql_url DIR: as ATELIER_DATABASE_URL takes it.
postgresql_url() { echo "postgresql://atelier@127.0.0.1:$(<"$1/postgresql.port")/atelier"; }

# postgresql_crash DIR: what a power cut does to the server and all its children; postgresql_up brings it back on the
# same port and data.
postgresql_crash() {
    local data=$1/postgresql/data
    data=$(realpath "$data")
    wait_until 10 postgresql_killed "$data" || die "PostgreSQL does not die"
    # A dead postmaster that its parent has not collected yet would look alive to the next one.
    rm -f "$1/postgresql.pid" "$data/postmaster.pid"
}

# Kills every process that works in the data folder; fails while there was one, since it may just have had a child.
postgresql_killed() {
    local cwd pid
    local -a alive=()
    for cwd in /proc/[0-9]*/cwd; do
        [[ $(readlink "$cwd" 2>/dev/null) == "$1" ]] || continue
        pid=${cwd#/proc/}
        alive+=("${pid%/cwd}")
    done
    ((${#alive[@]} == 0)) && return
    kill -s KILL "${alive[@]}" 2>/dev/null || true
    return 1
}

# A fast shutdown (SIGINT): open connections are cut, the data is flushed.
postgresql_down() { process_stop "$1/postgresql.pid" 30 INT; }
