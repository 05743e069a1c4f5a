# hmsd as a process: what it refuses to start with, signals, a store that goes away, and its log.
. "$HMS_ROOT/tests/serve/start.bash"
store_with_rows
make_tokens

refuses() { # STATUS WORDS OPTION...
    local expected=$1 words=$2 status=0
    shift 2
    hmsd "$@" >refused.txt 2>&1 || status=$?
    [ "$status" = "$expected" ] || { cat refused.txt; fail "hmsd $*: status $status, expected $expected"; }
    grep -qF -- "$words" refused.txt || { cat refused.txt; fail "hmsd $*: does not say '$words'"; }
}
user=$(serving_user)
refuses 2 '--tokens FILE is missing' --port 0
refuses 2 "is not a number" --tokens tokens.yml --port x
refuses 2 "not known" --tokens tokens.yml --nonsense
refuses 2 "is not an option" --tokens tokens.yml word
refuses 3 "No such file" --tokens nowhere.yml --port 0
refuses 2 "is not an address" --tokens tokens.yml --host example.org
refuses 5 "cannot connect" --tokens tokens.yml --port 0 $user --store 'host=/nowhere dbname=x'
refuses 2 "is not the code of an organisation" --tokens tokens.yml --new-token 'North Gate'
refuses 2 "the name of a token" --tokens tokens.yml --new-token northgate --name 'a b'
if [ "$(id -u)" = 0 ]; then
    refuses 2 "no user 'root' to become" --tokens tokens.yml --port 0 --user root
fi
cp tokens.yml loose.yml && chmod 644 loose.yml
refuses 3 "others may read or change it" --tokens loose.yml --port 0
ln -s tokens.yml link.yml
refuses 3 "link.yml" --tokens link.yml --port 0
install -m 600 /dev/null bad.yml
printf 'cursor_key: 00\ntokens: []\n' >bad.yml
refuses 3 "cursor_key is 64 hex digits" --tokens bad.yml --port 0
[ "$(stat -c %a tokens.yml)" = 600 ] || fail "the file of tokens is not private"
! grep -q "${token#hms_}" tokens.yml || fail "a token is in its file"

# a role that row-level security does not hold is not used
psql -qX -d "$HMS_STORE" -c 'ALTER TABLE hms.patient DISABLE ROW LEVEL SECURITY'
refuses 5 "is not held by row-level security" --tokens tokens.yml --port 0 $user
psql -qX -d "$HMS_STORE" -c 'ALTER TABLE hms.patient ENABLE ROW LEVEL SECURITY'

start_hmsd
with_token "$base/Patient/$patient" && is_status 200 "a read"

# new tokens are read on HUP; a file that got worse is not taken
late=$(hmsd --tokens tokens.yml --new-token northgate --name late)
[ "$(id -u)" != 0 ] || chown postgres . tokens.yml
chmod 711 ..
get "$base/Patient/$patient" -H "Authorization: Bearer $late" && is_outcome 401 "a token that is not yet read"
kill -HUP "$hmsd_pid" && sleep 1
get "$base/Patient/$patient" -H "Authorization: Bearer $late" && is_status 200 "a token after HUP"
chmod 644 tokens.yml && kill -HUP "$hmsd_pid" && sleep 1
with_token "$base/Patient/$patient" && is_status 200 "after a HUP with a bad file"
grep -q 'tokens stay as they were' hmsd.log || fail "nothing is said about a bad file of tokens"
chmod 600 tokens.yml

# the store drops every connection: refused as passing, then well again by itself
terminate="SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'hmsd' AND datname = current_database()"
psql -qXAt -d "$HMS_STORE" -c "$terminate" >terminated.txt
sleep 0.2
with_token "$base/Patient/$patient"
case $status in 200) ;; 503) is_outcome 503 "a read without a store" && has_header 'Retry-After: 1' ;; *) fail "status $status" ;; esac
for _ in 1 2 3 4 5 6 7 8 9 10; do
    get "$root_url/healthz"
    [ "$status" != 200 ] || break
    is_outcome 503 "health without a store"
    sleep 0.5
done
with_token "$base/Patient/$patient" && is_status 200 "a read after the store came back"

# a query that takes too long ends, and says so
psql -qX -d "$HMS_STORE" >lock.txt <<'SQL' &
BEGIN;
LOCK TABLE hms.encounter__northgate;
SELECT pg_sleep(4);
SQL
sleep 0.5
with_token "$base/Encounter?patient=$patient"
is_status 500 "a lock that does not go away" # lock_timeout, 55P03
is_outcome 500 "a lock that does not go away"
wait $! || true

! grep -E 'aaaaaaaa-0000|NG-000|ZZPHI' "$HMS_STORE_LOG" || fail "the store's log says too much"

# TERM: a request that is running is answered, new ones are not taken, status 0
psql -qX -d "$HMS_STORE" >lock.txt <<'SQL' &
BEGIN;
LOCK TABLE hms.encounter__northgate;
SELECT pg_sleep(1.5);
SQL
sleep 0.5
curl -s -o running.json -w '%{http_code}' -H "Authorization: Bearer $token" "$base/Encounter?patient=$patient" >running.txt &
running=$!
sleep 0.3
kill -TERM "$hmsd_pid"
sleep 0.2
! curl -s -o late.json "$root_url/healthz" || fail "a request was taken after TERM"
wait $running
[ "$(cat running.txt)" = 200 ] || fail "the running request got $(cat running.txt)"
status=0
wait "$hmsd_pid" || status=$?
[ "$status" = 0 ] || fail "hmsd ended with $status"
trap - EXIT

# no id, no query, no value in the log
! grep -E 'aaaaaaaa|patient=|hms_|NG-0|ZZPHI' hmsd.log || fail "the log says too much"
grep -qE '^GET /fhir/Patient/\{id\} 200 [0-9.]+ reader$' hmsd.log || fail "the log lacks a line"

# one address gets so many connections and no more
[ "$(id -u)" != 0 ] || chown root tokens.yml
trap '' PIPE # one of them will be closed
start_hmsd --per-ip 3
for fd in 11 12 13 14; do
    eval "exec $fd<>/dev/tcp/127.0.0.1/${root_url##*:}"
    sleep 0.2
done
for fd in 11 14; do
    printf 'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' >&$fd 2>closed.txt || true
    timeout 5 cat <&$fd >answer.$fd 2>closed.txt || true
done
grep -q '200 OK' answer.11 || fail "the first connection is not served"
[ ! -s answer.14 ] || fail "a connection over the limit is served"
for fd in 11 12 13 14; do eval "exec $fd>&-"; done
stop_hmsd
