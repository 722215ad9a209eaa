# Shared by the scripts of this folder: one cache for what is downloaded, one data folder, loopback only.
set -euo pipefail

local_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${QLVB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/qlvb}/servers
data=${QLVB_LOCAL_DATA:-$local_dir/../../data/local}

say() { printf '%s: %s\n' "$server" "$*" >&2; }
fail() { say "$*"; exit 1; }
need() { command -v "$1" >/dev/null || fail "$1 is missing: $2"; }
pin() { cat "$@" | sha256sum | cut -c1-12; }

# run_dir: where this server keeps data, log and pid
run_dir() { mkdir -p "$data/$server"; (cd "$data/$server" && pwd -P); }
pid_file() { echo "$(run_dir)/pid"; }

# Its environment tells our process from another one that was given the same number since.
is_running() {
  local pid
  pid=$(cat "$(pid_file)" 2>/dev/null) && [ -n "$pid" ] &&
    tr '\0' '\n' 2>/dev/null <"/proc/$pid/environ" | grep -qxF "QLVB_SERVER_DIR=$(run_dir)"
} 2>/dev/null

# start_process COMMAND…: in the background, its output in the log, until "ready" succeeds
start_process() {
  local busy
  is_running && { say "already running (pid $(cat "$(pid_file)"))"; return; }
  for busy in "$port" ${controller_port:-} ${tls_port:-}; do
    listens "$busy" && fail "port $busy is taken by another program: name another one with $port_setting"
  done
  cd "$(run_dir)"
  QLVB_SERVER_DIR=$PWD setsid "$@" >log 2>&1 </dev/null &
  echo $! >pid
  for _ in $(seq 1 900); do
    # Not is_running: under load the fork has not become the program yet.
    [ -e "/proc/$(cat pid)" ] || fail "did not start: $(tail -n 2 log | tr '\n' ' ')"
    ready && { say "ready on $address"; return; }
    sleep 0.2
  done
  stop_process KILL
  fail "not ready after 180 s: see $(run_dir)/log"
}

stop_process() {
  local pid
  is_running || { rm -f "$(pid_file)"; return 0; }
  pid=$(cat "$(pid_file)")
  kill "-${1:-TERM}" "$pid"
  for _ in $(seq 1 150); do
    is_running || break
    sleep 0.2
  done
  is_running && kill -KILL "$pid"
  rm -f "$(pid_file)"
}

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# answers PATH: the server says 200 to a GET
answers() {
  (
    exec 3<>"/dev/tcp/127.0.0.1/$port"
    printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' "$1" >&3
    read -r -t 2 line <&3 && [[ $line == HTTP/*' 200'* ]]
  ) 2>/dev/null
}

# build_go MODULE_FOLDER PACKAGE: builds a pinned Go program; go.sum verifies every module that goes in
build_go() {
  local folder=$1 package=$2 target
  target=$cache/$server-$(pin "$folder/go.mod" "$folder/go.sum")
  [ -x "$target" ] || {
    need go 'Go 1.21 or newer builds it and fetches the release it needs'
    [[ $(go version) =~ go1\.([0-9]+) && ${BASH_REMATCH[1]} -ge 21 ]] || fail "Go is too old, 1.21 or newer is needed: $(go version)"
    say "building $package (minutes, once)"
    mkdir -p "$cache"
    # Under a name of its own until it is whole: two may build at once.
    (cd "$folder" && CGO_ENABLED=0 GOFLAGS=-mod=readonly go build -trimpath -o "$target.$$" "$package") >&2 || fail "$package was not built"
    mv "$target.$$" "$target"
  }
  echo "$target"
}

dispatch() {
  case ${1:-} in
    install) install >/dev/null ;;
    start) start ;;
    stop) stop_process ;;
    kill) stop_process KILL ;;
    restart) stop_process; start ;;
    status) if is_running; then say "running (pid $(cat "$(pid_file)")) on $address"; else say 'stopped'; return 1; fi ;;
    wipe) stop_process KILL; rm -rf "$(run_dir)" ;;
    env) print_env ;;
    *) fail 'usage: install | start | stop | kill | restart | status | wipe | env' ;;
  esac
}
