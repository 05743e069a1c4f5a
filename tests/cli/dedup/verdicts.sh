# Verdicts on records of tables hold against the weights; contradictions are told; another model's doing is told
# before it is done.
set -eu
model=$HMS_ROOT/tests/bench/people.yml
awk -v records=1200 -v truth=truth.csv -f "$HMS_ROOT/tests/bench/people.awk" >people.csv
dedup() { hms dedup -q --csv people.csv --model "$model" "$@"; }
fails() { # STATUS COMMAND...
    local wanted=$1 status=0
    shift
    "$@" 2>err || status=$?
    [ "$status" = "$wanted" ] || { echo "exit status $status, expected $wanted"; cat err; exit 1; }
}
person() { awk -F, -v record="$1" '$1 == record { print $2 }' clusters.csv; }

dedup -o pairs.csv,before.csv
pair=$(awk -F, '$5 == "link" { print $1, $2; exit }' pairs.csv)
a=${pair% *} b=${pair#* }
c=$(awk -F, '$3 == 1 { print $1; exit }' before.csv)
printf 'record_a,answer,record_b\n%s,different,%s\n%s,same,%s\n%s,same,nobody\n' "$a" "$b" "$b" "$c" "$a" >verdicts.csv
hms dedup --csv people.csv --model "$model" --verdicts verdicts.csv -o pairs.csv,clusters.csv 2>err
grep -q '2 verdicts hold, 1 are about records that are not there' err
[ "$(person "$a")" != "$(person "$b")" ]
[ "$(person "$b")" = "$(person "$c")" ]
hms dedup -q --csv people.csv --model "$model" --verdicts verdicts.csv -o pairs4.csv,clusters4.csv -j 4
cmp clusters.csv clusters4.csv

# a contradiction: a = c as well; its records stay alone, there is no before
printf '%s,same,%s\n' "$a" "$c" >>verdicts.csv
fails 1 hms dedup --csv people.csv --model "$model" --verdicts verdicts.csv -o pairs.csv,clusters.csv
grep -q 'contradiction: verdict 1 says two people, verdicts 4, 2 say one' err
[ "$(person "$a")" != "$(person "$b")" ] && [ "$(person "$b")" != "$(person "$c")" ] && [ "$(person "$a")" != "$(person "$c")" ]
(head -n 1 verdicts.csv; tail -n +2 verdicts.csv | tac) >tac.csv
fails 1 hms dedup -q --csv people.csv --model "$model" --verdicts tac.csv -o pairs4.csv,clusters4.csv
cmp clusters.csv clusters4.csv

printf 'record_a,record_b,answer\n%s,%s,maybe\n' "$a" "$b" >bad.csv
fails 4 dedup --verdicts bad.csv -o pairs.csv,clusters.csv
printf 'record_a,record_b,answer\n%s,%s,same\n' "$a" "$a" >bad.csv
fails 4 dedup --verdicts bad.csv -o pairs.csv,clusters.csv
printf 'record_a,answer\n' >bad.csv
fails 4 dedup --verdicts bad.csv -o pairs.csv,clusters.csv

# everybody one person by verdicts, and two of them apart
awk -F, 'FNR > 2 { print last ",same," $1 } { last = $1 }' people.csv >all
{ echo record_a,answer,record_b; cat all; echo "$a,different,$b"; } >verdicts.csv
fails 1 hms dedup --csv people.csv --model "$model" --verdicts verdicts.csv -o pairs.csv,clusters.csv
grep -q '^contradiction: ' err
{ echo record_a,answer,record_b; cat all; } >verdicts.csv
dedup --verdicts verdicts.csv -o pairs.csv,clusters.csv
[ "$(cut -d, -f2 clusters.csv | sort -u | wc -l)" = 2 ] # the header and one person

dedup -o pairs.csv,before.csv
sed 's/^link:.*//; $a link: 0.9999' "$model" >other.yml
hms dedup whatif --csv people.csv --model "$model" --before before.csv --pairs pairs.csv --json >same
grep -q '"pairs_gained":0,"pairs_lost":0,' same
grep -q '"review_link":0' same && grep -q '"link_review":0' same
hms dedup whatif --csv people.csv --model other.yml --before before.csv --pairs pairs.csv --json >other
grep -q '"link_review":[1-9]' other
fails 2 hms dedup whatif --csv people.csv --model other.yml
