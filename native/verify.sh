#!/usr/bin/env bash
# The gates that a built library must pass before anyone packs it; build.sh runs them on every result, cached or new.
#
#   native/verify.sh CLASSIFIER FOLDER          e.g. native/verify.sh linux-x86_64 native/target/linux-x86_64
#
# Prints one line when all hold; otherwise one line for each that does not, and exits with 1.
set -euo pipefail
unset CDPATH
export LC_ALL=C

NATIVE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
CACHE=${RDKAFKA_NATIVE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/rdkafka-java/native}
source "$NATIVE/versions.sh"
source "$NATIVE/platforms.sh"
source "$NATIVE/lib/common.sh"
source "$NATIVE/lib/declared.sh"

[ $# -eq 2 ] || die "usage: native/verify.sh CLASSIFIER FOLDER"
platform_settings "$1" || die "no settings for $1 in native/platforms.sh"
FOLDER=$2
LIBRARY=$FOLDER/$P_LIBRARY
PATH=$CACHE/toolchain-$(toolchain_key)/bin:$PATH:$CACHE/emulator-$(emulator_key)/usr/bin
if [ -n "${P_BASE_TRIPLE:-}" ]; then PATH=$CACHE/toolchain-musl-$(musl_toolchain_key)/bin:$PATH; fi
command -v "$P_TRIPLE-nm" >/dev/null || die "the toolchain is not in the cache $CACHE: run native/build.sh first"
[ -f "$LIBRARY" ] || die "$LIBRARY is missing"
SCRATCH=$(mktemp -d)
trap 'rm -rf "$SCRATCH"' EXIT

failures=0
failed() {
  printf '[native] gate %s\n' "$*" >&2
  failures=$((failures + 1))
}

elf() { "$P_TRIPLE-readelf" -W "$@" "$LIBRARY"; }

read_elf() {
  elf -h >"$SCRATCH/header" 2>&1 && grep -q 'ELF Header' "$SCRATCH/header" || die "$LIBRARY is no ELF file: $(tail -n 1 "$SCRATCH/header")"
  elf -d >"$SCRATCH/dynamic"
  elf -l >"$SCRATCH/segments"
  elf -S >"$SCRATCH/sections"
  elf -V >"$SCRATCH/versions"
}

gate_architecture() {
  local machine
  machine=$(sed -n 's/^ *Machine: *//p' "$SCRATCH/header")
  [ "$machine" = "$GATE_ELF_MACHINE" ] || failed "architecture: $machine instead of $GATE_ELF_MACHINE"
}

gate_glibc() {
  local highest
  [ -n "${P_LIBRDKAFKA_GLIBC_FLOOR:-}" ] || return 0
  highest=$(sed -n 's/.*GLIBC_\([0-9.]*\).*/\1/p' "$SCRATCH/versions" | sort -uV | tail -n 1)
  [ "$(printf '%s\n' "$highest" "$P_LIBRDKAFKA_GLIBC_FLOOR" | sort -V | tail -n 1)" = "$P_LIBRDKAFKA_GLIBC_FLOOR" ] ||
    failed "glibc floor: needs GLIBC_$highest, allowed is GLIBC_$P_LIBRDKAFKA_GLIBC_FLOOR"
}

gate_needed() {
  local library
  for library in $(sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' "$SCRATCH/dynamic"); do
    case " $GATE_NEEDED " in *" $library "*) ;; *) failed "needed libraries: $library is not on the list ($GATE_NEEDED)" ;; esac
  done
  ! grep -Eq '\((RPATH|RUNPATH)\)' "$SCRATCH/dynamic" || failed "needed libraries: has a run path"
}

exported() { "$P_TRIPLE-nm" -D --defined-only "$LIBRARY" | sed 's/.* //; s/@.*//' | sort -u; }

declared() { declared_functions "$FOLDER/include/rdkafka.h" "$FOLDER/include/rdkafka_mock.h"; }

# Visible is what the public headers declare: nothing more, nothing less.
gate_exports() {
  local foreign absent
  exported >"$SCRATCH/exported"
  declared >"$SCRATCH/declared"
  foreign=$(comm -23 "$SCRATCH/exported" "$SCRATCH/declared")
  absent=$(comm -13 "$SCRATCH/exported" "$SCRATCH/declared")
  [ -z "$foreign" ] || failed "exports: $(wc -l <<<"$foreign") symbols that the headers do not declare, such as $(head -n 3 <<<"$foreign" | tr '\n' ' ')"
  [ -z "$absent" ] || failed "exports: $(wc -l <<<"$absent") declared functions are not exported, such as $(head -n 3 <<<"$absent" | tr '\n' ' ')"
  ! grep -v '^rd_kafka_' "$SCRATCH/exported" >/dev/null || failed "exports: not all begin with rd_kafka_"
  [ -s "$SCRATCH/declared" ] || failed "exports: no declaration was found in the headers"
}

