# shellcheck shell=bash disable=SC2034,SC2154
# Machines for verify-jvm.sh: a JVM, a libc, and what the JVM needs. Each sets java to the command that starts it in the folder $WORK, with app/ and
# tmp/, and where to what messages call it.

# Under qemu the JVM has little time: no archive of classes, one compiler.
SLOW=(-Xshare:off -XX:TieredStopAtLevel=1)

emulator() {
  command -v "$GATE_EMULATOR" >/dev/null && return
  cached emulator "$(emulator_key)" unpack_emulator
  PATH=$PATH:$CACHED/usr/bin
}

# Debian's JVM for arm64, with its libraries, in the folder $arm64.
arm64_jvm() {
  cached jvm-arm64 1 unpack_jvm
  arm64=$CACHED
  arm64_java=$(cd "$arm64" && find usr/lib/jvm -path '*/bin/java' -type f | head -n 1)
}

arm64_machine() {
  emulator
  arm64_jvm
  java=("$GATE_EMULATOR" -L "$arm64" "$arm64/$arm64_java" "${SLOW[@]}" -Xmx512m -Djava.io.tmpdir="$WORK/tmp")
  where='for arm64 under qemu'
}

# in_root JDK NAMES LIBRARIES COMMAND...: runs the command with $WORK as its root, with JDK as /jdk. NAMES is a library that is loaded first, LIBRARIES
# are the folders with libraries; both as the command sees them, both may be empty.
in_root() {
  mkdir -p "$WORK"/{lib,jdk,proc,dev}
  touch "$WORK"/dev/{null,random,urandom}
  cat >"$WORK/enter" <<'ENTER'
set -e
mount --bind "$2" "$1/jdk"
mount --rbind /proc "$1/proc"
for device in null random urandom; do mount --bind /dev/$device "$1/dev/$device"; done
root=$1 names=$3 libraries=$4
shift 4
# these two variables must not meet a program of this machine
exec env -i perl -e '
  my ($root, $names, $libraries) = splice(@ARGV, 0, 3);
  chroot($root) && chdir("/") or die "$root: $!\n";
  $ENV{LD_PRELOAD} = $names if $names;
  $ENV{LD_LIBRARY_PATH} = $libraries if $libraries;
  exec(@ARGV) or die "$ARGV[0]: $!\n"' "$root" "$names" "$libraries" "$@"
ENTER
  java=(unshare --map-root-user --mount sh "$WORK/enter" "$WORK" "$@" -Xmx512m)
}

with_toolchain() {
  PATH=$CACHE/toolchain-$(toolchain_key)/bin:$PATH
  if [ -n "${P_BASE_TRIPLE:-}" ]; then PATH=$CACHE/toolchain-musl-$(musl_toolchain_key)/bin:$PATH; fi
  command -v "$P_TRIPLE-gcc" >/dev/null || die "the toolchain is not in the cache $CACHE: run native/build.sh $CLASSIFIER first"
}

glibc_machine() {
  local sysroot library
  with_toolchain
  sysroot=$("$P_TRIPLE-gcc" -print-sysroot)
  mkdir -p "$WORK/lib"
  ln -s lib "$WORK/lib64"
  for library in $GATE_NEEDED; do cp -L "$sysroot/lib/$library" "$WORK/lib/"; done
  in_root "$jdk" '' '' /jdk/bin/java
  where="on glibc $P_LIBRDKAFKA_GLIBC_FLOOR"
}

# musl_root GLIBC_LOADER: musl alone, also where a program built for glibc looks for its loader (GLIBC_LOADER). As the library of that name, which
# such programs need too, there are the functions that musl lacks.
musl_root() {
  with_toolchain
  mkdir -p "$WORK/lib" "$WORK$(dirname "$1")" "$WORK/names"
  cp "$CACHE/toolchain-musl-$(musl_toolchain_key)/musl/lib/libc.so" "$WORK/lib/$GATE_LOADER"
  ln -s "/lib/$GATE_LOADER" "$WORK$1"
  "$P_TRIPLE-gcc" -std=gnu11 -O2 -Wall -Wextra -Werror -fno-builtin -fPIC -shared -o "$WORK/names/$(basename "$1")" "$PACKAGING/verify-jvm/glibc_names.c"
  where="built for glibc, on musl $P_LIBRDKAFKA_MUSL_FLOOR"
}

