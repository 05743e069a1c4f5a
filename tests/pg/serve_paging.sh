# Pages show every row once: by id, by time with many equal times and many unknown ones, at any size.
. "$HMS_ROOT/tests/serve/start.bash"
store_with_rows
make_tokens
start_hmsd
pages=$HMS_ROOT/tests/npm/pages.js
busy=aaaaaaaa-0000-8000-8000-000000000002

psql -qXAt -d "$HMS_STORE" -c "SELECT id FROM hms.patient WHERE source_system = 'northgate' ORDER BY id" >patients.txt
psql -qXAt -d "$HMS_STORE" -c "SELECT id FROM hms.observation WHERE patient_id = '$busy'
    ORDER BY effective_at DESC NULLS LAST, id" >observations.txt

check() { # QUERY EXPECTED PAGES: the ids in this order, each once
    node "$pages" "$base/$1" "$token" >seen.txt 2>pages.txt || { cat pages.txt; fail "$1"; }
    cmp "$2" seen.txt || fail "$1: the pages differ from the store"
    [ "$(cat pages.txt)" = "$3 pages" ] || fail "$1: $(cat pages.txt), expected $3"
}
check 'Patient?_count=1000' patients.txt 4 # 200 at most
check 'Patient?_count=7' patients.txt 89
check 'Patient' patients.txt 13
check "Observation?patient=$busy" observations.txt 10
check "Observation?patient=$busy&_count=1" observations.txt 500
check "Observation?patient=Patient/$busy&_count=200&code=http://loinc.org%7C8867-4" observations.txt 3

# no total unless asked for; asked for, it is of all pages
with_token "$base/Patient?_count=5" && ! grep -q '"total"' body.json || fail "a total that nobody asked for"
with_token "$base/Patient?_count=5&_total=accurate" && says '"total":623'
with_token "$base/Patient?_count=0" && says '"total":623'
! grep -q '"entry"' body.json || fail "_count=0 shows entries"
with_token "$base/Observation?patient=$busy&_total=accurate&_count=1" && says '"total":500'

# a cursor is good for its search, its organisation and its bytes
cursor_of() { sed -n 's/.*"next","url":"[^"]*_cursor=\([A-Za-z0-9_-]*\)".*/\1/p' body.json; }
with_token "$base/Patient?_count=5"
cursor=$(cursor_of)
[ -n "$cursor" ] || fail "no next link"
with_token "$base/Patient?_count=5&_cursor=$cursor" && is_status 200 "its own cursor"
with_token "$base/Patient?_count=6&_cursor=$cursor" && is_outcome 400 "a cursor of another search"
with_token "$base/Patient?name=a&_count=5&_cursor=$cursor" && is_outcome 400 "a cursor of another search"
get "$base/Patient?_count=5&_cursor=$cursor" -H "Authorization: Bearer $other" && is_outcome 400 "a cursor of another organisation"
for ((i = 0; i < ${#cursor}; i += 5)); do
    letter=A
    [ "${cursor:i:1}" != A ] || letter=B
    with_token "$base/Patient?_count=5&_cursor=${cursor:0:i}$letter${cursor:i+1}" && is_outcome 400 "cursor changed at $i"
done
# ... and outlives the server
stop_hmsd
start_hmsd
with_token "$base/Patient?_count=5&_cursor=$cursor" && is_status 200 "the cursor after a restart"
