# shellcheck shell=bash
# The gates of verify.sh that are different for a Windows library.

TZ=UTC "$P_TRIPLE-objdump" -x "$LIBRARY" >"$SCRATCH/pe" 2>&1 || die "$LIBRARY is no PE file: $(tail -n 1 "$SCRATCH/pe")"

gate_architecture() { grep -q 'file format pei-x86-64' "$SCRATCH/pe" || failed "architecture: $(grep 'file format' "$SCRATCH/pe")"; }

gate_glibc() { :; }

gate_alignment() { :; }

gate_needed() {
  local library
  for library in $(sed -n 's/^[[:space:]]*DLL Name: //p' "$SCRATCH/pe" | tr 'A-Z' 'a-z' | sort -u); do
    case " $GATE_NEEDED " in *" $library "*) ;; *) failed "needed libraries: $library is not on the list ($GATE_NEEDED)" ;; esac
  done
}

exported() { sed -n '/\[Ordinal\/Name Pointer\] Table/,/^$/p' "$SCRATCH/pe" | awk '/\[ *[0-9]+\]/ { print $NF }' | sort -u; }

# What the headers declare for Windows: they leave out what needs file descriptors.
declared() {
  printf '#include "%s.h"\n' rdkafka rdkafka_mock | "$P_TRIPLE-gcc" -E -I"$FOLDER/include" -U__declspec '-D__declspec(attribute)=' -xc - |
    awk '/^# [0-9]/ { ours = /rdkafka/; next } ours { sub(/^  ?/, ""); print }' >"$SCRATCH/headers"
  declared_functions "$SCRATCH/headers"
}

gate_stripped() { ! grep -q '\.debug_info' "$SCRATCH/pe" || failed "stripped: has debug information"; }

gate_hardening() {
  local word
  for word in DYNAMIC_BASE NX_COMPAT HIGH_ENTROPY_VA; do
    grep -q "$word" "$SCRATCH/pe" || failed "hardening: $word is missing"
  done
}

gate_paths() {
  ! grep -aqF -e "$CACHE" -e "$NATIVE" "$LIBRARY" || failed "paths: contains a path of the building machine"
  grep -q '^Time/Date.*Thu Jan  *1 00:00:00 1970' "$SCRATCH/pe" || failed "paths: tells when it was built"
}

gate_smoke() {
  SMOKED="wine $("$NATIVE/lib/wine.sh" --version | sed 's/^wine-//')"
  cp "$LIBRARY" "$SCRATCH/"
  if ! "$P_TRIPLE-gcc" -std=gnu99 -Wall -I"$FOLDER/include" -o "$SCRATCH/smoke" "$NATIVE/smoke.c" "$SCRATCH/$P_LIBRARY" >"$SCRATCH/smoke.out" 2>&1; then
    failed "smoke: does not compile or link: $(tail -n 3 "$SCRATCH/smoke.out")"
    return
  fi
  if [ -e "$SCRATCH/smoke.exe" ]; then mv "$SCRATCH/smoke.exe" "$SCRATCH/smoke"; fi
  run_smoke machine env WINEPREFIX="$SCRATCH/wine" WINEDEBUG=-all HOME="$SCRATCH" "$NATIVE/lib/wine.sh" "$SCRATCH/smoke"
  # Windows' line ends
  sed -i 's/\r$//' "$SCRATCH/machine.out"
  check_smoke machine wine
}
