#!/bin/bash
# run.sh [SECONDS] [NAME...] - every libFuzzer harness, or those named, for so many seconds each (60), from the
# small seeds beside this file. Finds are left in $HMS_BUILD/crashes; exit 1 when there is one.
# `./dev fuzz` builds first and calls this.
set -u
cd "$(dirname "$0")/../.."
build=${HMS_BUILD:-build/fuzz}
seconds=${1:-60}
shift $(($# > 0))
failed=0
[ $# -gt 0 ] || set -- $(ls tests/fuzz/fuzz_*.c | sed 's/.*fuzz_\(.*\)\.c/\1/')
mkdir -p "$build/crashes"
for name in "$@"; do
    corpus=$build/tests/corpus/$name
    log=$build/fuzz_$name.log
    mkdir -p "$corpus"
    if nice "$build/tests/fuzz_$name" -max_total_time="$seconds" -max_len=8192 -rss_limit_mb=2048 -timeout=20 \
        -artifact_prefix="$build/crashes/$name-" "$corpus" "tests/fuzz/seeds/$name" >"$log" 2>&1; then
        echo "$name: $(grep -E '^Done|DONE' "$log" | tail -1)"
    else
        failed=1
        echo "$name: FOUND something: $(grep -m1 -E 'ERROR|SUMMARY|Assertion' "$log")"
    fi
done
exit $failed
