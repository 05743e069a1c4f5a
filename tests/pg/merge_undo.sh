# A merge joins people and touches no row; taking it back gives back what was there, in any order.
. "$HMS_ROOT/tests/pg/merge_people.bash"
merge_store
before=$(state)

exits "two registrations are merged" 0 hms people merge $A1 $A2 --by ann --why "same passport"
says "and it says who leads" err "$A1 leads; person $A1 has 2 registrations now"
same "they are one person" "$(person_of $A2)" $A1
same "the other person is retired" "$(sql -c "SELECT replaced_by FROM mpi.person WHERE person_id = '$A2' AND retired_run = 2")" $A1
same "a verdict was written" "$(sql -c "SELECT a_key, b_key, same, origin, decided_by, why FROM mpi.verdict")" "P1|P2|t|merge|ann|same passport"
exits "once is enough" 5 hms people merge $A2 $A1 --by bob
says "says who did it" err "merged already: merge 1 by ann"
exits "not with itself" 2 hms people merge $A1 $A1 --by ann
exits "nor with nobody" 5 hms people merge $A1 99999999-0000-8000-8000-000000000001 --by ann
exits "nor without a name" 2 hms people merge $A1 $A3
exits "nor by a number of the hospital" 2 hms people merge NG-0001 $A3 --by ann

exits "people of several registrations are merged" 0 hms people merge $A2 $C1 --by ann --json
says "all of them" out '"registrations":4'
exits "across organisations too" 0 hms people merge $L1 $A2 --by ann
same "all are one" "$(sql -c "SELECT count(*) FROM mpi.member WHERE person_id = '$L1'")" 5

exits "the first merge is taken back first" 0 hms people unmerge $A1 $A2 --by bob
same "A1 is alone again" "$(person_of $A1)" $A1
same "and not retired" "$(sql -c "SELECT retired_run FROM mpi.person WHERE person_id = '$A1'")" ""
same "the others are one still" "$(sql -c "SELECT count(*) FROM mpi.member WHERE person_id = '$L1'")" 4
exits "twice is not possible" 5 hms people unmerge $A1 $A2 --by bob
says "it says so" err "no merge in force names $A1 and $A2"
exits "all merges of a registration at once" 0 hms people unmerge $A2 --by bob
same "everything is as it was, to the byte" "$(state)" "$before"
same "verdicts are withdrawn" "$(sql -c "SELECT count(*) FROM mpi.verdict WHERE withdrawn_at IS NULL")" 0
same "events tell" "$(sql -c "SELECT count(*) FILTER (WHERE kind = 'join'), count(*) FILTER (WHERE kind = 'split') FROM mpi.person_event")" "3|3"
same "nothing is kept of merges that are not" "$(sql -c "SELECT count(*) FROM mpi.merge_member")" 0

exits "apart for ever" 0 hms people merge $A1 $A2 --by ann
exits "when it is taken back" 0 hms people unmerge $A1 $A2 --by bob --apart --why "two sisters"
exits "a merge is refused then" 5 hms people merge $A2 $A1 --by ann
says "with who said it" err "bob said on $(sql -c "SELECT decided_at::date FROM mpi.verdict WHERE NOT same AND withdrawn_at IS NULL") that $A1 and $A2 are two people (verdict"
exits "also through others" 0 hms people merge $A1 $A3 --by ann
exits "it is refused" 5 hms people merge $A3 $A2 --by ann
hms people unmerge $A1 --by ann -q
same "and nothing is left of it" "$(state)" "$before"

# an organisation leaves the shared index and gets people of its own
exits "merged across organisations" 0 hms people merge $L1 $A1 --by ann
hms people index leave --org lindenhof -q
sql <<SQL
INSERT INTO mpi.index (index_name) VALUES ('lindenhof');
INSERT INTO mpi.index_organisation (org_id, organisation, index_name) VALUES ($LINDENHOF, 'lindenhof', 'lindenhof');
INSERT INTO mpi.person (person_id, index_name, since_run) VALUES ('99999999-0000-8000-8000-000000000009', 'lindenhof', 1);
INSERT INTO mpi.member (patient_id, org_id, person_id, since_run, certain)
VALUES ('$L1', $LINDENHOF, '99999999-0000-8000-8000-000000000009', 1, true);
SQL
exits "the next decision finds the two apart" 0 hms people merge $A1 $A3 --by ann
same "who left is where it is now" "$(person_of $L1)" 99999999-0000-8000-8000-000000000009
same "who stayed is who it was" "$(person_of $A3)" $A1
exits "the merge can still be withdrawn" 0 hms people unmerge $L1 $A1 --by ann
hms people unmerge $A1 $A3 --by ann -q
same "and nothing is kept of it" "$(sql -c "SELECT count(*) FROM mpi.merge_member")" 0

sql -c "UPDATE mpi.person SET index_name = 'village' WHERE person_id = '$A3'"
exits "people of two indexes are not merged" 5 hms people merge $A1 $A3 --by ann
says "it says so" err "is not in the index 'city'"
