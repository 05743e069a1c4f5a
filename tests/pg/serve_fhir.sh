# Everything that is served is FHIR R4: by the official JSON schema, and by a second validator.
. "$HMS_ROOT/tests/serve/start.bash"
store_with_rows
make_tokens
start_hmsd
npm=$("$HMS_ROOT/tests/npm/install")
export NODE_PATH=$npm/node_modules
E=eeeeeeee-0000-8000-8000-00000000000
O=dddddddd-0000-8000-8000-00000000000
node "$HMS_ROOT/tests/npm/validate.js" "$base" "$token" /metadata \
    /Patient/aaaaaaaa-0000-8000-8000-00000000000{1,2,3} /Patient/cccccccc-0000-8000-8000-000000000001 \
    /Encounter/${E}1 /Encounter/${E}2 /Observation/${O}{1,2,3,4,5} \
    '/Patient?_count=100' "/Patient?name=nobody&_total=accurate" '/Patient?_count=0' \
    "/Encounter?patient=$patient" "/Observation?patient=$patient&_total=accurate" \
    /Patient/1 /nothing '/Patient?birthdate=x'

# numbers as they are stored, dates as far as they are known
with_token "$base/Observation/${O}1" && says '"valueQuantity":{"value":13.5,"unit":"g/dL","system":"http://unitsofmeasure.org","code":"g/dL"}'
says '"low":{"value":12,"unit":"g/dl"},"high":{"value":16.25,"unit":"g/dl"}'
says '"coding":[{"system":"http://loinc.org","code":"718-7"},{"system":"urn:hms:northgate:northgate","code":"HB"}],"text":"Haemoglobin"'
with_token "$base/Observation/${O}2" && says '"valueQuantity":{"value":0.000001,"comparator":"<","unit":"mmol/l"}'
says '"effectiveDateTime":"2023-01-01"'
with_token "$base/Observation/${O}3" && says '"dataAbsentReason":{"text":"haemolysed"}'
says '"code":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-NullFlavor","code":"UNK"}]}'
with_token "$base/Observation/${O}4" && says '"effectiveDateTime":"2021"'
with_token "$base/Observation/${O}5" && says '"effectiveDateTime":"2021-06"'
with_token "$base/Patient/aaaaaaaa-0000-8000-8000-000000000002" && says '"birthDate":"1980"' && says '"deceasedDateTime":"2024-01-05"'
with_token "$base/Patient/aaaaaaaa-0000-8000-8000-000000000003" && says '"birthDate":"1980-02"' && says '"deceasedDateTime":"2024-05-06T07:08:09.25Z"'
says '"active":false' && says '"link":[{"other":{"reference":"Patient/aaaaaaaa-0000-8000-8000-000000000001"},"type":"replaced-by"}]'

# a code that the release in force calls wrong is the source's own, and no LOINC
psql -qX -d "$HMS_STORE" -c "UPDATE hms.observation SET code_state = 'invalid' WHERE id = '${O}5'"
with_token "$base/Observation/${O}5" && says '"coding":[{"system":"urn:hms:northgate:northgate","code":"29463-7"}]'
