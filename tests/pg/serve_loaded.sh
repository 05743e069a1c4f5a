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
declare -A tokens
questions=()
for org in northgate lindenhof alnoor riverside stmary; do
    tokens[$org]=$(hmsd --tokens tokens.yml --new-token "$org" --name "$org")
    patient=$(psql -XqAt -d "$HMS_STORE" -c "SELECT patient_id FROM hms.observation__$org JOIN hms.encounter__$org
        USING (patient_id) GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1")
    questions+=(-- "${tokens[$org]}" '/Patient?_count=200' "/Encounter?patient=$patient&_count=200"
        "/Observation?patient=$patient&_count=200")
done
start_hmsd
node "$HMS_ROOT/tests/npm/validate.js" "$base" "${questions[@]}" >findings.txt ||
    { cat findings.txt; fail "what load wrote is not served as FHIR R4"; }
grep -qE '^[0-9]{4} resources checked, 0 findings$' findings.txt || { cat findings.txt; fail "few were checked"; }
for org in "${!tokens[@]}"; do
    token=${tokens[$org]}
    with_token "$base/Patient?_total=accurate&_count=1"
    is_status 200 "patients of $org"
    says "\"total\":$(psql -XqAt -d "$HMS_STORE" -c "SELECT count(*) FROM hms.patient__$org")"
done
