# What a hospital writes when it does not know joins nobody: the ward's phone, a number that stands for
# none, the birth date that a form fills in, the address of a home for many.
set -eu
model=$HMS_ROOT/tests/bench/people.yml
head=$(awk -v records=1 -v truth=truth.csv -f "$HMS_ROOT/tests/bench/people.awk" | head -1)
[ "$head" = id,given,family,born,sex,street,town,postcode,phone,national ]
awk -v records=3000 -v truth=truth.csv -f "$HMS_ROOT/tests/bench/people.awk" | awk -F, -v OFS=, '
    FNR == 1 { print; next }
    FNR % 30 == 1 { $9 = "0205550143" }
    FNR % 30 == 2 { $10 = "700000017" }
    FNR % 30 == 3 { $4 = "1901-01-01" }
    FNR % 60 == 4 { $6 = "1 Elm House"; $7 = "Town"; $8 = "99999"; $9 = "0205550199" }
    { print }' >people.csv
hms dedup --csv people.csv --model "$model" -o pairs.csv,clusters.csv 2>said
for field in born street phone national; do
    grep -q "^$field: [12] values that many unlike people share are taken as missing in" said ||
        { echo "nothing is said of $field"; cat said; exit 1; }
done
! grep -Eq '0205550143|700000017|Elm' said
awk -F, 'FNR == NR { truth[$1] = $2; next }
    FNR > 1 && $5 == "link" { n++; bad += truth[$1] != truth[$2] }
    END { exit !(n > 200 && bad <= n / 500) }' truth.csv pairs.csv || { echo "strangers are linked"; exit 1; }
