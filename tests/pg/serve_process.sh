# hmsd as a process: what it refuses to start with, signals, a store that goes away, and its log.
. "$HMS_ROOT/tests/serve/start.bash"
. "$HMS_ROOT/tests/pg/hold.bash"
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

in_time() { # WHAT COMMAND...: the command succeeds before long
    local what=$1 tries=300
    shift
    until "$@"; do
        [ $((tries -= 1)) -gt 0 ] || fail "$what does not come"
        sleep 0.1
    done
}
late_is_known() { get "$base/Patient/$patient" -H "Authorization: Bearer $late" && [ "$status" = 200 ]; }

# new tokens are read on HUP; a file that got worse is not taken
late=$(hmsd --tokens tokens.yml --new-token northgate --name late)
[ "$(id -u)" != 0 ] || chown postgres . tokens.yml
chmod 711 ..
get "$base/Patient/$patient" -H "Authorization: Bearer $late" && is_outcome 401 "a token that is not yet read"
kill -HUP "$hmsd_pid"
in_time "a token after HUP" late_is_known
chmod 644 tokens.yml
kill -HUP "$hmsd_pid"
in_time "word of a bad file of tokens" grep -q 'tokens stay as they were' hmsd.log
with_token "$base/Patient/$patient" && is_status 200 "after a HUP with a bad file"
chmod 600 tokens.yml

# the store drops every connection: refused as passing, then well again by itself
terminate="SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'hmsd' AND datname = current_database()"
psql -qXAt -d "$HMS_STORE" -c "$terminate" >terminated.txt
with_token "$base/Patient/$patient"
case $status in 200) ;; 503) is_outcome 503 "a read without a store" && has_header 'Retry-After: 1' ;; *) fail "status $status" ;; esac
is_well() {
    get "$root_url/healthz"
    [ "$status" = 200 ] || { is_outcome 503 "health without a store" && return 1; }
}
in_time "health" is_well
with_token "$base/Patient/$patient" && is_status 200 "a read after the store came back"

# a query that takes too long ends, and says so
hold "BEGIN; LOCK TABLE hms.encounter__northgate"
with_token "$base/Encounter?patient=$patient"
is_outcome 500 "a lock that does not go away" # lock_timeout, 55P03
let_go

! grep -E 'aaaaaaaa-0000|NG-000|ZZPHI' "$HMS_STORE_LOG" || fail "the store's log says too much"

# TERM: a request that is running is answered, new ones are not taken, status 0
hold "BEGIN; LOCK TABLE hms.encounter__northgate"
curl -s -o running.json -w '%{http_code}' -H "Authorization: Bearer $token" "$base/Encounter?patient=$patient" >running.txt &
running=$!
until_so "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'hmsd' AND wait_event_type = 'Lock' AND datname = current_database()" 1
kill -TERM "$hmsd_pid"
is_closed() { ! curl -s -o late.json "$root_url/healthz"; }
in_time "the end of listening" is_closed
let_go
wait $running
case $(cat running.txt) in
200 | 500) ;; # 500 where this machine is so slow that the lock was waited for too long
*) fail "the running request got $(cat running.txt)" ;;
esac
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
connect() { eval "exec $1<>/dev/tcp/127.0.0.1/${root_url##*:}"; }
ask() { printf 'GET /healthz HTTP/1.1\r\nHost: x\r\n%s\r\n' "$2" >&"$1"; } # FD MORE
for fd in 11 12 13; do # each is answered, and stays
    connect $fd
    ask $fd ''
    read -r -t 30 line <&$fd && [[ $line = 'HTTP/1.1 200 OK'* ]] || fail "connection $fd is not served"
done
connect 14
ask 14 $'Connection: close\r\n' 2>closed.txt || true
timeout 30 cat <&14 >answer.14 2>closed.txt || true
[ ! -s answer.14 ] || fail "a connection over the limit is served"
for fd in 11 12 13 14; do eval "exec $fd>&-"; done
stop_hmsd
