# shellcheck shell=bash
# Finds a JDK of 22 or newer that can compile, and Maven; installs what is missing if it may.
# Sourced by ../hicache, which defines root, say and fail.

least_java=22
preferred_java=25
jdk=""
mvn=""

# java_major HOME: sets major to the feature release of a JDK with a compiler, or to nothing.
java_major() {
  local line
  major=""
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  if [ -r "$1/release" ]; then
    while IFS= read -r line; do
      case $line in JAVA_VERSION=*) major=${line#JAVA_VERSION=} ;; esac
    done <"$1/release"
  fi
  if [ -z "$major" ]; then
    major=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac //p')
  fi
  major=${major//\"/}
  major=${major%%[!0-9]*}
}

# Homes of the compilers on PATH, links followed.
jdks_on_path() {
  local javac
  type -aP javac 2>/dev/null | while IFS= read -r javac; do
    while [ -L "$javac" ]; do
      local link
      link=$(readlink "$javac")
      case $link in /*) javac=$link ;; *) javac=$(dirname "$javac")/$link ;; esac
    done
    dirname "$(dirname "$javac")"
  done
}

# Where package managers and version managers put JDKs.
jdks_installed() {
  local home=${HOME:-/nonexistent} place
  for place in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/* /opt/*/jdk* /usr/local/*jdk* \
    "$home"/.sdkman/candidates/java/* "$home"/.jdks/* "$home"/.asdf/installs/java/* \
    "$home"/.local/share/mise/installs/java/* "$home"/.jabba/jdk/* \
    {,"$home"}/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec; do
    [ -d "$place" ] && printf '%s\n' "$place"
  done
  return 0
}

# find_jdk: sets jdk. JAVA_HOME wins if it will do, then PATH, then the newest of all others.
find_jdk() {
  local place newest=0
  jdk=""
  if [ -n "${JAVA_HOME:-}" ]; then
    java_major "$JAVA_HOME"
    [ "${major:-0}" -ge $least_java ] && jdk=$JAVA_HOME && return 0
  fi
  while IFS= read -r place; do
    java_major "$place"
    [ "${major:-0}" -ge $least_java ] && jdk=$place && return 0
  done < <(jdks_on_path)
  while IFS= read -r place; do
    java_major "$place"
    [ "${major:-0}" -ge $least_java ] && [ "$major" -gt "$newest" ] && jdk=$place newest=$major
  done < <(jdks_installed)
  [ -n "$jdk" ]
}

find_maven() {
  local place
  mvn=$(command -v mvn || true)
  for place in /usr/share/maven/bin/mvn /opt/*maven*/bin/mvn \
    "${HOME:-/nonexistent}"/.sdkman/candidates/maven/current/bin/mvn \
    /opt/homebrew/bin/mvn /usr/local/bin/mvn; do
    [ -z "$mvn" ] && [ -x "$place" ] && mvn=$place
  done
  [ -n "$mvn" ]
}

find_package_manager() {
  for manager in apt-get dnf zypper apk pacman brew; do
    command -v $manager >/dev/null && return 0
  done
  manager=""
}

# The newest headless JDK that this Debian or Ubuntu offers, the preferred one if it does.
apt_jdk() {
  local offered
  offered=$(apt-cache pkgnames openjdk- 2>/dev/null |
    sed -n 's/^openjdk-\([0-9][0-9]*\)-jdk-headless$/\1/p' | sort -n)
  if [ -z "$offered" ] || printf '%s\n' "$offered" | grep -qx $preferred_java; then
    echo $preferred_java
  else
    printf '%s\n' "$offered" | tail -n 1
  fi
}

# packages jdk|maven: what the package manager calls it.
packages() {
  case $1:$manager in
    jdk:apt-get) echo "openjdk-$(apt_jdk)-jdk-headless ca-certificates-java" ;;
    jdk:dnf | jdk:zypper) echo "java-$preferred_java-openjdk-devel" ;;
    jdk:apk) echo "openjdk$preferred_java" ;;
    jdk:pacman) echo jdk-openjdk ;;
    jdk:brew) echo "openjdk@$preferred_java" ;;
    maven:*) echo maven ;;
  esac
}

# install_command PACKAGE...: the manager's own words, as a user would type them.
install_command() {
  case $manager in
    apt-get) echo "apt-get update && apt-get install -y --no-install-recommends $*" ;;
    dnf | zypper) echo "$manager install -y $*" ;;
    apk) echo "apk add $*" ;;
    pacman) echo "pacman -Sy --noconfirm $*" ;;
    brew) echo "brew install $*" ;;
  esac
}

# may_install COMMAND: root may; anyone else is asked, on a terminal.
may_install() {
  local answer
  sudo=""
  [ "$manager" != brew ] && [ "$(id -u)" = 0 ] && return 0
  [ -t 0 ] && [ -t 2 ] || return 1
  if [ "$manager" != brew ]; then
    command -v sudo >/dev/null || return 1
    sudo=sudo
  fi
  printf 'hicache: may I run this? %s%s [y/N] ' "${sudo:+sudo }" "$1" >&2
  read -r answer
  case $answer in y | Y | yes) return 0 ;; *) return 1 ;; esac
}

# install_missing jdk|maven...: installs, or prints the exact command and gives up.
install_missing() {
  local what wanted="" command log=$root/target/setup.log
  find_package_manager
  [ -n "$manager" ] ||
    fail 2 "no $* found, and no package manager known here; install a JDK of $least_java or newer" \
      "(adoptium.net) and Maven (maven.apache.org), set JAVA_HOME, and run this again"
  [ "$manager" = apt-get ] && [ "$(id -u)" = 0 ] && apt-get -q update >/dev/null 2>&1
  for what in "$@"; do wanted+=" $(packages "$what")"; done
  command=$(install_command "${wanted# }")
  may_install "$command" ||
    fail 2 "no $* found; as root run: $command"
  say "installing${wanted} with $manager (log: $log)"
  mkdir -p "$root/target"
  $sudo env DEBIAN_FRONTEND=noninteractive sh -c "$command" </dev/null >"$log" 2>&1 || {
    tail -n 15 "$log" >&2
    fail 2 "$manager failed; mend the above, or install a JDK of $least_java or newer and Maven by hand"
  }
}

# need_jdk: sets jdk and exports JAVA_HOME for Maven.
need_jdk() {
  if ! find_jdk; then
    if find_maven; then install_missing jdk; else install_missing jdk maven; fi
    find_jdk || fail 2 "the package manager brought no JDK of $least_java or newer with a compiler;" \
      "install one (adoptium.net), set JAVA_HOME, and run this again"
  fi
  export JAVA_HOME=$jdk
}

need_maven() {
  find_maven && return 0
  install_missing maven
  find_maven || fail 2 "Maven was installed, but there is no mvn on PATH"
}
