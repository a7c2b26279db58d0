# shellcheck shell=bash
# The gates of verify.sh that are different for a library of macOS.

{ otool -hv "$LIBRARY" && otool -l "$LIBRARY"; } >"$SCRATCH/commands" 2>&1 || die "$LIBRARY is no Mach-O file: $(tail -n 1 "$SCRATCH/commands")"
otool -L "$LIBRARY" >"$SCRATCH/libraries"

# one processor's: the other has a JAR of its own
gate_architecture() {
  local found
  found=$(lipo -archs "$LIBRARY" | xargs)
  [ "$found" = "$P_MACHO_ARCHITECTURE" ] || failed "architecture: $found instead of $P_MACHO_ARCHITECTURE"
  grep -qw DYLIB "$SCRATCH/commands" || failed "architecture: not a dynamic library"
}

gate_glibc() {
  local oldest
  oldest=$(awk '$1 == "cmd" { build = ($2 == "LC_BUILD_VERSION") } build && $1 == "minos" { print $2 }' "$SCRATCH/commands")
  [ "$oldest" = "$P_MACOS_FLOOR" ] || failed "oldest macOS: ${oldest:-none is named} instead of $P_MACOS_FLOOR"
}

gate_alignment() { :; }

# after the line with the file's name comes the library's own
gate_needed() {
  local own=@rpath/$P_LIBRARY library
  sed -n 's/^[[:space:]]\{1,\}\(.*\) (compatibility version .*/\1/p' "$SCRATCH/libraries" >"$SCRATCH/needed"
  [ "$(head -n 1 "$SCRATCH/needed")" = "$own" ] || failed "install name: $(head -n 1 "$SCRATCH/needed") instead of $own"
  while IFS= read -r library; do
    case " $own $GATE_NEEDED " in *" $library "*) ;; *) failed "needed libraries: $library is not on the list ($GATE_NEEDED)" ;; esac
  done <"$SCRATCH/needed"
  ! grep -q LC_RPATH "$SCRATCH/commands" || failed "needed libraries: has a run path"
}

exported() { nm -gU "$LIBRARY" | awk 'NF == 3 { sub(/^_/, "", $3); print $3 }' | sort -u; }

# names of functions that are not exported, or where a debugger finds their sources
gate_stripped() {
  nm -a "$LIBRARY" >"$SCRATCH/symbols"
  ! grep -Eq '^[0-9a-f]+ (t |- .* (SO|OSO|FUN) )' "$SCRATCH/symbols" || failed "stripped: has a symbol table or debug information"
  ! grep -q __DWARF "$SCRATCH/commands" || failed "stripped: has debug information"
}

gate_hardening() {
  grep -qw TWOLEVEL "$SCRATCH/commands" || failed "hardening: names are looked up in any library (no two-level namespace)"
  ! grep -qw ALLOW_STACK_EXECUTION "$SCRATCH/commands" || failed "hardening: the stack is executable"
  codesign --verify --strict "$LIBRARY" 2>"$SCRATCH/signature" || failed "signature: $(tail -n 1 "$SCRATCH/signature")"
}

gate_smoke() {
  if [ "$P_CLASSIFIER" != "$(host_classifier)" ]; then
    failed "smoke: a library for $P_CLASSIFIER does not run on $(host_classifier)"
    return
  fi
  SMOKED="macOS $(sw_vers -productVersion)"
  cp "$LIBRARY" "$SCRATCH/"
  if ! "$P_TRIPLE-gcc" -std=gnu99 -Wall -I"$FOLDER/include" -o "$SCRATCH/smoke" "$NATIVE/smoke.c" "$SCRATCH/$P_LIBRARY" \
    -Wl,-rpath,"$SCRATCH" >"$SCRATCH/smoke.out" 2>&1; then
    failed "smoke: does not compile or link: $(tail -n 3 "$SCRATCH/smoke.out")"
    return
  fi
  run_smoke machine "$SCRATCH/smoke"
  check_smoke machine "$SMOKED"
}
