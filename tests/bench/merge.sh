# merge - merges and their undoing: 10,000 random sequences against a twin, and what one costs.
#
#   ./dev bench merge [SEQUENCES]     default 10,000
#
# The model is tests/pg/merge_model.c: sequences of merges, their undoing, deltas, choices and dedup
# runs on a store, the same without merges on its twin; it ends at the first difference.  As many
# models as there are cores work at one store side by side, each with sequences of its own.  What one costs
# is measured on 100,000 registrations with ten visits each: the median of 21, as the command
# is run, with its start and its connection.
set -eu
root=${HMS_ROOT:?run it by ./dev bench merge}
sequences=${1:-10000}
[ -n "${HMS_TEST_SERVER:-}" ] || exec "$root/tests/postgres" run bash "$0" "$sequences"
model=$(dirname "$(command -v hms)")/tests/merge_model
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

figure() { # WHAT VALUE UNIT
    printf '{"bench":"merge","what":"%s","value":%s,"unit":"%s"}\n' "$1" "$2" "$3"
}
server() { psql -qXAt -v ON_ERROR_STOP=1 -d "$HMS_TEST_SERVER dbname=$1" "${@:2}"; }

server postgres -c "CREATE DATABASE store TEMPLATE template0"
hms store deploy -q --store "$HMS_TEST_SERVER dbname=store"
server store -f "$root/tests/pg/merge_model.sql"
server postgres -c "CREATE DATABASE twin TEMPLATE store" -c "CREATE DATABASE big TEMPLATE store"
lanes=$(nproc)
[ "$lanes" -le "$sequences" ] || lanes=1
start=$(date +%s%N)
pids=
for lane in $(seq 1 "$lanes"); do
    first=$(((lane - 1) * sequences / lanes + 1)) next=$((lane * sequences / lanes + 1))
    "$model" "$HMS_TEST_SERVER dbname=store" "$HMS_TEST_SERVER dbname=twin" "$root/mappings/golden.yml" \
        $((next - first)) "$first" >"model.$lane" &
    pids="$pids $!"
done
for pid in $pids; do
    wait "$pid" || { cat model.* >&2; exit 1; }
done
cat model.* >&2
for what in sequences merges undone refused asked given_and_taken_back deltas dedup_changes; do
    figure "model.$what" "$(sed "s/.*\"$what\":\([0-9]*\).*/\1/" model.* | awk "{ n += \$1 } END { print n }")" ""
done
figure model.lanes "$lanes" ""
figure model.wall $((($(date +%s%N) - start) / 1000000000)) s

export HMS_STORE="$HMS_TEST_SERVER dbname=big"
server big <<'SQL'
INSERT INTO mpi.run (index_name, kind, state, model_name, model_checksum, link_probability, review_probability, tool_version, ended_at)
VALUES ('shared', 'full', 'done', 'm', 'm', 1, 0.5, 'x', now());
CREATE TEMP TABLE p AS SELECT n, md5(n::text)::uuid AS id FROM generate_series(1, 100000) n;
INSERT INTO hms.patient (id, org_id, source_system, source_key, row_hash, mrn, sex, run_id)
SELECT id, 1, 'old', n, id, n, 'other', 1 FROM p;
INSERT INTO hms.encounter (id, org_id, source_system, source_key, row_hash, patient_id, class, state, run_id)
SELECT md5(n || '-' || v)::uuid, 1, 'old', n || '-' || v, id, id, 'AMB', 'finished', 1 FROM p, generate_series(1, 10) v;
INSERT INTO mpi.person (person_id, index_name, since_run) SELECT id, 'shared', 1 FROM p;
INSERT INTO mpi.member (patient_id, org_id, person_id, since_run, certain) SELECT id, 1, id, 1, true FROM p;
ANALYZE;
SQL
id() { server big -c "SELECT md5('$1')::uuid"; }
median() { # WHAT COMMAND...: $n is the number of the try
    local what=$1
    shift
    for n in $(seq 1 21); do
        a=$(id "$n") b=$(id $((50000 + n)))
        start=$(date +%s%N)
        "$@" >/dev/null
        echo $((($(date +%s%N) - start) / 1000))
    done | sort -n | sed -n 11p | { read -r micros; figure "$what" "$(awk "BEGIN { print $micros / 1000 }")" ms; }
}
command_start() { hms people index list; }
merge() { hms people merge "$a" "$b" --by bench -q; }
golden() { hms people golden "$a" --rules "$root/mappings/golden.yml"; }
unmerge() { hms people unmerge "$a" "$b" --by bench -q; }
median one.start_and_connection command_start
median one.merge merge
median one.golden golden
median one.unmerge unmerge
