# A decision explains a row only when it is true: one without its row, one about a parent that is
# there, and a row taken out without one are all unexplained.
. "$HMS_ROOT/tests/pg/small_hospital.bash"
hms store deploy -q || exit
make_hospital
move_hospital raw stage || exit
sql() {
    psql -qX -v ON_ERROR_STOP=1 -d "$HMS_STORE" -c "$1" || exit
}
unexplained() {
    hms reconcile --org tiny --raw raw --stage stage -q --json >json
    status=$?
    sed -n 's/.*"record":"summary".*\("unexplained":[0-9]*\).*/\1/p' json | tr '\n' ' '
    echo "exit $status"
}
unexplained

echo "-- the record of a merged row is lost"
sql "CREATE TABLE kept AS SELECT * FROM mig.merged; DELETE FROM mig.merged WHERE entity = 'patient'"
unexplained
sql "DELETE FROM mig.merged; INSERT INTO mig.merged SELECT * FROM kept"

echo "-- a row is said to be taken out, and there is no such row"
sql "INSERT INTO mig.reject (run_id, organisation, map, entity, outcome, rule, column_name, file, line,
         byte_offset, byte_length, row_id) SELECT 1, 'tiny', 'tinysys/patient', 'patient', 'quarantined',
         'key.duplicate', '', '', 0, 0, 0, gen_random_uuid()"
unexplained
sql "DELETE FROM mig.reject WHERE row_id IS NOT NULL AND row_data IS NULL"

echo "-- a row is said to be taken out, and is in the store"
sql "INSERT INTO mig.reject (run_id, organisation, map, entity, outcome, rule, column_name, file, line,
         byte_offset, byte_length, row_id, row_data) SELECT 1, 'tiny', 'tinysys/patient', 'patient',
         'quarantined', 'key.duplicate', '', '', 0, 0, 0, id, jsonb_build_object('row_hash', row_hash)
     FROM hms.patient WHERE mrn = 'P1'"
unexplained
sql "DELETE FROM mig.reject r USING hms.patient p WHERE p.id = r.row_id AND p.mrn = 'P1'"

echo "-- a parent said to be missing is there"
sql "UPDATE mig.reject SET row_data = jsonb_set(row_data, '{patient_id}', to_jsonb(p.id))
     FROM hms.patient p WHERE p.mrn = 'P1' AND rule = 'reference.missing' AND reject.entity = 'encounter'"
unexplained
sql "UPDATE mig.reject SET row_data = jsonb_set(row_data, '{patient_id}', to_jsonb(gen_random_uuid()))
     WHERE rule = 'reference.missing' AND entity = 'encounter'"

echo "-- a rejected row was not kept"
sql "DELETE FROM mig.reject WHERE rule = 'patient.birth_date'"
unexplained

echo "-- the balance was changed"
sql "UPDATE mig.balance SET rows = rows + 1 WHERE entity = 'encounter' AND outcome = 'loaded'"
unexplained
