#!/usr/bin/env bash
# Runs README's program in a JVM of another platform: it takes the platform's JAR, extracts and loads the library, and produces to and
# consumes from librdkafka's mock cluster. Needs what `mvn -Pplatforms package` has made, and a JDK 25 on the PATH or in JAVA25_HOME.
#
#   packaging/verify-jvm.sh linux-x86_64          the JDK 25 at hand, in a root with glibc 2.17 and nothing else
#   packaging/verify-jvm.sh linux-aarch_64        Debian's OpenJDK 25 for arm64, under qemu
#   packaging/verify-jvm.sh linux-x86_64-musl     the JDK 25 at hand, in a root with musl 1.2.3 and no other libc
#   packaging/verify-jvm.sh linux-aarch_64-musl   Debian's OpenJDK 25 for arm64, in such a root, under qemu
#   packaging/verify-jvm.sh windows-x86_64        Temurin 21 for Windows, under wine
#   packaging/verify-jvm.sh program FOLDER        runs nothing: puts the program with what it needs into FOLDER, for other machines:
#                                                 java --enable-native-access=ALL-UNNAMED -cp "FOLDER/*" org.example.HelloOnMockCluster
#
# On the class path are JARs for both libcs, so that the loader has to choose; the program says what it loaded.
#
# A JDK built for musl comes from none of the places that this build takes things from. Those two are built for glibc; musl's loader starts them, and
# verify-jvm/glibc_names.c adds the few functions that musl lacks. So the loader's choice, the library, its threads and the calls in both
# directions are those of a JVM on musl; what a JDK built for musl does otherwise is not seen. For Windows there is no JDK of this version either, but Java 21
# with its preview of the Foreign Function & Memory API: verify-jvm/ForJava21.java renames the calls in the JARs' classes.
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
source "$PACKAGING/verify-jvm/machines.sh"

CLASSIFIER=${1:-}
case $CLASSIFIER,$# in
  program,2) ;;
  linux-*,1 | windows-*,1) platform_settings "$CLASSIFIER" || die "no settings for $CLASSIFIER in native/platforms.sh" ;;
  *) die "usage: packaging/verify-jvm.sh linux-x86_64[-musl]|linux-aarch_64[-musl]|windows-x86_64|program FOLDER" ;;
esac
mkdir -p "$CACHE"
WORK=$CACHE/jvm-work-$$
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

platform_jars=()
for classifier in $CLASSIFIERS; do
  if [ "$CLASSIFIER" = program ] || [ "${CLASSIFIER%-musl}" = "${classifier%-musl}" ]; then
    platform_jars+=("$(one "$PACKAGING/$classifier/target" -name "rdkafka-native-$classifier-*.jar")")
  fi
done
client=$(one "$ROOT/client/target" -maxdepth 1 -name 'rdkafka-client-*.jar')
bindings=$(one "$ROOT/bindings/target" -maxdepth 1 -name 'rdkafka-bindings-*.jar')
repository=${MAVEN_REPOSITORY:-$HOME/.m2/repository}
kafka_version=$(sed -n 's|.*<kafka.version>\(.*\)</kafka.version>.*|\1|p' "$ROOT/pom.xml")
slf4j_version=$(sed -n 's|.*<slf4j.version>\(.*\)</slf4j.version>.*|\1|p' "$ROOT/pom.xml")
kafka=$(one "$repository/org/apache/kafka/kafka-clients/$kafka_version" -name "kafka-clients-$kafka_version.jar")
slf4j=$(one "$repository/org/slf4j/slf4j-api/$slf4j_version" -name "slf4j-api-$slf4j_version.jar")

# --- the program, compiled here
javac=${JAVA25_HOME:+$JAVA25_HOME/bin/}javac
"$javac" --release 25 -d "$WORK/classes" -cp "$client:$bindings:$kafka" \
  "$PACKAGING/verify-jvm/WithOrigin.java" "$PACKAGING/verify-jvm/MissingInJava21.java" \
  "$PACKAGING/consumer-test/src/it/shared/HelloOnMockCluster.java" \
  "$ROOT/examples/quickstart/src/main/java/io/github/rdkafka/examples/HelloKafka.java" ||
  die "a javac 25 is needed: put it on the PATH or set JAVA25_HOME"
jdk=$(dirname "$(dirname "$(readlink -f "$(command -v "$javac")")")")

mkdir "$WORK/app" "$WORK/tmp"
"$jdk/bin/jar" --create --file "$WORK/app/hello.jar" -C "$WORK/classes" .
cp "$client" "$bindings" "${platform_jars[@]}" "$kafka" "$slf4j" "$WORK/app/"
if [ "$CLASSIFIER" = program ]; then
  mkdir -p "$2"
  cp "$WORK"/app/* "$2/"
  exit
fi

case $CLASSIFIER in
  linux-x86_64) glibc_machine ;;
  linux-x86_64-musl) musl_machine ;;
  linux-aarch_64) arm64_machine ;;
  linux-aarch_64-musl) arm64_musl_machine ;;
  windows-x86_64) windows_machine ;;
esac
cd "$WORK"
"${java[@]}" --version >version 2>&1 || die "the JVM does not start $where: $(tail -n 3 version)"
version=$(grep -m 1 '^openjdk' version | tr -d '\r')
printf '[packaging] %s\n' "README's program on $version $where"
begin=$SECONDS
status=0
timeout 900 "${java[@]}" --enable-native-access=ALL-UNNAMED -cp "app/*" org.example.WithOrigin >with-cr 2>&1 || status=$?
tr -d '\r' <with-cr >out
cat out
[ $status -eq 0 ] && grep -qx 'received hello world' out || die "$CLASSIFIER: the program failed (exit $status)"
grep -q "^loaded librdkafka $LIBRDKAFKA_VERSION from .*/META-INF/native/$CLASSIFIER/$P_LIBRARY\$" out || die "$CLASSIFIER: the loader took another library"
# on Windows, where a loaded file cannot be deleted, a later start does it
[ "$P_LIBRARY" = rdkafka.dll ] || [ -z "$(ls -A tmp | grep '^rdkafka-java-' || true)" ] || die "$CLASSIFIER: the loader left its copy behind"
printf '[packaging] %s: produced to and consumed from the mock cluster on %s %s (%d s)\n' "$CLASSIFIER" "$version" "$where" $((SECONDS - begin))
# with the library that it was, for the table of native/build-all.sh
(mkdir library && cd library && "$jdk/bin/jar" --extract --file "$(one "$PACKAGING/$CLASSIFIER/target" -name "rdkafka-native-$CLASSIFIER-*.jar")" "META-INF/native/$CLASSIFIER/$P_LIBRARY")
printf "%s README's program on %s %s\n" "$(sha256sum <"library/META-INF/native/$CLASSIFIER/$P_LIBRARY" | cut -d' ' -f1)" "$version" "$where" >"$NATIVE/target/$CLASSIFIER.jvm"
