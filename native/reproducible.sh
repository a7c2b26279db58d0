#!/usr/bin/env bash
# Builds librdkafka twice, each time from an empty cache, and compares the bytes of everything that comes of it. The two builds differ in folder, time
# zone, locale, umask and the number of parallel compilations.
#
#   native/reproducible.sh [classifier...]        default: the host's
set -euo pipefail
unset CDPATH

NATIVE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$NATIVE/platforms.sh"
source "$NATIVE/lib/common.sh"

if [ $# -eq 0 ]; then set -- "$(host_classifier)"; fi
for classifier in "$@"; do platform_settings "$classifier" || die "no settings for $classifier in native/platforms.sh"; done
RESULTS=$(mktemp -d)
trap 'rm -rf "$RESULTS"' EXIT

# build FOLDER ZONE LOCALE UMASK JOBS CLASSIFIER...
build() {
  local folder=$RESULTS/$1 zone=$2 locale=$3 mask=$4 jobs=$5 classifier
  shift 5
  mkdir -p "$folder/native"
  tar --exclude=./target -C "$NATIVE" -cf - . | tar -C "$folder/native" -xf -
  (
    umask "$mask"
    export TZ=$zone LC_ALL=$locale RDKAFKA_NATIVE_JOBS=$jobs RDKAFKA_NATIVE_CACHE=$folder/cache
    for classifier in "$@"; do "$folder/native/build.sh" "$classifier"; done
  )
  # the smoke programs' results are no part of what is packed
  (cd "$folder/native/target" && find . -mindepth 2 -type f | sort | xargs -d '\n' sha256sum) >"$folder/sums"
  rm -rf "$folder/cache"
}

begin=$SECONDS
build one UTC C 022 2 "$@"
build another/folder Asia/Kolkata C.UTF-8 002 3 "$@"
diff "$RESULTS/one/sums" "$RESULTS/another/folder/sums" >&2 || die "the two builds differ"
for classifier in "$@"; do
  platform_settings "$classifier"
  [ -s "$RESULTS/one/native/target/$classifier/$P_LIBRARY" ] || die "$classifier: no library came of it"
  say "$classifier: $(grep -c " \./$classifier/" "$RESULTS/one/sums") files are the same in both builds, byte for byte; $P_LIBRARY has sha256 $(sed -n "s| *\./$classifier/$P_LIBRARY\$||p" "$RESULTS/one/sums")"
done
say "built twice from empty caches in $(((SECONDS - begin + 59) / 60)) minutes"
