# Every route of the table answers nobody but who may ask: no token, a wrong one, an expired one and
# one of another organisation get an OperationOutcome and nothing else.
. "$HMS_ROOT/tests/serve/start.bash"
store_with_rows
make_tokens
old=$(hmsd --tokens tokens.yml --new-token northgate --name old --days 1)
sed -i '/name: old/s/expires: [^}]*/expires: 2001-01-01T00:00:00Z/' tokens.yml
start_hmsd

patterns=$(sed -n 's/.*{"GET", "\([^"]*\)", SCOPE_\([A-Z]*\),.*/\2 \1/p' "$HMS_ROOT/serve/route.c")
[ "$(echo "$patterns" | wc -l)" -ge 8 ] || fail "the routes cannot be read from serve/route.c"

id_of() { # what exists at northgate
    case $1 in
    *Patient*) echo aaaaaaaa-0000-8000-8000-000000000001 ;;
    *Encounter*) echo eeeeeeee-0000-8000-8000-000000000001 ;;
    *Observation*) echo dddddddd-0000-8000-8000-000000000001 ;;
    *) fail "no example for $1: add one here" ;;
    esac
}
while read -r scope pattern; do
    url=$root_url$pattern
    case $pattern in
    *'{id}') url=${url%'{id}'}$(id_of "$pattern") ;;
    *Patient) url="$url?_id=$(id_of "$pattern")" ;;
    */Encounter | */Observation) url="$url?patient=$patient" ;;
    esac
    case $scope in
    PUBLIC)
        get "$url" && is_status 200 "$pattern is public"
        ! grep -qE 'ZZPHI|NG-0' body.json || fail "$pattern shows patients"
        ;;
    READ)
        get "$url" && is_outcome 401 "$pattern without a token" && has_header 'WWW-Authenticate: Bearer realm="hms"'
        get "$url" -H 'Authorization: Bearer hms_wrong' && is_outcome 401 "$pattern with a wrong token"
        get "$url" -H "Authorization: Bearer $old" && is_outcome 401 "$pattern with an expired token"
        says expired
        with_token "$url" && is_status 200 "$pattern with its token"
        says '"resourceType"' && has_header 'Cache-Control: no-store' && has_header 'X-Content-Type-Options: nosniff'
        get "$url" -H "Authorization: Bearer $other"
        case $pattern in
        /fhir/Patient) # a search: nothing found is no error
            is_status 200 "$pattern of another organisation"
            ! grep -q entry body.json || fail "$pattern shows another organisation's patient"
            ;;
        *) is_outcome 404 "$pattern of another organisation" ;;
        esac
        ;;
    *) fail "$pattern has scope $scope" ;;
    esac
    for method in POST PUT DELETE PATCH; do
        get "$url" -X $method -H "Authorization: Bearer $token" && is_outcome 405 "$method $pattern"
        has_header 'Allow: GET, HEAD'
    done
    curl -s -I -H "Authorization: Bearer $token" "$url" >head.txt
    grep -q '^HTTP/1.1 200' head.txt || fail "HEAD $pattern"
done <<<"$patterns"

get "$root_url/fhir/Practitioner" && is_outcome 404 "what is not in the table"
with_token "$base/Patient/00000000-0000-0000-0000-000000000000" && is_outcome 404 "an id that nobody has"
with_token "$base/Patient/1" && is_outcome 404 "what is no id"

# the database is a second wall: hmsd's role sees nothing unless told whose rows
seen=$(psql -qXAt -d "$HMS_STORE" -c "SET ROLE hms_api; SELECT count(*) FROM hms.patient")
[ "$seen" = 0 ] || fail "hms_api sees $seen patients without an organisation"
echo "every route of the table was tried"
