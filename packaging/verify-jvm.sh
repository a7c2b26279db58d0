#!/usr/bin/env bash
# Runs README's program in a JVM of another platform: it takes the platform's JAR, extracts and loads the library, and produces to and
# consumes from librdkafka's mock cluster. Needs what `mvn -Pplatforms package` has made.
#
#   packaging/verify-jvm.sh linux-aarch_64        Debian's OpenJDK 25 for arm64, under qemu
set -euo pipefail
unset CDPATH
export LC_ALL=C

PACKAGING=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ROOT=$(dirname "$PACKAGING")
NATIVE=$ROOT/native
CACHE=${RDKAFKA_NATIVE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/rdkafka-java/native}
source "$NATIVE/versions.sh"
source "$NATIVE/platforms.sh"
source "$NATIVE/lib/common.sh"
source "$NATIVE/lib/sources.sh"
source "$NATIVE/lib/packages.sh"

CLASSIFIER=${1:-}
[ "$CLASSIFIER" = linux-aarch_64 ] || die "usage: packaging/verify-jvm.sh linux-aarch_64 (no JVM of another platform is at hand: the others have the smoke program that native/verify.sh runs)"
platform_settings "$CLASSIFIER"
mkdir -p "$CACHE"
WORK=$CACHE/work-jvm-$$
LOG=$CACHE/jvm-$CLASSIFIER.log
mkdir -p "$WORK"
: >"$LOG"
trap 'rm -rf "$WORK"' EXIT

one() {
  local found
  found=$(find "$@" -not -name '*-sources.jar' -not -name '*-javadoc.jar' -not -name '*cyclonedx*' | sort | tail -n 1)
  [ -n "$found" ] || die "nothing like $* is there: run mvn -Pplatforms package -DskipTests first"
  printf %s "$found"
}

platform_jar=$(one "$PACKAGING/$CLASSIFIER/target" -name "rdkafka-native-$CLASSIFIER-*.jar")
client=$(one "$ROOT/client/target" -maxdepth 1 -name 'rdkafka-client-*.jar')
bindings=$(one "$ROOT/bindings/target" -maxdepth 1 -name 'rdkafka-bindings-*.jar')
repository=${MAVEN_REPOSITORY:-$HOME/.m2/repository}
kafka_version=$(sed -n 's|.*<kafka.version>\(.*\)</kafka.version>.*|\1|p' "$ROOT/pom.xml")
slf4j_version=$(sed -n 's|.*<slf4j.version>\(.*\)</slf4j.version>.*|\1|p' "$ROOT/pom.xml")
kafka=$(one "$repository/org/apache/kafka/kafka-clients/$kafka_version" -name "kafka-clients-$kafka_version.jar")
slf4j=$(one "$repository/org/slf4j/slf4j-api/$slf4j_version" -name "slf4j-api-$slf4j_version.jar")

# --- the program, compiled here
javac=${JAVA25_HOME:+$JAVA25_HOME/bin/}javac
"$javac" --release 25 -d "$WORK/classes" -cp "$client:$kafka" \
  "$PACKAGING/consumer-test/src/it/shared/HelloOnMockCluster.java" \
  "$ROOT/examples/quickstart/src/main/java/io/github/rdkafka/examples/HelloKafka.java" ||
  die "a javac 25 is needed: put it on the PATH or set JAVA25_HOME"

# --- a machine for it: JVM, libc, and what the JVM needs
command -v "$GATE_EMULATOR" >/dev/null || {
  cached emulator "$(emulator_key)" unpack_emulator
  PATH=$PATH:$CACHED/usr/bin
}
cached jvm-arm64 1 unpack_jvm
machine=$CACHED
java=$(find "$machine/usr/lib/jvm" -path '*/bin/java' -type f | head -n 1)

mkdir -p "$WORK/tmp"
printf '[packaging] %s\n' "README's program under $("$GATE_EMULATOR" --version | head -n 1)"
begin=$SECONDS
status=0
timeout 900 "$GATE_EMULATOR" -L "$machine" "$java" -Xshare:off -XX:TieredStopAtLevel=1 -Xmx512m \
  -Djava.io.tmpdir="$WORK/tmp" \
  --enable-native-access=ALL-UNNAMED -cp "$WORK/classes:$client:$bindings:$platform_jar:$kafka:$slf4j" \
  org.example.HelloOnMockCluster >"$WORK/out" 2>&1 || status=$?
cat "$WORK/out"
[ $status -eq 0 ] && grep -qx 'received hello world' "$WORK/out" || die "$CLASSIFIER: the program failed (exit $status)"
[ -z "$(ls -A "$WORK/tmp" | grep '^rdkafka-java-' || true)" ] || die "$CLASSIFIER: the loader left its copy behind"
version=$("$GATE_EMULATOR" -L "$machine" "$java" -Xshare:off -XX:TieredStopAtLevel=1 --version 2>/dev/null | head -n 1)
printf '[packaging] %s: produced to and consumed from the mock cluster on %s for arm64 under qemu (%d s)\n' "$CLASSIFIER" "$version" $((SECONDS - begin))
printf "README's program on %s for arm64 under qemu\n" "$version" >"$NATIVE/target/$CLASSIFIER.jvm"
