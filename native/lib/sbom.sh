# shellcheck shell=bash
# The bill of materials of a built library, in CycloneDX's format.

# licence, SPDX's words, and where the project lives
sbom_facts() {
  case $1 in
    openssl) echo "Apache-2.0 https://www.openssl.org" ;;
    zlib) echo "Zlib https://zlib.net" ;;
    zstd) echo "BSD-3-Clause https://github.com/facebook/zstd" ;;
    curl) echo "curl https://curl.se" ;;
    jemalloc) echo "BSD-2-Clause https://github.com/jemalloc/jemalloc" ;;
    *) die "lib/sbom.sh does not know the licence of $1" ;;
  esac
}

# Inside librdkafka's own source: project and licence.
SBOM_INSIDE='lz4 BSD-2-Clause
snappy BSD-3-Clause
cjson MIT
tinycthread Zlib
nanopb Zlib
opentelemetry Apache-2.0
hdrhistogram MIT
crc32c Zlib
pycrc MIT
murmur2 MIT
queue BSD-3-Clause
fnv1a public-domain'

# write_sbom OUT: OUT/sbom.cdx.json names each project that is linked in, with its licence, version and the hash of its source.
write_sbom() {
  local out=$1 name version file hash licence url separator= inside=$SBOM_INSIDE
  case $P_CLASSIFIER in windows-*) inside=$inside$'\nregexp public-domain' ;; esac
  {
    printf '{\n  "bomFormat": "CycloneDX",\n  "specVersion": "1.6",\n  "version": 1,\n'
    printf '  "metadata": {\n    "component": {\n'
    printf '      "type": "library", "bom-ref": "library", "name": "%s", "version": "%s",\n' "$P_LIBRARY" "$LIBRDKAFKA_VERSION"
    printf '      "description": "librdkafka for %s, with what it needs linked in",\n' "$P_CLASSIFIER"
    printf '      "hashes": [{"alg": "SHA-256", "content": "%s"}]\n    }\n  },\n  "components": [\n' \
      "$(sha256sum "$out/$P_LIBRARY" | cut -d' ' -f1)"
    printf '    {\n      "type": "library", "bom-ref": "librdkafka", "name": "librdkafka", "version": "%s",\n' "$LIBRDKAFKA_VERSION"
    printf '      "purl": "pkg:github/confluentinc/librdkafka@v%s",\n' "$LIBRDKAFKA_VERSION"
    printf '      "licenses": [{"license": {"id": "BSD-2-Clause"}}],\n'
    printf '      "hashes": [{"alg": "SHA-512", "content": "%s"}],\n' \
      "$(hex_of "$LIBRDKAFKA_INTEGRITY")"
    printf '      "pedigree": {"notes": "patched: %s"},\n' "$(patch_names)"
    printf '      "properties": [{"name": "hash.of", "value": "npm package %s@%s"}],\n      "components": [\n' \
      "$LIBRDKAFKA_PACKAGE" "$LIBRDKAFKA_PACKAGE_VERSION"
    while read -r name licence; do
      licence="\"id\": \"$licence\""
      [ "$licence" != '"id": "public-domain"' ] || licence='"name": "public domain"'
      printf '%s        {"type": "library", "bom-ref": "librdkafka/%s", "name": "%s", "licenses": [{"license": {%s}}]}' \
        "$separator" "$name" "$name" "$licence"
      separator=$',\n'
    done <<<"$inside"
    printf '\n      ]\n    }'
    while read -r name file hash; do
      version=$(sed -n "s/^$name //p" "$DEPENDENCIES_DIR/versions")
      read -r licence url <<<"$(sbom_facts "$name")"
      printf ',\n    {\n      "type": "library", "bom-ref": "%s", "name": "%s", "version": "%s",\n' "$name" "$name" "$version"
      case $file in
        *.dsc) printf '      "purl": "pkg:deb/debian/%s@%s?arch=source",\n' "${file%%_*}" "${version//+/%2B}" ;;
      esac
      printf '      "licenses": [{"license": {"id": "%s"}}],\n' "$licence"
      printf '      "hashes": [{"alg": "SHA-256", "content": "%s"}],\n' "$hash"
      printf '      "externalReferences": [{"type": "website", "url": "%s"}],\n' "$url"
      printf '      "properties": [{"name": "hash.of", "value": "%s"}]\n    }' "$file"
    done <"$DEPENDENCIES_DIR/sources"
    case $P_CLASSIFIER in
      windows-*)
        compiler_part libgcc '"expression": "GPL-3.0-or-later WITH GCC-exception-3.1"' "gcc-$P_TOOLCHAIN_FLAVOUR"
        # its licences are many, for small parts; licenses/mingw-w64.txt has them
        compiler_part mingw-w64 '"license": {"name": "MinGW-w64 runtime and winpthreads"}' "$P_TOOLCHAIN_RUNTIME"
        ;;
      osx-*)
        printf ',\n    {\n      "type": "library", "bom-ref": "compiler-rt", "name": "compiler-rt",\n'
        printf '      "licenses": [{"expression": "Apache-2.0 WITH LLVM-exception"}],\n'
        printf '      "properties": [{"name": "compiler", "value": "%s"}],\n' "$P_TOOLCHAIN_VERSION"
        printf '      "description": "parts of it that the compiler may add"\n    }'
        ;;
      *)
        printf ',\n    {\n      "type": "library", "bom-ref": "libgcc", "name": "libgcc",\n'
        printf '      "licenses": [{"expression": "GPL-3.0-or-later WITH GCC-exception-3.1"}],\n'
        printf '      "hashes": [{"alg": "SHA-512", "content": "%s"}],\n' \
          "$(hex_of "$P_TOOLCHAIN_INTEGRITY")"
        printf '      "properties": [{"name": "hash.of", "value": "npm package %s@%s"}],\n' "$P_TOOLCHAIN_PACKAGE" "$P_TOOLCHAIN_PACKAGE_VERSION"
        printf '      "description": "parts of it, and start-up code of libc, that the compiler adds"\n    }'
        ;;
    esac
    printf '\n  ],\n'
    printf '  "dependencies": [\n    {"ref": "library", "dependsOn": ["librdkafka"]},\n    {"ref": "librdkafka", "dependsOn": [%s]}\n  ]\n}\n' \
      "$(sed 's/ .*//; s/.*/"&"/' "$DEPENDENCIES_DIR/sources" | paste -sd, -)"
  } >"$out/sbom.cdx.json"
}

# compiler_part NAME LICENCE PACKAGE: what comes out of one of the packages of Debian that the compiler is made of.
compiler_part() {
  local name=$1 licence=$2 package=$3 version hash
  read -r _ version hash <<<"$(grep "^$package " "$TOOLCHAIN_DIR/packages")"
  printf ',\n    {\n      "type": "library", "bom-ref": "%s", "name": "%s", "version": "%s",\n' "$name" "$name" "$version"
  printf '      "licenses": [{%s}],\n' "$licence"
  printf '      "hashes": [{"alg": "SHA-256", "content": "%s"}],\n' "$hash"
  printf '      "properties": [{"name": "hash.of", "value": "Debian package %s %s"}],\n' "$package" "$version"
  printf '      "description": "parts of it that the compiler adds"\n    }'
}
