# What a steward sees: the screen of docs/review.md, values that would steer a terminal, and one key a
# decision on a real one.
. "$HMS_ROOT/tests/pg/review.bash"
hms store deploy -q
side() { # ORG NUMBER FAMILY STREET ENCOUNTERS [MORE LINES]
    echo "file patients
table patient src/patient same
row p$2 mrn=$2 sex=female birth_date=1984-02-01 birth_precision=D
table patient_name src/name same
row n$2 patient_id=@patient:p$2 use=official family=$3 given=Elizabeth
row m$2 patient_id=@patient:p$2 use=maiden family=Moor
table patient_address src/address same
row a$2 patient_id=@patient:p$2 line1=$4 city=Brook
table patient_telecom src/phone same
row t$2 patient_id=@patient:p$2 kind=phone value=0555_10020
table patient_identifier src/number same
row i$2 patient_id=@patient:p$2 system=national value=N5520 value_norm=n5520
row j$2 patient_id=@patient:p$2 system=mrn value=$2 value_norm=$2
file clinical
table encounter src/encounter same
rows $5 e% patient_id=@patient:p$2 class=AMB state=finished
${6:-}" | "$stage_maker" "stage-$1" "$1"
    hms load "stage-$1" --org "$1" -q
}
side north 1001 Ashford 2_Mill_Lane 3 "table allergy src/allergy same
row y1 patient_id=@patient:p1001 source_text=Penicillin"
side south 70001 Asford 19_Mill_Lane 1
sql -c "
    CREATE TABLE public.truth AS SELECT least(n.id, s.id) AS a, greatest(n.id, s.id) AS b, 0 AS i, true AS same
        FROM hms.patient n, hms.patient s WHERE n.source_key = 'p1001' AND s.source_key = 'p70001';
    INSERT INTO mpi.index (index_name) VALUES ('region');
    INSERT INTO mpi.index_organisation (org_id, organisation, index_name) SELECT org_id, code, 'region' FROM hms.organisation"
run_dedup 0
sql -c "INSERT INTO mpi.review_policy (index_name, seed, planted_share, audit_share, audit_least) VALUES ('region', 'a seed', 0, 0, 0)"

exits "a task" 0 hms review next --by anna
sed '1,/^```$/d; /^```$/,$d' "$HMS_ROOT/docs/review.md" | sed 's/ *$//' >documented
sed '1,2d; s/ *$//' out >shown
diff documented shown || { echo "not so: the screen is the one of docs/review.md"; exit 1; }
echo "the screen is the one of docs/review.md"

# ---- values that would steer a terminal or hide what they say
evil=$(printf 'A\033[31mB\302\233C\342\200\256D\a\001E\302\251F')
task=$(sql -c "SELECT task FROM mpi.review_task")
sql -v evil="$evil" <<'SQL'
UPDATE hms.patient_name SET given = :'evil', family = repeat('Wide ', 2000) WHERE source_key = 'n1001';
INSERT INTO hms.patient_telecom (id, org_id, source_system, source_key, row_hash, patient_id, kind, value, run_id)
    SELECT gen_random_uuid(), org_id, 'src', 'many' || k, gen_random_uuid(), id, 'phone', '555' || k, run_id
    FROM hms.patient, generate_series(1, 40) k WHERE source_key = 'p1001';
SQL
exits "hostile values are shown" 0 hms review show "$task" --by anna
same "without what steers" "$(tr -d '\n' <out | LC_ALL=C grep -cP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]')" 0
says "but with what they say" out "©F"
same "no value fills the screen" "$(grep -c Wide out)" 10
same "in columns, whatever their length" "$(awk '{ gsub(/[^ -~]/, ""); if (length($0) > 140) n++ } END { print n + 0 }' out)" 0
says "and what is too much is counted" out "25 more values are not shown"
exits "as a record too" 0 hms review show "$task" --by anna --json
same "whose control characters are escaped" "$(LC_ALL=C grep -cP '[\x00-\x09\x0b-\x1f]' out)" 0

# ---- a terminal
if ! script -qec true /dev/null >screen 2>&1; then
    echo "skipped from here on: this machine has no pseudo-terminal" >&2
    exit 0
fi
for n in 1 2 3; do # more pairs
    sql -c "INSERT INTO mpi.pair (a, b, run_id, weight, probability, band, cause, levels)
        SELECT least(p.id, x.b), greatest(p.id, x.b), 1, 0, 0.1, 'review', '', '' FROM mpi.review_task x,
        (SELECT md5('extra$n')::uuid AS id) p WHERE x.task = '$task'" \
        -c "INSERT INTO hms.patient SELECT (jsonb_populate_record(p, jsonb_build_object('id', md5('extra$n')::uuid, 'source_key', 'extra$n', 'mrn', 'X$n'))).* FROM hms.patient p WHERE source_key = 'p1001'" \
        -c "INSERT INTO mpi.member SELECT md5('extra$n')::uuid, org_id, person_id, since_run, certain FROM mpi.member LIMIT 1"
done
sql -c "SELECT FROM mpi.review_fill('region')"
size() { stat -c %s screen; }
# Waits until the screen is another than at that size, and still: a minute at most.
settle() { # SIZE
    local last=$1 still=0 tries=0 now
    while [ $still -lt 3 ] && [ $((tries++)) -lt 600 ]; do
        sleep 0.1
        now=$(size)
        if [ "$now" != "$1" ] && [ "$now" = "$last" ]; then still=$((still + 1)); else still=0; fi
        last=$now
    done
}
keys() { # KEY...: each is pressed when the screen has answered the one before
    settle 0
    keys_after "$@"
}
keys_after() {
    local before
    for key in "$@"; do
        before=$(size)
        printf '%b' "$key"
        settle "$before"
    done
}
terminal() { # KEY...
    : >screen
    keys "$@" | script -qfec "hms review next --by ben" /dev/null >screen
}
sql -c "UPDATE mpi.review_task SET leased_by = NULL, leased_at = NULL, leased_until = NULL"
terminal w w r '7\n' s z d u 'ask the ward\n' n q
same "keys decide" "$(sql -c "SELECT answer, coalesce(why, ''), weights_seen, withdrawn_at IS NOT NULL FROM mpi.review_decision ORDER BY decision_id")" "same||t|t
different||f|f
unsure|ask the ward|f|f"
same "uncover" "$(sql -c "SELECT reviewer, count(*) > 0, count(DISTINCT field) FROM mpi.reveal WHERE reviewer = 'ben' GROUP BY 1")" "ben|t|1"
same "and put back" "$(sql -c "SELECT reviewer, times FROM mpi.review_skip")" "ben|1"
says "weights on demand only" screen "bits, without"
same "which task is his is kept when he quits" "$(sql -c "SELECT count(*) FROM mpi.review_task WHERE leased_by = 'ben' AND leased_until > now()")" 1
sql -c "UPDATE mpi.review_policy SET lease = '1 second'" -c "UPDATE mpi.review_task SET leased_until = now() WHERE leased_by = 'ben'"
keys_late() {
    settle 0
    sleep 1.5
    keys_after s
    sql -c "UPDATE mpi.review_policy SET lease = '10 minutes'"
    keys_after w s q
}
before=$(sql -c "SELECT count(*) FROM mpi.review_decision")
: >screen
keys_late | script -qfec "hms review next --by ben" /dev/null >screen
says "who was away for long is told to look again" screen "you were away for long"
same "and decides then" "$(($(sql -c "SELECT count(*) FROM mpi.review_decision") - before))" 1
