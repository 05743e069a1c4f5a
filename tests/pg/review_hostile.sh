# Leases that end, stewards that collide, registrations that go away, and who may do what.
. "$HMS_ROOT/tests/pg/review.bash"
two_hospitals 18 6
sql -c "UPDATE mpi.review_policy SET planted_share = 0"
run_out() { sql -c "UPDATE mpi.review_task SET leased_until = now() - interval '1 second' WHERE task = '$1'"; }
give() { sql -c "UPDATE mpi.review_task SET leased_by = '$2', leased_at = now(), leased_until = now() + interval '10 minutes' WHERE task = '$1'"; }

# ---- many at once: no task goes to two, none is lost
for i in 1 2 3; do
    for k in 1 2 3 4; do
        hms review next --by "steward$i.$k" --json -q >"got.$i.$k"
    done &
done
wait
same "twelve stewards at once have twelve tasks" "$(cat got.* | sed -n 's/.*"task":"\([0-9a-f]*\)".*/\1/p' | sort -u | wc -l)" 12
sql -c "UPDATE mpi.review_task SET leased_by = NULL, leased_at = NULL, leased_until = NULL"
cat >drain.sh <<'SH'
while hms review next --by "$1" --json -q >"own.$1" && ! grep -q '"task":null' "own.$1"; do
    task=$(sed -n 's/.*"task":"\([0-9a-f]*\)".*/\1/p' "own.$1")
    hms review decide "$task" same --by "$1" -q || exit 1
done
SH
sql -c "UPDATE mpi.review_policy SET grey_low = 0.5, grey_high = 0.5" -c "UPDATE mpi.review_task SET needed = 1"
pids=
for who in anna ben carla; do
    bash drain.sh $who 2>"err.$who" &
    pids="$pids $!"
done
for pid in $pids; do
    wait "$pid" || { cat err.*; echo "not so: three stewards work side by side"; exit 1; }
done
echo "three stewards work side by side"
same "until nothing is open" "$(sql -c "SELECT count(*) FROM mpi.review_task WHERE state <> 'decided'")" 0
same "nobody decided one twice" "$(sql -c "SELECT count(*) - count(DISTINCT (task, reviewer)) FROM mpi.review_decision")" 0
same "a second reading was for what contradicts dedup" "$(sql -c "SELECT DISTINCT stratum FROM mpi.review_task t
    WHERE (SELECT count(*) FROM mpi.review_decision d WHERE d.task = t.task) > 1")" ""
same "and each has its verdict" "$(sql -c "SELECT count(*) FROM mpi.review_task t JOIN mpi.verdict v USING (a, b) WHERE v.same AND v.withdrawn_at IS NULL")" \
    "$(sql -c "SELECT count(*) FROM mpi.review_task")"

