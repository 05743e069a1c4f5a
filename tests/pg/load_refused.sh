# What load refuses, and how it says so.
. "$HMS_ROOT/tests/pg/load.bash"
hms store deploy -q
small_stage stage north

refuses() { # WHAT STATUS TEXT ARGUMENTS...
    local what=$1 status=$2 text=$3
    shift 3
    exits "$what" "$status" hms load "$@"
    says "  in words" err "$text"
}
refuses "no organisation" 2 "load needs --org" stage
refuses "a bad code" 3 "is not the code of an organisation" stage --org "North!"
refuses "a code that would blur names" 3 "is not the code of an organisation" stage --org north__x
refuses "the stage of another organisation" 3 "the stage is of organisation 'north'" stage --org south
refuses "a folder that is no stage" 6 "manifest" . --org north

cp -r stage flipped
printf 'x' | dd of=flipped/results.hmb bs=1 seek=3000 conv=notrunc status=none
refuses "a changed byte" 6 "results.hmb" flipped --org north
cp -r stage missing
rm missing/patients.hmb
refuses "a missing file" 6 "patients.hmb" missing --org north

"$stage_maker" open south <<'LINES'
table patient src/patient same
row p1 mrn=1 sex=male
misread 3
LINES
refuses "a balance that speaks of other rows" 6 "the stage holds 1 rows, and its balances speak of 4" open --org south

sql -c "ALTER TABLE hms.location ADD COLUMN extra text"
"$stage_maker" older west <<'LINES'
table location src/location same
row l1 name=x
LINES
refuses "a stage for another version of the schema" 3 "is not what the store has" older --org west
sql -c "ALTER TABLE hms.location DROP COLUMN extra"

"$stage_maker" values west <<'LINES'
table patient src/patient same
row p1 mrn=1 sex=CANARY
LINES
refuses "a value outside its set, by name of the constraint only" 5 "patient_sex_check" values --org west
! grep -q CANARY out err || { echo "not so: no value is printed"; exit 1; }
sql -c "SELECT error FROM mig.run WHERE error LIKE '%CANARY%'" | grep -q . && { echo "not so: no value is kept"; exit 1; }

nothing_aside
same "nothing was loaded" "$(sql -c "SELECT count(*) FROM pg_class WHERE relnamespace = 'hms'::regnamespace AND relispartition AND relkind IN ('r', 'p')")" "0"
exits "and the stage itself loads" 1 hms load stage --org north -q
sql -c "INSERT INTO hms.organisation VALUES ((SELECT org_id + 1 FROM hms.organisation), 'other', 'other')"
sql -c "UPDATE hms.organisation SET code = 'taken' WHERE code = 'north'"
refuses "an organisation whose number another one has" 3 "has the same number" stage --org north --replace
