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

# platform_settings CLASSIFIER: sets the platform's variables, or fails for a platform without settings. What begins with P_ shapes
# the result and belongs to its key in the cache (P_LIBRDKAFKA_*: only librdkafka's, not the dependencies'); GATE_* is for verify.sh.
platform_settings() {
  P_CLASSIFIER=$1
  case $1 in
    linux-x86_64)
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
      GATE_NEEDED='libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0 librt.so.1 ld-linux-x86-64.so.2'
      P_LIBRDKAFKA_GLIBC_FLOOR=2.17
      # runs a program with the sysroot's libc, relative to the sysroot
      GATE_OLDEST_LOADER=lib/ld-linux-x86-64.so.2
      # how a program built for this platform is run here; empty: as it is
      GATE_RUNNER=
      ;;
    *)
      return 1
      ;;
  esac
  P_LIBRARY=librdkafka.so
  P_ALLOCATOR_PREFIX=rdkafka_je
  P_CFLAGS='-fPIC -ffunction-sections -fdata-sections -fstack-protector --param=ssp-buffer-size=4 -D_FORTIFY_SOURCE=2'
  P_LIBRDKAFKA_CFLAGS='-O3 -std=gnu99'
  P_LIBRDKAFKA_CONFIGURE='--disable-c11threads'
  P_LIBRDKAFKA_LDFLAGS='-static-libgcc -Wl,--gc-sections -Wl,--exclude-libs,ALL -Wl,-Bsymbolic -Wl,-z,defs -Wl,-z,relro,-z,now,-z,noexecstack -Wl,-z,nodelete'
  P_LIBRDKAFKA_LIBS='-lm -ldl -lpthread -lrt'
}

# toolchain_key: names the folder in the cache that holds the platform's toolchain.
toolchain_key() { printf %s "$P_TOOLCHAIN_INTEGRITY" | sha256sum | cut -c1-16; }
