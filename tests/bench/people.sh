# people - how fast `hms dedup` finds the people in a table, and how well.
#
#   ./dev bench people [RECORDS...]     default: 100000 300000 1000000; 4000000 needs 2 GB
#
# Made-up people (tests/bench/people.awk): households, twins, moves, slips of the pen, missing
# values.  Whole run from CSV to clusters with two threads; of three runs the one with least CPU time
# is the figure, because others may use the machine.  "half_cpu" is half of user and system time:
# what two idle cores would take.  "scored" is pairs a second of the whole step, by the clock: walking
# the blocks, comparing, weighing, sorting what is kept; "compared" is comparing and weighing alone, of
# two processors by their own time.  Then 10,000 new records, one by one, against all others.
set -eu
root=${HMS_ROOT:?run it by ./dev bench people}
[ $# -gt 0 ] || set -- 100000 300000 1000000
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
model=$root/tests/bench/people.yml

figure() { # NAME VALUE UNIT
    printf '{"bench":"people","what":"%s","value":%s,"unit":"%s"}\n' "$@"
}
for records in "$@"; do
    awk -v records="$records" -v truth=truth.csv -f "$root/tests/bench/people.awk" >people.csv
    for run in 1 2 3; do
        /usr/bin/time -o time.$run -f '%U %S %e %M' hms dedup --json --csv people.csv \
            --model "$model" -o pairs.csv,clusters.csv >said.$run
    done
    cat time.? | awk '{ print $1 + $2, $3, int($4 / 1024) }' | sort -n | head -1 >best
    read -r cpu wall memory <best
    figure "${records}_half_cpu" "$(awk "BEGIN { print $cpu / 2 }")" s
    figure "${records}_wall" "$wall" s
    figure "${records}_memory" "$memory" MiB
    figure "${records}_pairs" "$(sed 's/.*"pairs_scored":\([0-9]*\).*/\1/' said.1)" pairs
    figure "${records}_scored" "$(cat said.? | sed 's/.*"pairs_scored":\([0-9]*\).*"scoring_us":\([0-9]*\).*/\1 \2/' |
        awk '{ printf "%.2f\n", $1 / $2 }' | sort -n | tail -1)" "M pairs/s"
    figure "${records}_compared" "$(cat said.? | sed 's/.*"pairs_scored":\([0-9]*\).*"comparing_cpu_us":\([0-9]*\).*/\1 \2/' |
        awk '{ printf "%.2f\n", 2 * $1 / $2 }' | sort -n | tail -1)" "M pairs/s"
    figure "${records}_f1" "$(awk -F, -f "$root/tests/real/cluster_f1.awk" truth.csv clusters.csv)" F1
    awk -v first=$((records - 10000)) 'NR == 1 || NR > first + 1' people.csv >new.csv
    head -n $((records - 10000 + 1)) people.csv >old.csv
    "$(dirname "$(command -v hms)")/tests/people_change" old.csv "$model" new.csv >change
    read -r middle late most bytes indexed <change
    figure "${records}_bytes" "$bytes" "bytes a patient"
    figure "${records}_bytes_indexed" "$indexed" "bytes a patient, ready for single records"
    figure "${records}_single_p50" "$middle" us
    figure "${records}_single_p99" "$late" us
    figure "${records}_single_most" "$most" us
done
