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
run_dir() { mkdir -p "$data/$server"; (cd "$data/$server" && pwd); }
pid_file() { echo "$(run_dir)/pid"; }

is_running() {
  local pid
  pid=$(cat "$(pid_file)" 2>/dev/null) || return 1
  [ -n "$pid" ] && [ -e "/proc/$pid" ] && tr '\0' ' ' <"/proc/$pid/cmdline" | grep -q "$process_mark"
}

# start_process COMMAND…: in the background, its output in the log, until "ready" succeeds
start_process() {
  is_running && { say "already running (pid $(cat "$(pid_file)"))"; return; }
  local log
  log=$(run_dir)/log
  setsid "$@" >>"$log" 2>&1 </dev/null &
  echo $! >"$(pid_file)"
  for _ in $(seq 1 300); do
    # Not is_running: under load the fork has not become the program yet.
    [ -e "/proc/$(cat "$(pid_file)")" ] || fail "did not start: $(tail -n 2 "$log" | tr '\n' ' ')"
    ready && { say "ready on $address"; return; }
    sleep 0.2
  done
  fail "not ready after 60 s: see $log"
}

stop_process() {
  is_running || { rm -f "$(pid_file)"; return 0; }
  local pid
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

# build_go MODULE_FOLDER PACKAGE: builds a pinned Go program; go.sum verifies every module that goes in
build_go() {
  local folder=$1 package=$2 target
  target=$cache/$server-$(pin "$folder/go.mod" "$folder/go.sum")
  [ -x "$target" ] || {
    need go 'Go 1.24 or newer builds it (Debian: golang)'
    say "building $package"
    mkdir -p "$cache"
    (cd "$folder" && CGO_ENABLED=0 GOFLAGS=-mod=readonly go build -trimpath -o "$target.new" "$package") >&2
    mv "$target.new" "$target"
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
