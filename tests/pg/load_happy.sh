# An organisation is loaded: rows, balance, rejects, adjustments, partitions, constraints.
. "$HMS_ROOT/tests/pg/load.bash"

small_stage stage north
exits "a store without the schema is refused" 5 hms load stage --org north
says "and the hint says what to do" err "hms store deploy"
hms store deploy -q

exits "rows put aside make exit status 1" 1 hms load stage --org north --name "North Hospital"
says "the table speaks of quarantined rows" out "observation                 1010        1000           0           0          10"
says "it says where the time goes" err "foreign keys"
same "the balance" "$(balance)" "src/patient|issue|reference.unresolved|practitioner_id|1
src/patient|loaded|||2
src/patient|rejected|date.format|DOB|1
src/patient-mrn|loaded|||2
src/patient-mrn|quarantined|reference.missing|patient_id|1
src/practitioner|loaded|||1
src/result|loaded|||1000
src/result|quarantined|reference.missing|patient_id|10"
balance_holds north
nothing_aside
same "the organisation has its name" "$(sql -c "SELECT code, name FROM hms.organisation")" "north|North Hospital"
same "the run is done" "$(sql -c "SELECT state, purpose, source_system, dry_run FROM mig.run")" "done|rehearsal|src|f"
same "every row carries the run" "$(sql -c "SELECT DISTINCT run_id FROM hms.observation")" "1"
same "the emptied reference is kept" "$(sql -c "
    SELECT a.column_name, a.rule, p.practitioner_id IS NULL FROM mig.adjustment a
    JOIN hms.patient p ON p.id = a.row_id")" "practitioner_id|reference.unresolved|t"
same "a row taken out is kept whole" "$(sql -c "
    SELECT source_key, row_data->>'value', row_data->>'system' FROM mig.reject
    WHERE map = 'src/patient-mrn'")" "p3|3|mrn"
same "both lanes are filled" "$(sql -c "SELECT count(DISTINCT tableoid) FROM hms.observation")" "2"
same "every reference of a partition is a validated foreign key" "$(sql -c "
    SELECT count(*) FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
    WHERE t.relname = 'observation__north__1' AND c.contype = 'f' AND c.convalidated")" "6"
same "partitions have the indexes of their parent" "$(sql -c "
    SELECT count(*) FROM pg_index WHERE indrelid = 'hms.observation__north__0'::regclass")" "$(sql -c "
    SELECT count(*) FROM pg_index WHERE indrelid = 'hms.observation'::regclass")"
same "the ledger says what came from where" "$(sql -c "
    SELECT entity, lane, file, rows > 0 FROM mig.ledger WHERE entity = 'observation' ORDER BY lane")" \
    "observation|0|results.hmb|t
observation|1|results.hmb|t"
exits "the schema is still whole" 0 hms store verify

exits "a second load is refused" 5 hms load stage --org north
says "with a hint" err "--replace"
exits "rejects are counted by rule" 0 hms rejects --org north
says "by rule and column" out "reference.missing        patient_id                  10"
! grep -q CANARY out || { echo "not so: counts hold no values"; exit 1; }
exits "rejects are listed without values" 0 hms rejects --json
! grep -q CANARY out || { echo "not so: a list holds no values"; exit 1; }
exits "values are shown to those who ask" 0 hms rejects --rule 'date.*' --values -o rejects.ndjson
says "one record a line" rejects.ndjson '"bytes":"3,CANARY,31/02/1980"'
same "in a file for one's own eyes" "$(stat -c %a rejects.ndjson)" "600"
