# What is changed behind the load's back is found: rows, fields by name, money to the cent; values
# only on request.
. "$HMS_ROOT/tests/pg/small_hospital.bash"
hms store deploy -q || exit
make_hospital
{
    echo PAT_NO,DOB,SEX
    awk 'BEGIN { for (i = 1; i <= 3000; i++) printf "N%d,19%02d-%02d-%02d,F\n", i, i % 90 + 10, i % 12 + 1, i % 28 + 1 }'
    sed 1d dump/patients.csv
} >all.csv
mv all.csv dump/patients.csv
move_hospital raw stage || exit
sql() {
    psql -qX -v ON_ERROR_STOP=1 -d "$HMS_STORE" -c "$1" || exit
}
records() {
    grep "\"record\":\"$1\"" json | sed 's/"schema":"[^"]*","record":"[a-z]*",//; s/"id":"[^"]*",//; s/"micros":[0-9]*/"micros":0/'
}
reconcile() {
    hms reconcile --org tiny --raw raw --stage stage -q --json "$@" >json
    echo "exit $?"
}

echo "-- nothing changed"
reconcile
records summary

echo "-- 37 rows changed in one column, 5 of them in two, 11 rows gone, 3 rows that never were"
sql "UPDATE hms.patient SET sex = 'male' WHERE mrn ~ '^N[0-9]+$' AND substr(mrn, 2)::int <= 37"
sql "UPDATE hms.patient SET birth_date = birth_date + 1 WHERE mrn ~ '^N[0-9]+$' AND substr(mrn, 2)::int <= 5"
sql "DELETE FROM hms.patient WHERE mrn ~ '^N[0-9]+$' AND substr(mrn, 2)::int BETWEEN 101 AND 111"
sql "INSERT INTO hms.patient (id, org_id, source_system, source_key, row_hash, mrn, sex, run_id)
     SELECT gen_random_uuid(), org_id, source_system, 'never' || n, row_hash, 'never', 'female', run_id
     FROM hms.patient, generate_series(1, 3) n WHERE mrn = 'P1'"
sql "UPDATE hms.invoice SET net_amount = net_amount + 0.01 WHERE invoice_no = 'I4'"
reconcile --show 0
grep '"record":"entity"' json | grep -E '"entity":"(patient|invoice)"' | sed 's/.*"only_source"/"only_source"/'
records column
records total | grep net_amount
records summary
echo "rows named: $(grep -c '"record":"difference"' json)"

echo "-- rows are named by id and column, values only on request"
reconcile --show 100
echo "rows named: $(grep -c '"record":"difference"' json)"
! grep -q '1919-' json && ! grep -q '400\.4[01]"' json || { echo "a value was printed"; exit 1; }
reconcile --show 100 --values
grep '"net_amount' json | sed 's/.*"values"/"values"/'

echo "-- one process finds the same as two"
reconcile --show 0 -j 1
records summary
