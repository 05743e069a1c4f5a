# What was loaded from dumps of five kinds is served as FHIR R4, by the official JSON schema.
. "$HMS_ROOT/tests/serve/start.bash"
hms store deploy -q
hms synth --patients 200 -o dumps -q
for org in northgate lindenhof alnoor riverside stmary; do
    hms extract "$HMS_ROOT/mappings/$org/source.yml" --dir "dumps/$org" -o "raw/$org" -q
    hms transform "raw/$org" --maps "$HMS_ROOT/mappings/$org" --org "$org" -o "stage/$org" -q || [ $? -eq 1 ]
    hms load "stage/$org" --org "$org" -q || [ $? -eq 1 ]
done
npm=$("$HMS_ROOT/tests/npm/install")
export NODE_PATH=$npm/node_modules
make_tokens
start_hmsd
id_of() { psql -XqAt -d "$HMS_STORE" -c "SELECT id FROM hms.$1 WHERE source_key = '$2'"; }

# page through all patients of each organisation, and validate every page
for org in northgate lindenhof alnoor riverside stmary; do
    rm -f "$org.yml"
    token=$(hmsd --tokens "$org.yml" --new-token "$org" --name reader)
    stop_hmsd || true
    start_hmsd --tokens "$org.yml"
    patient=$(psql -XqAt -d "$HMS_STORE" -c "SELECT patient_id FROM hms.observation__$org JOIN hms.encounter__$org
        USING (patient_id) GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1")
    node "$HMS_ROOT/tests/npm/validate.js" "$base" "$token" '/Patient?_count=200' \
        "/Encounter?patient=$patient&_count=200" "/Observation?patient=$patient&_count=200" >"$org.txt" ||
        { cat "$org.txt"; fail "$org is not served as FHIR R4"; }
    with_token "$base/Patient?_total=accurate&_count=1"
    is_status 200 "patients of $org"
    says "\"total\":$(psql -XqAt -d "$HMS_STORE" -c "SELECT count(*) FROM hms.patient__$org")"
done
