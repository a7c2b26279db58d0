# shellcheck shell=bash
# What macOS has under another name, or not at all, of the programs that these scripts call. Sourced there only.

sha256sum() { shasum -a 256 "$@"; }

sha512sum() { shasum -a 512 "$@"; }

# timeout SECONDS COMMAND...: the alarm outlives exec, and ends the program.
timeout() { perl -e 'alarm shift; exec @ARGV or die "$ARGV[0]: $!\n"' "$@"; }
