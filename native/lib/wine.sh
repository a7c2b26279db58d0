#!/usr/bin/env bash
# Runs a Windows program with the machine's wine, or the one that build.sh has unpacked. WINEPREFIX names a folder for its Windows.
set -euo pipefail
cache=${RDKAFKA_NATIVE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/rdkafka-java/native}
if command -v wine64 >/dev/null; then exec wine64 "$@"; fi
wine=$cache/wine-2
export LD_LIBRARY_PATH=$wine/usr/lib/x86_64-linux-gnu:$wine/usr/lib/x86_64-linux-gnu/wine
export WINEDLLPATH=$wine/usr/lib/x86_64-linux-gnu/wine
if [ -n "${WINEPREFIX:-}" ]; then
  # what some of its own libraries are linked with
  system32=$WINEPREFIX/drive_c/windows/system32
  mkdir -p "$system32"
  cp "$wine/usr/x86_64-w64-mingw32/lib/zlib1.dll" "$system32/"
fi
exec "$wine/usr/lib/wine/wine64" "$@"
