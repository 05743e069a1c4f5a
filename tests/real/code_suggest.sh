# Suggestions for a laboratory's own names against the partial LOINC table, learned from one half of the names
# and asked with the other: the figures of docs/benchmarks.md, less a margin for another release of the table.
# (tests/bench/suggest.sh says how they are counted.)
set -u
failed=0
hms term build "$HMS_REAL_DATA/terminology/loinc" --release partial -o . >/dev/null || exit 1
"$HMS_BUILD/tests/suggest_rate" loinc-partial.hmspack "$HMS_REAL_DATA/terminology/loinc/local-lab-names.csv" quick >figures ||
    exit 1
at_least() { # FIGURE FLOOR
    local value
    value=$(sed -n "s/.*\"what\":\"$1\",\"value\":\([0-9.]*\).*/\1/p" figures)
    awk -v value="${value:-0}" -v floor="$2" 'BEGIN { exit value < floor }' && return
    echo "$1 is ${value:-nothing}, less than $2"
    failed=1
}
at_least trained.scored 1700
at_least untrained.top1 0.40
at_least untrained.top5 0.67
at_least untrained.top20 0.78
at_least trained.top1 0.66
at_least trained.top5 0.85
at_least trained.top20 0.90
# what is believed is about what is right, in each fifth of the scale
awk -F'"' '{ value[$8] = substr($11, 2) + 0 }
END {
    for (i = 0; i < 5; i++) {
        off = value["trained.bin" i ".believed"] - value["trained.bin" i ".right"]
        if (value["trained.bin" i ".entries"] >= 100 && (off > 0.12 || off < -0.12)) {
            print "in fifth " i " " off " more is believed than is right"
            failed = 1
        }
    }
    exit failed
}' figures || failed=1
exit $failed
