# shellcheck shell=bash
# Background processes that are known by a pid file and stopped by pid. Sourced, never run.
# A pid file holds `PID START`: the start time tells our process from a later one that got the same pid.

process_start_time() {
    local stat
    local -a fields
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
    read -ra fields <<<"${stat##*) }"
    [[ ${fields[0]} != Z ]] || return 1
    echo "${fields[19]}"
}

# process_pid FILE: prints the pid of the running process of that pid file, or fails.
process_pid() {
    local pid start
    [[ -r $1 ]] && read -r pid start <"$1" && [[ $(process_start_time "$pid") == "$start" ]] && echo "$pid"
}

# process_start PIDFILE LOG COMMAND...: starts COMMAND in its own session, so that Ctrl-C reaches only the script.
process_start() {
    local pidfile=$1 log=$2
    shift 2
    # shellcheck disable=SC2016
    setsid bash -c '
        read -ra fields <<<"$(sed "s/.*) //" "/proc/$$/stat")"
        echo "$$ ${fields[19]}" >"$1"
        exec "${@:2}"' process "$pidfile" "$@" >>"$log" 2>&1 </dev/null &
    disown
    if ! wait_until 5 process_pid "$pidfile" >/dev/null; then
        tail -n 20 "$log" >&2
        die "the process of ${pidfile##*/} ended at once; its log is $log"
    fi
}

# process_stop PIDFILE [SECONDS [SIGNAL]]: SIGTERM (or SIGNAL), then SIGKILL after SECONDS (30). Nothing to do is success.
process_stop() {
    local pidfile=$1 patience=${2:-30} signal=${3:-TERM} pid
    if pid=$(process_pid "$pidfile"); then
        kill -s "$signal" "$pid" 2>/dev/null || true
        if ! wait_until "$patience" process_gone "$pidfile"; then
            note "process $pid did not stop within $patience s; killing it"
            kill -s KILL "$pid" 2>/dev/null || true
            wait_until 5 process_gone "$pidfile" || return 1
        fi
    fi
    rm -f "$pidfile"
}

process_gone() { ! process_pid "$1" >/dev/null; }

# wait_until SECONDS COMMAND...: polls COMMAND ten times a second until it succeeds.
wait_until() {
    local tries=$(($1 * 10))
    shift
    until "$@"; do
        ((tries-- > 0)) || return 1
        sleep 0.1
    done
}

# wait_ready SECONDS PIDFILE LOG COMMAND...: like wait_until, but gives up at once when the process has died.
wait_ready() {
    local tries=$(($1 * 10)) pidfile=$2 log=$3
    shift 3
    until "$@"; do
        if ((tries-- <= 0)) || process_gone "$pidfile"; then
            note "the end of $log:"
            tail -n 20 "$log" >&2
            return 1
        fi
        sleep 0.1
    done
}

port_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port: prints a loopback TCP port on which nothing listens, below the range that the kernel hands out itself.
free_port() {
    local port
    for _ in {1..50}; do
        port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
        if ! port_answers "$port"; then
            echo "$port"
            return
        fi
    done
    die "found no free loopback port between 20000 and 32000"
}

# as_user USER COMMAND...: root becomes USER, anybody else stays who they are. The pid stays the same throughout.
as_user() {
    local -a prefix
    as_user_prefix "$1"
    shift
    "${prefix[@]}" "$@"
}

# as_user_prefix USER: sets the array `prefix` to the words that make a command run as USER.
as_user_prefix() {
    prefix=(env)
    if ((EUID == 0)); then
        id "$1" >/dev/null 2>&1 || die "there is no user '$1': run ops/setup first"
        prefix=(setpriv --reuid "$1" --regid "$(id -g "$1")" --init-groups --inh-caps=-all)
    fi
}

# own_folder USER DIR: makes DIR, private to USER (see as_user), who must be able to reach it.
own_folder() {
    mkdir -p "$2"
    chmod 700 "$2"
    ((EUID != 0)) || chown "$1:" "$2"
    as_user "$1" test -x "$2/." ||
        die "user '$1' cannot enter $2: choose a folder whose parents are open to others, such as one under /tmp"
}
