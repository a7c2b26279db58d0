# shellcheck shell=bash
# What is different when the platform is Windows: GCC of MinGW-w64, no configure script for librdkafka, no allocator of its own.

# Debian's cross compiler, which brings the libraries that its programs need but libc.
build_mingw_toolchain() {
  local out=$1 tool
  step "compiler $P_TRIPLE, unpack" debian_packages "$out" "$P_TOOLCHAIN_SUITE" amd64 $P_TOOLCHAIN_PACKAGES
  mkdir -p "$out/bin"
  for tool in gcc g++ ar ranlib nm strip objcopy objdump windres dlltool; do
    for name in "$P_TRIPLE-$tool-posix" "$P_TRIPLE-gcc-$tool-posix" "$P_TRIPLE-$tool"; do
      [ -e "$out/usr/bin/$name" ] || continue
      cat >"$out/bin/$P_TRIPLE-$tool" <<WRAPPER
#!/bin/sh
here=\$(cd "\$(dirname "\$0")/.." && pwd)
export LD_LIBRARY_PATH="\$here/usr/lib/x86_64-linux-gnu:\$here/lib/x86_64-linux-gnu"
exec "\$here/usr/bin/$name" "\$@"
WRAPPER
      break
    done
  done
  chmod 755 "$out/bin"/*
}

build_librdkafka_windows() {
  step "librdkafka $LIBRDKAFKA_VERSION, compile" compile_librdkafka_windows "$1"
  step "librdkafka $LIBRDKAFKA_VERSION, link" link_librdkafka_windows "$1" "$2"
}

# The sources that upstream's project file for Visual Studio names.
compile_librdkafka_windows() {
  cd "$1/src"
  grep -o 'ClCompile Include="[^"]*\.c"' ../win32/librdkafka.vcxproj | sed 's/.*src\\//; s/"$//; s/\\/\//g' >sources.txt
  [ "$(wc -l <sources.txt)" -gt 80 ]
  # what upstream's Windows build and the public headers take for granted
  xargs -P "$JOBS" -I '{}' "$P_TRIPLE-gcc" $P_CFLAGS $P_LIBRDKAFKA_CFLAGS -DLIBRDKAFKA_EXPORTS -DCJSON_HIDE_SYMBOLS -DCURL_STATICLIB \
    -DWITH_STATIC_LIB_libcrypto=1 -include winsock2.h -include windows.h -include wincrypt.h -I. -I"$DEPENDENCIES_DIR/include" \
    -c '{}' -o '{}.o' <sources.txt
}

link_librdkafka_windows() {
  cd "$1/src"
  local lib=$DEPENDENCIES_DIR/lib objects
  mapfile -t objects < <(sort sources.txt | sed 's/$/.o/')
  "$P_TRIPLE-gcc" -shared -static $P_CFLAGS $P_LIBRDKAFKA_LDFLAGS -o "$2/$P_LIBRARY" "${objects[@]}" \
    "$lib/libcurl.a" "$lib/libssl.a" "$lib/libcrypto.a" "$lib/libz.a" "$lib/libzstd.a" $P_LIBRDKAFKA_LIBS
  chmod 644 "$2/$P_LIBRARY"
}

# A WoW-less wine with what it needs, for machines that have none.
unpack_wine() {
  step "wine, unpack" debian_packages "$1" bookworm amd64 wine64 libwine libz-mingw-w64 libunwind8 liblzma5
  # Debian's looks in /usr, wherever it lies itself
  printf '#!/bin/sh\nexec "${0}64" -p0 "$@"\n' >"$1/usr/lib/wine/wineserver"
}
