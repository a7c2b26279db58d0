# shellcheck shell=bash
# Builds librdkafka on the dependencies and links everything into one shared library.

# build_librdkafka OUT: fills OUT with the library, librdkafka.properties, include/ and licenses/.
build_librdkafka() {
  local out=$1 tree=$WORK/librdkafka-source
  mkdir -p "$tree" "$out/include" "$out/licenses"
  step "librdkafka $LIBRDKAFKA_VERSION, unpack" tar -xzf "$LIBRDKAFKA_TARBALL" -C "$tree" --strip-components=3 package/deps/librdkafka
  step "librdkafka $LIBRDKAFKA_VERSION, patch" patch_librdkafka "$tree"
  case $P_CLASSIFIER in
    windows-*) build_librdkafka_windows "$tree" "$out" ;;
    *) build_librdkafka_unix "$tree" "$out" ;;
  esac
  cp "$tree/src/rdkafka.h" "$tree/src/rdkafka_mock.h" "$out/include/"
  collect_licenses "$tree" "$out/licenses"
  write_properties "$out"
  write_sbom "$out"
}

build_librdkafka_unix() {
  local tree=$1 out=$2
  step "librdkafka $LIBRDKAFKA_VERSION, configure" configure_librdkafka "$tree"
  step "librdkafka $LIBRDKAFKA_VERSION, compile" make -j"$JOBS" -C "$tree/src" librdkafka.a
  case $P_CLASSIFIER in
    osx-*) step "librdkafka $LIBRDKAFKA_VERSION, link" link_librdkafka_darwin "$tree" "$out" ;;
    *)
      step "librdkafka $LIBRDKAFKA_VERSION, allocator" use_allocator "$tree"
      step "librdkafka $LIBRDKAFKA_VERSION, link" link_librdkafka "$tree" "$out"
      ;;
  esac
}

