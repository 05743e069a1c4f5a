# Organisations that agreed share an index; ids survive the agreement and its end.  What a new model would do is
# told before it does it.
. "$HMS_ROOT/tests/pg/people.bash"
. "$HMS_ROOT/tests/pg/hold.bash"
hms store deploy -q
dumps 150 northgate stmary
load northgate
load stmary
exits "an index of organisations that are not there" 5 hms people index create city --org northgate --org nobody
exits "of one" 2 hms people index create city --org northgate
exits "under the name of one of them" 2 hms people index create stmary --org northgate --org stmary
exits "of nobody yet" 5 hms dedup --index city
hms dedup --org northgate -q
hms dedup --org stmary -q
same "without an agreement nobody is in two organisations" "$(sql -c "
    SELECT count(*) FROM (SELECT FROM mpi.member GROUP BY person_id HAVING count(DISTINCT org_id) > 1) x")" 0
sql -c "SELECT person_id FROM mpi.person WHERE retired_run IS NULL ORDER BY 1" >before

exits "an agreement" 0 hms people index create city --org northgate --org stmary
exits "is made once" 5 hms people index create town --org northgate --org stmary
exits "the shared index is matched" 0 hms dedup --index city
shared=$(sql -c "SELECT count(*) FROM (SELECT FROM mpi.member GROUP BY person_id HAVING count(DISTINCT org_id) > 1) x")
[ "$shared" -gt 3 ] || { echo "not so: people of both: $shared"; exit 1; }
echo "and finds people of both"
same "everybody's id is one that was there" "$(sql -c "
    SELECT person_id FROM mpi.person WHERE retired_run IS NULL ORDER BY 1" | comm -23 - before)" ""
same "who was joined is retired and says who took over" "$(sql -c "
    SELECT count(*) FROM mpi.person_event e JOIN mpi.person p ON p.person_id = e.other_person_id
    WHERE e.kind = 'join' AND p.replaced_by = e.person_id AND p.retired_run = e.run_id")" "$(sql -c "
    SELECT count(*) FROM mpi.person_event WHERE kind = 'join'")"
same "the shared run of one of them is a run of the index" "$(hms dedup --org stmary --json | tail -n 1 |
    sed 's/.*"index":"\([a-z]*\)".*/\1/')" city

sed 's/^link: .*/link: 0.999999/; s/^review: .*/review: 0.2/; /person_number/d; /street/d' "$HMS_ROOT/mappings/people.yml" >strict.yml
sql -c "SELECT patient_id, person_id, xmin FROM mpi.member ORDER BY 1" >one
exits "what another model would do" 0 hms dedup whatif --index city --model strict.yml --json
cp out said
same "writes nothing" "$(sql -c "SELECT patient_id, person_id, xmin FROM mpi.member ORDER BY 1" | cmp one - && echo so)" so
exits "a delta with another model is refused" 3 hms dedup --index city --model strict.yml --delta
sql -c "CREATE TABLE old AS SELECT * FROM mpi.member; CREATE TABLE old_pair AS SELECT * FROM mpi.pair"
hms dedup --index city --model strict.yml -q
number() { sed "s/.*\"$1\":\([0-9]*\).*/\1/" said; }
same "the pairs it said would be lost are lost" "$(number pairs_lost)" "$(sql -c "
    SELECT count(*) FROM old a JOIN old b ON a.person_id = b.person_id AND a.patient_id < b.patient_id
    JOIN mpi.member c ON c.patient_id = a.patient_id JOIN mpi.member d ON d.patient_id = b.patient_id
    WHERE c.person_id <> d.person_id")"
same "and those gained are gained" "$(number pairs_gained)" "$(sql -c "
    SELECT count(*) FROM mpi.member a JOIN mpi.member b ON a.person_id = b.person_id AND a.patient_id < b.patient_id
    JOIN old c ON c.patient_id = a.patient_id JOIN old d ON d.patient_id = b.patient_id
    WHERE c.person_id <> d.person_id")"
same "and bands are what it said" "$(number link_review) $(number review_not)" "$(sql -c "
    SELECT count(*) FILTER (WHERE o.band = 'link' AND n.band = 'review'),
           count(*) FILTER (WHERE o.band = 'review' AND n.band IS NULL)
    FROM old_pair o LEFT JOIN mpi.pair n USING (a, b)" | tr '|' ' ')"
same "the same model again would do nothing" "$(hms dedup whatif --index city --model strict.yml --json |
    sed 's/.*"pairs_gained":\([0-9]*\),"pairs_lost":\([0-9]*\).*/\1 \2/')" "0 0"

hms dedup --index city -q
exits "an organisation leaves" 0 hms people index leave --org stmary
same "nobody is in two organisations any more" "$(sql -c "
    SELECT count(*) FROM (SELECT FROM mpi.member GROUP BY person_id HAVING count(DISTINCT org_id) > 1) x")" 0
exits "and is alone" 0 hms dedup --org stmary
same "with people of its own" "$(sql -c "SELECT DISTINCT index_name FROM mpi.person JOIN mpi.member USING (person_id)
    JOIN hms.organisation o USING (org_id) WHERE o.code = 'stmary'")" stmary
exits "the indexes are listed" 0 hms people index list
hold "SELECT pg_advisory_lock(hashtextextended('mpi.stmary', 0))"
exits "two runs at once are refused" 5 hms dedup --org stmary
let_go
