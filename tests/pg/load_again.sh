# A load that dies leaves nothing that the next one minds; two at once are refused.
. "$HMS_ROOT/tests/pg/load.bash"
. "$HMS_ROOT/tests/pg/hold.bash"
hms store deploy -q

"$stage_maker" stage north <<'LINES'
file patients
table patient src/patient same
rows 2000 p% mrn=% sex=male
file results
table observation src/result same 2
rows 60000 r% patient_id=@patient:p%2000 state=final value_kind=none note=CANARY
LINES

# Whoever enters rows into the ledger, in the middle of a copy, waits for who holds lock 42.
sql <<'SQL'
CREATE FUNCTION public.wait_for_42() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN PERFORM pg_advisory_xact_lock_shared(42); RETURN NEW; END';
CREATE TRIGGER wait BEFORE INSERT ON mig.ledger FOR EACH ROW EXECUTE FUNCTION public.wait_for_42();
SQL
waiters="FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'hms' AND wait_event = 'advisory'"
begin_load() {
    hold "SELECT pg_advisory_lock(42)"
    hms load stage --org north -q >load.out 2>load.err &
    load=$!
    until_so "SELECT count(*) $waiters" 2
}
kill_load() {
    { kill -9 "$load" && wait "$load"; } 2>/dev/null || true
    let_go
}

begin_load
kill_load
same "a killed load has attached nothing" "$(sql -c "SELECT count(*) FROM hms.patient")" "0"

begin_load
exits "a second load of the organisation is refused" 5 hms load stage --org north
says "in words" err "another load of organisation 'north' is running"
kill_load

begin_load
sql -c "SELECT pg_terminate_backend(pid) $waiters LIMIT 1" >/dev/null
status=0
wait "$load" || status=$?
same "a load whose connection was ended fails" "$status" "5"
let_go
! grep -q CANARY load.err || { echo "not so: no value is printed"; exit 1; }
nothing_aside

exits "the load can be run again" 0 hms load stage --org north
balance_holds north
nothing_aside
same "dead loads are known as such" "$(sql -c "
    SELECT state, count(*) FROM mig.run GROUP BY state ORDER BY state")" "abandoned|2
done|1
failed|1"
same "and nothing else of them is kept" "$(sql -c "
    SELECT count(DISTINCT run_id) FROM (SELECT run_id FROM mig.balance UNION SELECT run_id FROM mig.task
    UNION SELECT run_id FROM mig.ledger UNION SELECT run_id FROM mig.timing UNION SELECT run_id FROM mig.map) k")" "1"
