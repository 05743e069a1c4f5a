# A whole campaign: three stewards who err as often as is known work a queue off.  What the figures say of
# them, and of dedup, holds the truth.
. "$HMS_ROOT/tests/pg/review.bash"
two_hospitals 300 200
sql -c "UPDATE mpi.review_policy SET audit_share = 0.25, planted_share = 0.25"

sql <<'SQL'
-- What a steward who errs with that probability says; the same of the same pair at every run of this case.
CREATE FUNCTION public.says(of_task text, who text, errs float8) RETURNS text LANGUAGE sql AS $$
    SELECT CASE WHEN mpi.review_draw('unsure', who, a, b) < 0.03 THEN 'unsure'
                WHEN truth = (mpi.review_draw('errs', who, a, b) >= errs) THEN 'same' ELSE 'different' END
    FROM (SELECT CASE WHEN t.made_from = 'copy' THEN true
                      ELSE coalesce((SELECT x.same FROM public.truth x WHERE x.a = t.a AND x.b = t.b), false) END AS truth,
                 t.a::text, t.b::text
          FROM mpi.review_task t WHERE t.task = of_task) w
$$;
-- Each works until nothing is left for him; false when there was nothing.
CREATE FUNCTION public.works(who text, errs float8, most integer) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    task text;
BEGIN
    FOR i IN 1..most LOOP
        task := mpi.review_next(who, 'region');
        IF task IS NULL THEN
            RETURN i > 1;
        END IF;
        IF mpi.review_decide(task, who, public.says(task, who, errs), NULL, false) <> 'done' THEN
            RAISE EXCEPTION 'a decision was refused';
        END IF;
    END LOOP;
    RETURN true;
END
$$;
SELECT FROM mpi.review_fill('region');
SQL
rounds_of() { # MOST: each of the three makes at most that many decisions, in turns of five
    sql -c "DO \$\$ DECLARE more boolean := true; turn integer := 0; BEGIN
        WHILE more AND turn < $1 / 5 LOOP
            more := public.works('anna', 0.01, 5);
            more := public.works('ben', 0.05, 5) OR more;
            more := public.works('carla', 0.15, 5) OR more;
            turn := turn + 1;
        END LOOP; END \$\$"
}
# holds WHAT KEY TRUTH [WIDTH]: the interval under "KEY" of ./out holds the truth and says something
holds() {
    local low high
    low=$(grep -oE "\"$2\":\{\"value\":[0-9.e+-]+,\"low\":[0-9.e+-]+" out | head -n 1 | sed 's/.*://')
    high=$(grep -oE "\"$2\":\{\"value\":[0-9.e+-]+,\"low\":[0-9.e+-]+,\"high\":[0-9.e+-]+" out | head -n 1 | sed 's/.*://')
    awk -v low="$low" -v high="$high" -v truth="$3" -v width="${4:-0.3}" 'BEGIN { exit !(low != "" && low <= truth && truth <= high && high - low < width) }' ||
        { echo "not so: $1: $low to $high, truth $3"; hms review stats; exit 1; }
    echo "$1"
}
precision=$(sql -c "SELECT avg(x.same::int) FROM public.truth x JOIN mpi.pair p USING (a, b) WHERE p.band = 'link'")
recall=$(sql -c "SELECT count(*) FILTER (WHERE p.band = 'link')::float8 / count(*) FROM public.truth x LEFT JOIN mpi.pair p USING (a, b) WHERE x.same")

# ---- half-way
rounds_of 40
exits "figures half-way" 0 hms review stats --json
same "the queue is not empty" "$([ "$(number out open)" -gt 20 ] && echo so)" so
holds "precision half-way" precision "$precision" 0.5
holds "recall half-way" recall "$recall" 0.5
same "a forecast, and what it assumes" "$(grep -oE '"days_left":[0-9.]+,"working_day_assumed":true,"assumed_hours_a_day":2' out | wc -l)" 1
same "of three reviewers" "$(number out reviewers_at_work)" 3

# ---- the end
rounds_of 2000
exits "figures at the end" 0 hms review stats --json
cp out end.json
same "nothing is open but what all three have read" "$(sql -c "SELECT count(*) FROM mpi.review_task t WHERE state = 'open' AND source <> 'planted'
    AND (SELECT count(*) FROM mpi.review_decision d WHERE d.task = t.task) < 3")" 0
