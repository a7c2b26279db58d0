#!/usr/bin/env bash
# Builds everything that is published twice, in two folders, time zones, locales and umasks, and compares the bytes.
#
#   packaging/reproducible.sh [platforms] [native]
#
#   platforms: also what mvn -Pplatforms makes
#   native:    the libraries as well, each time from an empty cache; without it both take the cached ones
#
# Not offline: the plugin that writes the SBOMs does nothing then.
set -euo pipefail
unset CDPATH

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
PUBLISHED=${MODULES:-packaging/bom,packaging/linux-x86_64,bindings,client,streams,testing/broker,testing,packaging/dropin,packaging/all}
MODE=" $* "
PROFILES=release
case $MODE in
  *' platforms '*)
    source "$ROOT/native/platforms.sh"
    PROFILES=release,platforms
    for classifier in $CLASSIFIERS; do PUBLISHED=$PUBLISHED,packaging/$classifier; done
    ;;
esac

# build FOLDER ZONE LOCALE UMASK: the sources as they are here, committed or not
build() {
  mkdir -p "$WORK/$1"
  (cd "$ROOT" && git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
    if [ -e "$file" ]; then printf '%s\0' "$file"; fi
  done | tar --null -T - -cf -) | tar -xf - -C "$WORK/$1"
  (
    umask "$4"
    case $MODE in *' native '*) export RDKAFKA_NATIVE_CACHE=$WORK/$1-cache ;; esac
    cd "$WORK/$1"
    TZ=$2 LC_ALL=$3 mvn -B -q --no-transfer-progress ${MAVEN_ARGUMENTS:-} -P"$PROFILES" -pl "$PUBLISHED" -am package -DskipTests -Dgpg.skip
    find . -path '*/target/rdkafka-*.jar' -o -path '*/target/*-cyclonedx.json' -o -path '*/target/bom.json' -o -path '*/target/published-pom.xml' -o -path './native/target/*/*' -type f |
      sort | xargs -d '\n' sha256sum >"$WORK/$1.sums"
  )
}

build one UTC C 022
build another/folder Asia/Kolkata C.UTF-8 002
if ! diff "$WORK/one.sums" "$WORK/another/folder.sums"; then
  echo "the two builds differ" >&2
  exit 1
fi
echo "$(grep -c '\.jar$' "$WORK/one.sums") JARs, $(grep -c 'pom.xml$' "$WORK/one.sums") POMs and $(grep -c 'json$' "$WORK/one.sums") SBOMs are the same in both builds, byte for byte"
