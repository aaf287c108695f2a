# SPDX-License-Identifier: EUPL-1.2
# What ./run, ./test and the parts of the test share. Sourced, from the root of the checkout.
# Another checkout of the same files compiles from the same cache.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
set -euo pipefail

jobs=${KRINGWERK_TEST_JOBS:-2}
export KRINGWERK_TEST_DATA=${KRINGWERK_TEST_DATA:-$PWD/../shared/data}

needs() { tools/packages "$@"; }

# build PRESET TARGET...: makes the build folder when it is not there yet, and builds what it can. What
# the compiler says is shown only when it fails; all of it stays in build/PRESET/build.log.
build() {
    local preset=$1 log=build/$1/build.log
    shift
    mkdir -p "build/$preset"
    if ! { { [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset"; } &&
        cmake --build "build/$preset" -j"$jobs" --target "$@" -- -k 0; } >"$log" 2>&1; then
        grep -E -A4 'error|Error|FAILED' "$log" | grep -vE '^/usr/bin/ccache' | head -n 80
        echo "The build of preset $preset failed; all of it is in $log."
        return 1
    fi
}

# The test programs that the build folder of PRESET knows: one for each folder of src with tests.
test_programs() { ninja -C "build/$1" -t targets all | sed -n 's/^\(test_[a-z0-9_]*\): CXX_EXECUTABLE.*/\1/p' | sort; }

# Sums of a part. `close_part` prints them in the form that ./test reads, and fails when one failed.
passed=0 failed=0 skipped=0
pass() { passed=$((passed + 1)); }
fail() {
    failed=$((failed + 1))
    echo "FAILED: $*"
}
skip() {
    skipped=$((skipped + 1))
    echo "skipped: $*"
}
close_part() {
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" = 0 ]
}

# run_doctest PRESET PROGRAM: runs it and adds its cases to the sums. A program that dies before its
# summary, or that says all is well and exits with an error (a leak), counts as one failure.
run_doctest() {
    local preset=$1 program=$2 log=build/$1/$2.log status=0 line begun=$SECONDS
    timeout "${KRINGWERK_TEST_SECONDS:-1500}" "build/$preset/$program" --no-colors --no-version >"$log" 2>&1 || status=$?
    line=$(grep -aE '^\[doctest\] test cases:' "$log" | tail -n 1 || true)
    local numbers
    numbers=$(sed -nE 's/.*\| *([0-9]+) passed \| *([0-9]+) failed \| *([0-9]+) skipped.*/\1 \2 \3/p' <<<"$line")
    local good=0 bad=0 left=0 without
    [ -z "$numbers" ] || read -r good bad left <<<"$numbers"
    if [ "$status" != 0 ] && [ "$bad" = 0 ]; then bad=1; fi
    without=$(grep -acE '(^|MESSAGE: )skipped:' "$log" || true)
    passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + left + without))
    printf '  %-28s %4d passed %3d failed %5ds\n' "$program" "$good" "$bad" $((SECONDS - begun))
    grep -aE '(^|MESSAGE: )skipped:' "$log" | sed -E 's/.*(skipped:)/    \1/' || true
    if [ "$bad" != 0 ]; then
        tail -n "${KRINGWERK_TEST_LINES:-80}" "$log"
        echo "  exit status $status; all of it is in $log"
    fi
}

# run_check FILE: runs a script that closes as a part does, shows what it says and adds its sums.
run_check() {
    local said last
    said=$(node "$@" 2>&1) || true
    last=$(tail -n 1 <<<"$said")
    if [[ $last =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed,\ ([0-9]+)\ skipped$ ]]; then
        passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2])) skipped=$((skipped + BASH_REMATCH[3]))
        sed '$d' <<<"$said"
    else
        echo "$said"
        fail "$1 broke off"
    fi
}

# add_node_tests LOG STATUS WHAT: adds what the test runner of Node says at its end ("# pass 12") to the
# sums, and shows what failed.
add_node_tests() {
    local log=$1 status=$2 what=$3 good bad left
    good=$(node_count "$log" pass) bad=$(node_count "$log" fail) left=$(node_count "$log" skipped)
    passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + left))
    grep -E '^ *(﹣|ok .*# SKIP)' "$log" | sed -E 's/^ *(﹣|ok [0-9]+ -) */  skipped: /' || true
    if [ "$status" != 0 ]; then
        grep -vE '^ *(✔|ok )' "$log" | tail -n 60
        [ "$bad" != 0 ] || fail "$what"
        echo "All of it is in $log."
    fi
}
node_count() {
    local number
    number=$(sed -nE "s/^(ℹ|#) $2 ([0-9]+)$/\2/p" "$1" | tail -n 1)
    echo "${number:-0}"
}
