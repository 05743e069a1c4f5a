# The queue hands out, decides and takes back; verdicts follow; the second reader is blind.
. "$HMS_ROOT/tests/pg/review.bash"
two_hospitals 60 30
sql -c "UPDATE mpi.review_policy SET planted_share = 0" # planted pairs have a case of their own

exits "a reviewer has a name" 2 hms review next
exits "and one that can be" 5 hms review next --by 'x; DROP'
exits "an index that is not there" 2 hms review next --by anna --index nowhere
exits "there is a task" 0 hms review next --by anna --json
first=$(task_of out)
same "named by twelve digits" "$(grep -oE '"task":"[0-9a-f]{12}"' out | wc -l)" 1
same "it says nothing of where it comes from" "$(grep -cE 'source|stratum|cause|probability|planted|audit|weight' out)" 0
says "what agrees is masked" out '"a":"••••","b":"••••","masked":true'
exits "while the lease runs it is the same task" 0 hms review next --by anna --json
same "for her" "$(task_of out)" "$first"
exits "ben gets another one" 0 hms review next --by ben --json
same "for him" "$([ "$(task_of out)" != "$first" ] && echo another)" another

exits "the whole sample of pairs is in the queue" 0 hms review stats --json
same "all in review, and of each stratum of links ten or all" "$(sql -c "
    SELECT source, stratum, count(*) BETWEEN min(lo) AND min(hi) FROM mpi.review_task
    JOIN (VALUES ('review', 29, 29), ('link near', 7, 7), ('link sure', 3, 18), ('refused', 2, 2)) v (s, lo, hi) ON s = stratum
    GROUP BY 1, 2 ORDER BY 1, 2")" "audit|link near|t
audit|link sure|t
audit|refused|t
review|review|t"
same "shares and sizes are kept" "$(sql -c "SELECT stratum, pairs, round(share::numeric, 3) FROM mpi.review_frame ORDER BY 1")" \
    "link near|7|1.000
link sure|22|0.455
refused|2|1.000
review|29|0.345"

# ---- order: what matters most first; grey, heavy and clinical pairs are read twice
same "priority is rows times doubt" "$(sql -c "
    SELECT count(*) FROM mpi.review_task WHERE abs(priority - (1 + a_rows + b_rows)
        * greatest(1 - abs(2 * probability::float8 - 1), CASE WHEN cause <> '' THEN 0.5 ELSE 0.01 END)) > 1e-6")" 0
same "rows that hang on both are counted" "$(sql -c "
    SELECT count(*) FROM mpi.review_task t WHERE a_rows + b_rows <>
        (SELECT count(*) FROM hms.encounter WHERE patient_id IN (t.a, t.b))
      + (SELECT count(*) FROM hms.allergy WHERE patient_id IN (t.a, t.b))")" 0
same "a second reader for doubtful pairs and where allergies meet" "$(sql -c "
    SELECT count(*) FROM mpi.review_task t JOIN public.truth x USING (a, b)
    WHERE needed <> CASE WHEN stratum = 'review' AND (probability BETWEEN 0.2 AND 0.8 OR i % 10 = 3) THEN 2 ELSE 1 END")" 0

# ---- one reader is enough
easy=$(sql -c "UPDATE mpi.review_task SET needed = 1 WHERE task = '$first' RETURNING task")
exits "a decision" 0 hms review decide "$easy" same --by anna --why "same street, old name" --json
same "as a record" "$(cat out)" "{\"record\":\"hms.review-decision/1\",\"task\":\"$easy\",\"answer\":\"same\"}"
same "makes a verdict" "$(sql -c "SELECT same, origin, decided_by, why, a_organisation <> b_organisation, a_system, left(a_key, 5) <> left(b_key, 5)
    FROM mpi.verdict WHERE withdrawn_at IS NULL")" "t|review|anna|same street, old name|t|src|t"
exits "nobody decides twice" 5 hms review decide "$easy" different --by anna
says "and it says so" err "has decided this pair already"
exits "nor what is closed" 5 hms review decide "$easy" different --by ben
says "and it says so" err "decided already"

# ---- undo withdraws and deletes nothing
exits "undo" 0 hms review undo --by anna --json
same "names the task" "$(task_of out)" "$easy"
same "the verdict is withdrawn, not deleted" "$(sql -c "SELECT count(*), count(withdrawn_at), min(withdrawn_by) FROM mpi.verdict")" "1|1|anna"
same "so is the decision" "$(sql -c "SELECT count(*), count(withdrawn_at) FROM mpi.review_decision")" "1|1"
exits "the task is hers again" 0 hms review next --by anna --json
same "at once" "$(task_of out)" "$easy"
exits "and she may decide again" 0 hms review decide "$easy" d --by anna -q
same "now they are different" "$(sql -c "SELECT same FROM mpi.verdict WHERE withdrawn_at IS NULL")" f
exits "only what is there can be undone" 0 hms review undo --by anna -q
exits "once" 5 hms review undo --by anna

