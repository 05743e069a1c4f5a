# Models of one field or two, and tables without values: a plain report and no absurd people.
set -eu
awk -v records=2000 -v truth=truth.csv -f "$HMS_ROOT/tests/bench/people.awk" >people.csv
try() { # MOST  largest person allowed; fields on standard input
    { printf 'people: few\nrecord: id\nfields:\n'; sed 's/^/  /'; } >model.yml
    hms dedup --csv people.csv --model model.yml -o pairs.csv,clusters.csv 2>said || { cat said; exit 1; }
    awk -F, -v most="$1" 'FNR > 1 { n[$2]++ } END { for (k in n) if (n[k] > most) exit 1 }' clusters.csv || { echo "a crowd is one person"; cat model.yml; exit 1; }
}
nothing_links() {
    grep -q 'with this model no pair is linked by itself: ' said
    ! grep -q ',link,' pairs.csv
}
echo 'sex: {kind: sex, column: sex}' | try 1
nothing_links
echo 'town: {kind: place, column: town}' | try 1
nothing_links
echo 'given: {kind: given name, column: given}' | try 2
nothing_links
echo 'born: {kind: birth date, column: born}' | try 12
nothing_links
printf '%s\n' 'given: {kind: given name, column: given}' 'family: {kind: family name, column: family}' 'born: {kind: birth date, column: born}' | try 12
nothing_links
printf '%s\n' 'given: {kind: given name, column: given}' 'phone: {kind: phone, column: phone}' | try 12
nothing_links
echo 'national: {kind: identifier, column: national}' | try 12
! grep -q 'no pair is linked by itself' said
awk -F, -v OFS=, '{ for (i = 2; FNR > 1 && i <= NF; i++) $i = ""; print }' people.csv >empty.csv
hms dedup --csv empty.csv --model "$HMS_ROOT/tests/bench/people.yml" -o pairs.csv,clusters.csv 2>said
grep -q '2000 people; 0 pairs scored' said || { cat said; exit 1; }
