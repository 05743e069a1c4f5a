# Rows that came after a merge: whose they are is asked, and only they are given away.
. "$HMS_ROOT/tests/pg/merge_people.bash"
merge_store
R1=11111111-0000-8000-8000-000000000001
R2=11111111-0000-8000-8000-000000000002
R3=11111111-0000-8000-8000-000000000003
owner() { sql -c "SELECT patient_id FROM hms.encounter WHERE id = '$1'"; }

hms people merge $A1 $A2 --by ann -q
live $R1 $A1
live $R2 $A1
loaded $R3 $A2
sql -c "INSERT INTO hms.observation (id, org_id, source_system, source_key, row_hash, patient_id, encounter_id, state, value_kind, run_id)
        VALUES ('22222222-0000-8000-8000-000000000001', $NORTHGATE, 'live', 'o', '$R1', '$A1', '$R1', 'final', 'none', 0)"
O1=22222222-0000-8000-8000-000000000001
E1=$(sql -c "SELECT min(id::text) FROM hms.encounter WHERE patient_id = '$A1' AND source_system <> 'live'")
sql -c "UPDATE hms.encounter SET row_hash = '$R1' WHERE id = '$E1'"
merged=$(state)

exits "unanswered, nothing is done" 1 hms people unmerge $A1 $A2 --by ann
same "indeed" "$(state)" "$merged"
same "the rows are listed, those that are asked about first" "$(awk '{ print $1, $2, $3, $4, $5 }' out)" "since entity row registration dated
whose? later encounter $R1 $A1
whose? later encounter $R2 $A1
whose? later observation $O1 $A1
stays changed encounter $E1 $A1
stays later encounter $R3 $A2"
says "with their day" out "2026-01-02 03:04:00+00"
says "and what to do" err "3 rows came after the merge"
! grep -q CANARY out err || { echo "not so: no value is shown"; exit 1; }
exits "for programs" 1 hms people unmerge $A1 $A2 --by ann --json
says "as records" out "{\"record\":\"hms.people-change/1\",\"kind\":\"later\",\"asked\":true,\"entity\":\"encounter\",\"column\":\"patient_id\",\"row\":\"$R1\",\"org\":$NORTHGATE,\"registration\":\"$A1\",\"dated\":\"2026-01-02 03:04:00+00\"}"
exits "values are shown when asked for" 1 hms people unmerge $A1 $A2 --by ann --values
says "indeed" out CANARY

exits "one answer is not enough" 1 hms people unmerge $A1 $A2 --by ann --give $R1=$A2
exits "a row that was there before cannot be given" 2 hms people unmerge $A1 $A2 --by ann --give $E1=$A2 --give-all $A1
says "it says so" err "row $E1 is not asked about"
exits "nor what a source says the owner of" 2 hms people unmerge $A1 $A2 --by ann --give $R3=$A1 --give-all $A1
exits "nor to a stranger" 2 hms people unmerge $A1 $A2 --by ann --give-all $A3
exits "nor a visit without its results" 5 hms people unmerge $A1 $A2 --by ann --give $R1=$A2 --give-all $A1
says "it says which" err "would be torn from the rows it belongs to (observation.encounter_id)"
exits "nor what is no answer" 2 hms people unmerge $A1 $A2 --by ann --give x=y
same "nothing was done by any of these" "$(state)" "$merged"

exits "with answers it is done" 0 hms people unmerge $A1 $A2 --by ann --give $R1=$A2 --give $O1=$A2 --give-all $A1
says "it says so" err "1 merges taken back, 2 rows given to another registration"
same "the visit is given" "$(owner $R1)" $A2
same "the other stays" "$(owner $R2)" $A1
same "the old owner is kept" "$(sql -c "SELECT from_patient, to_patient, moved_by FROM mpi.moved WHERE row_id = '$R1'")" "$A1|$A2|ann"
exits "a given row is taken back" 0 hms people take-back $R1 --by bob
same "indeed" "$(owner $R1)" $A1
exits "once" 5 hms people take-back $R1 --by bob
exits "a row that stayed was not given" 5 hms people take-back $R2 --by bob
hms people take-back $O1 --by bob
sql -c "DELETE FROM hms.encounter WHERE id = '$R2'"

# between merges: only what came while the people were one is asked about
exits "merged again, nothing of before is asked" 0 hms people merge $A1 $A2 --by ann
exits "so it is undone without a word" 0 hms people unmerge $A1 --by ann