holds "precision" precision "$precision"
holds "recall" recall "$recall"
accuracy() { # NAME: its part of ./end.json into ./out
    grep -oE "\"reviewer\":\"$1\",[^}]*\"accuracy\":\{[^}]*\}" end.json >out
}
for who in anna:0.99 ben:0.95 carla:0.85; do
    accuracy "${who%:*}"
    holds "the accuracy of ${who%:*}" accuracy "${who#*:}" 0.4
done
same "reviewers agree beyond chance, in all three pairs" "$(grep -oE '"kappa":\{"value":0\.[3-9]' end.json | wc -l)" 3
same "planted pairs are about 25 in 100" "$(sql -c "SELECT avg((t.source = 'planted')::int) BETWEEN 0.2 AND 0.3
    FROM mpi.review_decision d JOIN mpi.review_task t USING (task)")" t
same "of every make" "$(sql -c "SELECT made_from FROM mpi.review_task WHERE made_from IS NOT NULL GROUP BY 1 HAVING count(*) > 3 ORDER BY 1")" "agreement
copy
others"
same "with both answers" "$(sql -c "SELECT known, count(*) > 10 FROM mpi.review_task WHERE known IS NOT NULL GROUP BY 1 ORDER BY 1")" "f|t
t|t"
same "none makes a verdict" "$(sql -c "SELECT count(*) FROM mpi.verdict v WHERE NOT EXISTS
    (SELECT FROM mpi.review_task t WHERE t.verdict_id = v.verdict_id AND t.source <> 'planted')")" 0
same "two readers of the grey band, never one twice" "$(sql -c "SELECT count(*) FROM mpi.review_task t WHERE needed = 2 AND state = 'decided' AND outcome <> 'unsure'
    AND (SELECT count(DISTINCT reviewer) FROM mpi.review_decision d WHERE d.task = t.task AND d.answer = t.outcome) < 2")" 0
same "verdicts are mostly right" "$(sql -c "SELECT avg((v.same = x.same)::int) > 0.93 FROM mpi.verdict v JOIN public.truth x USING (a, b)")" t

# ---- the next run, in which verdicts take pairs out of both bands, does not move the estimate
sql -c "
    INSERT INTO mpi.run (index_name, kind, state, model_name, model_checksum, link_probability, review_probability, tool_version)
        VALUES ('region', 'full', 'done', 'test', 'x', 0.95, 0.01, 'test');
    UPDATE mpi.pair SET run_id = (SELECT max(run_id) FROM mpi.run);
    DELETE FROM mpi.pair p USING mpi.verdict v WHERE v.a = p.a AND v.b = p.b AND NOT v.same;
    UPDATE mpi.pair p SET band = 'link', probability = 1 FROM mpi.verdict v WHERE v.a = p.a AND v.b = p.b AND v.same"
exits "after the next run" 0 hms review stats --json
same "the strata are as large as before" "$(grep -oE '"stratum":"[a-z ]*","pairs":[0-9]+' out)" "$(grep -oE '"stratum":"[a-z ]*","pairs":[0-9]+' end.json)"
same "and the estimates the same" "$(grep -oE '"precision":.*' out)" "$(grep -oE '"precision":.*' end.json)"
same "nothing was drawn anew" "$(number out open)" "$(number end.json open)"

# ---- the page
exits "the figures as a page" 0 hms review stats -q --report review.html
for text in 'done in\|all done' '<svg' 'anna and ben' 'precision: linked pairs that are one person' 'recall: pairs' 'Waiting longest' 'Decided after a disagreement'; do
    grep -q "$text" review.html || { echo "not so: the page says '$text'"; exit 1; }
done
same "disagreements are named" "$([ "$(grep -c 'anna: \(same\|different\), ' review.html)" -gt 2 ] && echo so)" so
same "it needs nothing else" "$(grep -cE '<script|src=|href=|url[(]|@import' review.html)" 0
same "nobody else reads it" "$(stat -c %a review.html)" 600
same "it holds no name of a patient" "$(grep -cF -f <(sql -c "SELECT DISTINCT family FROM hms.patient_name WHERE length(family) > 3") review.html)" 0
same "and no answer of an open pair" "$(sql -c "SELECT task FROM mpi.review_task WHERE state = 'open'" | while read -r task; do grep -E "$task.*(same|different)" review.html; done)" ""
[ -z "${HMS_KEEP:-}" ] || cp review.html "$HMS_KEEP"
