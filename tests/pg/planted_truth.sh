# Five synthetic hospitals take the whole road; each row that was made bad is where it belongs, nothing is unexplained.
set -euo pipefail

hms store deploy -q
hms synth --patients 400 -o dumps -q
for org in northgate lindenhof alnoor riverside stmary; do
    maps=$HMS_ROOT/mappings/$org
    hms extract "$maps/source.yml" --dir "dumps/$org" -o "raw/$org" -q
    hms map lint "$maps" --raw "raw/$org" -q
    hms map test "$maps" -q
    hms transform "raw/$org" --maps "$maps" --org "$org" -o "stage/$org" -q || [ $? -eq 1 ]
    hms load "stage/$org" --org "$org" -q || [ $? -eq 1 ]
    hms reconcile --org "$org" --raw "raw/$org" --stage "stage/$org" -q | tail -n 1
done
psql -Xq -d "$HMS_STORE" -v bad_rows="dumps/truth/bad_rows.csv" -f "$HMS_ROOT/rehearsals/planted.sql" \
    -c "SELECT * FROM places WHERE found < planted" -c "SELECT sum(planted) AS planted, sum(found) AS found FROM places"
[ "$(psql -XqAt -d "$HMS_STORE" -v bad_rows="dumps/truth/bad_rows.csv" -f "$HMS_ROOT/rehearsals/planted.sql" \
    -c "SELECT count(*) FROM places WHERE found < planted")" = 0 ]

# the seven kinds are there in every organisation
for entity in patient practitioner encounter service_order medication_order observation claim claim_line item stock_movement; do
    for org in northgate lindenhof alnoor riverside stmary; do
        [ "$(psql -XqAt -d "$HMS_STORE" -c "SELECT count(*) > 0 FROM hms.${entity}__$org")" = t ] ||
            { echo "no $entity of $org"; exit 1; }
    done
done
