# A steward with SQL at hand: nothing shows the first answer, or which pair is planted, or lets him do what
# only the store's owner may.
. "$HMS_ROOT/tests/pg/review.bash"
two_hospitals 24 8
hms review stats -q >stats
role=review_eve_$$
sql -c "CREATE ROLE $role LOGIN IN ROLE hms_steward"
trap 'sql -c "DROP ROLE $role"' EXIT
# SQL as she says it, errors and notices included
eve() { psql -qXAt -d "${HMS_STORE/user=postgres/user=$role}" "$@" 2>&1 || true; }
hides() { # WHAT PATTERN: the last ./said has none of it
    ! grep -qE -- "$2" said || { echo "not so: $1"; grep -E -m 3 -- "$2" said | cut -c1-300; exit 1; }
    echo "$1"
}
uuid='[0-9a-f]{8}-[0-9a-f]{4}-'
sql -c "UPDATE mpi.review_policy SET planted_share = 0, grey_low = 0, grey_high = 1" -c "UPDATE mpi.review_task SET needed = 2"
task=$(eve -c "SELECT mpi.review_next('$role', 'region')")
same "she has a task" "${#task}" 12

# ---- the rights of the owner
cat >types.sql <<SQL
CREATE FUNCTION pg_temp.mine(v pg_catalog.text) RETURNS boolean LANGUAGE plpgsql AS \$\$ BEGIN RAISE WARNING 'runs as %', current_user; RETURN true; END \$\$;
CREATE DOMAIN pg_temp.text AS pg_catalog.text CHECK (pg_temp.mine(VALUE));
CREATE DOMAIN pg_temp.uuid AS pg_catalog.uuid CHECK (pg_temp.mine('u'));
CREATE DOMAIN pg_temp.timestamptz AS pg_catalog.timestamptz CHECK (pg_temp.mine('t'));
SELECT mpi.review_refresh();
SELECT count(*) FROM mpi.review_values('$task', '$role');
SELECT mpi.review_history('$task', '$role');
SELECT mpi.review_skip('$task', '$role');
SELECT mpi.review_next('$role', 'region');
SELECT mpi.review_decide('$task', '$role', 'same', 'x', false);
SELECT mpi.review_undo('$role');
SQL
eve -f types.sql >said
hides "types of her own do not run with the owner's rights" 'runs as postgres'
exits "verify sees that every function is sealed" 0 hms store verify
sql -c "ALTER FUNCTION mpi.review_next SET search_path = pg_catalog"
exits "and one that is not" 5 hms store verify
sql -c "ALTER FUNCTION mpi.review_next SET search_path = pg_catalog, pg_temp"

# ---- plans and errors tell nothing of the rows
task=$(eve -c "SELECT mpi.review_next('$role', 'region')")
eve -c "SET client_min_messages = debug1" -c "SET debug_print_plan = on" -c "SET debug_print_rewritten = on" -c "SET plan_cache_mode = force_custom_plan" \
    -c "SELECT mpi.review_renew('$task', '$role')" -c "SELECT count(*) FROM mpi.review_values('$task', '$role')" >said
hides "no plan of the owner's statements is told" 'review_task|review_decision'
eve -c "EXPLAIN (ANALYZE, VERBOSE) SELECT * FROM mpi.review_values('$task', '$role')" >said
hides "EXPLAIN shows the call" 'Scan on (mpi|hms)[.](review_task|patient)'
eve -c "SELECT mpi.review_decide('$task', '$role', 'perhaps', NULL, false)" -c "SELECT mpi.review_decide('$task', '$role', NULL, NULL, false)" \
    -c "SELECT mpi.review_decide('$task', '$role', 'same', repeat('x', 3000), false)" -c "SELECT mpi.review_decide('$task', '$role', 'same', NULL, NULL)" \
    -c "SELECT mpi.review_undo('$role')" -c "SELECT mpi.review_reveal('$task', '$role', repeat('x', 200))" -c "SELECT mpi.review_reveal('$task', '$role', NULL)" >said
hides "no message holds a row, or ids by which a planted copy would be known" "Failing row|Key \\(|$uuid"

# ---- the first answer
sql -c "UPDATE mpi.review_task SET leased_by = NULL, leased_at = NULL, leased_until = NULL"
first=$(sql -c "SELECT task FROM mpi.review_task WHERE source = 'review' AND state = 'open' AND NOT EXISTS (SELECT FROM mpi.review_decision d WHERE d.task = review_task.task) ORDER BY task LIMIT 1")
lease() { sql -c "UPDATE mpi.review_task SET leased_by = '$2', leased_at = now(), leased_until = now() + interval '10 minutes' WHERE task = '$1'"; }
all() { # what she can see of a pair that she has, or had
    eve -c "SELECT * FROM mpi.review_indexes()" -c "SELECT * FROM mpi.review_values('$first', '$role')" -c "SELECT mpi.review_renew('$first', '$role')" \
        -c "SELECT reviewer, answer, why FROM mpi.review_history('$first', '$role') WHERE reviewer <> '$role'" -c "SELECT length(mpi.review_learned('region')) > 0"
}
lease "$first" "$role"
all >alone
lease "$first" anna
sql -c "SELECT mpi.review_decide('$first', 'anna', 'same', 'A-NOTE', false)" -o /dev/null
for name in Anna ANNA an.na anna_ Ánna $'\u0430nna'; do # the last begins with a Cyrillic letter
    lease "$first" "$name"
    sql -c "SELECT mpi.review_decide('$first', '$name', 'same', NULL, false)" >>said 2>&1 || true
