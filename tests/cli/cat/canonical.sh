# A stage: the tuples in words, no value apart from the empty text, rejects and balances on request.
printf 'ID,NAME,KIND,LAT\n1,"Ward ""A""",ward,1.50\n2,Lab,,\n3,,room,\nshort\n' >PLACE.csv
mkdir maps
cat >maps/place.yml <<'END'
map: s/place
release: 1.0.0
source: {table: PLACE, key: ID}
target: location
rules:
  M001: {to: name, from: NAME, via: trim, why: as written}
  M002: {to: kind, from: KIND, via: trim, why: as written}
  M003: {to: latitude, from: LAT, via: number, why: as written}
END
hms extract -q PLACE.csv --source s -o raw
hms transform -q raw --maps maps --org one -o stage || echo "exit $?"
hms cat stage/PLACE.hmb | awk -F, -v OFS=, '
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
    { print $at["source_key"], $at["name"], $at["kind"], $at["latitude"] }'
hms cat --json stage/PLACE.hmb | grep -oE '"(hms|source_key|name|kind|latitude)":("([^"\\]|\\.)*"|null)'
hms cat --json stage/PLACE.hmb | tail -n 1
hms cat --rejects stage/PLACE.hmb
