# The result depends on what the records say: not on the order of rows, of files, or on threads.
set -eu
model=$HMS_ROOT/tests/bench/people.yml
awk -v records=4000 -v truth=truth.csv -f "$HMS_ROOT/tests/bench/people.awk" >people.csv
{ head -1 people.csv; tail -n +2 people.csv | sort -t, -k4; } >sorted.csv
{ head -1 people.csv; sed -n '2,1500p' people.csv; } >one.csv
{ head -1 people.csv; sed -n '1501,$p' people.csv; } >two.csv
hms dedup -q --csv people.csv --model "$model" -o p1,c1 -j 1
hms dedup -q --csv sorted.csv --model "$model" -o p2,c2 -j 4
hms dedup -q --csv two.csv --csv one.csv --model "$model" -o p3,c3 -j 3
cmp p1 p2; cmp c1 c2; cmp p1 p3; cmp c1 c3
f1=$(awk -F, -f "$HMS_ROOT/tests/real/cluster_f1.awk" truth.csv c1)
awk -v f1="$f1" 'BEGIN { exit !(f1 > 0.98) }' || { echo "F1 is $f1"; exit 1; }
