# shellcheck shell=bash
# Brings the sources: npm packages checked against a pinned hash, Debian source packages checked by apt.

# fetch_npm PACKAGE VERSION INTEGRITY: sets FETCHED to the package's tarball, taken from $RDKAFKA_NATIVE_SOURCES,
# else from the cache, else from the npm registry; whatever its origin, its hash is checked.
fetch_npm() {
  local package=$1 version=$2 integrity=$3 file
  file=${package#@}
  file=${file//\//-}-$version.tgz
  FETCHED=$CACHE/downloads/$file
  if [ -f "${RDKAFKA_NATIVE_SOURCES:-/nonexistent}/$file" ]; then
    FETCHED=$RDKAFKA_NATIVE_SOURCES/$file
  elif [ ! -f "$FETCHED" ]; then
    require npm npm
    step "npm pack $package@$version" npm_pack "$package@$version" "$file"
  fi
  check_integrity "$FETCHED" "$integrity"
}

npm_pack() {
  mkdir -p "$WORK/npm"
  (cd "$WORK/npm" && npm pack --ignore-scripts "$1")
  mkdir -p "$CACHE/downloads"
  mv "$WORK/npm/$2" "$CACHE/downloads/$2"
}

check_integrity() {
  local file=$1 expected actual
  expected=$(hex_of "$2")
  actual=$(sha512sum "$file" | cut -d' ' -f1)
  [ "$actual" = "$expected" ] && return
  case $file in "$CACHE"/*) rm -f "$file" ;; esac
  die "$file is not what is pinned: sha512 $actual, expected $expected"
}

# fetch_source PACKAGE SERIES LOWEST TREE: unpacks the source package into the folder TREE; sets SOURCE_VERSION,
# and SOURCE_FILE to what stands for its content: the tarball, or Debian's description with the hashes of all its parts.
fetch_source() {
  local package=$1 series=$2 lowest=$3 tree=$4 own
  own=$(own_tarball "$package")
  if [ -n "$own" ]; then
    SOURCE_FILE=$own
    SOURCE_VERSION=$(basename "$own" | sed -E 's/^[a-z]+-//; s/\.tar\..*$//')
    # export-sources.sh made it out of what this describes
    if [ -f "${own%/*}/${package}_$SOURCE_VERSION.dsc" ]; then SOURCE_FILE=${own%/*}/${package}_$SOURCE_VERSION.dsc; fi
    mkdir -p "$tree"
    step "$package $SOURCE_VERSION, own tarball" tar -xf "$own" -C "$tree" --strip-components=1
    return
  fi
  require dpkg-source dpkg-dev
  debian_apt deb-src amd64 "$DEBIAN_SUITES"
  debian_download "$package" "$series" "$lowest"
  SOURCE_FILE=$DSC
  step "$package $SOURCE_VERSION, unpack and patch" dpkg-source --no-copy -x "$DSC" "$tree"
}

# own_tarball PACKAGE: upstream's tarball in $RDKAFKA_NATIVE_SOURCES (openssl-3.5.7.tar.gz, zstd-1.5.7.tar.gz), if there is one.
own_tarball() {
  [ -n "${RDKAFKA_NATIVE_SOURCES:-}" ] || return 0
  find "$RDKAFKA_NATIVE_SOURCES" -maxdepth 1 -name "${1#lib}-[0-9]*.tar.*" | sort -V | tail -n 1
}

# debian_apt KIND ARCHITECTURE SUITES: sets APT_CONF to an apt of our own for Debian's packages of a kind (deb, deb-src): its folders lie
# in the cache, so that it needs no root and may name a suite or processor that is not the machine's. apt's check of the archive's
# signature stays on.
debian_apt() {
  local kind=$1 architecture=$2 suites=$3 apt
  apt=$WORK/apt-$kind-$architecture-${suites// /-}
  local keyring archive security suite
  APT_CONF=$apt/apt.conf
  [ ! -f "$APT_CONF" ] || return 0
  require apt-get apt
  keyring=${RDKAFKA_NATIVE_DEBIAN_KEYRING:-/usr/share/keyrings/debian-archive-keyring.gpg}
  [ -r "$keyring" ] || die "$keyring is missing; install it first (Debian and Ubuntu: apt-get install debian-archive-keyring)"
  archive=${RDKAFKA_NATIVE_DEBIAN_MIRROR:-$(machine_mirror debian)}
  security=${RDKAFKA_NATIVE_DEBIAN_SECURITY_MIRROR:-$(machine_mirror debian-security)}
  [ -n "$archive" ] || die "this machine's apt sources name no Debian mirror; set RDKAFKA_NATIVE_DEBIAN_MIRROR to the URI of one"
  mkdir -p "$apt/state/lists/partial" "$apt/cache/archives/partial" "$CACHE/downloads/debian"
  touch "$apt/state/status"
  {
    for suite in $suites; do
      debian_source "$kind" "$archive" "$suite $suite-updates" "$keyring"
      if [ -n "$security" ]; then debian_source "$kind" "$security" "$suite-security" "$keyring"; fi
    done
  } >"$apt/debian.sources"
  cat >"$apt/apt.conf.new" <<CONF
APT::Architecture "$architecture";
APT::Architectures { "$architecture"; };
Dir::State "$apt/state";
Dir::State::status "$apt/state/status";
Dir::State::lists "$apt/state/lists";
Dir::Cache "$apt/cache";
Dir::Log "$apt/log";
Dir::Etc::sourcelist "$apt/debian.sources";
Dir::Etc::sourceparts "-";
Dir::Etc::preferences "-";
Dir::Etc::preferencesparts "-";
APT::Sandbox::User "";
APT::Get::AllowUnauthenticated "false";
APT::Update::Error-Mode "any";
Acquire::AllowInsecureRepositories "false";
Acquire::AllowWeakRepositories "false";
Acquire::Languages "none";
Acquire::Retries "3";
Acquire::http::Timeout "30";
Acquire::https::Timeout "30";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
CONF
  (APT_CONF=$apt/apt.conf.new && step "index of Debian $suites, $kind $architecture" apt-get -c "$APT_CONF" -q update)
  mv "$apt/apt.conf.new" "$APT_CONF"
}

debian_source() { printf 'Types: %s\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n\n' "$1" "$2" "$3" "$4"; }

# machine_mirror NAME: the first URI of this machine's apt sources that ends in /NAME.
machine_mirror() {
  cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
    grep -v '^[[:space:]]*#' | grep -oE '[a-z]+://[^][[:space:]]+' | grep -E "/$1/?\$" | head -n 1 || true
}

# debian_download PACKAGE SERIES LOWEST: the newest revision of the series that the archive can deliver; sets DSC and SOURCE_VERSION.
debian_download() {
  local package=$1 series=$2 lowest=$3 version folder=$CACHE/downloads/debian
  for version in $(apt-cache -c "$APT_CONF" showsrc --only-source "$package" | sed -n 's/^Version: //p' | sort -ruV); do
    case $version in "$series"*) ;; *) continue ;; esac
    dpkg --compare-versions "$version" ge "$lowest" || continue
    DSC=$folder/${package}_${version#*:}.dsc
    # apt checks what lies there already against the signed index, and fetches only what is missing
    if (cd "$folder" && apt-get -c "$APT_CONF" -q source --download-only --only-source "$package=$version") >>"$LOG" 2>&1 && [ -f "$DSC" ]; then
      SOURCE_VERSION=$version
      return
    fi
    say "$package $version is in the index, but the mirror does not deliver it: trying the next older one"
  done
  tail -n 10 "$LOG" >&2
  die "no revision of $package $series* at or above $lowest could be fetched from Debian $DEBIAN_SUITES; raise versions.sh or put upstream's tarball into the folder RDKAFKA_NATIVE_SOURCES names"
}
