# shellcheck shell=bash
# ./hicache test: sets up, builds, runs everything, and says what was not run and why.
# Sourced by ../hicache, after toolchain.sh and build.sh.

# What did not run, a line each: "kind<TAB>what<TAB>why". The kinds: choice, the user's; cannot, this
# machine's; could, which with CI=true is a failure.
not_run=""

omit() {
  not_run+="$1"$'\t'"$2"$'\t'"$3"$'\n'
}

# Tests that mount a file system of their own need root on Linux, and a kernel that lets root do it.
root_tests() {
  local what="tests that mount a file system" place
  root_property=""
  if [ "$(uname -s)" != Linux ]; then
    omit cannot "$what" "they need Linux"
  elif [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
      omit could "$what" "they need root: sudo ./hicache test"
    else
      omit cannot "$what" "they need root"
    fi
  else
    place=$(mktemp -d)
    if mount -t tmpfs -o size=1m tmpfs "$place" 2>/dev/null; then
      umount "$place"
      root_property=-Dhicache.test.root=true
    else
      omit cannot "$what" "root may not mount here"
    fi
    rmdir "$place"
  fi
}

# The reports of the tests that this run ran.
reports() {
  find "$root" -path '*/target/surefire-reports/TEST-*.xml' -newer "$begin" -print0
}

# sum_reports ATTRIBUTE: adds up an attribute of every test suite.
sum_reports() {
  reports | xargs -0 grep -h '<testsuite ' /dev/null |
    sed -n "s/.*[[:space:]]$1=\"\([0-9]*\)\".*/\1/p" | awk '{ sum += $1 } END { print sum + 0 }'
}

# skipped_tests: the names of tests that were skipped. None may be: what a machine cannot run is left
# out by name above, and not found out by a test.
skipped_tests() {
  # shellcheck disable=SC2016 # awk's own $0
  reports |
    xargs -0 awk '/<testcase /{ class = $0; sub(/.* classname="/, "", class); sub(/".*/, "", class);
      name = $0; sub(/.*<testcase name="/, "", name); sub(/".*/, "", name) }
      /<skipped/{ print class "." name }' /dev/null
}

# stage NAME COMMAND...: runs a part, and remembers if it failed.
stage() {
  local name=$1 started=$SECONDS
  shift
  say "$name"
  if "$@"; then
    say "$name: ok, $((SECONDS - started)) s"
  else
    say "$name: FAILED, $((SECONDS - started)) s"
    failed+="$name; "
  fi
}

build_and_test() {
  "$mvn" -B -ntp -f "$root/pom.xml" "$@" install </dev/null
}

consumer() {
  "$mvn" -B -ntp -f "$root/consumers/$1/pom.xml" verify </dev/null
}

# A second Java of 22 or newer, to run what was built with the first.
second_jdk() {
  local place first
  java_major "$jdk"
  first=$major
  while IFS= read -r place; do
    java_major "$place"
    [ "${major:-0}" -ge "$least_java" ] && [ "$major" != "$first" ] && echo "$place" && return 0
  done < <(jdks_installed)
  return 1
}

summarise() {
  local kind what why could=""
  printf '\nhicache test: %s tests, %s failed, %s skipped, in %s s\n' "$(sum_reports tests)" \
    "$(($(sum_reports failures) + $(sum_reports errors)))" "$(sum_reports skipped)" "$SECONDS"
  java_major "$jdk"
  printf 'ran on: JDK %s in %s, %s %s\n' "$major" "$jdk" "$(uname -s)" "$(uname -m)"
  printf 'not run:\n'
  while IFS=$'\t' read -r kind what why; do
    [ -n "$kind" ] || continue
    printf '  %s: %s\n' "$what" "$why"
    [ "$kind" = could ] && could+="$what; "
  done <<<"$not_run"
  [ -n "$not_run" ] || printf '  nothing\n'
  if [ "${CI:-}" = true ] && [ -n "$could" ]; then
    failed+="not run though this machine could: ${could%; }; "
  fi
  if [ -n "$failed" ]; then
    printf 'FAILED: %s\n' "${failed%; }"
    return 1
  fi
  printf 'all passed\n'
}

test_everything() {
  local long="" other skipped root_property
  case ${1:-} in
    --long) long=-Dhicache.long=true; shift ;;
  esac
  [ $# = 0 ] || fail 2 "test: unknown argument $1; try: ./hicache test --help"
  need_jdk
  need_maven
  failed=""
  begin=$root/target/test.begin
  mkdir -p "$root/target"
  touch "$begin"
  [ -n "$long" ] || omit choice "tests that take minutes" "give --long"
  root_tests
  # shellcheck source=launcher/servers.sh
  . "$root/launcher/servers.sh"
  find_servers

  stage "build and test every module" build_and_test ${long:+"$long"} ${root_property:+"$root_property"} \
    ${servers:+"-Dhicache.test.servers=$servers"}
  if [ -z "$failed" ]; then
    stage "a consumer on the class path" consumer classpath
    stage "a consumer on the module path" consumer modulepath
    # shellcheck source=launcher/selfcheck.sh
    . "$root/launcher/selfcheck.sh"
    stage "the launcher's own check" selfcheck "$jdk"
    if other=$(second_jdk); then
      stage "the launcher's own check, run by $other" selfcheck "$other"
    else
      omit cannot "the launcher's check on a second JDK" "only one JDK of $least_java or newer is here"
    fi
  fi
  skipped=$(skipped_tests)
  [ -z "$skipped" ] || failed+="skipped: $(printf '%s' "$skipped" | tr '\n' ' '); "
  [ "$(sum_reports tests)" -gt 0 ] || failed+="no test ran; "
  summarise
}
