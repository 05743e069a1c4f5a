# People are stable: a second run writes nothing, a delta moves only what it touches and ends where a full run
# ends, registrations that go take nobody along.
. "$HMS_ROOT/tests/pg/people.bash"
hms store deploy -q
dumps 300 northgate
load northgate
exits "a delta needs a run to follow" 5 hms dedup --org northgate --delta
exits "a dry run" 0 hms dedup --org northgate --dry-run
says "says what a run would do" "288 new"
same "and writes nothing" "$(sql -c "SELECT count(*) FROM mpi.run")$(sql -c "SELECT count(*) FROM mpi.index")" 00
exits "a run" 0 hms dedup --org northgate -o pairs.csv,clusters.csv --report report.html
says "does it" "288 new"
same "its files say what the store says" "$(sql -F, -c "
    SELECT m.patient_id, min(m.patient_id::text) OVER (PARTITION BY m.person_id), count(*) OVER (PARTITION BY m.person_id)
    FROM mpi.member m ORDER BY 2, 1" | sum)" "$(sed 1d clusters.csv | cut -d, -f1-3 | sum)"
state() { sql -c "SELECT patient_id, person_id, since_run, xmin FROM mpi.member ORDER BY 1"; }
state >one
hms dedup --org northgate -q
state >two
cmp one two
echo "the same data again: no membership is written"
same "and nothing is told of anybody" "$(sql -c "SELECT count(*) FROM mpi.person_event WHERE run_id = (SELECT max(run_id) FROM mpi.run)")" 0

# new data: one registration changes its name and address, one goes, one comes
changed=$(registration northgate NG0000040)
gone=$(registration northgate NG0000041)
sql -c "SET session_replication_role = replica;
    UPDATE hms.patient_name SET family = 'Quixoteson', given = 'Zebedee' WHERE patient_id = '$changed';
    DELETE FROM hms.patient WHERE id = '$gone'"
# the new one says what another says: the same person
twin=$(registration northgate NG0000050)
sql -c "SET session_replication_role = replica;
    CREATE TEMP TABLE p AS SELECT * FROM hms.patient WHERE id = '$twin';
    UPDATE p SET id = md5('new')::uuid, source_key = 'NEW1', mrn = 'NEW1';
    INSERT INTO hms.patient SELECT * FROM p;
    CREATE TEMP TABLE n AS SELECT * FROM hms.patient_name WHERE patient_id = '$twin';
    UPDATE n SET id = md5('newname')::uuid, patient_id = md5('new')::uuid;
    INSERT INTO hms.patient_name SELECT * FROM n;
    CREATE TEMP TABLE d AS SELECT * FROM hms.patient_address WHERE patient_id = '$twin';
    UPDATE d SET id = md5('newaddress')::uuid, patient_id = md5('new')::uuid;
    INSERT INTO hms.patient_address SELECT * FROM d"
exits "a delta" 0 hms dedup --org northgate --delta
says "matches what came and what changed" "delta: 2 registrations matched"
new=$(sql -c "SELECT md5('new')::uuid")
same "the new registration is the person it is like" "$(person "$new")" "$(person "$twin")"
same "the one that is gone is nobody any more" "$(person "$gone")" ""
same "its person is retired" "$(sql -c "SELECT count(*) FROM mpi.person WHERE retired_run = (SELECT max(run_id) FROM mpi.run)")" 1
state >three
same "nobody else moved" "$(diff two three | grep -c '^[<>]')" 4
same "nobody else was written" "$(comm -12 <(sort two) <(sort three) | wc -l)" "$(($(wc -l <two) - 2))"
sql -c "SELECT patient_id, person_id FROM mpi.member ORDER BY 1" >delta
sql -c "SELECT a, b FROM mpi.pair ORDER BY 1, 2" >delta_pairs
hms dedup --org northgate -q
sql -c "SELECT patient_id, person_id FROM mpi.member ORDER BY 1" | cmp delta -
echo "a full run ends in the same people"
exits "the history of a person is told" 0 hms people history "$new"
says "with the registration that entered" "enter"
exits "the people of several registrations are listed" 0 hms people list --index northgate
says "by their ids" "$(person "$new")"
exits "one is shown" 0 hms people show "$new"
name=$(sql -c "SELECT family FROM hms.patient_name WHERE patient_id = '$twin' LIMIT 1")
! grep -qF "$name" out
echo "without values"
exits "and with them when asked" 0 hms people show "$new" --values
says "the name" "$name"
exits "nobody has an id that is none" 1 hms people show 00000000-0000-8000-8000-000000000000
exits "and a word is no id" 2 hms people show anybody
