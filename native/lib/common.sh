# shellcheck shell=bash
# Messages, logged steps and the cache that the other scripts share.

case $(uname -s) in Darwin) source "$NATIVE/lib/darwin_host.sh" ;; esac

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

# hex_of INTEGRITY: npm's sha512-<base64> in hexadecimal digits.
hex_of() { printf %s "${1#sha512-}" | base64 --decode | od -An -v -tx1 | tr -d ' \n'; }

# lock_file [wait]: takes the lock on descriptor 9, which the calling shell keeps until it ends. With perl, because flock(1) is not everywhere.
lock_file() {
  perl -MFcntl=:flock -e '
    open(my $lock, ">&=", 9) or die "descriptor 9: $!";
    alarm 3600;
    exit !flock($lock, @ARGV ? LOCK_EX : LOCK_EX | LOCK_NB)' "$@"
}

# open_cache NAME: sets CACHE, LOG and WORK, a folder that goes when the script ends. One script at a time for each cache; the others wait
# and then find its result.
open_cache() {
  CACHE=${RDKAFKA_NATIVE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/rdkafka-java/native}
  mkdir -p "$CACHE" || die "cannot create the cache $CACHE; RDKAFKA_NATIVE_CACHE names another folder"
  CACHE=$(cd "$CACHE" && pwd)
  case $CACHE in *[[:space:]]*) die "the cache's path '$CACHE' has a space, which configure scripts do not bear; RDKAFKA_NATIVE_CACHE names another folder" ;; esac
  exec 9>"$CACHE/lock"
  if ! lock_file; then
    say "another build uses $CACHE: waiting for it"
    lock_file wait || die "waited an hour for the build that holds $CACHE/lock"
  fi
  WORK=$CACHE/work-$$
  LOG=$CACHE/$1.log
  rm -rf "$CACHE"/work-*
  mkdir -p "$WORK"
  : >"$LOG"
  trap 'rm -rf "$WORK"' EXIT
}

# cached NAME KEY BUILDER: sets CACHED to the folder $CACHE/NAME-KEY. When it is not there yet, BUILDER fills an empty
# folder (its first argument), which then gets its name in one rename: nobody ever sees a half-built one.
cached() {
  local result=$CACHE/$1-$2 builder=$3 fresh=$WORK/$1
  if [ ! -d "$result" ]; then
    mkdir -p "$fresh"
    "$builder" "$fresh"
    mv "$fresh" "$result"
  fi
  CACHED=$result
}

# crc32 FILE: eight hexadecimal digits; gzip ends with them, the last byte first.
crc32() { gzip -nc1 "$1" | tail -c 8 | od -An -tx1 | awk '{ print $4 $3 $2 $1 }'; }
