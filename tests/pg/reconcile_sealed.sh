# Folders that were changed after they were sealed, or do not belong together, are refused.
. "$HMS_ROOT/tests/pg/small_hospital.bash"
hms store deploy -q || exit
make_hospital
hms reconcile --org tiny --raw raw --stage stage -q
echo "no folders: $?"
move_hospital raw stage || exit

try() {
    hms reconcile --org "${2:-tiny}" --raw raw --stage stage -q --json 2>/dev/null |
        grep -oE '"error":"[a-z]*"|"record":"summary".*"unexplained":[0-9]+' | sed 's/.*"unexplained"/"unexplained"/'
    echo "$1: ${PIPESTATUS[0]}"
}
cp -r raw raw.kept
cp -r stage stage.kept
restore() {
    rm -rf raw stage
    cp -r raw.kept raw
    cp -r stage.kept stage
}
try "untouched"
printf '\x01' | dd of=raw/PATIENTS.hmb bs=1 seek=60 conv=notrunc 2>/dev/null
try "a raw byte changed"
restore
rm stage/VISITS.hmb
try "a stage file missing"
restore
truncate -s -5 stage/INVOICES.hmb
try "a stage file cut"
restore
rm stage/manifest.json
try "a stage that was never finished"
restore
cp raw/PATIENTS.hmb raw/MORE.hmb
try "a raw file that nobody sealed"
restore
echo "P7,1999-01-01,F" >>dump/patients.csv
rm -rf raw
hms extract maps/source.yml --dir dump -o raw -q
try "a stage of another extract"
restore
try "another organisation" other
