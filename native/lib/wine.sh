#!/usr/bin/env bash
# Runs a Windows program with the machine's wine, or the one that build.sh has unpacked.
set -euo pipefail
cache=${RDKAFKA_NATIVE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/rdkafka-java/native}
if command -v wine64 >/dev/null; then exec wine64 "$@"; fi
wine=$cache/wine-1
export LD_LIBRARY_PATH=$wine/usr/lib/x86_64-linux-gnu:$wine/usr/lib/x86_64-linux-gnu/wine
export WINEDLLPATH=$wine/usr/lib/x86_64-linux-gnu/wine
exec "$wine/usr/lib/wine/wine64" "$@"
