#!/bin/sh
# Regenerates src/generated/java from librdkafka's headers. Usage: regenerate.sh [folder with rdkafka.h and rdkafka_mock.h]
set -eu
cd "$(dirname "$0")"

fail() {
  echo "regenerate.sh: $*" >&2
  exit 1
}

headers=${1:-}
if [ -z "$headers" ]; then
  for folder in ../native/target/*/include; do
    [ -f "$folder/rdkafka.h" ] && headers=$folder
  done
fi
[ -f "$headers/rdkafka.h" ] && [ -f "$headers/rdkafka_mock.h" ] ||
  fail "no rdkafka.h and rdkafka_mock.h in '${headers:-../native/target/*/include}': build native/ first, or name a folder"
command -v jextract > /dev/null || fail "no jextract on the PATH; README.md says how to get one"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
jextract \
  -I "$headers" \
  --output "$scratch/java" \
  --target-package io.github.rdkafka.bindings.librdkafka \
  --header-class-name rdkafka_h \
  @src/main/jextract/symbols.txt \
  src/main/jextract/librdkafka.h
generated=$scratch/java/io/github/rdkafka/bindings/librdkafka

if grep -rq 'unnamed at' "$generated"; then
  fail "this jextract was built with a libclang that its naming of unnamed structs does not fit; use libclang 13 or 14"
fi

# The one change to jextract's output. Made on Linux it casts C's long to eight bytes, which throws on Windows when the
# class initialises. The headers use no long themselves: what arrives as one is size_t, ssize_t and int64_t, eight bytes
# on every platform that is served.
if grep -Ew '^[^*]*long' "$headers/rdkafka.h" "$headers/rdkafka_mock.h"; then
  fail "the headers use C's long now, whose size differs between platforms; C_LONG cannot be fixed to eight bytes"
fi
shared=$generated/'rdkafka_h$shared.java'
line='ValueLayout.OfLong C_LONG = '
[ "$(grep -c "$line" "$shared")" = 1 ] || fail "jextract's definition of C_LONG looks different now; adapt this script"
sed "s/\($line\).*/\1ValueLayout.JAVA_LONG;/" "$shared" > "$scratch/shared"
cp "$scratch/shared" "$shared"

rm -rf src/generated/java
mkdir -p src/generated
cp -R "$scratch/java" src/generated/java
echo "$(grep -c 'SYMBOL_LOOKUP.findOrThrow' "$generated/rdkafka_h.java") functions of librdkafka bound in $(pwd)/src/generated/java"