# ---- one reviewer in two windows, one key pressed in both
task=$(sql -c "UPDATE mpi.review_task SET state = 'open', outcome = NULL, verdict_id = NULL, needed = 2 WHERE task =
    (SELECT min(task) FROM mpi.review_task WHERE source = 'review') RETURNING task")
sql -c "UPDATE mpi.verdict SET withdrawn_at = now(), withdrawn_by = 'test' WHERE (a, b) = (SELECT a, b FROM mpi.review_task WHERE task = '$task')"
give "$task" emma
for i in 1 2 3 4 5 6; do
    (hms review decide "$task" same --by emma -q 2>>double.err && echo won >>won) &
done
wait
same "six presses make one decision" "$(wc -l <won) $(sql -c "SELECT count(*) FROM mpi.review_decision WHERE task = '$task' AND reviewer = 'emma'")" "1 1"
same "the others are told" "$(grep -c 'decided this pair already\|is decided already' double.err)" 5

# ---- leases
open() { # a task nobody has decided
    sql -c "UPDATE mpi.review_decision SET withdrawn_at = now() WHERE task = '$1'" \
        -c "UPDATE mpi.verdict SET withdrawn_at = now(), withdrawn_by = 'test' WHERE withdrawn_at IS NULL AND (a, b) = (SELECT a, b FROM mpi.review_task WHERE task = '$1')" \
        -c "UPDATE mpi.review_task SET state = 'open', outcome = NULL, verdict_id = NULL, closed_at = NULL, needed = 1 WHERE task = '$1'"
}
open "$task"
exits "without a lease nothing is decided" 5 hms review decide "$task" same --by anna
says "and it says so" err "the lease on this task has run out"
give "$task" anna
exits "another's lease does not help" 5 hms review decide "$task" same --by ben
says "and it says so" err "somebody else has this task"
run_out "$task"
exits "nor one that ran out" 5 hms review decide "$task" same --by anna
says "and it says so" err "has run out"
same "the refused left nothing" "$(sql -c "SELECT count(*) FROM mpi.review_decision WHERE task = '$task' AND withdrawn_at IS NULL")" 0
exits "a task whose steward crashed comes to the next" 0 hms review next --by ben --json
same "after its lease" "$(task_of out)" "$task"
same "the first cannot renew it then" "$(sql -c "SELECT mpi.review_renew('$task', 'anna')")" taken
same "ben can" "$(sql -c "SELECT mpi.review_renew('$task', 'ben')")" done
run_out "$task"
same "even late, when nobody took it" "$(sql -c "SELECT mpi.review_renew('$task', 'ben')")" done
same "a task put back comes again when nothing else is left" "$(sql -c "SELECT mpi.review_skip('$task', 'ben')") $(sql -c "SELECT mpi.review_next('ben', 'region') = '$task'")" "done t"
exits "no such task" 5 hms review decide ffffffffffff same --by anna
exits "no such answer" 2 hms review decide "$task" perhaps --by anna
exits "a note has an end" 5 hms review decide "$task" same --by ben --why "$(head -c 3000 /dev/zero | tr '\0' x)"

# ---- a run of dedup while tasks are open
sql -c "UPDATE mpi.review_policy SET audit_share = 0, audit_least = 0" # or they come back as refused pairs
other=$(sql -c "SELECT task FROM mpi.review_task WHERE source = 'review' AND task <> '$task' ORDER BY task LIMIT 1")
for one in "$task" "$other"; do open "$one"; done
give "$task" ben
give "$other" carla
sql -c "UPDATE mpi.review_task SET needed = 2 WHERE task = '$other'"
exits "carla decides" 0 hms review decide "$other" same --by carla -q
run_dedup 6
sql -c "DELETE FROM mpi.pair p USING mpi.review_task t WHERE t.task IN ('$task', '$other') AND p.a = t.a AND p.b = t.b"
exits "the queue follows the run" 0 hms review stats --json
same "pairs that are gone are moot" "$(sql -c "SELECT state, count(*) FROM mpi.review_task WHERE task IN ('$task', '$other') GROUP BY 1")" "moot|2"
exits "the steward who had one is told" 5 hms review decide "$task" same --by ben
says "why" err "the pair is no longer there"
same "what was decided is kept" "$(sql -c "SELECT reviewer, answer FROM mpi.review_decision WHERE task = '$other' AND withdrawn_at IS NULL")" "carla|same"
run_dedup 6
exits "the pairs come back" 0 hms review stats --json
same "and are open with what was said" "$(sql -c "SELECT state, count(*) FROM mpi.review_task WHERE task IN ('$task', '$other') GROUP BY 1")" "open|2"
give "$other" dora
exits "a second reader is enough" 0 hms review decide "$other" same --by dora -q
same "now" "$(sql -c "SELECT state, outcome FROM mpi.review_task WHERE task = '$other'")" "decided|same"

# ---- a registration that went away under the reviewer's eyes
give "$task" ben
sql -c "CREATE TABLE public.kept AS SELECT * FROM hms.patient__north WHERE id IN (SELECT unnest(ARRAY[a, b]) FROM mpi.review_task WHERE task = '$task')" \
    -c "SET session_replication_role = replica" -c "DELETE FROM hms.patient__north WHERE id IN (SELECT id FROM public.kept)"
exits "the decision is kept" 5 hms review decide "$task" same --by ben
says "but the question is gone" err "the pair is no longer there"
same "as it was said" "$(sql -c "SELECT count(*) FROM mpi.review_decision WHERE task = '$task' AND reviewer = 'ben' AND withdrawn_at IS NULL")" 1
same "without a verdict" "$(sql -c "SELECT state, verdict_id IS NULL FROM mpi.review_task WHERE task = '$task'")" "moot|t"
sql -c "SET session_replication_role = replica" -c "INSERT INTO hms.patient__north SELECT * FROM public.kept"

# ---- a verdict from elsewhere
open "$task"
give "$task" emma
sql -c "INSERT INTO mpi.verdict (a, b, a_organisation, a_system, a_key, b_organisation, b_system, b_key, same, origin, decided_by)
        SELECT a, b, 'x', 'x', 'x', 'x', 'x', 'x', false, 'merge', 'somebody' FROM mpi.review_task WHERE task = '$task'"
exits "a verdict from elsewhere is not overruled" 5 hms review decide "$task" same --by emma
same "there is one" "$(sql -c "SELECT same, origin FROM mpi.verdict v JOIN mpi.review_task t USING (a, b) WHERE task = '$task' AND withdrawn_at IS NULL")" "f|merge"
sql -c "UPDATE mpi.verdict SET withdrawn_at = now(), withdrawn_by = 'auditor' WHERE verdict_id = (SELECT verdict_id FROM mpi.review_task WHERE task = '$other')"
run_dedup 6
exits "a verdict of reviewers that somebody withdrew" 0 hms review stats --json
same "puts the pair up afresh" "$(sql -c "SELECT t.state, count(d.task) FILTER (WHERE d.withdrawn_at IS NULL) FROM mpi.review_task t JOIN mpi.review_decision d USING (task)
    WHERE task = '$other' GROUP BY 1")" "open|0"

# ---- a steward who logs in as himself
sql -c "DROP ROLE IF EXISTS review_anna" -c "CREATE ROLE review_anna LOGIN IN ROLE hms_steward"
trap 'sql -c "DROP ROLE IF EXISTS review_anna"' EXIT
as_anna() { HMS_STORE="${HMS_STORE/user=postgres/user=review_anna}" "$@"; }
refused() { # WHAT SQL
    ! as_anna sql -c "$2" >out 2>err || { echo "not so: $1"; cat out; exit 1; }
    grep -qE 'permission denied|in his own name' err || { cat err; exit 1; }
    echo "$1"
}
same "gets tasks by the functions" "$(as_anna sql -c "SELECT length(mpi.review_next('review_anna', 'region'))")" 12
task=$(as_anna sql -c "SELECT mpi.review_next('review_anna', 'region')")
same "sees both sides of his own" "$(as_anna sql -c "SELECT count(DISTINCT side) FROM mpi.review_values('$task', 'review_anna')")" 2
other=$(sql -c "SELECT task FROM mpi.review_task WHERE task <> '$task' LIMIT 1")
same "and none of another" "$(as_anna sql -c "SELECT count(*) FROM mpi.review_values('$other', 'review_anna')")" 0
refused "not the decisions" "SELECT * FROM mpi.review_decision"
refused "not the tasks, which tell what is planted" "SELECT * FROM mpi.review_task"
refused "not the verdicts" "SELECT * FROM mpi.verdict"
refused "not the patients" "SELECT * FROM hms.patient"
refused "not in another's name" "SELECT mpi.review_next('ben', 'region')"
refused "does not decide for others" "SELECT mpi.review_decide('$task', 'ben', 'same', NULL, false)"
refused "nor reads what everybody said" "SELECT * FROM mpi.review_history('$task', NULL)"
refused "nor fills the queue by another seed" "UPDATE mpi.review_policy SET seed = 'x'"
refused "nor plants" "SELECT mpi.review_plant('region', 'review_anna', 0.5)"
same "decides" "$(as_anna sql -c "SELECT mpi.review_decide('$task', 'review_anna', 'same', NULL, false)")" done
exits "the schema is whole" 0 hms store verify
