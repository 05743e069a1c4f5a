# Verdicts hold against the weights, contradictions are told and leave people as they were, and verdicts
# travel to another store and back, to the byte.
. "$HMS_ROOT/tests/pg/people.bash"
hms store deploy -q
dumps 150 northgate
load northgate
hms dedup --org northgate -q
two_people northgate
was=$(person "$a")
other=$(person "$c")
same "dedup takes two registrations for one person" "$(person "$b")" "$was"

verdict "$a" "$b" false
exits "a run with a verdict" 0 hms dedup --org northgate
same "a verdict parts what the weights join" \
    "$(sql -c "SELECT count(DISTINCT person_id) FROM mpi.member WHERE patient_id IN ('$a', '$b')")" 2
same "the pair keeps its weight and its band" "$(sql -c "SELECT band FROM mpi.pair WHERE a = '$a' AND b = '$b'")" link

verdict "$b" "$c" true
hms dedup --org northgate -q
same "a verdict joins what nothing joins" "$(person "$b")" "$(person "$c")"
same "and keeps who was the greater part" "$(person "$c")" "$other"
same "what is joined by a verdict is certain" "$(sql -c "SELECT bool_and(certain) FROM mpi.member
    WHERE person_id = '$other'")" t

sql -c "SELECT patient_id, person_id, since_run FROM mpi.member ORDER BY 1" >before
verdict "$a" "$d" true # now a = d = c (dedup's word), and:
verdict "$a" "$c" true
exits "a contradiction is a difference" 1 hms dedup --org northgate
says "it names the verdict that says two" "verdict $(sql -c "SELECT verdict_id FROM mpi.verdict WHERE NOT same") says two people"
same "it is in the store with the chain of verdicts that say one" "$(sql -c "
    SELECT (SELECT array_agg(CASE WHEN v.same THEN 'same' ELSE 'apart' END ORDER BY v.verdict_id)
            FROM mpi.verdict v WHERE v.verdict_id = ANY (c.together)) FROM mpi.contradiction c")" "{same,same}"
same "the contradicted registrations stay as they were" "$(sql -c "
    SELECT patient_id, person_id FROM mpi.member WHERE patient_id IN ('$a', '$b', '$c') ORDER BY 1")" \
    "$(grep -e "$a" -e "$b" -e "$c" before | cut -d'|' -f1,2)"

sql -c "UPDATE mpi.verdict SET withdrawn_at = now(), withdrawn_by = 'steward' WHERE a = least('$a'::uuid, '$c'::uuid)
        AND b = greatest('$a'::uuid, '$c'::uuid)"
exits "a verdict that was withdrawn contradicts nobody" 0 hms dedup --org northgate --delta
same "and holds no longer" "$(sql -c "SELECT count(DISTINCT person_id) FROM mpi.member
    WHERE patient_id IN ('$a', '$b')")" 2

sql -c "UPDATE mpi.verdict SET why = 'she said: \"so\",' || chr(10) || ' twice ' WHERE same AND withdrawn_at IS NULL"
exits "verdicts are written to a file" 0 hms people verdicts export verdicts.csv
same "that others cannot read" "$(stat -c %a verdicts.csv)" 600
exits "what is there already does not come twice" 0 hms people verdicts import verdicts.csv
same "no verdict was added" "$(sql -c "SELECT count(*) FROM mpi.verdict")" 4
sql -c "SELECT * FROM mpi.member ORDER BY 1" >members

here=$HMS_STORE
sql -c "CREATE DATABASE ${HMS_STORE##*=}_rehearsal_1 TEMPLATE template0"
export HMS_STORE=${here}_rehearsal_1
hms store deploy -q
exits "they come into a store that has no registration yet" 0 hms people verdicts import verdicts.csv
hms people verdicts export again.csv -q
cmp verdicts.csv again.csv
echo "and go out again as they came"
load northgate
exits "where they hold at once" 0 hms dedup --org northgate
says "none of them is dormant" "3 verdicts hold, 0 are about records"
same "two of them are one person" "$(person "$b")" "$(person "$c")"
same "all that no verdict touched have the ids that they have in the other store" \
    "$(sql -c "SELECT patient_id, person_id FROM mpi.member WHERE patient_id NOT IN ('$a', '$b', '$c', '$d') ORDER BY 1" | sum)" \
    "$(cut -d'|' -f1,3 members | grep -v -e "$a" -e "$b" -e "$c" -e "$d" | sum)"

sed 's/,same,/,different,/' verdicts.csv >opposite.csv
exits "the opposite of what is in force is refused" 4 hms people verdicts import opposite.csv
says "by its number, without its keys" "says the opposite of one that is in force"
head -n 1 verdicts.csv >bad.csv
echo 'northgate,northgate,K1,northgate,northgate,K1,same,review,me,2026-01-01T00:00:00Z,,,' >>bad.csv
exits "a verdict about one registration is refused" 4 hms people verdicts import bad.csv
sed -i '2s/K1,same/K2,perhaps/' bad.csv
exits "and an answer that is none" 4 hms people verdicts import bad.csv
printf 'a,b\n1,2\n' >bad.csv
exits "and a file of another kind" 5 hms people verdicts import bad.csv
