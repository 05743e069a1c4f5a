# serve - how many requests hmsd answers a second, and what one costs.
#
#   ./dev bench serve [SECONDS]     a run, default 5; three runs of each, the median is the figure
#
# 64 connections of wrk, random ids, 20,000 patients with a name, an identifier, an address, a telephone
# and ten results each, in one of five organisations.  `store_select` is the store alone: pgbench, two
# clients, one prepared statement by primary key, a round trip each.  The CPU figures say more than the
# rates when wrk, hmsd and PostgreSQL share few cores.
set -eu
root=${HMS_ROOT:?run it by ./dev bench serve}
seconds=${1:-5}
command -v wrk >/dev/null || { echo "bench: wrk is missing: apt-get install wrk" >&2; exit 1; }
[ -n "${HMS_TEST_SERVER:-}" ] || exec "$root/tests/postgres" run bash "$0" "$seconds"

scratch=$(mktemp -d)
cd "$scratch"
psql -qX -d "$HMS_TEST_SERVER dbname=postgres" -c 'CREATE DATABASE bench TEMPLATE template0'
export HMS_STORE="$HMS_TEST_SERVER dbname=bench"
. "$root/tests/serve/start.bash"
store_with_rows
psql -qX -v ON_ERROR_STOP=1 -d "$HMS_STORE" <<'SQL'
DO $$
DECLARE entity text;
BEGIN
    FOREACH entity IN ARRAY ARRAY['patient', 'patient_name', 'patient_identifier', 'patient_address',
        'patient_telecom', 'patient_contact', 'encounter', 'observation'] LOOP
        FOR org IN 1..3 LOOP
            EXECUTE format('CREATE TABLE hms.%I PARTITION OF hms.%I FOR VALUES IN (%s)',
                           entity || '__bench' || org, entity, org);
        END LOOP;
    END LOOP;
END
$$;
CREATE TEMP TABLE p AS SELECT n, md5(n::text)::uuid AS id FROM generate_series(1, 20000) n;
INSERT INTO hms.patient (id, org_id, source_system, source_key, row_hash, mrn, sex, birth_date, birth_precision, run_id)
SELECT id, 1914137713, 'northgate', 'B' || n, id, 'B' || n, 'other', '1970-01-01', 'D', 1 FROM p;
INSERT INTO hms.patient_name (id, org_id, source_system, source_key, row_hash, patient_id, use, family, given, run_id)
SELECT gen_random_uuid(), 1914137713, 'northgate', 'B' || n, id, id, 'official', 'Family' || n, 'Given', 1 FROM p;
INSERT INTO hms.patient_identifier (id, org_id, source_system, source_key, row_hash, patient_id, system, value, value_norm, run_id)
SELECT gen_random_uuid(), 1914137713, 'northgate', 'B' || n, id, id, 'national', 'V' || n, 'V' || n, 1 FROM p;
INSERT INTO hms.patient_address (id, org_id, source_system, source_key, row_hash, patient_id, line1, city, run_id)
SELECT gen_random_uuid(), 1914137713, 'northgate', 'B' || n, id, id, n || ' High Street', 'Town', 1 FROM p;
INSERT INTO hms.patient_telecom (id, org_id, source_system, source_key, row_hash, patient_id, kind, value, run_id)
SELECT gen_random_uuid(), 1914137713, 'northgate', 'B' || n, id, id, 'phone', '+1' || n, 1 FROM p;
INSERT INTO hms.observation (id, org_id, source_system, source_key, row_hash, patient_id, code, code_system, state,
    value_kind, value_num, effective_at, effective_precision, run_id)
SELECT md5(n || '-' || o)::uuid, 1914137713, 'northgate', 'B' || n || '-' || o, id, id, '718-7', 'loinc', 'final',
    'quantity', o, timestamptz '2024-01-01' + o * interval '1 day', 'T', 1 FROM p, generate_series(1, 10) o;
VACUUM ANALYZE;
SQL
psql -qXAt -d "$HMS_STORE" -c 'SELECT md5(n::text)::uuid FROM generate_series(1, 20000) n' >patients
psql -qXAt -d "$HMS_STORE" -c "SELECT md5(n || '-1')::uuid FROM generate_series(1, 20000) n" >observations
make_tokens
cat >wrk.lua <<'LUA'
local ids = {}
for line in io.lines(os.getenv("IDS")) do ids[#ids + 1] = line end
local path, headers = os.getenv("ADDRESS"), {Authorization = "Bearer " .. os.getenv("TOKEN")}
function request() return wrk.format("GET", path .. ids[math.random(#ids)], headers) end
function done(summary, latency)
    local errors = summary.errors
    io.write(string.format("%d %d %d %d\n", summary.requests, summary.duration, latency:percentile(99),
        errors.status + errors.read + errors.write + errors.timeout + errors.connect))
end
LUA
export TOKEN=$token
start_hmsd --quiet --connections 4
trap 'kill "$hmsd_pid" 2>/dev/null || true; rm -rf "$scratch"' EXIT

ticks() { # PID...: CPU time used so far, in clock ticks
    local pid sum=0 fields
    for pid in "$@"; do
        fields=($(sed 's/.*) //' "/proc/$pid/stat"))
        sum=$((sum + fields[11] + fields[12]))
    done
    echo $sum
}
backends=$(psql -qXAt -d "$HMS_STORE" -c "SELECT pid FROM pg_stat_activity WHERE application_name = 'hmsd'")
tick_us=$((1000000 / $(getconf CLK_TCK)))
median() { sort -n | sed -n 2p; }
figure() { printf '{"bench":"serve","what":"%s","value":%s,"unit":"%s"}\n' "$1" "$2" "$3"; }

measure() { # NAME ADDRESS IDS
    local run server store requests duration slow errors
    : >rates; : >slowest; : >server_us; : >store_us
    for run in 1 2 3; do
        server=$(ticks $hmsd_pid) store=$(ticks $backends)
        read -r requests duration slow errors < <(ADDRESS=$2 IDS=$3 wrk -t1 -c64 -d"${seconds}s" -s wrk.lua "$root_url" | tail -n 1)
        [ "$errors" = 0 ] || fail "$1: $errors errors"
        echo $((requests * 1000000 / duration)) >>rates
        echo "$slow" >>slowest
        echo $((($(ticks $hmsd_pid) - server) * tick_us / requests)) >>server_us
        echo $((($(ticks $backends) - store) * tick_us / requests)) >>store_us
    done
    figure "$1" "$(median <rates)" requests/s
    figure "$1.p99" "$(median <slowest | awk '{ print $1 / 1000 }')" ms
    figure "$1.cpu_hmsd" "$(median <server_us)" us/request
    figure "$1.cpu_store" "$(median <store_us)" us/request
}
echo '' >nothing
measure healthz /healthz nothing
measure patient_by_id /fhir/Patient/ patients
measure observation_by_id /fhir/Observation/ observations
measure observations_of_patient '/fhir/Observation?patient=' patients

cat >select.sql <<'SQL'
\set n random(1, 20000)
SELECT mrn FROM hms.patient WHERE org_id = 1914137713 AND id = md5(:n::text)::uuid;
SQL
: >rates
for run in 1 2 3; do
    pgbench -n -M prepared -c 2 -T "$seconds" -f select.sql "$HMS_STORE" 2>/dev/null |
        sed -n 's/^tps = \([0-9]*\).*/\1/p' >>rates
done
figure store_select "$(median <rates)" requests/s
