# shellcheck shell=bash
# A private RabbitMQ: own user, folder, epmd and loopback ports. Sourced, never run.
# Debian's wrappers in /usr/sbin switch user and leave an epmd on all interfaces, so the unwrapped scripts are called.

rabbitmq_home() {
    local home
    for home in /usr/lib/rabbitmq/lib/rabbitmq_server-*; do
        [[ -x $home/sbin/rabbitmq-server ]] && { echo "$home"; return; }
    done
    die "RabbitMQ is not installed: run ops/setup first"
}

# rabbitmq_environment DIR: sets the array `environment` to the words that run an Erlang program against DIR's node.
rabbitmq_environment() {
    local dir=$1/rabbitmq epmd amqp dist
    read -r epmd amqp dist <"$dir.ports"
    environment=(env -i "PATH=/usr/sbin:/usr/bin:/sbin:/bin" LANG=C.UTF-8 "HOME=$dir" RUNNING_UNDER_SYSTEMD=true
        ERL_EPMD_ADDRESS=127.0.0.1 "ERL_EPMD_PORT=$epmd" "ERL_CRASH_DUMP_BYTES=0"
        "ERL_INETRC=$dir/inetrc"
        "RABBITMQ_CONF_ENV_FILE=$dir/env.conf" "RABBITMQ_CONFIG_FILE=$dir/rabbitmq.conf"
        "RABBITMQ_ENABLED_PLUGINS_FILE=$dir/enabled_plugins" "RABBITMQ_PID_FILE=$dir/node.pid"
        "RABBITMQ_NODENAME=atelier@localhost" RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 "RABBITMQ_NODE_PORT=$amqp"
        "RABBITMQ_DIST_PORT=$dist" "RABBITMQ_MNESIA_BASE=$dir/mnesia" "RABBITMQ_LOG_BASE=$dir/log"
        RABBITMQ_SCHEDULER_BIND_TYPE=u
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=-kernel inet_dist_use_interface {127,0,0,1}"
        "RABBITMQ_CTL_ERL_ARGS=-kernel inet_dist_use_interface {127,0,0,1}")
}

rabbitmq_prepare() {
    local dir=$1/rabbitmq
    own_folder rabbitmq "$dir"
    [[ -s $dir.ports ]] || echo "$(free_port) $(free_port) $(free_port)" >"$dir.ports"
    # A log of 64 MB instead of 512 MB keeps the memory of a single node small.
    as_user rabbitmq tee "$dir/rabbitmq.conf" >/dev/null <<<"raft.wal_max_size_bytes = 64000000"
    as_user rabbitmq tee "$dir/enabled_plugins" >/dev/null <<<"[]."
    as_user rabbitmq tee "$dir/env.conf" >/dev/null </dev/null
    # `localhost` in the node name must resolve even where /etc/hosts is missing.
    as_user rabbitmq tee "$dir/inetrc" >/dev/null <<<'{host, {127,0,0,1}, ["localhost"]}. {lookup, [file, native]}.'
}

# rabbitmq_up DIR: starts (or finds running) the node of DIR/rabbitmq and waits until it speaks AMQP.
rabbitmq_up() {
    local dir=$1/rabbitmq home epmd amqp dist
    home=$(rabbitmq_home)
    rabbitmq_prepare "$1"
    read -r epmd amqp dist <"$dir.ports"
    local -a prefix environment
    as_user_prefix rabbitmq
    rabbitmq_environment "$1"
    if process_gone "$dir.epmd.pid"; then
        process_start "$dir.epmd.pid" "$dir.log" "${prefix[@]}" "${environment[@]}" epmd -address 127.0.0.1 -port "$epmd"
        wait_ready 10 "$dir.epmd.pid" "$dir.log" port_answers "$epmd" || die "epmd did not start on 127.0.0.1:$epmd"
    fi
    if process_gone "$dir.pid"; then
        process_start "$dir.pid" "$dir.log" "${prefix[@]}" "${environment[@]}" "$home/sbin/rabbitmq-server"
    fi
    wait_ready 90 "$dir.pid" "$dir.log" rabbitmq_speaks "$amqp" || die "RabbitMQ did not start on 127.0.0.1:$amqp"
}

# rabbitmq_speaks PORT: a broker that is up answers the protocol header with a method frame (type 1).
rabbitmq_speaks() {
    port_answers "$1" && [[ $( (exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'AMQP\0\0\11\1' >&3 &&
        timeout 2 head -c 1 <&3 | od -An -tu1) 2>/dev/null) == *1 ]]
}

# rabbitmq_ctl DIR ARGUMENT...: RabbitMQ's own tool against DIR's node.
rabbitmq_ctl() {
    local dir=$1 home
    shift
    home=$(rabbitmq_home)
    local -a environment
    rabbitmq_environment "$dir"
    as_user rabbitmq "${environment[@]}" "$home/sbin/rabbitmqctl" "$@"
}

rabbitmq_url() {
    local amqp
    read -r _ amqp _ <"$1/rabbitmq.ports"
    echo "amqp://guest:guest@127.0.0.1:$amqp/%2f"
}

# rabbitmq_crash DIR: what a power cut does to the node; rabbitmq_up brings it back on the same ports and data.
rabbitmq_crash() { process_stop "$1/rabbitmq.pid" 10 KILL; }

rabbitmq_down() {
    process_stop "$1/rabbitmq.pid" 30
    process_stop "$1/rabbitmq.epmd.pid" 10
}
