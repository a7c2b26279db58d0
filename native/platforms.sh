# shellcheck shell=bash disable=SC2034
# Everything that differs between platforms. Sourced by build.sh and verify.sh; a new platform is a new case here.

# host_classifier: the running machine in os-maven-plugin's words, with "-musl" behind it where libc is musl.
host_classifier() {
  local os arch libc=
  case $(uname -s) in
    Linux) os=linux ;;
    Darwin) os=osx ;;
    *) os=windows ;;
  esac
  case $(uname -m) in
    x86_64 | amd64) arch=x86_64 ;;
    aarch64 | arm64) arch=aarch_64 ;;
    *) arch=$(uname -m) ;;
  esac
  if [ "$os" = linux ] && ldd --version 2>&1 | grep -qi musl; then libc=-musl; fi
  printf '%s-%s%s\n' "$os" "$arch" "$libc"
}

# what one Linux machine builds; those of macOS are built there
CLASSIFIERS='linux-x86_64 linux-aarch_64 linux-x86_64-musl linux-aarch_64-musl windows-x86_64'

# platform_settings CLASSIFIER: sets the platform's variables, or fails for a platform without settings. What begins with P_ shapes
# the result and belongs to its key in the cache (P_LIBRDKAFKA_*: only librdkafka's, not the dependencies'); GATE_* is for verify.sh.
platform_settings() {
  P_CLASSIFIER=$1
  P_LIBRARY=librdkafka.so
  P_ALLOCATOR_PREFIX=rdkafka_je
  P_CFLAGS='-fPIC -ffunction-sections -fdata-sections -fstack-protector --param=ssp-buffer-size=4 -D_FORTIFY_SOURCE=2'
  P_LIBRDKAFKA_CFLAGS='-O3 -std=gnu99'
  P_LIBRDKAFKA_CONFIGURE='--disable-c11threads'
  P_LIBRDKAFKA_LDFLAGS='-static-libgcc -Wl,--gc-sections -Wl,--exclude-libs,ALL -Wl,-Bsymbolic -Wl,-z,defs -Wl,-z,relro,-z,now,-z,noexecstack -Wl,-z,nodelete'
  P_LIBRDKAFKA_LIBS='-lm -ldl -lpthread -lrt'
  # what runs a program of this platform's processor here; empty: the processor itself
  GATE_EMULATOR=
  case $1 in
    linux-x86_64 | linux-x86_64-musl)
      # GCC 4.8.5 with a glibc 2.17 sysroot, relocatable
      P_TOOLCHAIN_PACKAGE=@napi-rs/cross-toolchain-x64-target-x86_64
      P_TOOLCHAIN_PACKAGE_VERSION=1.0.0
      P_TOOLCHAIN_INTEGRITY=sha512-lecoghCfoTAX9MLFcIx9/nL9M8xdkZ9n8Pki8qjKUNzjiq1zbECdEbzIZAMMHRtrXxifK9dAyYuh8gSxNbr2og==
      P_TOOLCHAIN_ARCHIVE=x86_64-unknown-linux-gnu.tar.xz
      P_TRIPLE=x86_64-unknown-linux-gnu
      P_OPENSSL_TARGET=linux-x86_64
      # the largest page that a kernel of this platform has, as a power of two
      P_LG_PAGE=12
      GATE_ELF_MACHINE='Advanced Micro Devices X86-64'
      GATE_LOADER=ld-linux-x86-64.so.2
      ;;
    linux-aarch_64 | linux-aarch_64-musl)
      P_TOOLCHAIN_PACKAGE=@napi-rs/cross-toolchain-x64-target-aarch64
      P_TOOLCHAIN_PACKAGE_VERSION=1.0.3
      P_TOOLCHAIN_INTEGRITY=sha512-EMFcy/ahFsmCY3BI1tMC3wRUYZ+cDuILg7nP1micaKXW1tO1+RvUB1CC6QYe+cv2W4Tuz9wr3qcFExWyjgWf2w==
      P_TOOLCHAIN_ARCHIVE=aarch64-unknown-linux-gnu.tar.xz
      P_TRIPLE=aarch64-unknown-linux-gnu
      P_OPENSSL_TARGET=linux-aarch64
      # kernels with pages of 64 KiB: Red Hat's, and others' by choice
      P_LG_PAGE=16
      # this compiler has no stack protector for this processor
      P_CFLAGS='-fPIC -ffunction-sections -fdata-sections -D_FORTIFY_SOURCE=2'
      GATE_ELF_MACHINE=AArch64
      GATE_LOADER=ld-linux-aarch64.so.1
      GATE_EMULATOR=qemu-aarch64-static
      ;;
    osx-aarch_64 | osx-x86_64)
      P_LIBRARY=librdkafka.dylib
      # as JDK 25
      P_MACOS_FLOOR=11.0
      case $1 in
        osx-aarch_64) P_MACHO_ARCHITECTURE=arm64 P_TRIPLE=aarch64-apple-darwin ;;
        *) P_MACHO_ARCHITECTURE=x86_64 P_TRIPLE=x86_64-apple-darwin ;;
      esac
      P_OPENSSL_TARGET=darwin64-$P_MACHO_ARCHITECTURE-cc
      # the system's: Apple's tools cannot rename what compiled objects call
      P_ALLOCATOR_PREFIX=
      P_CFLAGS='-fPIC -fstack-protector-strong -D_FORTIFY_SOURCE=2'
      P_LIBRDKAFKA_LDFLAGS=-Wl,-dead_strip
      # curl's, each in one word so that librdkafka's configure cannot part them
      P_LIBRDKAFKA_LIBS='-lm -ldl -lpthread -Wl,-framework,CoreFoundation -Wl,-framework,SystemConfiguration'
      GATE_NEEDED=/usr/lib/libSystem.B.dylib
      GATE_NEEDED="$GATE_NEEDED /System/Library/Frameworks/CoreFoundation.framework/Versions/A/CoreFoundation"
      GATE_NEEDED="$GATE_NEEDED /System/Library/Frameworks/SystemConfiguration.framework/Versions/A/SystemConfiguration"
      return
      ;;
    windows-x86_64)
      P_LIBRARY=rdkafka.dll
      P_TOOLCHAIN_SUITE=bookworm
      P_TOOLCHAIN_FLAVOUR=mingw-w64-x86-64-posix
      P_TOOLCHAIN_RUNTIME=mingw-w64-x86-64-dev
      P_TOOLCHAIN_PACKAGES="gcc-$P_TOOLCHAIN_FLAVOUR gcc-$P_TOOLCHAIN_FLAVOUR-runtime gcc-mingw-w64-base binutils-mingw-w64-x86-64
        $P_TOOLCHAIN_RUNTIME mingw-w64-common libgmp10 libmpc3 libmpfr6 libisl23 libzstd1 zlib1g"
      P_TRIPLE=x86_64-w64-mingw32
      P_OPENSSL_TARGET=mingw64
      # Configuration, engines and providers: from where the registry's machine part says (SOFTWARE\WOW6432Node\OpenSSL-3.5-rdkafka), and else
      # from nowhere. A folder that is baked in would be one below C:\, where anyone may put a library for others to load.
      P_OPENSSL_OPTIONS=-DOSSL_WINCTX=rdkafka
      # the system's: jemalloc is not at home here
      P_ALLOCATOR_PREFIX=
      P_CFLAGS='-ffunction-sections -fdata-sections -fstack-protector-strong'
      P_LIBRDKAFKA_CFLAGS='-O3 -std=gnu11 -w'
      # stripped by the linker, because strip notes the time
      P_LIBRDKAFKA_LDFLAGS='-Wl,--gc-sections -Wl,--strip-all -Wl,--nxcompat -Wl,--dynamicbase -Wl,--high-entropy-va -Wl,--no-insert-timestamp'
      P_LIBRDKAFKA_LIBS='-lws2_32 -lcrypt32 -lsecur32 -lbcrypt -lgdi32 -luser32 -ladvapi32'
      GATE_NEEDED='kernel32.dll msvcrt.dll ws2_32.dll crypt32.dll secur32.dll bcrypt.dll gdi32.dll user32.dll advapi32.dll'
      return
      ;;
    *)
      return 1
      ;;
  esac
  case $1 in
    *-musl)
      # the same compiler, on musl's headers and start-up code
      P_BASE_TRIPLE=$P_TRIPLE
      P_TRIPLE=${P_TRIPLE%%-*}-linux-musl
      P_MUSL_SUITE=bookworm
      P_MUSL_LOWEST=1.2.3-1
      case $P_TRIPLE in x86_64-*) P_MUSL_ARCHITECTURE=amd64 ;; *) P_MUSL_ARCHITECTURE=arm64 ;; esac
      P_OPENSSL_OPTIONS=no-async
      P_LIBRDKAFKA_MUSL_FLOOR=1.2.3
      GATE_LOADER=ld-musl-${P_TRIPLE%%-*}.so.1
      # what musl's own loader takes for itself, whatever it is called on the machine
      GATE_NEEDED='libc.so'
      ;;
    *)
      P_LIBRDKAFKA_GLIBC_FLOOR=2.17
      GATE_NEEDED="libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0 librt.so.1 $GATE_LOADER"
      ;;
  esac
}

# toolchain_key: names the folder in the cache that holds the platform's toolchain.
toolchain_key() {
  case $P_CLASSIFIER in
    osx-*) printf '%s ' "$P_TRIPLE" "$P_MACOS_FLOOR" 1 ;;
    *) printf %s "${P_TOOLCHAIN_INTEGRITY:-$P_TOOLCHAIN_SUITE $P_TOOLCHAIN_PACKAGES}" ;;
  esac | sha256sum | cut -c1-16
}
musl_toolchain_key() { printf '%s ' "$P_TOOLCHAIN_INTEGRITY" "$P_MUSL_SUITE" "$P_MUSL_LOWEST" "$P_TRIPLE" 1 | sha256sum | cut -c1-16; }
emulator_key() { printf 1; }
