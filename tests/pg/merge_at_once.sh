# Stewards who merge the same people at once wait for each other; one who dies leaves nothing half done.
. "$HMS_ROOT/tests/pg/merge_people.bash"
. "$HMS_ROOT/tests/pg/hold.bash"
merge_store
before=$(state)
ids=$(sql -c "SELECT id FROM hms.patient WHERE source_key ~ '^C(1|1[0-9])$' ORDER BY source_key")
last=
for id in $ids; do # a chain: each merge overlaps the next
    [ -z "$last" ] || hms people merge "$last" "$id" --by ann -q 2>>errors &
    [ -z "$last" ] || hms people merge "$id" "$last" --by bob -q 2>>errors &
    last=$id
done
wait
same "of each two, one won" "$(sql -c "SELECT count(*), count(DISTINCT (least(a, b), greatest(a, b))) FROM mpi.merge")" "10|10"
same "the other was told" "$(grep -c 'merged already' errors)" 10
same "all are one person" "$(sql -c "SELECT count(DISTINCT m.person_id), count(*) FROM mpi.member m JOIN hms.patient p ON p.id = m.patient_id
    WHERE p.source_key ~ '^C(1|1[0-9]|2)$'")" "1|12"
for id in $ids; do
    hms people unmerge "$id" --by ann -q 2>>errors &
done
wait
for id in $ids; do
    hms people unmerge "$id" --by ann -q 2>>errors || true
done
same "and all is as it was when all is taken back" "$(state)" "$before"

# killed in the middle: the merge waits for a row that another session holds
hold "BEGIN; SELECT patient_id FROM mpi.member WHERE patient_id = '$A2' FOR UPDATE"
hms people merge $A1 $A2 --by ann -q &
merging=$!
mergers="FROM pg_stat_activity WHERE application_name = 'hms' AND datname = current_database()"
until_so "SELECT count(*) $mergers AND wait_event_type = 'Lock'" 1
{ kill -9 $merging && wait $merging; } 2>/dev/null || true
let_go
until_so "SELECT count(*) $mergers" 0
same "killed before the end: nothing was done" "$(state)" "$before"
exits "and the next one can" 0 hms people merge $A1 $A2 --by ann
