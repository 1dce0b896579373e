# What the benchmarks with a driver in Java share; read by their scripts. Sets $home, builds the driver and midge.jar.
# shellcheck shell=sh

fail() {
  printf 'bench: %s\n' "$1" >&2
  exit 1
}

here=$(cd "$(dirname "$0")" && pwd) || exit 1
home=${here%/src/bench}

case ${1-} in
  -h | --help)
    sed -n '3s/^# //p' "$0"
    exit 0
    ;;
esac

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac
command -v "$javac" >/dev/null || fail "needs a JDK, and finds no javac in JAVA_HOME or PATH"

classes=$home/target/bench
mkdir -p "$classes" || exit 1
if ! [ -f "$classes/compiled" ] || [ -n "$(find "$here/java" -newer "$classes/compiled")" ]; then
  "$javac" --release 17 -d "$classes" "$here"/java/dev/midge/bench/*.java || fail "the driver does not compile"
  : >"$classes/compiled"
fi

# Builds the jar if it must, before any clock runs.
"$home/bin/midge" --version >/dev/null || fail "bin/midge does not start"

# Becomes the driver. It stops what it started, also when it is interrupted: it gets the signal itself. It starts programs
# without the JDK's helper between, whose processor time would be counted as theirs.
drive() {
  exec "$java" -XX:+UseSerialGC -XX:-UsePerfData -Djdk.lang.Process.launchMechanism=VFORK \
    -Dbench.launcher="$home/bin/midge" -cp "$classes" "$@"
}
