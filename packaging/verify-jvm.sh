#!/usr/bin/env bash
# Runs README's program in a JVM of another platform: it takes the platform's JAR, extracts and loads the library, and produces to and
# consumes from librdkafka's mock cluster. Needs what `mvn -Pplatforms package` has made, and a JDK 25 on the PATH or in JAVA25_HOME.
#
#   packaging/verify-jvm.sh linux-aarch_64        Debian's OpenJDK 25 for arm64, under qemu
#   packaging/verify-jvm.sh linux-x86_64          the JDK 25 at hand, in a root with glibc 2.17 and nothing else
#   packaging/verify-jvm.sh program FOLDER        runs nothing: puts the program with what it needs into FOLDER, for other machines:
#                                                 java --enable-native-access=ALL-UNNAMED -cp "FOLDER/*" org.example.HelloOnMockCluster
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
case $CLASSIFIER,$# in
  program,2) ;;
  linux-aarch_64,1 | linux-x86_64,1) platform_settings "$CLASSIFIER" ;;
  *) die "usage: packaging/verify-jvm.sh linux-aarch_64|linux-x86_64|program FOLDER (no JVM of another platform is at hand: the others have the smoke program that native/verify.sh runs)" ;;
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
  case $CLASSIFIER in "$classifier" | program) platform_jars+=("$(one "$PACKAGING/$classifier/target" -name "rdkafka-native-$classifier-*.jar")") ;; esac
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
"$javac" --release 25 -d "$WORK/classes" -cp "$client:$kafka" \
  "$PACKAGING/consumer-test/src/it/shared/HelloOnMockCluster.java" \
  "$ROOT/examples/quickstart/src/main/java/io/github/rdkafka/examples/HelloKafka.java" ||
  die "a javac 25 is needed: put it on the PATH or set JAVA25_HOME"

mkdir "$WORK/app"
"${javac%javac}jar" --create --file "$WORK/app/hello.jar" -C "$WORK/classes" .
cp "$client" "$bindings" "${platform_jars[@]}" "$kafka" "$slf4j" "$WORK/app/"
if [ "$CLASSIFIER" = program ]; then
  mkdir -p "$2"
  cp "$WORK"/app/* "$2/"
  exit
fi

# --- a machine for it: JVM, libc, and what the JVM needs. Sets java to what starts it there, in the folder with app/.
emulated_machine() {
  local machine
  command -v "$GATE_EMULATOR" >/dev/null || {
    cached emulator "$(emulator_key)" unpack_emulator
    PATH=$PATH:$CACHED/usr/bin
  }
  cached jvm-arm64 1 unpack_jvm
  machine=$CACHED
  java=("$GATE_EMULATOR" -L "$machine" "$(find "$machine/usr/lib/jvm" -path '*/bin/java' -type f | head -n 1)"
    -Xshare:off -XX:TieredStopAtLevel=1 -Xmx512m -Djava.io.tmpdir="$WORK/tmp")
  where='for arm64 under qemu'
}

old_machine() {
  local sysroot library
  PATH=$CACHE/toolchain-$(toolchain_key)/bin:$PATH
  command -v "$P_TRIPLE-gcc" >/dev/null || die "the toolchain is not in the cache $CACHE: run native/build.sh $CLASSIFIER first"
  sysroot=$("$P_TRIPLE-gcc" -print-sysroot)
  mkdir -p "$WORK"/{lib,jdk,proc,dev}
  ln -s lib "$WORK/lib64"
  for library in $GATE_NEEDED; do cp -L "$sysroot/lib/$library" "$WORK/lib/"; done
  touch "$WORK"/dev/{null,random,urandom}
  cat >"$WORK/enter" <<'ENTER'
set -e
mount --bind "$2" "$1/jdk"
mount --rbind /proc "$1/proc"
for device in null random urandom; do mount --bind /dev/$device "$1/dev/$device"; done
root=$1
shift 2
exec env -i unshare --root="$root" "$@"
ENTER
  java=(unshare --map-root-user --mount sh "$WORK/enter" "$WORK" "$(dirname "$(dirname "$(readlink -f "$(command -v "$javac")")")")"
    /jdk/bin/java -Xmx512m)
  where="on glibc $P_LIBRDKAFKA_GLIBC_FLOOR"
}

case $CLASSIFIER in
  linux-x86_64) old_machine ;;
  *) emulated_machine ;;
esac
cd "$WORK"
mkdir tmp
"${java[@]}" --version >version 2>&1 || die "the JVM does not start $where: $(tail -n 3 version)"
version=$(head -n 1 version)
printf '[packaging] %s\n' "README's program on $version $where"
begin=$SECONDS
status=0
timeout 900 "${java[@]}" --enable-native-access=ALL-UNNAMED -cp "app/*" org.example.HelloOnMockCluster >out 2>&1 || status=$?
cat out
[ $status -eq 0 ] && grep -qx 'received hello world' out || die "$CLASSIFIER: the program failed (exit $status)"
[ -z "$(ls -A tmp | grep '^rdkafka-java-' || true)" ] || die "$CLASSIFIER: the loader left its copy behind"
printf '[packaging] %s: produced to and consumed from the mock cluster on %s %s (%d s)\n' "$CLASSIFIER" "$version" "$where" $((SECONDS - begin))
printf "README's program on %s %s\n" "$version" "$where" >"$NATIVE/target/$CLASSIFIER.jvm"
