# The model's own blocking takes the place of the usual rules; a part that makes no sense is shown.
set -eu
awk -v records=3000 -v truth=truth.csv -f "$HMS_ROOT/tests/bench/people.awk" >people.csv
model() { cat "$HMS_ROOT/tests/bench/people.yml"; echo "blocking: $1"; }
model '[[born, family by sound], [family and given in any order], [national], [born by year, given by initial, postcode]]' >own.yml
hms dedup -v --csv people.csv --model own.yml -o pairs.csv,clusters.csv 2>said
for rule in 'born + family by sound' 'family and given by sound, in any order' national 'born by year + given by initial + postcode'; do
    grep -q "rule $rule: [0-9]* pairs" said || { echo "no rule $rule"; exit 1; }
done
[ "$(grep -c '^hms: rule\|^rule' said)" = 4 ]
f1=$(awk -F, -f "$HMS_ROOT/tests/real/cluster_f1.awk" truth.csv clusters.csv)
awk -v f1="$f1" 'BEGIN { exit !(f1 > 0.97) }' || { echo "F1 is $f1"; exit 1; }
for wrong in '[[postcode by sound]]' '[[born by initial]]' '[[nobody]]' '[born]' '[[]]' '[[family and born in any order]]' '[[born, sex, given, family]]' nothing; do
    model "$wrong" >wrong.yml
    status=0
    hms dedup -q --csv people.csv --model wrong.yml -o pairs.csv,clusters.csv 2>said || status=$?
    [ $status = 3 ] || { echo "$wrong: status $status"; exit 1; }
done
