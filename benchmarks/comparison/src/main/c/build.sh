#!/usr/bin/env bash
# Compiles the C program with the native library's own toolchain and links it with the very library that the JARs carry.
#
#   build.sh NATIVE_FOLDER OUTPUT_FOLDER       e.g. build.sh native benchmarks/comparison/target/c
set -euo pipefail
unset CDPATH
export LC_ALL=C

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
NATIVE=$(cd "$1" && pwd)
CACHE=${RDKAFKA_NATIVE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/rdkafka-java/native}
source "$NATIVE/platforms.sh"
source "$NATIVE/lib/common.sh"

classifier=$(host_classifier)
platform_settings "$classifier" || die "no settings for $classifier in native/platforms.sh"
library=$NATIVE/target/$classifier/$P_LIBRARY
[ -f "$library" ] || die "$library is missing: run native/build.sh first"
compiler=$CACHE/toolchain-$(toolchain_key)/bin/$P_TRIPLE-gcc
[ -x "$compiler" ] || die "the toolchain is not in the cache $CACHE: run native/build.sh first"

mkdir -p "$2"
OUT=$(cd "$2" && pwd)
if [ "$OUT/ceiling" -nt "$library" ] && [ -z "$(find "$HERE" -newer "$OUT/ceiling" -print -quit)" ]; then exit 0; fi
# a copy: a later build of the library must not change under a running benchmark
cp -f "$library" "$OUT/librdkafka.so.1"
"$compiler" -std=gnu99 -O3 -Wall -Wextra -Werror -isystem "$NATIVE/target/$classifier/include" -o "$OUT/ceiling" \
  "$HERE/common.c" "$HERE/produce.c" "$HERE/consume.c" "$OUT/librdkafka.so.1" -lpthread -lrt \
  -Wl,--allow-shlib-undefined -Wl,-rpath,'$ORIGIN'
