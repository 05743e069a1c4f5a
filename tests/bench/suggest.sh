# suggest - how often a suggested code is the right one, how far its probability can be believed, how fast.
#
#   ./dev bench suggest [CATALOGUE.csv PACK]     data in $HMS_REAL_DATA (default ../shared/data)
#
# Half of a laboratory's own names, chosen by a hash of the name, is learned from; the other half is asked.
# Scored over the entries whose code is in the pack (the LOINC table at hand is partial: 76 % of the codes).
# "peer" is cosine of character trigrams in the same run. Rates are of CPU time on one core.
# "trained_known" learns without the decisions whose code the pack does not have.
set -eu
root=${HMS_ROOT:?run it by ./dev bench suggest}
data=${HMS_REAL_DATA:-$root/../shared/data}/terminology/loinc
rate=$(dirname "$(command -v hms)")/tests/suggest_rate
if [ $# = 2 ]; then
    exec "$rate" "$2" "$1"
fi
[ -d "$data" ] || { echo "bench: there is no folder $data" >&2; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
hms term build "$data" --release partial -o "$scratch" >/dev/null
"$rate" "$scratch/loinc-partial.hmspack" "$data/local-lab-names.csv"
