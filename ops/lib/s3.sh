# shellcheck shell=bash
# A private S3 server for the tests. Sourced after processes.sh, never run. Expects `root`, the repository.
# shellcheck disable=SC2154

# s3_up DIR: starts the server of tests/support/s3 (which installs itself from the npm registry when it is missing).
s3_up() {
    local dir=$1/s3 port
    [[ -s $dir.port ]] || free_port >"$dir.port"
    port=$(<"$dir.port")
    process_gone "$dir.pid" || return 0
    process_start "$dir.pid" "$dir.log" "$root/tests/support/s3/start" "$port" "$dir"
    wait_ready 300 "$dir.pid" "$dir.log" port_answers "$port" || die "the S3 server did not start on 127.0.0.1:$port"
}

s3_url() { echo "s3://atelier-test?endpoint=http://127.0.0.1:$(<"$1/s3.port")&path_style=1"; }

s3_down() { process_stop "$1/s3.pid" 10; }