patch_librdkafka() {
  local file
  for file in "$NATIVE"/patches/*.patch; do patch -d "$1" -p1 -F0 <"$file"; done
}

patch_names() { (cd "$NATIVE/patches" && printf '%s\n' *.patch | sed 's/\.patch$//' | paste -sd , -); }

# WITH_STATIC_LIB_libcrypto: makes librdkafka look for the machine's CA certificates where each distribution keeps them;
# a linked-in OpenSSL knows one place only.
configure_librdkafka() {
  cd "$1"
  local lib=$DEPENDENCIES_DIR/lib
  cp -R "$NATIVE/sasl" .
  "$P_TRIPLE-gcc" -O2 $P_CFLAGS -fvisibility=hidden -Isasl -c sasl/sasl_at_runtime.c -o sasl_at_runtime.o
  "$P_TRIPLE-ar" rcs libsasl2.a sasl_at_runtime.o
  PKG_CONFIG=false STATIC_LIB_libcrypto=$lib/libcrypto.a STATIC_LIB_libssl=$lib/libssl.a STATIC_LIB_zlib=$lib/libz.a \
    STATIC_LIB_libzstd=$lib/libzstd.a STATIC_LIB_libcurl=$lib/libcurl.a STATIC_LIB_libsasl2=$PWD/libsasl2.a \
    CPPFLAGS="-I$DEPENDENCIES_DIR/include -I$PWD/sasl -DCURL_STATICLIB -DWITH_STATIC_LIB_libcrypto=1" \
    CFLAGS="$P_CFLAGS $P_LIBRDKAFKA_CFLAGS" LDFLAGS="-L$lib" LIBS="$P_LIBRDKAFKA_LIBS" \
    ./configure --cc="$P_TRIPLE-gcc" --cxx="$P_TRIPLE-g++" \
    --enable-static --disable-lz4-ext --enable-gssapi --enable-ssl --enable-zlib --enable-zstd --enable-curl \
    --disable-debug-symbols $P_LIBRDKAFKA_CONFIGURE
  # tools that this machine happens to have would end up in the bytes
  perl -pi -e 's/ (PKGCONFIG|INSTALL|GNULD|OSXLD|LDS)\b//g if /define BUILT_WITH/' config.h
}

# A record's memory is taken on the sending thread and given back on another, which is what glibc's and musl's malloc are slowest at;
# jemalloc serves librdkafka's own objects. Its callers, the libraries linked in and the JVM keep libc's: memory passes between them and
# librdkafka through functions of either side only (rd_kafka_mem_malloc, rd_kafka_mem_free, OPENSSL_free, …).
REDIRECTED='malloc calloc realloc free strdup strndup'

use_allocator() {
  cd "$1"
  local prefix function left
  "$P_TRIPLE-gcc" -O2 $P_CFLAGS -fvisibility=hidden -c "$NATIVE/allocator/string_copies.c" -o src/string_copies.o
  # twice: glibc's headers turn some into __strdup and the like, and objcopy takes no second name for one target
  for prefix in '' __; do
    for function in $REDIRECTED; do printf '%s %s\n' "$prefix$function" "$P_ALLOCATOR_PREFIX$function"; done >redirected.txt
    find src -name '*.o' -print0 | xargs -0 -n 1 "$P_TRIPLE-objcopy" --redefine-syms=redirected.txt
  done
  # of libc's functions these return memory that its free wants back
  left=$(find src -name '*.o' -exec "$P_TRIPLE-nm" --undefined-only {} + |
    grep -Ew '(__)?(malloc|calloc|realloc|reallocarray|free|strdup|strndup|v?asprintf|v?asprintf_chk|getline|getdelim|realpath|realpath_chk|getcwd|posix_memalign|aligned_alloc|memalign|valloc|open_memstream|scandir|tempnam|wcsdup)' || true)
  [ -z "$left" ] || { echo "still with libc's allocator: $left" && return 1; }
}

link_librdkafka() {
  cd "$1"
  local lib=$DEPENDENCIES_DIR/lib objects
  # The objects, not their archive: --exclude-libs would hide what comes from an archive.
  mapfile -t objects < <(find src -name '*.o' | sort)
  # What the headers declare, and nothing else, is visible.
  {
    echo '{ global:'
    sed 's/^/  /; s/$/;/' <<<"$(declared_functions src/rdkafka.h src/rdkafka_mock.h)"
    echo 'local: *; };'
  } >exports.map
  "$P_TRIPLE-gcc" -shared $P_CFLAGS -Wl,-soname,librdkafka.so.1 -Wl,--version-script=exports.map $P_LIBRDKAFKA_LDFLAGS -o "$2/$P_LIBRARY" \
    "${objects[@]}" libsasl2.a "$lib/libcurl.a" "$lib/libssl.a" "$lib/libcrypto.a" "$lib/libz.a" "$lib/libzstd.a" "$lib/libjemalloc.a" $P_LIBRDKAFKA_LIBS
  "$P_TRIPLE-strip" --strip-unneeded --remove-section=.comment "$2/$P_LIBRARY"
  chmod 644 "$2/$P_LIBRARY"
}

# One file per project; those of files that are not compiled for this platform stay out.
collect_licenses() {
  local file name
  cp "$1/LICENSE" "$2/librdkafka.txt"
  for file in "$1"/LICENSE.*; do
    name=${file##*/LICENSE.}
    case $P_CLASSIFIER,$name in
      *,wingetopt) ;;
      linux-*,regexp | osx-*,regexp) ;;
      *) cp "$file" "$2/$name.txt" ;;
    esac
  done
  cp "$DEPENDENCIES_DIR"/licenses/* "$2/"
  case $P_CLASSIFIER in windows-*) cp "$TOOLCHAIN_DIR/usr/share/doc/$P_TOOLCHAIN_RUNTIME/copyright" "$2/mingw-w64.txt" ;; esac
  chmod 644 "$2"/*
}

write_properties() {
  {
    printf 'version=%s\n' "$LIBRDKAFKA_VERSION"
    printf 'classifier=%s\n' "$P_CLASSIFIER"
    printf 'sha256=%s\n' "$(sha256sum "$1/$P_LIBRARY" | cut -d' ' -f1)"
    printf 'crc32=%s\n' "$(crc32 "$1/$P_LIBRARY")"
    printf 'builtin.features=%s\n' "$BUILTIN_FEATURES"
    printf 'patches=%s\n' "$(patch_names)"
    if [ -n "${P_LIBRDKAFKA_GLIBC_FLOOR:-}" ]; then printf 'glibc.floor=%s\n' "$P_LIBRDKAFKA_GLIBC_FLOOR"; fi
    if [ -n "${P_LIBRDKAFKA_MUSL_FLOOR:-}" ]; then printf 'musl.floor=%s\n' "$P_LIBRDKAFKA_MUSL_FLOOR"; fi
    if [ -n "${P_MACOS_FLOOR:-}" ]; then printf 'macos.floor=%s\n' "$P_MACOS_FLOOR"; fi
    sed -E 's/^([a-z]+) (.*)/linked.\1=\2/' "$DEPENDENCIES_DIR/versions"
  } >"$1/librdkafka.properties"
}
