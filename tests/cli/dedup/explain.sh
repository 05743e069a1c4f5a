# The weights of an explanation sum to the score, and no value is shown.
set -eu
model=$HMS_ROOT/tests/bench/people.yml
awk -v records=3000 -v truth=truth.csv -f "$HMS_ROOT/tests/bench/people.awk" >people.csv
hms dedup -q --csv people.csv --model "$model" -o pairs.csv,clusters.csv --report report.html
grep -q '</html>' report.html
sed -n '2p' pairs.csv >first
IFS=, read -r a b weight rest <first
hms dedup explain "$a" "$b" --csv people.csv --model "$model" --svg picture.svg >said
grep -q '</svg>' picture.svg
awk -v weight="$weight" '
    $1 == "sum" { sum = $2; next }
    $2 ~ /^[-+][0-9.]+$/ { parts += $2 }
    END { exit !(sum - weight < 0.02 && weight - sum < 0.02 && sum - parts < 0.1 && parts - sum < 0.1) }' said
grep "^$a," people.csv | tr ',' '\n' | awk 'length($0) > 4' >values
! grep -qFf values said picture.svg
hms dedup explain --json "$a" "$b" --csv people.csv --model "$model" | node -e '
    const said = JSON.parse(require("fs").readFileSync(0, "utf8"));
    const sum = said.lines.reduce((s, line) => s + line.weight, 0);
    if (Math.abs(sum - said.weight) > 0.01) process.exit(1);'
printf 'a,b\n%s,%s\n%s,nobody\n' "$a" "$b" "$a" >named.csv
status=0
hms dedup score -q --csv people.csv --model "$model" --pairs named.csv -o scored.csv || status=$?
[ $status = 1 ]
sed -n 2p scored.csv | cmp - first