# The folders with libraries begin with the JVM's, else its launcher starts itself once more: it is what JDKs built for musl set there.
musl_machine() {
  musl_root /lib64/ld-linux-x86-64.so.2
  in_root "$jdk" /names/ld-linux-x86-64.so.2 /jdk/lib/server:/jdk/lib:/names /jdk/bin/java
}

arm64_musl_machine() {
  local library home
  emulator
  arm64_jvm
  musl_root /lib/ld-linux-aarch64.so.1
  for library in libstdc++.so.6 libgcc_s.so.1 libz.so.1; do cp -L "$arm64/usr/lib/aarch64-linux-gnu/$library" "$WORK/lib/"; done
  # without Debian's glibc
  mkdir -p "$WORK/arm64/usr/lib"
  cp -R "$arm64/etc" "$WORK/arm64/"
  cp -R "$arm64/usr/lib/jvm" "$WORK/arm64/usr/lib/"
  cp -L "$(command -v "$GATE_EMULATOR")" "$WORK/emulator"
  home=/jdk/$(dirname "$(dirname "$arm64_java")")
  in_root "$WORK/arm64" /names/ld-linux-aarch64.so.1 "$home/lib/server:$home/lib:/names" /emulator "$home/bin/java" "${SLOW[@]}"
  where="for arm64 $where, under qemu"
}

# The newest JVM for Windows that Maven Central carries, in a program that brings its own: Java 21.
WINDOWS_JVM=org.sonarsource.scanner.cli:sonar-scanner-cli:8.1.0.6389:zip:windows-x64
WINDOWS_JVM_SHA256=73f0e71928673d5b2f39bb86213342a30e51a14c8eec345164016bb29c8df8ee

unpack_windows_jvm() {
  local plugin
  plugin=$(sed -n 's|.*<dependency-plugin.version>\(.*\)</dependency-plugin.version>.*|\1|p' "$ROOT/pom.xml")
  step "JVM for Windows, fetch" env -C "$WORK" mvn -B -q --no-transfer-progress ${MAVEN_ARGUMENTS:-} \
    "org.apache.maven.plugins:maven-dependency-plugin:$plugin:copy" "-Dartifact=$WINDOWS_JVM" "-DoutputDirectory=$WORK/windows-jvm"
  [ "$(sha256sum <"$(one "$WORK/windows-jvm" -name '*.zip')" | cut -d' ' -f1)" = $WINDOWS_JVM_SHA256 ] || die "$WINDOWS_JVM is not the file that it was"
  step "JVM for Windows, unpack" env -C "$WORK/windows-jvm" "$jdk/bin/jar" --extract --file "$(one "$WORK/windows-jvm" -name '*.zip')"
  mv "$WORK"/windows-jvm/*/jre "$1/"
  # wine 8 lacks a function of Windows that Java's own random generator takes entropy with; this one is the system's
  printf 'security.provider.%s\n' 1=SunMSCAPI 2=SUN 3=SunRsaSign 4=SunEC 5=SunJSSE 6=SunJCE >"$1/wine.security"
}

# The program and the project's JARs, rewritten for that version.
windows_machine() {
  local original=$WORK/original
  if ! command -v wine64 >/dev/null; then
    [ -x "$CACHE/wine-2/usr/lib/wine/wine64" ] || die "wine is not in the cache $CACHE: run native/build.sh $CLASSIFIER first"
  fi
  cached jvm-windows 1 unpack_windows_jvm
  mkdir "$original"
  cp "$WORK"/app/* "$original/"
  "$jdk/bin/java" -cp "$original/*" "$PACKAGING/verify-jvm/ForJava21.java" "$WORK"/app/{hello,rdkafka-client-*,rdkafka-bindings-*}.jar
  java=(env WINEPREFIX="$WORK/wine" WINEDEBUG=-all HOME="$WORK" RDKAFKA_NATIVE_CACHE="$CACHE" "$NATIVE/lib/wine.sh" "$CACHED/jre/bin/java.exe"
    --enable-preview "-Djava.security.properties=$CACHED/wine.security" -Xmx512m)
  where="with the FFM calls rewritten for its preview, on wine $("$NATIVE/lib/wine.sh" --version | sed 's/^wine-//')"
}
