# shellcheck shell=bash disable=SC2034
# What goes into the native library, each version and hash once. Sourced by build.sh.

# librdkafka: its full source travels in Confluent's npm package.
LIBRDKAFKA_VERSION=2.15.1
LIBRDKAFKA_PACKAGE=@confluentinc/kafka-javascript
LIBRDKAFKA_PACKAGE_VERSION=1.10.1
LIBRDKAFKA_INTEGRITY=sha512-KVePUBn21EqCVP9mfxzEuM3SYJHHEF7X+iiC2e43QQgDSyEaksInmCGooT3w5q+cNAdkSCrK71j0ICfqoSqZLw==

# What librdkafka says it can do, in its own words and order; verify.sh compares the whole line.
BUILTIN_FEATURES=gzip,snappy,ssl,sasl,regex,lz4,sasl_gssapi,sasl_plain,sasl_scram,plugins,zstd,sasl_oauthbearer,http,oidc

# Libraries linked in, from the source packages of Debian's stable suites: upstream's release plus Debian's security fixes.
# A suite replaces superseded revisions, therefore a lower bound and the upstream series, not one exact revision;
# apt's signature check vouches for the content, and librdkafka.properties records the revision that was used.
# The older suite is there for what has not changed since, where a mirror lacks the newer one's package.
DEBIAN_SUITES="trixie bookworm"
#             source package  upstream series  lowest revision
DEPENDENCIES="openssl         3.5.             3.5.7-1~deb13u2
              zlib            1:1.3.           1:1.3.dfsg+really1.3.1-1
              libzstd         1.5.             1.5.7+dfsg-1
              curl            8.14.            8.14.1-2+deb13u5
              jemalloc        5.3.             5.3.0-1"
