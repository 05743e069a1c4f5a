# killed - a load through pipes is killed at a random moment, again and again; the next one must complete it.
#
#   ./dev bench killed [TURNS [RESULTS [SEED]]]     default 20 20000 1
#
# Victims take turns: extract, transform, load, a worker of load, a session of the server, the server itself
# (stopped at once and started again).  After each the same load is run again; the store must then be, row for row,
# what an undisturbed load made of the same dump, every balance closed, and nothing left aside.
set -euo pipefail
root=${HMS_ROOT:?run it by ./dev bench killed}
turns=${1:-20} results=${2:-20000} RANDOM=${3:-1}
. "$root/tests/bench/private_store.bash"
sql() { psql -qXAt -v ON_ERROR_STOP=1 -d "$HMS_STORE" "$@"; }
failed() { say "$1"; cat ./*.err >&2; exit 1; }

maps=(--maps "$root/mappings/northgate" --org northgate)
mkfifo raw canonical
extract= transform= load=
start() { # each program is a job of its own, so that one can be killed
    hms extract "$root/mappings/northgate/source.yml" -q --dir dump/northgate -o - >raw 2>extract.err &
    extract=$!
    hms transform - -q "${maps[@]}" -o - <raw >canonical 2>transform.err &
    transform=$!
    hms load - -q --org northgate --replace <canonical 2>load.err &
    load=$!
}
ended() { # the status of load
    local status=0
    { wait "$extract" || true; wait "$transform" || true; wait "$load" || status=$?; } 2>/dev/null
    return $status
}

# Everything of the record but the number of the run.
fingerprint() {
    for table in $(sql -c "SELECT entity FROM mig.entity ORDER BY 1"); do
        sql -c "SELECT '$table', count(*), md5(string_agg((to_jsonb(t) - 'run_id')::text, ',' ORDER BY id)) FROM hms.$table t"
    done
    sql -c "SELECT map, outcome, rule, column_name, rows FROM mig.balance WHERE run_id = (SELECT max(run_id) FROM mig.run) ORDER BY 1, 2, 3, 4"
}
sound() {
    [ -z "$(sql -c "SELECT map FROM mig.balance b JOIN mig.run r USING (run_id) WHERE r.state = 'done' AND outcome <> 'issue'
                    GROUP BY run_id, map HAVING sum(rows) <> min(rows_read)")" ] || failed "a balance is not closed"
    [ -z "$(sql -c "SELECT relname FROM pg_class WHERE relnamespace = 'aside'::regnamespace")" ] || failed "something is left aside"
    [ "$(sql -c "SELECT count(*) FROM mig.run WHERE state = 'done'")" = 1 ] || failed "not one run is in force"
}

strike() { # VICTIM
    case $1 in
    extract | transform | load) kill -9 "${!1}" ;;
    worker) kill -9 $(cat "/proc/$load/task/$load/children") ;;
    session) sql -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'
                     AND datname = current_database() ORDER BY random() LIMIT 1" ;;
    server) env -u HMS_STORE hms store down -q; env -u HMS_STORE hms store up -q ;;
    esac >/dev/null 2>&1
}

hms synth --only northgate --results "$results" --patients 500 -o dump -q
hms store up -q >&2
export HMS_STORE="$(hms store url)"
hms store deploy -q >&2
begun=$(date +%s%N)
start
ended || [ $? = 1 ] || failed "the undisturbed load failed"
took_ms=$((($(date +%s%N) - begun) / 1000000))
sound
fingerprint >wanted

victims=(extract transform load worker session server)
hit=0 late=0
for turn in $(seq "$turns"); do
    victim=${victims[$((turn % ${#victims[@]}))]}
    start
    sleep "$(awk -v ms=$((RANDOM % took_ms)) 'BEGIN { print ms / 1000 }')"
    strike $victim || late=$((late + 1))
    status=0
    ended || status=$?
    [ $status -le 1 ] || hit=$((hit + 1))
    start
    ended || [ $? = 1 ] || failed "turn $turn: after $victim was killed the next load failed"
    sound
    fingerprint >found
    cmp -s wanted found || { diff wanted found >&2; failed "turn $turn: after $victim was killed the next load made another store"; }
    say "turn $turn: $victim, load ended with $status"
done
printf '{"bench":"killed","what":"turns","value":%s,"unit":"times"}\n' "$turns"
printf '{"bench":"killed","what":"loads that failed","value":%s,"unit":"times"}\n' $hit
printf '{"bench":"killed","what":"victims that had gone before","value":%s,"unit":"times"}\n' $late
