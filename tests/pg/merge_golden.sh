# The golden record: one survivor rule a field, each value with where it is from; what contradicts is
# shown, what is a list is united; a steward's choice comes first and survives.
. "$HMS_ROOT/tests/pg/merge_people.bash"
merge_store
sql <<SQL
UPDATE hms.patient SET blood_group = 'A+', occupation = 'baker', updated_at = '2024-01-01' WHERE id = '$A1';
UPDATE hms.patient SET blood_group = '0-', occupation = 'CANARY', updated_at = '2025-01-01', confidentiality = 'V' WHERE id = '$A2';
INSERT INTO hms.allergy (id, org_id, source_system, source_key, row_hash, patient_id, source_text, negated, verification, run_id)
VALUES (gen_random_uuid(), $NORTHGATE, 'northgate', '1', gen_random_uuid(), '$A1', 'no known allergies', true, NULL, 1),
       (gen_random_uuid(), $NORTHGATE, 'northgate', '2', gen_random_uuid(), '$A2', 'penicillin', NULL, 'confirmed', 1),
       (gen_random_uuid(), $NORTHGATE, 'northgate', '3', gen_random_uuid(), '$A2', 'latex', NULL, 'refuted', 1);
SQL
golden() { hms people golden "$@" --rules "$GOLDEN"; }
line() { awk -v field="$1" '$1 == field' out; } # FIELD
hms people merge $A1 $A2 --by ann -q
hms people merge $A1 $A3 --by ann -q

exits "a person's golden record" 0 golden $A1 --values
same "the most complete birth date survives; a part of it is no contradiction" \
    "$(line birth_date | awk '{ print $2, $3, $4, $7, $8, $9 }')" "survives most_complete $A1 1 2 1980-02-01"
same "the most recent trade" "$(line occupation | awk '{ print $2, $3, $4, $NF }')" "survives most_recent $A2 CANARY"
same "the most restrictive confidentiality" "$(line confidentiality | awk '{ print $2, $3, $4, $NF }')" "survives most_restrictive $A2 V"
same "two sexes are a conflict, both are there" "$(line sex | awk '{ print $2, $4, $NF }' | sort)" "contradicts conflict female
survives conflict male"
same "so are blood groups" "$(line blood_group | awk '{ print $4 }' | uniq)" conflict
same "alive and dead too" "$(line deceased | awk '{ print $4 }' | uniq)" conflict
same "an allergy beside none known is a conflict, a refuted one is kept" \
    "$(awk '/^(no_)?allergy/ { print $1, $4 == "conflict", $NF }' out)" "allergy 0 refuted
allergy 1 confirmed
no_allergy 1 allergies"
same "identifiers of all are there" "$(line identifier | grep -c 'mrn NG-000[123]$')" 3
sql -c "UPDATE hms.patient SET birth_place = E'x\\x1b[2J\\ny' WHERE id = '$A1'"
exits "a value cannot steer a terminal, nor break a line" 0 golden $A1 --values
same "indeed" "$(line birth_place | awk '{ print $NF }')" "x$(printf '\357\277\275')[2J$(printf '\357\277\275')y"
exits "without --values no value" 0 golden $A1
! grep -qE 'CANARY|1980|penicillin|NG-000|female' out || { echo "not so: a value is shown"; exit 1; }
echo "is shown"
exits "by a registration, for programs" 0 golden $A3 --json --values
says "with where each is from" out "\"field\":\"occupation\",\"role\":\"survives\",\"value\":\"CANARY\",\"rule\":\"most_recent\",\"conflict\":false,\"registration\":\"$A2\",\"source_system\":\"northgate\",\"run\":1,\"row\":\"$A2\",\"agreeing\":1,\"differing\":1"
golden $A1 --json --values >ruled

sql -c "UPDATE hms.patient SET updated_at = '9999-12-31' WHERE id = '$A1'"
exits "a date that is still to come" 0 golden $A1 --values
same "is not the most recent" "$(line occupation | awk '{ print $3, $NF }')" "most_recent CANARY"
sql -c "UPDATE hms.patient SET updated_at = '2024-01-01' WHERE id = '$A1'"
sql -c "UPDATE hms.patient SET occupation = NULL WHERE id = '$A2'"
exits "a value that is missing" 0 golden $A1 --values
same "leaves the others" "$(line occupation | awk '{ print $3, $4, $NF }')" "most_recent $A1 baker"
sql -c "UPDATE hms.patient SET occupation = 'CANARY' WHERE id = '$A2'"

exits "a steward chooses" 0 hms people choose $A1 occupation $A1 --by ann --why "payslip"
exits "it is so" 0 golden $A1 --values
same "by whom it is said" "$(line occupation | awk '{ print $3, $NF }')" "chosen baker"
exits "the later choice counts" 0 hms people choose $A1 occupation $A2 --by bob
hms people choose $A1 occupation $A1 --by bob
sql -c "UPDATE hms.patient SET occupation = NULL WHERE id = '$A1'"
exits "when what was chosen is gone from the source" 0 golden $A1 --values
same "the rule decides again" "$(line occupation | awk '{ print $3, $NF }')" "chosen CANARY"
sql -c "UPDATE hms.patient SET occupation = 'baker' WHERE id = '$A1'"
exits "nobody chooses what is not there" 5 hms people choose $A1 religion $A1 --by ann
exits "nor from a stranger" 5 hms people choose $A1 occupation $C1 --by ann
exits "nor what is united" 2 hms people choose $A1 allergy $A1 --by ann
exits "nor without a name" 2 hms people choose $A1 occupation $A1

hms people unmerge $A1 --by ann -q
exits "the choice outlives the merge" 0 golden $A1 --values
same "it is the registration's" "$(line occupation | awk '{ print $3, $NF }')" "chosen baker"
exits "so does the one before it" 0 golden $A2 --values
same "for its own registration" "$(line occupation | awk '{ print $3, $NF }')" "chosen CANARY"
hms people merge $A1 $A2 --by ann -q
hms people merge $A1 $A3 --by ann -q
exits "merged again it counts again" 0 golden $A1 --values
same "indeed" "$(line occupation | awk '{ print $3, $NF }')" "chosen baker"
exits "until it is taken back" 0 hms people choose $A1 occupation rule --by ann
golden $A1 --json --values >again
exits "then all is as the rules say" 0 cmp ruled again
exits "a retired person's id leads to the one that took over" 0 golden $A2
says "indeed" out "person $A1"
exits "who is nobody is nobody" 5 golden 99999999-0000-8000-8000-000000000001

sed 's/^trust: .*/trust: [lindenhof]/; s/sex: .*/sex: most_trusted/' "$GOLDEN" >trusted.yml
hms people merge $A1 $L1 --by ann -q
exits "a trusted source" 0 hms people golden $A1 --values --rules trusted.yml
same "comes first" "$(line sex | awk '$2 == "survives" { print $3, $5, $NF }')" "most_trusted $L1 male"
