# The queue behind a real run of dedup: what stewards decide holds in the next run, and their queue follows.
. "$HMS_ROOT/tests/pg/review.bash"
hms store deploy -q
for org in north south; do
    people_lines $org 120 80 | "$stage_maker" "stage-$org" $org
    hms load "stage-$org" --org $org -q
done
exits "before the first run there is no queue" 5 hms review next --by anna
says "and it says what makes one" err "hms dedup --org CODE"
hms people index create region --org north --org south -q
exits "dedup" 0 hms dedup --index region -q
same "fills the queue itself" "$(sql -c "SELECT filled_run = (SELECT max(run_id) FROM mpi.run) FROM mpi.review_policy")" t
exits "the queue is there" 0 hms review stats --json
same "with every pair in review" "$(sql -c "SELECT count(*) FROM mpi.review_task WHERE source = 'review'")" "$(sql -c "SELECT count(*) FROM mpi.pair WHERE band = 'review'")"
same "and there are some" "$([ "$(number out open)" -gt 20 ] && echo so)" so
sql -c "UPDATE mpi.review_policy SET planted_share = 0" -c "UPDATE mpi.review_task SET needed = 1"
one=$(sql -F ' ' -c "SELECT a, b FROM mpi.review_task WHERE source = 'review' ORDER BY priority DESC LIMIT 1")
state() { sql -c "SELECT state FROM mpi.review_task WHERE (a::text, b::text) = ('${one% *}', '${one#* }')"; }
filled=$(sql -c "SELECT filled_at FROM mpi.review_policy")
exits "a merge elsewhere" 0 hms people merge ${one% *} ${one#* } --by dora -q
hms review stats >out
same "answers the question" "$(state)" moot
exits "taken back" 0 hms people unmerge ${one% *} ${one#* } --by dora -q
hms review stats >out
same "it is one again" "$(state)" open
same "for that the queue was not filled anew" "$(sql -c "SELECT filled_at FROM mpi.review_policy")" "$filled"
sql -c "CREATE TABLE public.truth AS SELECT least(n.id, s.id) AS a, greatest(n.id, s.id) AS b,
    CASE WHEN i < 80 THEN i % 40 <> 7 ELSE i % 2 = 1 END AS same FROM generate_series(0, 119) i
    JOIN hms.patient n ON n.source_key = 'north' || i JOIN hms.patient s ON s.source_key = 'south' || i"
sql -c "DO \$\$ DECLARE next text; answer text; BEGIN
    FOR turn IN 1..1000 LOOP
        EXIT WHEN NOT EXISTS (SELECT FROM mpi.review_task WHERE state = 'open');
        FOR who IN 1..2 LOOP
            next := mpi.review_next('steward' || who, 'region');
            SELECT CASE WHEN EXISTS (SELECT FROM public.truth x WHERE x.a = t.a AND x.b = t.b AND x.same) THEN 'same' ELSE 'different' END
                INTO answer FROM mpi.review_task t WHERE t.task = next;
            PERFORM mpi.review_decide(next, 'steward' || who, answer, NULL, false);
        END LOOP;
    END LOOP; END \$\$"
exits "two stewards work it off" 0 hms review stats --json
same "until nothing is open" "$(number out open)" 0
cp out before.json
exits "dedup again" 0 hms dedup --index region -q
same "who was said to be one person is one" "$(sql -c "SELECT count(*) FROM mpi.verdict v JOIN mpi.member x ON x.patient_id = v.a JOIN mpi.member y ON y.patient_id = v.b
    WHERE v.withdrawn_at IS NULL AND v.same <> (x.person_id = y.person_id)")" 0
exits "the queue follows" 0 hms review stats --json
same "nothing comes up a second time" "$(sql -c "SELECT count(*) FROM mpi.review_task t JOIN mpi.verdict v USING (a, b) WHERE t.state = 'open'")" 0
same "what was decided stays decided" "$(number out decided)" "$(number before.json decided)"
same "weights on the screen are what the run has learned" "$(sql -c "SELECT mpi.review_learned('region') LIKE 'hms-dedup-learned 1%field given name: %level exact m % u %'")" t
