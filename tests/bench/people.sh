# people - how fast `hms dedup` finds the people in a table, and how well.
#
#   ./dev bench people [RECORDS...]     default: 100000 300000 1000000
#
# Made-up people (tests/bench/people.awk): households, twins, moves, slips of the pen, missing
# values.  Whole run from CSV to clusters with two threads; three runs, the median is the figure.
set -eu
root=${HMS_ROOT:?run it by ./dev bench people}
[ $# -gt 0 ] || set -- 100000 300000 1000000
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

figure() { # NAME VALUE UNIT
    printf '{"bench":"people","what":"%s","value":%s,"unit":"%s"}\n' "$@"
}
for records in "$@"; do
    awk -v records="$records" -v truth=truth.csv -f "$root/tests/bench/people.awk" >people.csv
    for run in 1 2 3; do
        /usr/bin/time -o time.$run -f '%e %M %U' hms dedup --json --csv people.csv \
            --model "$root/tests/bench/people.yml" -o pairs.csv,clusters.csv >said.$run
    done
    median=$(sort -n time.1 time.2 time.3 | sed -n 2p)
    figure "${records}_wall" "$(echo "$median" | cut -d' ' -f1)" s
    figure "${records}_memory" "$(echo "$median" | awk '{ print int($2 / 1024) }')" MiB
    figure "${records}_cpu" "$(echo "$median" | cut -d' ' -f3)" s
    figure "${records}_pairs" "$(sed 's/.*"pairs_scored":\([0-9]*\).*/\1/' said.1)" pairs
    figure "${records}_scored" "$(cat said.? | sed 's/.*"pairs_scored":\([0-9]*\).*"scoring_us":\([0-9]*\).*/\1 \2/' |
        awk '{ printf "%.2f\n", $1 / $2 }' | sort -n | sed -n 2p)" "M pairs/s"
    figure "${records}_f1" "$(awk -F, -f "$root/tests/real/cluster_f1.awk" truth.csv clusters.csv)" F1
done