# Where a kernel has pages of 64 KiB, segments that are aligned to less cannot be mapped.
gate_alignment() {
  local least=$((1 << P_LG_PAGE)) alignment
  for alignment in $(sed -n 's/^ *LOAD .* \(0x[0-9a-f]*\)$/\1/p' "$SCRATCH/segments"); do
    [ $((alignment)) -ge $least ] || failed "alignment: a segment is aligned to $alignment, the largest page is $least"
  done
}

gate_stripped() { ! grep -Eq ' \.(symtab|debug_info) ' "$SCRATCH/sections" || failed "stripped: has a symbol table or debug information"; }

gate_hardening() {
  grep -q GNU_RELRO "$SCRATCH/segments" || failed "hardening: no RELRO segment"
  grep -Eq 'BIND_NOW|FLAGS_1.*\bNOW\b' "$SCRATCH/dynamic" || failed "hardening: not bound at load time (-z now)"
  grep -E 'GNU_STACK.* RW +0x' "$SCRATCH/segments" >/dev/null || failed "hardening: the stack is executable or GNU_STACK is missing"
  ! grep -q TEXTREL "$SCRATCH/dynamic" || failed "hardening: relocations in code"
  grep -Eq 'FLAGS_1.*\bNODELETE\b' "$SCRATCH/dynamic" || failed "hardening: can be unloaded under running threads (-z nodelete)"
}

# A path of the building machine in the bytes makes builds differ and tells about the machine.
gate_paths() { ! grep -aqF -e "$CACHE" -e "$NATIVE" "$LIBRARY" || failed "paths: contains a path of the building machine"; }

gate_licenses() {
  local project
  for project in librdkafka openssl zlib zstd curl ${P_ALLOCATOR_PREFIX:+jemalloc} lz4 snappy cjson tinycthread; do
    [ -s "$FOLDER/licenses/$project.txt" ] || failed "licences: licenses/$project.txt is missing"
  done
}

gate_properties() {
  local key value
  while IFS='=' read -r key value; do
    grep -qxF "$key=$value" "$FOLDER/librdkafka.properties" || failed "librdkafka.properties: $key=$value is missing"
  done <<EXPECTED
version=$LIBRDKAFKA_VERSION
classifier=$P_CLASSIFIER
sha256=$(sha256sum "$LIBRARY" | cut -d' ' -f1)
crc32=$(crc32 "$LIBRARY")
builtin.features=$BUILTIN_FEATURES
EXPECTED
}

