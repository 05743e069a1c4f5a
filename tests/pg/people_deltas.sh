# A delta makes up for all that happened since people were matched last: changes that no run saw, a run that
# failed, verdicts of a clock that was wrong; two at once are one after the other.
. "$HMS_ROOT/tests/pg/people.bash"
hms store deploy -q
dumps 120 northgate
load northgate
hms dedup --org northgate -q
two_people northgate
becomes() { # REGISTRATION LIKE: it says what the other says
    sql -c "SET session_replication_role = replica;
        UPDATE hms.patient p SET birth_date = q.birth_date, birth_precision = q.birth_precision, sex = q.sex FROM hms.patient q
            WHERE p.id = '$1' AND q.id = '$2';
        DELETE FROM hms.patient_name WHERE patient_id = '$1'; DELETE FROM hms.patient_address WHERE patient_id = '$1';
        DELETE FROM hms.patient_identifier WHERE patient_id = '$1'; DELETE FROM hms.patient_telecom WHERE patient_id = '$1';
        CREATE TEMP TABLE n AS SELECT * FROM hms.patient_name WHERE patient_id = '$2'; CREATE TEMP TABLE d AS SELECT * FROM hms.patient_address WHERE patient_id = '$2';
        UPDATE n SET id = md5(id::text || '$1')::uuid, patient_id = '$1'; UPDATE d SET id = md5(id::text || '$1')::uuid, patient_id = '$1';
        INSERT INTO hms.patient_name SELECT * FROM n; INSERT INTO hms.patient_address SELECT * FROM d"
}
people() { sql -c "SELECT patient_id, person_id, certain FROM mpi.member ORDER BY 1"; }
first=$(registration northgate NG0000070) second=$(registration northgate NG0000071)
like=$(registration northgate NG0000080) other=$(registration northgate NG0000081)

becomes "$first" "$like"
people >before
sql -c "CREATE FUNCTION public.fail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION USING ERRCODE = ''53100''; END'" \
    -c "CREATE TRIGGER fail BEFORE INSERT ON mpi.person_event FOR EACH ROW EXECUTE FUNCTION public.fail()"
exits "a delta that fails" 5 hms dedup --org northgate --delta
sql -c "DROP FUNCTION public.fail CASCADE"
people | cmp before -
same "leaves nothing" "$(sql -c "SELECT count(*) FROM mpi.run")" 1
becomes "$second" "$other"
sql -c "DELETE FROM hms.patient_telecom WHERE patient_id = '$a'"
exits "the next one" 0 hms dedup --org northgate --delta
says "sees what happened before it and since" "delta: 3 registrations matched"
same "the first change" "$(person "$first")" "$(person "$like")"
same "and the second" "$(person "$second")" "$(person "$other")"
same "a verdict is applied" "$(verdict "$a" "$b" false; hms dedup --org northgate --delta -q; sql -c "SELECT count(DISTINCT person_id) FROM mpi.member WHERE patient_id IN ('$a', '$b')")" 2
verdict "$a" "$like" true
sql -c "UPDATE mpi.verdict SET decided_at = '2001-01-01' WHERE same"
hms dedup --org northgate --delta -q
same "also one that a wrong clock dates before the last run" "$(person "$a")" "$(person "$like")"
exits "then there is nothing to do" 0 hms dedup --org northgate --delta
says "and nothing is matched" "delta: 0 registrations matched"

people >delta
hms dedup --org northgate -q
people | cmp delta -
echo "a full run by what it learns itself ends in the same people"

becomes "$second" "$like"
for i in 1 2; do
    (status=0; hms dedup --org northgate --delta >"out.$i" 2>&1 || status=$?; echo $status >"status.$i") &
done
wait
for i in 1 2; do # a slow machine may let one give up waiting
    case $(cat "status.$i") in
    0) ;;
    5) grep -qF "another session works on the index" "out.$i" ;;
    *) echo "not so: two at once"; cat "out.$i"; exit 1 ;;
    esac
done
same "two at once: the change is made once" "$(person "$second") $(sql -c "SELECT count(*) FROM mpi.person_event WHERE kind = 'join' AND run_id > (SELECT max(run_id) FROM mpi.run WHERE kind = 'full')")" "$(person "$like") 0"
same "no run is left half" "$(sql -c "SELECT count(*) FROM mpi.run WHERE state <> 'done' OR ended_at IS NULL")" 0
