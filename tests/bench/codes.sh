# codes - how fast packs are built, opened, switched and asked, on the official files.
#
#   ./dev bench codes        data in $HMS_REAL_DATA (default ../shared/data from the project's root)
#
# Three runs of each, the median is the figure.  Look-ups and validations are of every code once, shuffled, as
# it is written (with its dot), in one process on one core; `coldest_open` follows a drop of the pack's pages
# from memory.
set -eu
root=${HMS_ROOT:?run it by ./dev bench codes}
data=${HMS_REAL_DATA:-$root/../shared/data}/terminology
[ -d "$data" ] || { echo "bench: there is no folder $data" >&2; exit 1; }
hms=$(command -v hms)
rate=$(dirname "$hms")/tests/code_rate
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
export HMS_TERMINOLOGY=$scratch/registry

figure() { printf '{"bench":"codes","what":"%s","value":%s,"unit":"%s"}\n' "$1" "$2" "$3"; }
median() { sort -n | sed -n 2p; }
now() { date +%s%N; }
took() { # COMMAND...: milliseconds, median of three
    local run start
    for run in 1 2 3; do
        start=$(now)
        "$@" >/dev/null 2>&1
        echo $((($(now) - start) / 1000)) # us
    done | median | awk '{ print $1 / 1000 }'
}
build_both() {
    hms term build "$data/icd10cm-2019" -o packs
    hms term build "$data/loinc" --release partial -o packs
}
figure build.icd10cm_and_loinc "$(took build_both)" ms
figure build.gems "$(took hms term build "$data/gem-2018" -o packs)" ms
hms term build "$data/ucum" -o packs >/dev/null
hms term install packs/*.hmspack >/dev/null
hms term activate -q icd10cm-2019
figure activate "$(took hms term activate loinc-partial)" ms
figure rollback "$(took hms term rollback)" ms

for pack in icd10cm-2019 loinc-partial; do
    name=${pack%-*}
    for run in 1 2 3; do "$rate" packs/$pack.hmspack; done >runs
    figure "$name.open" "$(awk '{ print $1 / 1000 }' runs | median)" ms
    figure "$name.lookup" "$(awk '{ print $2 }' runs | median)" codes/s
    figure "$name.validate" "$(awk '{ print $3 }' runs | median)" codes/s
    for run in 1 2 3; do
        dd if=packs/$pack.hmspack iflag=nocache count=0 2>/dev/null
        "$rate" packs/$pack.hmspack | awk '{ print $1 / 1000 }'
    done >runs
    figure "$name.coldest_open" "$(sort -n runs | tail -n 1)" ms
    figure "$name.size" "$(stat -c %s packs/$pack.hmspack)" bytes
done
hms term activate -q ucum-2.2
for i in $(seq 1000); do printf '%d\tmg/dL\tmmol/L\t180.156\n%d\t[in_i]\tcm\t\n' "$i" "$i"; done >questions
for i in $(seq 100); do cat questions; done >many
start=$(now)
hms term convert - <many >/dev/null
figure units.convert "$(awk -v n="$(wc -l <many)" -v ns=$(($(now) - start)) 'BEGIN { printf "%.0f", n * 1e9 / ns }')" conversions/s
