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
zip -q -j icd10cm_2019.zip "$data"/icd10cm-2019/*.txt
figure build.icd10cm_from_zip "$(took hms term build icd10cm_2019.zip -o packs)" ms
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

# a download of Athena of our own making: ten vocabularies of 100,000 concepts; relations in both directions
mkdir athena
awk -v OFS='\t' 'BEGIN {
    concepts = "athena/CONCEPT.csv"; relations = "athena/CONCEPT_RELATIONSHIP.csv"
    synonyms = "athena/CONCEPT_SYNONYM.csv"; vocabularies = "athena/VOCABULARY.csv"
    print "concept_id", "concept_name", "domain_id", "vocabulary_id", "concept_class_id", "standard_concept",
        "concept_code", "valid_start_date", "valid_end_date", "invalid_reason" >concepts
    print "concept_id_1", "concept_id_2", "relationship_id", "valid_start_date", "valid_end_date", "invalid_reason" >relations
    print "concept_id", "concept_synonym_name", "language_concept_id" >synonyms
    print "vocabulary_id", "vocabulary_name", "vocabulary_reference", "vocabulary_version", "vocabulary_concept_id" >vocabularies
    for (v = 0; v < 10; v++) {
        print 100 + v, "Voc" v, "Metadata", "Vocabulary", "Vocabulary", "", "v" v, 19700101, 20991231, "" >concepts
        print "Voc" v, "Invented " v, "-", "2031." v, 100 + v >vocabularies
    }
    srand(1)
    for (i = 0; i < 1000000; i++) {
        id = 1000 + i
        print id, "An invented concept with a name of usual length, number " i, "Condition", "Voc" i % 10,
            "Finding", "S", "C" i, 20020131, 20991231, "" >concepts
        above = 1000 + int(i / 20) * 10 + i % 10
        if (i >= 10 && above != id) {
            print id, above, "Is a", 20020131, 20991231, "" >relations
            print above, id, "Subsumes", 20020131, 20991231, "" >relations
        }
        other = 1000 + int(rand() * 1000000)
        print id, other, "Maps to", 20020131, 20991231, "" >relations
        print other, id, "Mapped from", 20020131, 20991231, "" >relations
        if (i % 2) print id, "Another name of the invented concept " i, 4180186 >synonyms
    }
}'
/usr/bin/time -o cost -f '%U %S %M' hms term build athena -o athena-packs >/dev/null
figure athena.build "$(awk '{ print ($1 + $2) * 1000 }' cost)" "ms of CPU"
figure athena.memory "$(awk '{ print $3 }' cost)" "KiB, mapped files included"
figure athena.files "$(du -k athena | cut -f1)" KiB

hms term activate -q ucum-2.2
for i in $(seq 1000); do printf '%d\tmg/dL\tmmol/L\t180.156\n%d\t[in_i]\tcm\t\n' "$i" "$i"; done >questions
for i in $(seq 100); do cat questions; done >many
start=$(now)
hms term convert - <many >/dev/null
figure units.convert "$(awk -v n="$(wc -l <many)" -v ns=$(($(now) - start)) 'BEGIN { printf "%.0f", n * 1e9 / ns }')" conversions/s