# ---- the second reader is blind, disagreement goes to a third
sql -c "UPDATE mpi.review_task SET needed = 2 WHERE task = '$easy'"
exits "anna says same" 0 hms review decide "$easy" same --by anna --why "ANNAS-NOTE" -q
same "that is not enough" "$(sql -c "SELECT state FROM mpi.review_task WHERE task = '$easy'")" open
lease() { sql -c "UPDATE mpi.review_task SET leased_by = NULL, leased_at = NULL, leased_until = NULL WHERE leased_by = '$2';
    UPDATE mpi.review_task SET leased_by = '$2', leased_at = now(), leased_until = now() + interval '10 minutes' WHERE task = '$1'"; }
lease "$easy" ben
exits "ben sees the pair" 0 hms review show "$easy" --by ben
same "but not what anna said" "$(grep -c 'ANNAS-NOTE\|anna\|same  ' out)" 0
exits "nor as a record" 0 hms review show "$easy" --by ben --json
same "not there either" "$(grep -c 'ANNAS-NOTE\|anna' out)" 0
exits "ben says different" 0 hms review decide "$easy" different --by ben -q
exits "now he sees hers" 0 hms review show "$easy" --by ben
says "with her note" out "ANNAS-NOTE"
exits "who has looked may take back" 0 hms review undo --by ben -q
exits "but gets another pair" 0 hms review next --by ben --json
same "not this one" "$([ "$(task_of out)" != "$easy" ] && echo another)" another
lease "$easy" ben
exits "and may not decide it again" 5 hms review decide "$easy" same --by ben
lease "$easy" carla
exits "carla says different" 0 hms review decide "$easy" different --by carla -q
same "they disagree" "$(sql -c "SELECT state FROM mpi.review_task WHERE task = '$easy'")" open
lease "$easy" dora
exits "dora says different" 0 hms review decide "$easy" different --by dora -q
same "two against one" "$(sql -c "SELECT t.state, t.outcome, v.same, v.decided_by FROM mpi.review_task t JOIN mpi.verdict v USING (verdict_id)
    WHERE task = '$easy'")" "decided|different|f|anna, carla, dora"
exits "the auditor sees all of it" 0 hms review show "$easy" --json
same "also what was withdrawn" "$(grep -c 'hms.review-said/1' out)/$(grep -c '"withdrawn":true' out)" 6/3

# ---- unsure goes on to the next
exits "a task for emma" 0 hms review next --by emma --json
doubt=$(task_of out)
for who in emma frida; do
    lease "$doubt" $who
    exits "$who is unsure" 0 hms review decide "$doubt" unsure --by $who --why "need the old chart" -q
    same "and it stays open" "$(sql -c "SELECT state FROM mpi.review_task WHERE task = '$doubt'")" open
done
lease "$doubt" greta
exits "greta is unsure" 0 hms review decide "$doubt" u --by greta -q
same "three unsure readers end it without a verdict" "$(sql -c "SELECT state, outcome, verdict_id IS NULL FROM mpi.review_task WHERE task = '$doubt'")" "decided|unsure|t"

# ---- who contradicts dedup calls for a second reader
link=$(sql -c "SELECT task FROM mpi.review_task WHERE stratum LIKE 'link%' AND state = 'open' AND leased_by IS NULL LIMIT 1")
lease "$link" anna
exits "a link is contradicted" 0 hms review decide "$link" different --by anna -q
same "and read again" "$(sql -c "SELECT state FROM mpi.review_task WHERE task = '$link'")" open

# ---- uncovering is logged, with no value
exits "a task" 0 hms review next --by hanna --json
task=$(task_of out)
exits "uncovered" 0 hms review show "$task" --by hanna --reveal 'birth date,sex' --json
same "both fields" "$(grep -oE '"field":"(birth date|sex)","a":"[^•"]+","b":"[^•"]+","masked":false' out | wc -l)" 2
same "others stay masked" "$(grep -oE '"field":"city","a":"••••"' out | wc -l)" 1
same "who, which field, which pair" "$(sql -c "SELECT reviewer, field, task = '$task' FROM mpi.reveal ORDER BY field")" "hanna|birth date|t
hanna|sex|t"
exits "who does not have a task sees nothing of it" 5 hms review show "$task" --by ilse
says "and it says so" err "is not leased to ilse"
same "and nothing was printed" "$(cat out)" ""
exits "uncovering is counted" 0 hms review stats --json
same "as two" "$(number out reveals)" 2
same "and the log holds no value" "$(sql -c "SELECT count(*) FROM mpi.reveal r WHERE to_jsonb(r)::text ~ '19[3-9][0-9]-[0-9]{2}-[0-9]{2}\"' AND field !~ 'date'")" 0
