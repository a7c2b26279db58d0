# shellcheck shell=bash disable=SC2034,SC2086,SC2164
# What is different when the platform is macOS: the compiler of Xcode (or its command line tools), Apple's linker, a signature.

# darwin_settings: what shapes the result and is known on such a machine only.
darwin_settings() {
  P_TOOLCHAIN_VERSION="$(xcrun --sdk macosx clang --version | head -n 1), SDK $(xcrun --sdk macosx --show-sdk-version)" ||
    die "there is no clang with an SDK for macOS: xcode-select --install"
  export MACOSX_DEPLOYMENT_TARGET=$P_MACOS_FLOOR
  # archives without the time
  export ZERO_AR_DATE=1
}

# Xcode's programs under the names that the other platforms' have.
link_xcode_toolchain() {
  local tool program flags
  mkdir -p "$1/bin"
  for tool in gcc g++ ar ranlib nm strip; do
    program=$tool flags=
    case $tool in
      gcc | g++) flags="-arch $P_MACHO_ARCHITECTURE -mmacosx-version-min=$P_MACOS_FLOOR" ;;
    esac
    case $tool in
      gcc) program=clang ;;
      g++) program=clang++ ;;
    esac
    printf '#!/bin/sh\nexec xcrun --sdk macosx %s %s "$@"\n' "$program" "$flags" >"$1/bin/$P_TRIPLE-$tool"
  done
  chmod 755 "$1/bin"/*
}

# Names are looked up in the library that they were linked with (two-level namespace), what is missing fails the link: both are Apple's
# default. Signed, though by nobody, because arm64 runs no other code; that comes last, since strip changes what is signed.
link_librdkafka_darwin() {
  cd "$1"
  local lib=$DEPENDENCIES_DIR/lib
  declared_functions src/rdkafka.h src/rdkafka_mock.h | sed 's/^/_/' >exports.txt
  find src -name '*.o' | sort >objects.txt
  "$P_TRIPLE-gcc" -dynamiclib $P_CFLAGS -install_name "@rpath/$P_LIBRARY" -Wl,-exported_symbols_list,exports.txt $P_LIBRDKAFKA_LDFLAGS \
    -o "$2/$P_LIBRARY" -Wl,-filelist,objects.txt \
    libsasl2.a "$lib/libcurl.a" "$lib/libssl.a" "$lib/libcrypto.a" "$lib/libz.a" "$lib/libzstd.a" $P_LIBRDKAFKA_LIBS
  "$P_TRIPLE-strip" -x -S "$2/$P_LIBRARY"
  codesign --force --sign - --timestamp=none --identifier io.github.rdkafka.librdkafka "$2/$P_LIBRARY"
  chmod 644 "$2/$P_LIBRARY"
}
