# shellcheck shell=bash
# declared_functions HEADER...: the functions that librdkafka's public headers declare, one a line, sorted.
declared_functions() {
  perl -0777 -ne '
    s!/\*.*?\*/!!gs;                        # comments
    s!^[ \t]*#(?:.*\\\n)*.*$!!gm;           # preprocessor
    s!\bstatic\b[^\{;]*\{.*?^\}!!gms;       # inline functions
    while (/^(?!typedef\b)[A-Za-z_][\w\s\*]*?\b(rd_kafka_\w+)\s*\((?!\s*\*)/gm) { print "$1\n" }
  ' "$@" | LC_ALL=C sort -u
}
