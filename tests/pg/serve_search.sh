# What each parameter finds.
. "$HMS_ROOT/tests/serve/start.bash"
store_with_rows
make_tokens
start_hmsd

# finds QUERY NAME...: the resources, by the end of their ids
finds() {
    local query=$1 seen
    shift
    with_token "$base/$query" -H 'Prefer: handling=strict'
    is_status 200 "$query"
    seen=$(grep -o '"fullUrl":"[^"]*"' body.json | sed 's/.*\([a-f]\)\1*-0000-8000-8000-0*\([0-9a-f]*\)"/\1\2/' | tr '\n' ' ')
    [ "${seen% }" = "$*" ] || fail "$query finds '${seen% }', expected '$*'"
}
P=Patient
finds "$P?_id=$patient" a1
finds "$P?_id=$patient,aaaaaaaa-0000-8000-8000-000000000003" a1 a3
finds "$P?_id=bbbbbbbb-0000-8000-8000-000000000001"
finds "$P?identifier=NG-0001" a1
finds "$P?identifier=urn:hms:northgate:mrn%7CNG-0001" a1
finds "$P?identifier=mrn%7CNG-0001" a1
finds "$P?identifier=urn:hms:lindenhof:mrn%7CNG-0001"
finds "$P?identifier=ab-123+456" a1
finds "$P?identifier=AB123456" a1
finds "$P?identifier=ab123456,NG-0003" a1 a3
finds "$P?identifier=urn:hms:northgate:national%2520id%7CAB123456" a1
finds "$P?identifier=urn:hms:northgate:other%7CAB123456"
finds "$P?identifier=http://hl7.org/fhir/sid/us-ssn%7C999-11-2222" a1
finds "$P?identifier=AB12345"
finds "$P?identifier=778" a3
finds "$P?identifier=A778"
finds "$P?identifier=q/r-9" a2
finds "$P?identifier=QR9"
finds "$P?identifier=123456"
finds "$P?family=o'brien" a1
finds "$P?family=SMI" a1
finds "$P?family=smith+%22quoted%22+%5C%5C+back" a1
finds "$P?family=brien"
finds "$P?given=mary" a1
finds "$P?given=o"
finds "$P?name=mary" a1
finds "$P?name=o&name=mary" a1
finds "$P?name=o&name=x"
finds "$P?family=x,SMITH" a1
finds "$P?name=%D9%85%D8%AD%D9%85%D8%AF" a3
finds "$P?family=%25"
finds "$P?family=smith_"
finds "$P?birthdate=1980-02-01" a1
finds "$P?birthdate=1980-02" a1 a3
finds "$P?birthdate=1980" a1 a2 a3
finds "$P?birthdate=eq1980-01-01"
finds "$P?birthdate=lt1980-02-01" a2
finds "$P?birthdate=lt1980"
finds "$P?birthdate=le1980-02-01" a1 a2
finds "$P?birthdate=gt1980-02-01" a2 a3
finds "$P?birthdate=ge1980-02-01" a1 a2 a3
finds "$P?birthdate=gt1980"
finds "$P?birthdate=ge1980-01&birthdate=le1980-06" a1 a2 a3
finds "Encounter?patient=$patient" e1 e2
finds "Encounter?_id=eeeeeeee-0000-8000-8000-000000000002" e2
finds "Encounter?patient=aaaaaaaa-0000-8000-8000-000000000003"
O="Observation?patient=$base/Patient/$patient"
finds "$O" d1 d2 d5 d4 d3
finds "$O&code=718-7" d1
finds "$O&code=http://loinc.org%7C718-7" d1
finds "$O&code=http://snomed.info/sct%7C718-7"
finds "$O&code=HB,GLU" d1 d2
finds "$O&code=urn:hms:northgate:northgate%7CGLU" d2
finds "$O&date=2023-03-04" d1
finds "$O&date=2023-03-04T06:00:00Z" d1
finds "$O&date=2023-03-04T06:00" d1
finds "$O&date=2023-03-04T09:00%2B03:00" d1
finds "$O&date=2023-03-04T09:00:00%2B03:00" d1
finds "$O&date=2023-01-01" d2
finds "$O&date=2022-12-31"
finds "$O&date=2021" d5 d4
finds "$O&date=2021-06" d5
finds "$O&date=ge2023&date=lt2024" d1 d2
finds "$O&date=gt2023-03-04"
finds "$O&date=lt2021-03" d4

# unknown parameters: left out of the self link, or refused when the client is strict
with_token "$base/Patient?given=mary&shoe-size=42&_count=5" && is_status 200 "an unknown parameter"
says "\"self\",\"url\":\"$base/Patient?given=mary&_count=5\""
with_token "$base/Patient?shoe-size=42" -H 'Prefer: handling=strict' && is_outcome 400 "an unknown parameter, strictly"
with_token "$base/Patient?given:exact=Mary" && is_outcome 400 "a modifier"

# a version that the client has is not sent again
with_token "$base/Patient/$patient"
etag=$(sed -n 's/^[Ee][Tt]ag: \(.*\)\r$/\1/p' headers.txt)
case $etag in W/\"????????????????????????????????\") ;; *) fail "ETag $etag" ;; esac
with_token "$base/Patient/$patient" -H "If-None-Match: $etag" && is_status 304 "the same version"
[ ! -s body.json ] || fail "304 with a body"
with_token "$base/Patient/$patient" -H 'If-None-Match: W/"x", "y"' && is_status 200 "another version"
psql -qX -d "$HMS_STORE" -c "UPDATE hms.patient_telecom SET value = '+1' WHERE patient_id = '$patient'"
with_token "$base/Patient/$patient" -H "If-None-Match: $etag" && is_status 200 "a version with another telephone"
echo "every parameter was tried"
