# Hostile tables end in bounded time with a plain report.
set -eu
model=$HMS_ROOT/tests/cli/dedup/people.yml
head=no,first,last,dob,sex,street,postcode,national
try() { # NAME  rows on standard input
    { echo "$head"; cat; } >"$1.csv"
    timeout 250 hms dedup --csv "$1.csv" --model "$model" -o pairs.csv,clusters.csv 2>said || { echo "$1 failed"; cat said; exit 1; }
    [ "$(wc -l <clusters.csv)" = "$(wc -l <"$1.csv")" ] || { echo "$1: a record is lost"; exit 1; }
}
try nothing </dev/null
seq 1000 | sed 's/$/,,,,,,,/' | try empty_fields
seq 100000 | sed 's/$/,John,,,,,,/' | try one_name
seq 20000 | awk '{ print $1 ",John,Smith,19" 30 + $1 % 70 "-01-0" 1 + $1 % 9 ",M," $1 " High Street,12345," }' | try one_block
grep -q 'long blocks were split' said
seq 5000 | awk '{ print $1 ",Ann,Lee,1970-01-02,F,1 High Street,12345,123456789" }' | try identical
seq 500 | awk '{ print $1 ",Ann,Null,1970-01-0" 1 + $1 % 9 ",F,,," }' | try surname_null
awk 'BEGIN { for (x = "x"; length(x) < 10000;) x = x x; for (i = 0; i < 50; i++) print i "," x i % 3 "," x ",1970-01-01,,,," }' | try long_names
printf '%s\n' '1,محمد,الأحمد,1970-01-02,M,,,' '2,José,Muñoz,1980-01-02,M,,,' '3,Jose\u0301,"a ""b"", c",1980-01-02,M,,,' | try scripts

refuse() { # STATUS FILE
    local status=0
    hms dedup -q --csv "$2" --model "$model" -o pairs.csv,clusters.csv 2>said || status=$?
    [ $status = "$1" ] || { echo "$2: status $status"; cat said; exit 1; }
}
printf '%s\n' "$head" 7,a,b,,,,, 7,c,d,,,,, >twice.csv
refuse 4 twice.csv
printf 'no,first\n1,a\n' >columns.csv
refuse 4 columns.csv
printf '%s\n1,"a\n' "$head" >quote.csv
refuse 4 quote.csv
: >none.csv
refuse 4 none.csv
refuse 4 missing.csv
