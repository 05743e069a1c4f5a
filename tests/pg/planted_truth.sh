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

# What load put aside it knows by key; the raw rows say where it stands.  Each planted row is among the places.
for org in northgate lindenhof alnoor riverside stmary; do
    hms rejects --org "$org" --raw "raw/$org" --maps "$HMS_ROOT/mappings/$org" -o "aside_$org.ndjson"
done
cat aside_*.ndjson >aside.ndjson
cat >places.sql <<'SQL'
CREATE TEMP TABLE planted (organisation text, source_table text, source_key text, line bigint, kind text,
                           outcome text, rule text, entity text);
\copy planted FROM dumps/truth/bad_rows.csv (FORMAT csv, HEADER)
CREATE TEMP TABLE aside (record jsonb);
\copy aside FROM aside.ndjson (FORMAT csv, QUOTE E'\x01', DELIMITER E'\x02')
CREATE TEMP TABLE place AS
    SELECT record->>'organisation' AS organisation, record->>'rule' AS rule,
           split_part(p->>'file', '.', 1) AS source_table, (p->>'line')::bigint AS line
    FROM aside, jsonb_array_elements(record->'places') p;
DELETE FROM planted WHERE outcome <> 'quarantined' OR rule NOT IN ('key.duplicate', 'reference.missing');
SELECT (SELECT count(*) FROM aside WHERE record->'places' = '[]') AS put_aside_without_a_place,
       (SELECT count(*) FROM planted p WHERE (organisation, rule, source_table, line) NOT IN
            (SELECT organisation, rule, source_table, line FROM place)) AS planted_elsewhere,
       (SELECT count(*) FROM planted) > 5 AS planted_some
SQL
[ "$(psql -XqAt -d "$HMS_STORE" -v ON_ERROR_STOP=1 -f places.sql)" = "0|0|t" ] ||
    { psql -Xq -d "$HMS_STORE" -f places.sql; exit 1; }

# the seven kinds are there in every organisation
for entity in patient practitioner encounter service_order medication_order observation claim claim_line item stock_movement; do
    for org in northgate lindenhof alnoor riverside stmary; do
        [ "$(psql -XqAt -d "$HMS_STORE" -c "SELECT count(*) > 0 FROM hms.${entity}__$org")" = t ] ||
            { echo "no $entity of $org"; exit 1; }
    done
done
