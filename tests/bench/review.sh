# review - how long filling the queue takes, and handing out, deciding and counting while it is full.
#
#   ./dev bench review [REGISTRATIONS]      default 200000; a quarter as many pairs, a fifth of them in review
#
# Times are of the server, one session, wall; `next` and `decide` are the mean of 200 in a row.
set -eu
root=${HMS_ROOT:?run it by ./dev bench review}
n=${1:-200000}
if [ -z "${HMS_TEST_SERVER:-}" ]; then
    exec "$root/tests/postgres" run bash "$root/tests/bench/review.sh" "$n"
fi
export HMS_STORE="$HMS_TEST_SERVER dbname=postgres"
sql() { psql -qXAt -v ON_ERROR_STOP=1 -d "$HMS_STORE" "$@"; }
figure() { printf '{"bench":"review","what":"%s","value":%s,"unit":"%s"}\n' "$1" "$2" "$3"; }
took() { # COMMAND...: milliseconds
    local start
    start=$(date +%s%N)
    "$@" >/dev/null
    echo $((($(date +%s%N) - start) / 1000000))
}

hms store deploy -q
sql -v n="$n" -f "$root/tests/bench/review.sql" >/dev/null
figure fill.first "$(took sql -c "SELECT FROM mpi.review_fill('big')")" ms
figure tasks "$(sql -c "SELECT count(*) FROM mpi.review_task")" tasks
figure fill.again "$(took sql -c "SELECT FROM mpi.review_fill('big')")" ms
each() { # SQL: milliseconds of one, mean of 200
    sql -c "DO \$\$ DECLARE task text; start timestamptz; spent interval := '0'; BEGIN
        FOR i IN 1..200 LOOP
            $1
        END LOOP; PERFORM set_config('bench.ms', round(extract(epoch FROM spent) * 5, 2)::text, false); END \$\$" \
        -c "SELECT current_setting('bench.ms')"
}
figure next "$(each "start := clock_timestamp(); task := mpi.review_next('anna', 'big'); spent := spent + (clock_timestamp() - start);
    PERFORM mpi.review_decide(task, 'anna', 'same', NULL, false);")" ms
figure decide "$(each "task := mpi.review_next('anna', 'big'); start := clock_timestamp();
    PERFORM mpi.review_decide(task, 'anna', 'same', NULL, false); spent := spent + (clock_timestamp() - start);")" ms
figure show "$(each "task := mpi.review_next('ben', 'big'); start := clock_timestamp();
    PERFORM FROM mpi.review_values(task, 'ben'); spent := spent + (clock_timestamp() - start);")" ms
figure stats "$(took hms review stats --json)" ms
