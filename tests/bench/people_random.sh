# people_random - random deltas, models and verdicts: do ids stay, is every change told, does every verdict hold?
#
#   ./dev bench people_random [SEEDS] [ROUNDS]     default 10 seeds of 40 rounds
#
# The case is tests/pg/people_random.sh; it ends at the first promise that is broken, with seed and round.
set -eu
root=${HMS_ROOT:?run it by ./dev bench people_random}
seeds=${1:-10} rounds=${2:-40}
[ -n "${HMS_TEST_SERVER:-}" ] || exec "$root/tests/postgres" run bash "$0" "$seeds" "$rounds"
HMS_BUILD=$(dirname "$(command -v hms)")
export HMS_BUILD HMS_RANDOM_ROUNDS=$rounds HMS_RANDOM_SAY
HMS_RANDOM_SAY=$(mktemp)
trap 'rm -f "$HMS_RANDOM_SAY"' EXIT
start=$(date +%s)
for seed in $(seq 101 $((100 + seeds))); do
    HMS_RANDOM_SEED=$seed "$root/tests/run-case" "$root/tests/pg/people_random.sh"
    cat "$HMS_RANDOM_SAY"
done >&2
figure() { printf '{"bench":"people_random","what":"%s","value":%s,"unit":"%s"}\n' "$1" "$2" "$3"; }
figure rounds $((seeds * rounds)) ""
figure wall $(($(date +%s) - start)) s
