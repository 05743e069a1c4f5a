# Cluster F1 on sets with truth, default settings, no labels: febrl3, febrl4 as one file, fake_1000.
# The models name no column that holds the truth.
set -eu
sets=$HMS_REAL_DATA/linkage
here=$HMS_ROOT/tests/real
check() { # NAME LEAST
    local f1
    f1=$(awk -F, -f "$here/cluster_f1.awk" truth.csv clusters.csv)
    awk -v f1="$f1" -v least="$2" 'BEGIN { exit !(f1 >= least) }' || { echo "$1: F1 $f1 is below $2"; exit 1; }
    echo "$1: F1 is at least $2"
}
precise() { # NAME  of pairs at p >= 0.95
    awk -F, -v name="$1" 'FNR == NR { truth[$1] = $2; next }
        FNR > 1 && $4 >= 0.95 { n++; good += truth[$1] == truth[$2] }
        END { if (n == 0 || good / n < 0.97) { print name ": precision " good / n; exit 1 } }' truth.csv pairs.csv
}
febrl() { awk -F', *' 'FNR > 1 && NF > 1 { split($1, id, "-"); print $1 "," id[2] }' "$@" >truth.csv; }

febrl "$sets/febrl3.csv"
hms dedup -q --csv "$sets/febrl3.csv" --model "$here/models/febrl.yml" -o pairs.csv,clusters.csv
check febrl3 0.999
precise febrl3
febrl "$sets/febrl4a.csv" "$sets/febrl4b.csv"
hms dedup -q --csv "$sets/febrl4a.csv" --csv "$sets/febrl4b.csv" --model "$here/models/febrl.yml" -o pairs.csv,clusters.csv
check febrl4 0.9995
precise febrl4
awk -F, 'FNR > 1 { print $1 "," $NF }' "$sets/fake_1000.csv" >truth.csv
hms dedup -q --csv "$sets/fake_1000.csv" --model "$here/models/fake.yml" -o pairs.csv,clusters.csv
check fake_1000 0.92
precise fake_1000
