# shellcheck shell=bash
# Builds what librdkafka stands on as static libraries: OpenSSL, zlib, zstd, curl and jemalloc.

# build_dependencies PREFIX: fills PREFIX with include/, lib/, licenses/ and versions. What is finished when a build is interrupted is
# taken by the next one.
build_dependencies() {
  local prefix=$CACHE/unfinished-$CLASSIFIER-$dependencies_key package series lowest
  mkdir -p "$prefix/include" "$prefix/lib" "$prefix/licenses"
  touch "$prefix/versions"
  while read -r package series lowest; do
    ! grep -q "^${package#lib} " "$prefix/versions" || continue
    if [ "$package" = jemalloc ] && [ -z "$P_ALLOCATOR_PREFIX" ]; then continue; fi
    fetch_source "$package" "$series" "$lowest" "$WORK/$package"
    step "$package $SOURCE_VERSION, compile" "build_$package" "$WORK/$package" "$prefix"
    printf '%s %s %s\n' "${package#lib}" "${SOURCE_FILE##*/}" "$(sha256sum "$SOURCE_FILE" | cut -d' ' -f1)" >>"$prefix/sources"
    printf '%s %s\n' "${package#lib}" "${SOURCE_VERSION#*:}" >>"$prefix/versions"
    rm -rf "${WORK:?}/$package"
  done <<<"$DEPENDENCIES"
  rmdir "$1"
  mv "$prefix" "$1"
}

# Hidden: of the finished library nothing but rd_kafka_* is visible.
dependency_cflags() { printf '%s -fvisibility=hidden' "$P_CFLAGS"; }

# Engines, DSO and with them ssl.engine.location and FIPS providers stay. no-module links the legacy provider in, which old
# PKCS#12 files need and which could otherwise come from the machine's own, other OpenSSL. no-atexit: at the JVM's exit
# librdkafka's threads may still be at work, nothing may be torn down beneath them. Protocols that neither librdkafka nor curl speaks
# stay out, and their vulnerabilities with them.
build_openssl() {
  cd "$1"
  # "built on" in OpenSSL_version() is the release's date instead of today's
  SOURCE_DATE_EPOCH=$(perl -e 'print((stat shift)[9])' VERSION.dat)
  export SOURCE_DATE_EPOCH
  perl ./Configure "$P_OPENSSL_TARGET" --prefix=/usr --libdir=lib --openssldir=/etc/ssl \
    no-shared no-module no-tests no-apps no-docs no-ui-console no-atexit \
    no-afalgeng no-capieng no-padlockeng no-loadereng \
    no-cmp no-cms no-dtls no-quic no-srp no-ts \
    ${P_OPENSSL_OPTIONS:-} $(dependency_cflags)
  make -j"$JOBS" build_generated
  make -j"$JOBS" libcrypto.a libssl.a
  cp libcrypto.a libssl.a "$2/lib/"
  cp -R include/openssl "$2/include/"
  cp LICENSE.txt "$2/licenses/openssl.txt"
}

build_zlib() {
  cd "$1"
  # its configure takes Windows for a case of its own, with a makefile that Debian's source does not have, and on macOS another archiver
  CFLAGS="-O3 $(dependency_cflags)" ./configure --static --prefix=/usr --uname=Linux
  make -j"$JOBS" libz.a
  cp libz.a "$2/lib/"
  cp zlib.h zconf.h "$2/include/"
  cp LICENSE "$2/licenses/zlib.txt"
}

build_libzstd() {
  cd "$1"
  make -j"$JOBS" -C lib libzstd.a CFLAGS="-O3 $(dependency_cflags)"
  cp lib/libzstd.a "$2/lib/"
  cp lib/zstd.h lib/zstd_errors.h lib/zdict.h "$2/include/"
  cp LICENSE "$2/licenses/zstd.txt"
}

# http and https for OAUTHBEARER's token endpoint, nothing else; where CA certificates lie is librdkafka's to say.
build_curl() {
  cd "$1"
  # Debian's patches touch autotools' inputs; their outputs are patched as well and must not be made anew.
  touch aclocal.m4
  find . -name configure -o -name Makefile.in -o -name '*.h.in' | xargs touch
  local libs='-ldl -lpthread'
  case $P_CLASSIFIER in windows-*) libs='-lcrypt32 -lws2_32 -lbcrypt' ;; esac
  PKG_CONFIG=false CPPFLAGS="-I$2/include" CFLAGS="-O2 $(dependency_cflags)" LDFLAGS="-L$2/lib" LIBS="$libs" \
    ./configure --host="$P_TRIPLE" --prefix=/usr --disable-shared --enable-static --with-openssl="$2" \
    --disable-{dict,file,ftp,gopher,imap,ipfs,ldap,ldaps,mqtt,pop3,rtsp,smb,smtp,telnet,tftp,websockets} \
    --disable-{alt-svc,docs,hsts,libcurl-option,manual,netrc,ntlm,sspi,unix-sockets} \
    --without-{brotli,ca-bundle,ca-path,gssapi,libidn2,libpsl,librtmp,libssh2,nghttp2,nghttp3,ngtcp2,quiche,zlib,zstd}
  make -j"$JOBS" -C lib libcurl.la
  cp lib/.libs/libcurl.a "$2/lib/"
  cp -R include/curl "$2/include/"
  cp COPYING "$2/licenses/curl.txt"
}

# For librdkafka alone (lib/librdkafka.sh says how and why), therefore under names of its own and without replacing malloc.
# Thread-local data is of the general kind: a library that is loaded late finds no room for the faster one. What configure would
# otherwise learn from the building machine's processor is said here.
build_jemalloc() {
  cd "$1"
  CFLAGS="-O3 $(dependency_cflags)" \
    ./configure --host="$P_TRIPLE" --prefix=/usr --disable-shared --enable-static --without-export --with-version=5.3.0-0-g0 \
    --with-jemalloc-prefix="$P_ALLOCATOR_PREFIX" --disable-cxx --disable-libdl --disable-initial-exec-tls \
    --disable-doc --disable-fill --disable-stats --with-lg-page="$P_LG_PAGE" --with-lg-hugepage=21 --with-lg-vaddr=48
  make -j"$JOBS" build_lib_static
  cp lib/libjemalloc_pic.a "$2/lib/libjemalloc.a"
  cp COPYING "$2/licenses/jemalloc.txt"
}
