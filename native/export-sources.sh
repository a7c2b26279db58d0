#!/usr/bin/env bash
# Puts the sources of everything that is linked in into a folder, for machines without Debian's apt, such as macOS:
#
#   native/export-sources.sh FOLDER                      on Linux
#   RDKAFKA_NATIVE_SOURCES=FOLDER native/build.sh        there
#
# librdkafka's npm package, checked against its hash; of the others the tree with Debian's patches applied, and Debian's description of it.
set -euo pipefail
unset CDPATH
export LC_ALL=C TZ=UTC
umask 022

NATIVE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$NATIVE/versions.sh"
source "$NATIVE/lib/common.sh"
source "$NATIVE/lib/sources.sh"

[ $# -eq 1 ] || die "usage: native/export-sources.sh FOLDER"
mkdir -p "$1"
FOLDER=$(cd "$1" && pwd)
open_cache export-sources

fetch_npm "$LIBRDKAFKA_PACKAGE" "$LIBRDKAFKA_PACKAGE_VERSION" "$LIBRDKAFKA_INTEGRITY"
cp "$FETCHED" "$FOLDER/"
while read -r package series lowest; do
  fetch_source "$package" "$series" "$lowest" "$WORK/$package"
  tree=${package#lib}-${SOURCE_VERSION#*:}
  mv "$WORK/$package" "$WORK/$tree"
  step "$tree, pack" tar -C "$WORK" --sort=name --owner=0 --group=0 --numeric-owner -czf "$FOLDER/$tree.tar.gz" "$tree"
  case $SOURCE_FILE in *.dsc) cp "$SOURCE_FILE" "$FOLDER/" ;; esac
done <<<"$DEPENDENCIES"
