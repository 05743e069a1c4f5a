# Random sequences of merges, their undoing, deltas and dedup runs: when all merges are undone, the
# store equals a twin that never saw one.  ./dev bench merge does 10,000.
. "$HMS_ROOT/tests/pg/load.bash"
sequences=${HMS_MERGE_SEQUENCES:-50}
hms store deploy -q
sql -f "$HMS_ROOT/tests/pg/merge_model.sql"
name=$(sql -c "SELECT current_database()")
twin=${name}_rehearsal_1 # a name that the runner clears away
psql -qX -d "${HMS_STORE/dbname=$name/dbname=postgres}" -c "CREATE DATABASE $twin TEMPLATE $name"
"$HMS_BUILD/tests/merge_model" "$HMS_STORE" "${HMS_STORE/dbname=$name/dbname=$twin}" \
    "$HMS_ROOT/mappings/golden.yml" "$sequences" 1
for table in hms.patient hms.patient_name hms.allergy hms.encounter mpi.member; do
    key=id
    [ $table != mpi.member ] || key=patient_id
    copy="COPY (SELECT * FROM $table ORDER BY $key) TO STDOUT (FORMAT binary)"
    same "$table is the same, byte by byte" "$(sql -c "$copy" | md5sum)" \
        "$(psql -qX -d "${HMS_STORE/dbname=$name/dbname=$twin}" -c "$copy" | md5sum)"
done
