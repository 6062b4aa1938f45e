# shellcheck shell=bash
# Builds what a command needs, if it is not there or a source has changed since.
# Sourced by ../hicache, after toolchain.sh.

# stale STAMP PATH...: whether a path, or anything below it, is newer than the stamp. A removed
# file shows in its directory.
stale() {
  local stamp=$1
  shift
  [ ! -e "$stamp" ] || [ -n "$(find "$@" -newer "$stamp" -print 2>/dev/null | head -n 1)" ]
}

# package MODULE JAR SOURCE...: builds a module and what it stands on, tests left out.
package() {
  local module=$1 jar=$2 started=$SECONDS
  shift 2
  local stamp=$root/$module/target/launcher.stamp log=$root/target/build-$module.log
  if [ -e "$jar" ] && ! stale "$stamp" "$@"; then return 0; fi
  need_maven
  mkdir -p "$root/target" "$root/$module/target"
  if [ -e "$jar" ]; then say "building $module: sources have changed"
  else say "building $module: first use, Maven downloads what it needs"; fi
  touch "$stamp.new"
  "$mvn" -B -ntp -q -f "$root/pom.xml" -pl "$module" -am -Dmaven.test.skip=true \
    -Dmaven.source.skip=true package </dev/null >"$log" 2>&1 || {
    grep '^\[ERROR\]' "$log" | head -n 15 >&2 || tail -n 15 "$log" >&2
    fail 2 "the build failed; all of its output is in $log"
  }
  mv "$stamp.new" "$stamp"
  say "built in $((SECONDS - started)) s"
}

# One build at a time, where the system can tell: two would write the same jars.
locked() {
  mkdir -p "$root/target"
  if command -v flock >/dev/null; then
    exec 9>"$root/target/launcher.lock"
    flock 9
  fi
  "$@"
  if command -v flock >/dev/null; then exec 9>&-; fi
}

build_cli() {
  locked package hicache-cli "$root/hicache-cli/target/hicache-cli.jar" \
    "$root/pom.xml" "$root"/hicache-*/pom.xml "$root"/hicache-*/src/main
}

build_bench() {
  locked package benchmarks "$root/benchmarks/target/benchmarks.jar" \
    "$root/pom.xml" "$root"/hicache-*/pom.xml "$root"/hicache-*/src/main \
    "$root/benchmarks/pom.xml" "$root/benchmarks/src/main"
}
