# shellcheck shell=bash
# Binary packages of Debian, unpacked into a folder without root: what cross-building and running foreign programs need.

# debian_packages FOLDER SUITE ARCHITECTURE PACKAGE[>=VERSION]...: unpacks exactly these, without what they depend on, and notes
# name, version and hash of each in FOLDER/packages.
debian_packages() {
  local folder=$1 suite=$2 architecture=$3 package name lowest version downloads file
  shift 3
  require dpkg-deb dpkg
  debian_apt deb "$architecture" "$suite"
  downloads=$CACHE/downloads/debian-$architecture
  mkdir -p "$folder" "$downloads"
  for package in "$@"; do
    name=${package%%>=*}
    lowest=${package#"$name"}
    lowest=${lowest#>=}
    # the newest that the mirror can deliver
    for version in $(apt-cache -c "$APT_CONF" show --no-all-versions "$name:$architecture" 2>/dev/null | sed -n 's/^Version: //p') \
      $(apt-cache -c "$APT_CONF" show "$name:$architecture" 2>/dev/null | sed -n 's/^Version: //p' | sort -ruV); do
      [ -z "$lowest" ] || dpkg --compare-versions "$version" ge "$lowest" || continue
      if (cd "$downloads" && apt-get -c "$APT_CONF" -q download "$name:$architecture=$version") >>"$LOG" 2>&1; then
        file=$(find "$downloads" -name "${name}_${version//:/%3a}_*.deb")
        dpkg-deb -x "$file" "$folder"
        printf '%s %s %s\n' "$name" "$version" "$(sha256sum "$file" | cut -d' ' -f1)" >>"$folder/packages"
        continue 2
      fi
      echo "$name $version is in the index, but the mirror does not deliver it" >>"$LOG"
    done
    tail -n 10 "$LOG" >&2
    die "package $package for $architecture could not be fetched from Debian $suite"
  done
}

# An emulator for programs of other processors, from Debian, for machines that have none.
unpack_emulator() { step "emulator, unpack" debian_packages "$1" bookworm amd64 qemu-user-static; }

# A JVM for programs of other processors, with the libraries that it needs.
unpack_jvm() {
  step "JVM for arm64, unpack" debian_packages "$1" trixie arm64 openjdk-25-jre-headless libc6 zlib1g libgcc-s1 libstdc++6
  # the merged /usr, which no package brings
  ln -s usr/lib "$1/lib"
  # links to /etc would lead to this machine's
  local link
  find "$1" -type l -lname '/*' | while read -r link; do
    ln -sfn "$(realpath -ms --relative-to="$(dirname "$link")" "$1$(readlink "$link")")" "$link"
  done
}

# The same compiler as for glibc, with musl's headers, start-up code and library. The specs are what musl-gcc's are; the variable in
# them keeps the folder relocatable.
build_musl_toolchain() {
  local out=$1 musl=$1/musl tool
  step "musl for $P_MUSL_ARCHITECTURE, unpack" debian_packages "$out/debian" "$P_MUSL_SUITE" "$P_MUSL_ARCHITECTURE" \
    "musl>=$P_MUSL_LOWEST" "musl-dev>=$P_MUSL_LOWEST"
  mkdir -p "$out/bin" "$musl/lib"
  cp -RL "$out/debian/usr/include/$P_TRIPLE" "$musl/include"
  for tool in "$out/debian/usr/lib/$P_TRIPLE"/*.[ao]; do cp "$tool" "$musl/lib/"; done
  cp "$(find "$out/debian" -type f -path "*/$P_TRIPLE/libc.so" | head -n 1)" "$musl/lib/libc.so"
  ln -s libc.so "$musl/lib/$GATE_LOADER"
  # the kernel's headers, which OpenSSL asks for
  for tool in linux asm asm-generic; do
    cp -R "$("$P_BASE_TRIPLE-gcc" -print-sysroot)/usr/include/$tool" "$musl/include/"
  done
  rm -rf "$out/debian/usr" "$out/debian/lib"
  cat >"$out/musl.specs" <<'SPECS'
%rename cpp_options old_cpp_options

*cpp_options:
-nostdinc -isystem %:getenv(RDKAFKA_MUSL /include) -isystem include%s %(old_cpp_options)

*cc1:
%(cc1_cpu) -nostdinc -isystem %:getenv(RDKAFKA_MUSL /include) -isystem include%s

*link_libgcc:
-L%:getenv(RDKAFKA_MUSL /lib) -L .%s

*libgcc:
libgcc.a%s

*startfile:
%{!shared: %:getenv(RDKAFKA_MUSL /lib/Scrt1.o)} %:getenv(RDKAFKA_MUSL /lib/crti.o) crtbeginS.o%s

*endfile:
crtendS.o%s %:getenv(RDKAFKA_MUSL /lib/crtn.o)

SPECS
  printf '*link:\n%s\n\n*esp_link:\n\n\n*esp_options:\n\n\n*esp_cpp_options:\n\n\n' \
    "-dynamic-linker /lib/$GATE_LOADER -nostdlib %{shared:-shared} %{static:-static} %{rdynamic:-export-dynamic}" >>"$out/musl.specs"
  for tool in gcc g++; do
    cat >"$out/bin/$P_TRIPLE-$tool" <<WRAPPER
#!/bin/sh
here=\$(cd "\$(dirname "\$0")/.." && pwd)
export RDKAFKA_MUSL="\$here/musl"
exec $P_BASE_TRIPLE-$tool "\$@" -specs "\$here/musl.specs"
WRAPPER
  done
  for tool in ar ranlib nm strip objcopy readelf; do
    printf '#!/bin/sh\nexec %s-%s "$@"\n' "$P_BASE_TRIPLE" "$tool" >"$out/bin/$P_TRIPLE-$tool"
  done
  chmod 755 "$out/bin"/*
}
