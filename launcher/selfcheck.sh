# shellcheck shell=bash
# The launcher's own check: what only a shell can see. Sourced by test.sh.

# expect CODE COMMAND...: runs the launcher; its output goes to $work/out and $work/err.
expect() {
  local wanted=$1 code=0
  shift
  JAVA_HOME=$check_jdk "$root/hicache" "$@" >"$work/out" 2>"$work/err" </dev/null || code=$?
  [ "$code" = "$wanted" ] && return 0
  printf 'selfcheck: hicache %s: exit code %s, expected %s\n' "$*" "$code" "$wanted"
  cat "$work/out" "$work/err"
  wrong=$((wrong + 1))
}

# holds WHAT COMMAND...: a fact that must be so.
holds() {
  local what=$1
  shift
  "$@" && return 0
  printf 'selfcheck: %s: not so\n' "$what"
  wrong=$((wrong + 1))
}

empty_directory() {
  [ -z "$(ls -A "$1")" ]
}

check_demo() {
  local backend
  mkdir "$work/tmp"
  head -c 6000 "$root/CONTRIBUTING.md" >"$work/prompt"
  for backend in file redis valkey; do
    demonstrates demo --backend "$backend" --text "$work/prompt"
  done
  demonstrates demo --layout page_first
  holds "the demo's pools differ" grep -q 'page_first_direct' "$work/out"
}

# demonstrates COMMAND...: a demo that finds every byte right and cleans up.
demonstrates() {
  JAVA_TOOL_OPTIONS="-Djava.io.tmpdir=$work/tmp" expect 0 "$@"
  holds "$* says that every byte is right" grep -q 'every byte is right' "$work/out"
  holds "$* leaves nothing behind" empty_directory "$work/tmp"
}

check_by_hand() {
  local store=(-O "dir=$work/store")
  head -c 300000 /dev/urandom >"$work/page"
  expect 1 get key "$work/copy" "${store[@]}"
  expect 1 exists key "${store[@]}"
  expect 0 put key "$work/page" "${store[@]}"
  expect 0 exists key "${store[@]}"
  expect 0 get key "$work/copy" "${store[@]}"
  holds "get returns what put stored" cmp -s "$work/page" "$work/copy"
  expect 0 stats --json "${store[@]}"
  expect 0 namespaces "${store[@]}"
  expect 0 doctor --backend file "${store[@]}"
  expect 2 put ../key "$work/page" "${store[@]}"
  expect 2 put key "$work/none" "${store[@]}"
  expect 2 exists key --backend none
  expect 2 exists key -O dir="$work/page"
  expect 4 exists key --backend valkey -O url="unix:$work/none"
  expect 2 clear "${store[@]}"
}

# Flips the first byte of the stored page.
damage() {
  local file first
  file=$(find "$work/store" -type f -size +290k)
  holds "the store has one page file" test "$(printf '%s\n' "$file" | wc -l)" = 1
  first=$(head -c 1 "$file" | od -An -tu1)
  # shellcheck disable=SC2059 # the format is the byte
  printf "\\$(printf '%03o' $(((first + 1) % 256)))" | dd of="$file" conv=notrunc status=none
}

check_damage() {
  local store=(-O "dir=$work/store")
  rm -f "$work/copy"
  damage
  expect 3 get key "$work/copy" "${store[@]}"
  holds "a damaged page writes nothing" test ! -e "$work/copy"
  expect 1 get key "$work/copy" "${store[@]}"
  expect 0 put key "$work/page" "${store[@]}"
  expect 0 delete key "${store[@]}"
  expect 1 exists key "${store[@]}"
  expect 0 clear --yes "${store[@]}"
  echo junk >"$(find "$work/store" -name namespace)"
  expect 4 exists key "${store[@]}"
}

# From any directory, by any link, in a path with spaces; and what is built is not built again.
check_places() {
  local copy="$work/a path with spaces" module
  mkdir -p "$copy/hicache-cli/target"
  cp -Rp "$root/hicache" "$root/launcher" "$root/pom.xml" "$copy/"
  for module in "$root"/hicache-*/; do
    mkdir -p "$copy/$(basename "$module")"
    cp -p "$module/pom.xml" "$copy/$(basename "$module")/"
  done
  cp -Rp "$root/hicache-cli/target/hicache-cli.jar" "$root/hicache-cli/target/lib" "$copy/hicache-cli/target/"
  touch "$copy/hicache-cli/target/launcher.stamp"
  ln -s "$copy/hicache" "$work/link"
  (cd / && JAVA_HOME=$check_jdk "$work/link" --version) >"$work/out" 2>"$work/err" </dev/null || true
  holds "the launcher runs by a link, in a path with spaces" grep -q '^hicache [0-9]' "$work/out"
  holds "what is built is not built again" test "$(grep -c building "$work/err")" = 0
}

# choose_between HOME: what find_jdk picks with that home first everywhere.
choose_between() (
  export JAVA_HOME=$1 PATH=$1/bin:$check_jdk/bin:$PATH
  find_jdk && echo "$jdk"
)

# A JDK that is too old is passed over, also as JAVA_HOME; so is one that cannot compile.
check_jdk_choice() {
  local old=$work/old-jdk chosen
  mkdir -p "$old/bin"
  printf '#!/bin/sh\nexit 99\n' >"$old/bin/java"
  cp "$old/bin/java" "$old/bin/javac"
  chmod +x "$old/bin/java" "$old/bin/javac"
  echo 'JAVA_VERSION="17.0.1"' >"$old/release"
  chosen=$(choose_between "$old")
  holds "a JDK of 17 is passed over" test "$chosen" != "$old"
  echo 'JAVA_VERSION="30.0.1"' >"$old/release"
  rm "$old/bin/javac"
  chosen=$(choose_between "$old")
  holds "a Java without a compiler is passed over" test "$chosen" != "$old"
}

# The help that bash prints and the commands that Java has are the same list.
check_help() {
  local command
  expect 0 --help
  cp "$work/out" "$work/help"
  "$check_jdk/bin/java" -jar "$root/hicache-cli/target/hicache-cli.jar" --help >"$work/out" 2>&1 || true
  sed -n '/^Commands:/,/^$/s/^  \([a-z-]*\) .*/\1/p' "$work/out" >"$work/commands"
  while IFS= read -r command; do
    holds "./hicache --help lists $command" grep -q "^  $command " "$work/help"
  done <"$work/commands"
  holds "Java lists its commands" grep -q '^  doctor ' "$work/out"
  expect 2
  expect 2 no-such-command
  expect 0 test --help
  expect 0 bench --help
}

selfcheck() {
  check_jdk=$1
  wrong=0
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  check_help
  check_demo
  check_by_hand
  check_damage
  check_places
  check_jdk_choice
  rm -rf "$work"
  trap - EXIT
  [ "$wrong" = 0 ]
}
