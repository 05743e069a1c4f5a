# A merged registration is served as FHIR R4 says: replaced-by and not active, the leading one
# replaces it; what dedup alone holds for one person is seen also.  Nothing of other organisations.
. "$HMS_ROOT/tests/serve/start.bash"
. "$HMS_ROOT/tests/pg/merge_people.bash"
merge_store
hms people merge $A2 $A1 --by ann -q
hms people merge $L1 $A2 --by ann -q
make_tokens
start_hmsd
npm=$("$HMS_ROOT/tests/npm/install")
export NODE_PATH=$npm/node_modules
node "$HMS_ROOT/tests/npm/validate.js" "$base" "$token" /Patient/$A1 /Patient/$A2 /Patient/$A3 /Patient/$C1 /Patient/$C2

served() { with_token "$base/Patient/$1" && is_status 200 "$1" && grep -qF -- "$2" body.json || { cat body.json; fail "$1 has no $2"; }; }
served $A1 '"active":false'
served $A1 "\"link\":[{\"other\":{\"reference\":\"Patient/$A2\"},\"type\":\"replaced-by\"}]"
served $A2 "\"link\":[{\"other\":{\"reference\":\"Patient/$A1\"},\"type\":\"replaces\"}]"
served $A3 '"type":"replaced-by"' # the source merged it
served $C1 "\"link\":[{\"other\":{\"reference\":\"Patient/$C2\"},\"type\":\"seealso\"}]"
token=$other
with_token "$base/Patient/$L1" && is_status 200 "of lindenhof"
! grep -q '"link"' body.json || fail "lindenhof sees a link to northgate"

token=$(hmsd --tokens tokens.yml --new-token northgate --name second)
stop_hmsd || true
start_hmsd
with_token "$base/Patient/$A1" && merged=$(grep -i '^etag' headers.txt)
hms people unmerge $A2 --by ann -q
with_token "$base/Patient/$A1" && is_status 200 "after the merge was taken back"
! grep -q '"link"' body.json || fail "a link is left"
grep -q '"active":true' body.json || fail "it is not active again"
[ "$merged" != "$(grep -i '^etag' headers.txt)" ] || fail "the version did not change"
