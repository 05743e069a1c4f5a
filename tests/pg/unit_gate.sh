# Five clean laboratories raise no alarm; what is swapped, mislabelled or without a unit is found and named.
set -euo pipefail
export HMS_TERMINOLOGY=$PWD/reg
for file in ucum-essence.xml LoincTable.csv; do
    hms term build "$HMS_ROOT/terminology/demo/$file" --release demo -o packs -q >/dev/null
done
hms term install packs/*.hmspack >/dev/null
for pack in packs/*.hmspack; do hms term activate -q "$(basename "$pack" .hmspack)"; done

hms store deploy -q
hms synth --patients 25 --results 2000 -o dumps -q
for org in northgate lindenhof alnoor riverside stmary; do
    maps=$HMS_ROOT/mappings/$org
    hms extract "$maps/source.yml" --dir "dumps/$org" -o "raw/$org" -q
    hms transform "raw/$org" --maps "$maps" --org "$org" -o "stage/$org" -q || [ $? -eq 1 ]
    hms load "stage/$org" --org "$org" -q || [ $? -eq 1 ]
done
echo "clean:"
hms code units || echo "exit $?"

sql() { psql -XqAt -d "$HMS_STORE" -v ON_ERROR_STOP=1 -c "$1"; }
plant() { # ORG LOINC SET
    sql "SELECT set_config('hms.org_id', org_id::text, false) FROM mig.run WHERE organisation = '$1';
         UPDATE hms.observation SET $3 WHERE code = '$2' AND value_kind = 'quantity'
         AND org_id = (SELECT org_id FROM hms.organisation WHERE code = '$1')" >/dev/null
}
plant riverside 2345-7 "value_num = round(value_num / 18.016, 2)"           # mmol/L, still called mg/dL
plant stmary 718-7 "value_num = value_num * 10"                              # g/L, still called g/dL
plant alnoor 2160-0 "unit_ucum = 'umol/L'"                                   # another property
plant lindenhof 2951-2 "unit_ucum = NULL, unit_source = NULL"                # no unit
plant northgate 2571-8 "unit_ucum = 'bushel'"
plant northgate 2160-0 "value_num = value_num * 88.4, ref_low = ref_low, ref_high = ref_high"
echo "planted:"
hms code units --json >found.json || echo "exit $?"
sed -E 's/.*"fault":"([a-z]+)","organisation":"([a-z]+)".*"loinc":"([^"]*)","unit":"([^"]*)","looks_like":"([^"]*)".*/\1 \2 \3 [\4] \5/' found.json | sort -u
echo "a sample:"
hms code units --json --limit "$(($(sql "SELECT count(*) FROM hms.observation") / 8))" >sample.json 2>sample.err || echo "exit $?"
sed -E 's/"rows".*//' found.json | sort >all
echo "$(grep -c '"fault":"swapped"' sample.json) swapped, $(sed -E 's/"rows".*//' sample.json | sort | comm -23 - all | wc -l) false"
grep -c 'a sample was read' sample.err
echo "one organisation:"
hms code units --org stmary -q | cut -c1-21 || true
sql "UPDATE hms.observation SET value_num = 5" && hms code units --org nobody
