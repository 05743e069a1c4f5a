# coding - what judging each code on its day costs the road, and how fast values are converted.
#
#   ./dev bench coding [ROWS]   data in $HMS_REAL_DATA (default ../shared/data from the project's root)
#
# `transform` of the same rows with and without a pack in force, in turn, five times; codes and days at random, so
# that nothing is warm. CPU seconds of one process, the least of each way; the difference is what judging costs.
set -eu
root=${HMS_ROOT:?run it by ./dev bench coding}
. "$root/tests/coded_site.bash"
data=${HMS_REAL_DATA:-$root/../shared/data}/terminology
rows=${1:-3000000}
[ -d "$data" ] || { echo "bench: there is no folder $data" >&2; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

figure() { printf '{"bench":"coding","what":"%s","value":%s,"unit":"%s"}\n' "$1" "$2" "$3"; }
least() { sort -n | head -1; }
TIMEFORMAT=%U
cpu() { { time "$@" >/dev/null 2>&1; } 2>&1; } # COMMAND...: seconds of user time

hms term build "$data/icd10cm-2019" "$data/ucum/ucum-essence.xml" -o packs -q >/dev/null
hms term install packs/*.hmspack --registry packs-in-force >/dev/null
for pack in packs/icd10cm-*.hmspack packs/ucum-*.hmspack; do
    hms term activate -q --registry packs-in-force "$(basename "$pack" .hmspack)"
done
coded_site
hms term codes icd10cm --registry packs-in-force | cut -f1 | awk -v rows="$rows" 'BEGIN { srand(1) } { code[NR] = $1 }
    END { print "id,patient,code,seen"
          for (i = 1; i <= rows; i++)
              printf "%d,7,%s,2018-%02d-%02d 08:30\n", i, code[1 + int(rand() * NR)], 10 + int(rand() * 3), 1 + int(rand() * 28) }' >dump/dx.csv
hms extract maps/source.yml --dir dump -o raw -q
for run in 1 2 3 4 5; do
    for registry in none packs-in-force; do
        cpu hms transform raw --maps maps --org site -o stage --terminology $registry >>$registry.times
        rm -rf stage
    done
done
without=$(least <none.times)
with=$(least <packs-in-force.times)
figure transform.without "$without" s
figure transform.with "$with" s
figure judged "$(awk -v rows="$rows" -v a="$without" -v b="$with" 'BEGIN { if (b > a) printf "%.0f", rows / (b - a); else print "null" }')" codes/s

yes $'100.5\tmg/dL\tg/L' | head -n "$rows" >values || true
for run in 1 2 3; do cpu sh -c 'hms term convert - --registry packs-in-force <values'; done >converted.times
figure convert "$(awk -v rows="$rows" -v s="$(least <converted.times)" 'BEGIN { printf "%.0f", rows / s }')" values/s
