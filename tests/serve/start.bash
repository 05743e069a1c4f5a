# start.bash - sourced by the cases that talk to hmsd: a store with rows.sql in it, tokens, a
# running server, and words to check its answers with.
set -eu

fail() { echo "FAILED: $*"; exit 1; }

store_with_rows() {
    local step
    for step in "$HMS_ROOT"/load/schema/*/deploy.sql; do
        psql -qX -v ON_ERROR_STOP=1 -d "$HMS_STORE" --single-transaction -f "$step"
    done
    psql -qX -v ON_ERROR_STOP=1 -d "$HMS_STORE" -f "$HMS_ROOT/tests/serve/rows.sql" >rows.log
}

# The throw-away server's socket lies in a folder that only its own user may enter.
serving_user() {
    [ "$(id -u)" != 0 ] || echo --user postgres
}

start_hmsd() { # OPTION...
    : >hmsd.log
    hmsd --tokens tokens.yml --port 0 $(serving_user) "$@" 2>>hmsd.log &
    hmsd_pid=$!
    trap 'kill "$hmsd_pid" 2>/dev/null || true' EXIT
    local tries=600
    until base=$(sed -n 's/^hmsd: listening on //p' hmsd.log) && [ -n "$base" ]; do
        kill -0 "$hmsd_pid" 2>/dev/null || { cat hmsd.log; fail "hmsd did not start"; }
        [ $((tries -= 1)) -gt 0 ] || fail "hmsd does not listen"
        sleep 0.1
    done
    root_url=${base%/fhir}
}

stop_hmsd() { # ends it and returns its status
    local status=0
    kill -TERM "$hmsd_pid"
    wait "$hmsd_pid" || status=$?
    trap - EXIT
    return $status
}

make_tokens() {
    token=$(hmsd --tokens tokens.yml --new-token northgate --name reader)
    other=$(hmsd --tokens tokens.yml --new-token lindenhof --name stranger)
}

# get URL [CURL OPTION...]: body in body.json, headers in headers.txt, status in $status
get() {
    local url=$1
    shift
    : >body.json # curl leaves it alone when there is no body
    status=$(curl -s -o body.json -D headers.txt -w '%{http_code}' -g --path-as-is "$@" "$url") ||
        fail "no answer: $url"
}
with_token() { get "$1" -H "Authorization: Bearer $token" "${@:2}"; }

is_status() { [ "$status" = "$1" ] || { cat body.json; fail "status $status, expected $1: $2"; }; }
is_outcome() { # STATUS WHAT: an OperationOutcome and nothing else
    is_status "$1" "$2"
    grep -q '^{"resourceType":"OperationOutcome","issue":\[{"severity":"[a-z]*","code":"[a-z-]*","diagnostics":"[^"]*"}\]}$' \
        body.json || { cat body.json; fail "not an OperationOutcome: $2"; }
    ! grep -q ZZPHI body.json headers.txt || fail "patient data in an error: $2"
    grep -qi '^content-type: application/fhir+json' headers.txt || fail "content type: $2"
}
has_header() { grep -qi "^$1"$'\r'"\?$" headers.txt || { cat headers.txt; fail "no header $1"; }; }
says() { grep -qF -- "$1" body.json || { cat body.json; fail "not said: $1"; }; }

patient=aaaaaaaa-0000-8000-8000-000000000001
