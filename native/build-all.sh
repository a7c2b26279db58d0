#!/usr/bin/env bash
# Builds librdkafka for every platform that one Linux x86-64 machine can build for, and prints what came of it.
#
#   native/build-all.sh [table]        table: prints only
set -euo pipefail
unset CDPATH

NATIVE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$NATIVE/platforms.sh"

property() { sed -n "s/^$2=//p" "$NATIVE/target/$1/librdkafka.properties"; }

# in MB
megabytes() { awk '{ printf "%.1f", $1 / 1e6 }'; }

# what packaging/verify-jvm.sh has noted, if it was with this very library
in_jvm() { sed -n "s/^$(property "$1" sha256) //p" "$NATIVE/target/$1.jvm"; }

row() {
  local classifier=$1 library floor
  if [ ! -f "$NATIVE/target/$classifier/librdkafka.properties" ]; then
    printf '%-20s | not built\n' "$classifier"
    return
  fi
  platform_settings "$classifier"
  library=$NATIVE/target/$classifier/$P_LIBRARY
  # where there is no floor it stands on nothing but what every version of the system has
  floor=$(sed -n 's/^\([a-z]*\)\.floor=/\1 /p' "$NATIVE/target/$classifier/librdkafka.properties")
  printf '%-20s | %-12s | %s / %s MB | %s | %s\n' "$classifier" "${floor:-msvcrt}" "$(wc -c <"$library" | megabytes)" "$(gzip -9c "$library" | wc -c | megabytes)" \
    "$(property "$classifier" builtin.features)" \
    "$({ cat "$NATIVE/target/$classifier.smoke" && in_jvm "$classifier"; } 2>/dev/null | paste -sd ';' | sed 's/;/; /g')"
}

begin=$SECONDS
if [ "${1:-}" != table ]; then
  for classifier in $CLASSIFIERS; do "$NATIVE/build.sh" "$classifier"; done
  printf '\n%d minutes\n' $(((SECONDS - begin + 59) / 60))
fi
printf '\n%-20s | %-12s | %s | %s | %s\n' platform floor 'size / packed' features 'verified by'
for classifier in $CLASSIFIERS; do (row "$classifier"); done