# A component for each licence that lies beside the library.
gate_sbom() {
  local file=$FOLDER/sbom.cdx.json project
  perl -MJSON::PP -0777 -e 'decode_json(<>)' "$file" 2>"$SCRATCH/json" || { failed "sbom: sbom.cdx.json is no JSON: $(cat "$SCRATCH/json")" && return; }
  for project in "$FOLDER"/licenses/*.txt; do
    project=$(basename "$project" .txt)
    grep -q "\"name\": \"$project\"" "$file" || failed "sbom: $project is missing"
  done
  grep -q "$(sha256sum "$LIBRARY" | cut -d' ' -f1)" "$file" || failed "sbom: has another library's hash"
}

# Compiled for the platform and run against this very file: with the oldest libc that is promised, which comes with the toolchain, and
# with the machine's where that is of the same kind. Sets SMOKED to what it ran on.
gate_smoke() {
  local oldest loader libraries
  ln -s "$(cd "$FOLDER" && pwd)/$P_LIBRARY" "$SCRATCH/librdkafka.so.1"
  if ! "$P_TRIPLE-gcc" -std=gnu99 -Wall -I"$FOLDER/include" -o "$SCRATCH/smoke" "$NATIVE/smoke.c" "$SCRATCH/librdkafka.so.1" \
    -Wl,--allow-shlib-undefined >"$SCRATCH/smoke.out" 2>&1; then
    failed "smoke: does not compile or link: $(tail -n 3 "$SCRATCH/smoke.out")"
    return
  fi
  if [ -n "${P_LIBRDKAFKA_MUSL_FLOOR:-}" ]; then
    oldest=$CACHE/toolchain-musl-$(musl_toolchain_key)/musl libraries=$oldest/lib SMOKED="musl $P_LIBRDKAFKA_MUSL_FLOOR"
  else
    oldest=$("$P_TRIPLE-gcc" -print-sysroot) libraries=$oldest/lib:$oldest/lib64 SMOKED="glibc $P_LIBRDKAFKA_GLIBC_FLOOR"
  fi
  loader=$oldest/lib/$GATE_LOADER
  if smoke_root "$oldest/lib"; then
    run_smoke oldest unshare --map-root-user --root="$SCRATCH/root" ${GATE_EMULATOR:+/$GATE_EMULATOR} /smoke &
    SMOKED="$SMOKED in a root without anything else"
  elif [ -n "$GATE_EMULATOR" ]; then
    # it cannot start a loader as a program, but takes the one that the program asks for from there
    run_smoke oldest "$GATE_EMULATOR" -L "$oldest" -E LD_LIBRARY_PATH="$libraries:$SCRATCH" "$SCRATCH/smoke" &
  else
    run_smoke oldest "$loader" --library-path "$libraries:$SCRATCH" "$SCRATCH/smoke" &
  fi
  if [ "$P_CLASSIFIER" = "$(host_classifier)" ]; then
    run_smoke machine env LD_LIBRARY_PATH="$SCRATCH" "$SCRATCH/smoke" &
  fi
  wait
  check_smoke oldest "$SMOKED"
  if [ -n "$GATE_EMULATOR" ]; then SMOKED="$SMOKED, under qemu"; fi
  if [ -f "$SCRATCH/machine.status" ]; then
    check_smoke machine "the machine's libc"
    SMOKED="$SMOKED, and the machine's libc"
  fi
}

# smoke_root LIBRARIES: a root folder with libc, the library, the program and no other file; false where the system lets nobody have one.
smoke_root() {
  local library root=$SCRATCH/root
  mkdir -p "$root/lib"
  ln -s lib "$root/lib64"
  for library in $GATE_NEEDED "$GATE_LOADER"; do cp -L "$1/$library" "$root/lib/" 2>/dev/null || return 1; done
  cp "$SCRATCH/smoke" "$root/"
  cp "$LIBRARY" "$root/lib/librdkafka.so.1"
  if [ -n "$GATE_EMULATOR" ]; then cp -L "$(command -v "$GATE_EMULATOR")" "$root/"; fi
  unshare --map-root-user --root="$root" ${GATE_EMULATOR:+/$GATE_EMULATOR} /smoke --help >/dev/null 2>&1
}

# run_smoke NAME COMMAND...: leaves the output in NAME.out and the exit status in NAME.status.
run_smoke() {
  local name=$1 status=0
  shift
  timeout 300 "$@" >"$SCRATCH/$name.out" 2>&1 || status=$?
  echo $status >"$SCRATCH/$name.status"
}

check_smoke() {
  local out=$SCRATCH/$1.out status features
  status=$(cat "$SCRATCH/$1.status")
  if [ "$status" -ne 0 ]; then
    failed "smoke on $2 (exit $status): $({ grep '^smoke: ' "$out" || tail -n 3 "$out"; } | sed 's/^smoke: //')"
    return
  fi
  grep -qx "version=$LIBRDKAFKA_VERSION" "$out" || failed "version: $(grep ^version= "$out") instead of $LIBRDKAFKA_VERSION"
  features=$(sed -n 's/^builtin.features=//p' "$out")
  [ "$features" = "$BUILTIN_FEATURES" ] || failed "builtin.features: $features instead of $BUILTIN_FEATURES"
  grep -qx 'smoke=ok' "$out" || failed "smoke on $2: did not reach its end"
}

case $P_CLASSIFIER in
  windows-*) source "$NATIVE/lib/gates_pe.sh" ;;
  osx-*) source "$NATIVE/lib/gates_macho.sh" ;;
  *) read_elf ;;
esac
gate_architecture
gate_glibc
gate_needed
gate_exports
gate_stripped
gate_alignment
gate_hardening
gate_paths
gate_licenses
gate_properties
gate_sbom
gate_smoke

[ $failures -eq 0 ] || die "$LIBRARY does not pass $failures of its gates"
printf 'smoke program on %s\n' "$SMOKED" >"${RDKAFKA_NATIVE_SMOKED:-/dev/null}"
say "gates passed: architecture, libc floor, needed libraries, exports, stripped, alignment, hardening, paths, licences, properties, SBOM, features, smoke ($SMOKED)"
