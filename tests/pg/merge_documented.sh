# The commands of docs/merge.md, in their order, work as they stand there.
. "$HMS_ROOT/tests/pg/merge_people.bash"
merge_store
ln -s "$HMS_ROOT/mappings" .
export A=$A1 B=$A2 ROW=11111111-0000-8000-8000-000000000001
awk '/^```sh$/ { on = 1; n++; next } /^```$/ { on = 0 } on { print > ("block" n ".sh") }' "$HMS_ROOT/docs/merge.md"
[ -e block5.sh ] && [ ! -e block6.sh ] || { echo "docs/merge.md has other blocks than this case knows"; exit 1; }
sql -c "UPDATE hms.patient SET occupation = 'baker'"

exits "merge" 0 bash -e block1.sh
live $ROW $A
exits "ask" 0 bash -e block2.sh
sed -n '/^```$/,/^```$/p' "$HMS_ROOT/docs/merge.md" | grep -E '^( |whose)' >documented
same "the list is the one of the document" "$(cat out)" "$(cat documented)"
exits "answer" 0 bash -e block3.sh
same "the row is given" "$(sql -c "SELECT patient_id FROM hms.encounter WHERE id = '$ROW'")" "$B"
exits "take back" 0 bash -e block4.sh
sql -c "UPDATE mpi.member SET person_id = '$A' WHERE patient_id = '$B'" # as dedup would
exits "the golden record" 0 bash -e block5.sh
