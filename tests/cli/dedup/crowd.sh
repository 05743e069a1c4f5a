# One person of 5,000 records among others: learning is not spoilt, and the person comes out whole.
set -eu
model=$HMS_ROOT/tests/bench/people.yml
awk -v records=6000 -v truth=truth.csv -f "$HMS_ROOT/tests/bench/people.awk" >people.csv
awk 'BEGIN {
    srand(3); split("a e i o u r n l m s t k", letters, " ")
    for (i = 0; i < 5000; i++) {
        given = "johnathan"; family = "featherstone"; born = "1970-05-17"; at = 2 + int(rand() * 6)
        if (rand() < 0.05) given = substr(given, 1, at) letters[1 + int(rand() * 12)] substr(given, at + 2)
        if (rand() < 0.05) family = substr(family, 1, at) letters[1 + int(rand() * 12)] substr(family, at + 2)
        if (rand() < 0.02) born = "1970-05-" 10 + int(rand() * 18)
        print "same" i "," given "," family "," born ",M," 1 + int(rand() * 2) " High Street,Town,12345,0712345678," (rand() < 0.5 ? "123456789" : "")
        print "same" i ",one" >"more"
    }
}' >>people.csv
cat more >>truth.csv
timeout 250 hms dedup -q --csv people.csv --model "$model" -o pairs.csv,clusters.csv
[ "$(awk -F, '$1 ~ /^same/ { print $2 }' clusters.csv | sort | uniq -c | awk '{ print $1 }' | sort -n | tail -1)" = 5000 ]
grep -v '^same' truth.csv >others.csv
grep -v '^same' clusters.csv >found.csv
f1=$(awk -F, -f "$HMS_ROOT/tests/real/cluster_f1.awk" others.csv found.csv)
awk -v f1="$f1" 'BEGIN { exit !(f1 > 0.98) }' || { echo "F1 of the others is $f1"; exit 1; }