done
same "another spelling is not another person" "$(sql -c "SELECT count(*) FROM mpi.review_decision WHERE task = '$first'")" 1
lease "$first" "$role"
all >second
same "before her own answer she sees what she saw before the first one" "$(cat second)" "$(cat alone)"
for answer in same different; do
    eve -c "SELECT mpi.review_decide('$first', '$role', '$answer', NULL, false)" >>said
    eve -c "SELECT * FROM mpi.review_indexes()" -c "SELECT mpi.review_renew('$first', '$role')" >"after.$answer"
    eve -c "SELECT word, task = '$first' FROM mpi.review_undo('$role')" >>"after.$answer"
done
same "nor does agreement show itself in an answer that she takes back" "$(cat after.same)" "$(cat after.different)"
same "she can answer again" "$(eve -c "SELECT mpi.review_decide('$first', '$role', 'different', NULL, false)")" done
same "after it she may look" "$(eve -c "SELECT why FROM mpi.review_history('$first', '$role') WHERE reviewer = 'anna'")" A-NOTE
same "and then not change her mind" "$(eve -c "SELECT word FROM mpi.review_undo('$role')" -c "SELECT mpi.review_renew('$first', '$role')")" "done
already"

# ---- planted pairs
sql -c "UPDATE mpi.review_policy SET planted_share = 0.5" -c "UPDATE mpi.review_task SET leased_by = NULL, leased_at = NULL, leased_until = NULL"
planted=
for try in $(seq 1 40); do
    task=$(eve -c "SELECT mpi.review_next('$role', 'region')")
    if [ "$(sql -c "SELECT made_from FROM mpi.review_task WHERE task = '$task'")" = copy ]; then planted=$task; break; fi
    eve -c "SELECT mpi.review_skip('$task', '$role')" >/dev/null
done
same "a copy was planted" "${#planted}" 12
sql -c "UPDATE mpi.review_task SET leased_until = now() - interval '1 second' WHERE task = '$planted'"
same "one whose lease ran out comes again, as any pair does" "$(eve -c "SELECT mpi.review_next('$role', 'region')")" "$planted"
numbers=$(eve -F ' ' -c "SELECT string_agg(value, ' ' ORDER BY side) FROM mpi.review_values('$planted', '$role') WHERE field = 'record number'")
same "its record number is not made from the other by a table" "$(echo "${numbers% *}" | tr 0123456789 7294018536 | grep -cxF "${numbers#* }")" 0
eve -c "SELECT mpi.review_decide('$planted', '$role', 'same', NULL, false)" -c "SELECT count(*) FROM mpi.review_history('$planted', '$role')" \
    -c "SELECT word FROM mpi.review_undo('$role')" -c "SELECT mpi.review_renew('$planted', '$role')" >said
same "looked at and taken back, it is gone like any other" "$(tail -n 2 said)" "done
already"
same "others do not know it" "$(sql -c "SELECT mpi.review_renew('$planted', 'anna')")" unknown

# ---- an answer that a merge rests on
sql -c "UPDATE mpi.review_policy SET planted_share = 0" -c "UPDATE mpi.review_task SET needed = 1, leased_by = NULL, leased_at = NULL, leased_until = NULL"
task=$(sql -F ' ' -c "SELECT task, a, b FROM mpi.review_task WHERE source = 'review' AND state = 'open' AND NOT EXISTS (
    SELECT FROM mpi.review_decision d WHERE d.task = review_task.task) ORDER BY task LIMIT 1")
read -r task a b <<<"$task"
lease "$task" anna
exits "anna says one person" 0 hms review decide "$task" same --by anna -q
exits "ben merges the two" 0 hms people merge "$a" "$b" --by ben -q
exits "anna takes it back" 0 hms review undo --by anna -q
same "the verdict is the merge's now" "$(sql -c "SELECT v.same, g.undone_run IS NULL FROM mpi.merge g JOIN mpi.verdict v USING (verdict_id) WHERE v.withdrawn_at IS NULL")" "t|t"
same "and the question answered" "$(sql -c "SELECT state FROM mpi.review_task WHERE task = '$task'")" moot
exits "until the merge is undone" 0 hms people unmerge "$a" "$b" --by ben -q
hms review stats -q >stats
same "then it is asked again" "$(sql -c "SELECT state FROM mpi.review_task WHERE task = '$task'")" open
lease "$task" ben
hms people merge "$a" "$b" --by ben -q
exits "who says two people of what was merged under his eyes" 5 hms review decide "$task" different --by ben
says "is told" err "the pair is no longer there"
same "and no verdict contradicts the merge" "$(sql -c "SELECT count(*) FROM mpi.verdict WHERE withdrawn_at IS NULL AND NOT same AND (a, b) = (least('$a'::uuid, '$b'::uuid), greatest('$a'::uuid, '$b'::uuid))")" 0
