# shellcheck shell=bash
# Messages, logged steps and the cache that the other scripts share.

say() { printf '[native] %s\n' "$*"; }

die() {
  printf '[native] error: %s\n' "$*" >&2
  exit 1
}

# require COMMAND PACKAGE: one clear line when a prerequisite is missing.
require() { command -v "$1" >/dev/null 2>&1 || die "'$1' is missing; install it first (Debian and Ubuntu: apt-get install $2)"; }

# step TITLE COMMAND...: runs the command with its output in $LOG, prints what it was and how long it took;
# on failure the end of the log is shown and kept.
step() {
  local title=$1 begin=$SECONDS status
  shift
  printf '[native] %-52s' "$title"
  printf '=== %s: %s\n' "$title" "$*" >>"$LOG"
  set +e
  (
    set -e
    "$@"
  ) >>"$LOG" 2>&1
  status=$?
  set -e
  if [ $status -ne 0 ]; then
    printf 'failed\n'
    tail -n 40 "$LOG" >&2
    die "$title failed after $((SECONDS - begin)) s (exit $status); whole log: $LOG"
  fi
  printf ' %4d s\n' $((SECONDS - begin))
}

# hash_of TEXT...: sixteen hex digits that stand for the text.
hash_of() { printf '%s\n' "$@" | sha256sum | cut -c1-16; }

# contents FILE...: a text that changes when a file's bytes do, whatever folder it lies in.
contents() { sha256sum "$@" | sed 's| .*/| |'; }

# cached NAME KEY BUILDER: sets CACHED to the folder $CACHE/NAME-KEY. When it is not there yet, BUILDER fills an empty
# folder (its first argument), which then gets its name in one rename: nobody ever sees a half-built one.
cached() {
  local result=$CACHE/$1-$2 builder=$3 fresh=$WORK/$1
  if [ ! -d "$result" ]; then
    mkdir -p "$fresh"
    "$builder" "$fresh"
    mv -T "$fresh" "$result"
  fi
  CACHED=$result
}
