# Suggestions for a quarter of a laboratory's own names, chosen by a hash of the line, against the partial LOINC table,
# learned from one half of them and asked with the other: what that quarter gives, less a margin for another release of
# the table.  (All of them are measured by tests/bench/suggest.sh, which says how they are counted.)
set -u
failed=0
hms term build "$HMS_REAL_DATA/terminology/loinc" --release partial -o . >/dev/null || exit 1
LC_ALL=C awk 'BEGIN { for (i = 1; i < 256; i++) { code[sprintf("%c", i)] = i } }
{
    hash = 5381
    for (i = 1; i <= length($0); i++) { hash = (hash * 33 + code[substr($0, i, 1)]) % 2147483648 }
}
NR == 1 || int(hash / 1024) % 4 == 0' "$HMS_REAL_DATA/terminology/loinc/local-lab-names.csv" >quarter.csv
"$HMS_BUILD/tests/suggest_rate" loinc-partial.hmspack quarter.csv quick >figures || exit 1
at_least() { # FIGURE FLOOR
    local value
    value=$(sed -n "s/.*\"what\":\"$1\",\"value\":\([0-9.]*\).*/\1/p" figures)
    awk -v value="${value:-0}" -v floor="$2" 'BEGIN { exit value < floor }' && return
    echo "$1 is ${value:-nothing}, less than $2"
    failed=1
}
at_least trained.scored 430
at_least untrained.top1 0.36
at_least untrained.top5 0.65
at_least untrained.top20 0.77
at_least trained.top1 0.55
at_least trained.top5 0.80
at_least trained.top20 0.86
# what is believed is about what is right, in each fifth of the scale: 0.12 and two standard errors of a share
awk -F'"' '{ value[$8] = substr($11, 2) + 0 }
END {
    for (i = 0; i < 5; i++) {
        off = value["trained.bin" i ".believed"] - value["trained.bin" i ".right"]
        entries = value["trained.bin" i ".entries"]
        if (entries >= 100 && off * off > (0.12 + 1 / sqrt(entries)) ^ 2) {
            print "in fifth " i " " off " more is believed than is right"
            failed = 1
        }
    }
    exit failed
}' figures || failed=1
exit $failed
