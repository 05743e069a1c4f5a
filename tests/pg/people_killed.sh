# Killed at any moment, dedup, the review and the golden record leave a store that is whole, and the next
# command goes on: people, pairs and queue are those of a store where nobody was killed.
. "$HMS_ROOT/tests/pg/people.bash"
hms store deploy -q
dumps 120 northgate
load northgate
here=$HMS_STORE
other=${HMS_STORE##*=}_rehearsal_1
psql -qX -d "${HMS_STORE/dbname=${HMS_STORE##*=}/dbname=postgres}" -c "CREATE DATABASE $other TEMPLATE ${HMS_STORE##*=}"

whole() { # what must be so at any moment
    same "$1" "$(sql -c "
        SELECT 'member of nobody', count(*) FROM mpi.member m LEFT JOIN mpi.person p USING (person_id) WHERE p.person_id IS NULL OR p.retired_run IS NOT NULL
        UNION ALL SELECT 'person of nobody', count(*) FROM mpi.person p WHERE p.retired_run IS NULL AND NOT EXISTS (SELECT FROM mpi.member m WHERE m.person_id = p.person_id)
        UNION ALL SELECT 'run', count(*) FROM mpi.run WHERE state <> 'done' OR ended_at IS NULL
        UNION ALL SELECT 'new person without its event', count(*) FROM mpi.person p WHERE NOT EXISTS (SELECT FROM mpi.person_event e WHERE p.person_id IN (e.person_id, e.other_person_id))
        UNION ALL SELECT 'pair of nobody', count(*) FROM mpi.pair q WHERE NOT EXISTS (SELECT FROM mpi.member m WHERE m.patient_id = q.a) OR NOT EXISTS (SELECT FROM mpi.member m WHERE m.patient_id = q.b)
        UNION ALL SELECT 'decision without its task', count(*) FROM mpi.review_task t WHERE t.state = 'decided' AND t.source <> 'planted' AND t.outcome <> 'unsure' AND NOT EXISTS (
            SELECT FROM mpi.verdict v WHERE v.verdict_id = t.verdict_id AND v.same = (t.outcome = 'same'))
        UNION ALL SELECT 'half a decision', count(*) FROM mpi.review_decision d JOIN mpi.review_task t USING (task)
            WHERE d.withdrawn_at IS NULL AND t.leased_by = d.reviewer
        UNION ALL SELECT 'queue during a fill', (SELECT count(*) FROM mpi.review_candidate) + (SELECT count(*) FROM mpi.review_key)" |
        grep -v '|0$' || true)" ""
}
# Kills COMMAND after a while that is longer each time, from at once to later than its end
killed() { # TIMES COMMAND...
    local times=$1 pid try
    shift
    for try in $(seq 1 "$times"); do
        { "$@" >/dev/null 2>&1 & pid=$!; sleep "$(awk "BEGIN { print $try * $try * 0.6 / $times / $times }")"
          kill -9 $pid && wait $pid || true; } 2>/dev/null
    done
}
settled() { # until what the killed had asked of the server is over
    until [ "$(sql -c "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'hms'")" = 0 ]; do sleep 0.1; done
}
result() { sql -c "SELECT patient_id, person_id, certain FROM mpi.member ORDER BY 1" -c "SELECT a, b, band FROM mpi.pair ORDER BY 1, 2" \
    -c "SELECT a, b, source, state, needed FROM mpi.review_task WHERE source = 'review' ORDER BY 1, 2"; }
changes() { # the same in both stores
    sql -c "SET session_replication_role = replica;
        DELETE FROM hms.patient WHERE source_key IN ('NG0000040', 'NG0000041');
        UPDATE hms.patient_name SET family = 'Quixoteson' WHERE substr(md5(patient_id::text), 1, 1) = '0'"
}

killed 4 hms dedup --org northgate
settled
whole "killed in a first run, the store is whole"
exits "the next run goes on" 0 hms dedup --org northgate
changes
killed 4 hms dedup --org northgate --delta
settled
whole "killed in a delta it is whole"
exits "the next delta goes on" 0 hms dedup --org northgate --delta
export HMS_STORE="${here/dbname=${here##*=}/dbname=$other}"
hms dedup --org northgate -q
changes
hms dedup --org northgate --delta -q
result >expected
export HMS_STORE=$here
result | cmp expected -
echo "people, pairs and queue are those of a store where nobody was killed"

sql -c "UPDATE mpi.review_policy SET planted_share = 0" -c "UPDATE mpi.review_task SET needed = 1"
task() { sql -c "SELECT mpi.review_next('anna', 'northgate')"; }
for one in 1 2; do
    now=$(task)
    killed 1 hms review decide "$now" same --by anna
    killed 2 hms review decide "$now" same --by anna
done
settled
whole "killed in a decision, it is made or not"
hms review next --by anna --json >out
exits "and can be made" 0 hms review decide "$(sed -n 's/.*"task":"\([0-9a-f]*\)".*/\1/p' out)" same --by anna
one=$(registration northgate NG0000050)
result >before
killed 4 hms people golden "$one" --values --rules "$HMS_ROOT/mappings/golden.yml"
killed 4 hms people choose "$one" sex "$one" --by anna
settled
whole "killed at a golden record it is whole"
result | cmp before -
same "a choice is made once or not at all" "$(sql -c "SELECT count(*) <= 1 FROM mpi.choice WHERE withdrawn_at IS NULL")" t
exits "and the record can be read" 0 hms people golden "$one" --rules "$HMS_ROOT/mappings/golden.yml"
