# The local codes of five invented hospitals, from empty code maps to the store: worklist, suggestions, two
# people who decide, export, and a cutover that takes what they approved and nothing else.
. "$HMS_ROOT/tests/pg/load.bash"
export HMS_TERMINOLOGY=$PWD/terminology

hms store deploy -q
hms term build "$HMS_ROOT/terminology/demo" --release demo -o packs -q >/dev/null
hms term install packs/*.hmspack -q >/dev/null
for pack in loinc atc icd10cm; do hms term activate $pack-demo -q; done
hms synth --patients 50 -o dumps -q
cp -r "$HMS_ROOT/mappings" maps
find maps -name '*.tsv' | while read -r file; do sed -i '2,$d' "$file"; done

move() { # ORG PURPOSE [OPTION]
    rm -rf "stage/$1"
    hms transform "raw/$1" --maps "maps/$1" --org "$1" -o "stage/$1" -q || [ $? = 1 ]
    hms load "stage/$1" --org "$1" --purpose "$2" ${3:-} -q || [ $? = 1 ]
}
for org in northgate lindenhof alnoor riverside stmary; do
    hms extract "maps/$org/source.yml" --dir "dumps/$org" -o "raw/$org" -q
    move $org rehearsal
done
same "with empty code maps nothing is mapped" "$(sql -c "SELECT count(*) FROM hms.observation WHERE code_map IS NOT NULL AND code IS NOT NULL")" 0

coded="lindenhof alnoor riverside stmary"
for org in northgate $coded; do
    hms code worklist --org $org -o "$org.csv" -q
    for system in loinc atc; do hms code suggest --org $org --system $system -q; done
done
same "every local code of every row is in the worklist" "$(sql -c "
    SELECT count(*) FROM (SELECT o.code AS org, t.code_map, t.source_code FROM hms.observation t JOIN hms.organisation o USING (org_id)
                          WHERE t.code_map IS NOT NULL
                          UNION SELECT o.code, t.code_map, t.source_code FROM hms.medication_order t JOIN hms.organisation o USING (org_id)
                          WHERE t.code_map IS NOT NULL) r
    LEFT JOIN mig.local_code c ON c.organisation = r.org AND c.list = r.code_map AND c.source_code = r.source_code
    WHERE c.item_id IS NULL")" 0
same "counts are those of the rows" "$(sql -c "
    SELECT count(*) FROM mig.local_code c WHERE 'medication_order' = ANY (entities) AND rows <>
        (SELECT count(*) FROM hms.medication_order t JOIN hms.organisation o USING (org_id)
         WHERE o.code = c.organisation AND t.code_map = c.list AND t.source_code = c.source_code)
      + (SELECT count(*) FROM hms.item t JOIN hms.organisation o USING (org_id)
         WHERE o.code = c.organisation AND t.code_map = c.list AND t.source_code = c.source_code)")" 0
same "no percentile of fewer than five patients" "$(sql -c "
    SELECT count(*) FROM mig.local_code WHERE patients < 5 AND p50 IS NOT NULL")" 0
same "a suggestion says why" "$(sql -c "SELECT count(*) FROM mig.code_suggestion WHERE reasons IS NULL OR reasons = ''")" 0

# Two people who know the answers: what the shipped code maps say, or that there is none.
for org in $coded; do
    for list in $(cd "$HMS_ROOT/mappings" && ls $org/*.tsv); do
        sql -F "$(printf '\t')" -c "SELECT source_code, item_id FROM mig.local_code
            WHERE organisation = '$org' AND list = '$list'" |
            awk -F'\t' 'NR == FNR { code[$1] = $4; next }
                { print $2 "\t" ($1 in code ? "approve\t" code[$1] : "no-match") }' "$HMS_ROOT/mappings/$list" - >decisions
        hms code review decide - --by ada -q <decisions
        hms code review decide - --by ben -q <decisions
    done
done
same "two people agreed on all of them" "$(sql -c "
    SELECT DISTINCT state FROM mig.code_worklist WHERE list LIKE '%.tsv' ORDER BY 1")" "approved
none"

for org in $coded; do hms code export --org $org -o "maps/$org" -q; done
for org in $coded; do move $org cutover --replace; done
same "every local code that has a right answer is in the store as that code" "$(
    for org in $coded; do
        for list in $(cd "$HMS_ROOT/mappings" && ls $org/*.tsv); do
            { echo "CREATE TEMP TABLE truth (source_code text, code text);"
              echo "COPY truth FROM stdin;"
              tail -n +2 "$HMS_ROOT/mappings/$list" | cut -f 1,4
              echo "\\."
              for entity in observation service_order medication_order item; do
                  echo "SELECT t.source_code FROM hms.$entity t JOIN truth USING (source_code) WHERE code_map = '$list'
                        AND (t.code, t.code_system, t.code_state) IS DISTINCT FROM
                            (truth.code, CASE WHEN '$list' LIKE '%lab%' THEN 'loinc' ELSE 'atc' END, 'approved');"
              done
            } | sql
        done
    done)" ""
same "and there are such rows" "$(sql -c "SELECT count(*) > 100 FROM hms.observation WHERE code_state = 'approved'")" t

runs=$(sql -c "SELECT count(*) FROM mig.run")
sed -i '2s/ada|ben/ /' maps/lindenhof/lab.tsv
hms transform raw/lindenhof --maps maps/lindenhof --org lindenhof -o stage/proposed -q || [ $? = 1 ]
exits "a cutover with one unapproved code is refused" 3 hms load stage/proposed --org lindenhof --replace --purpose cutover
says "with a map, a count and what to do" err "code.proposed"
says "" err "hms code review"
same "before anything is written" "$(sql -c "SELECT count(*) FROM mig.run")" "$runs"
exits "so is a stream" 3 hms load - --org lindenhof --replace --purpose cutover </dev/null
exits "and a purpose that is none" 2 hms load stage/proposed --org lindenhof --replace --purpose Cutover
exits "a rehearsal takes it" 1 hms load stage/proposed --org lindenhof --replace
same "counted and flagged" "$(sql -c "SELECT count(*) > 0 FROM mig.balance WHERE rule = 'code.proposed'
    AND run_id = (SELECT max(run_id) FROM mig.run)")|$(sql -c "SELECT count(*) > 0 FROM hms.observation WHERE code_state = 'proposed'")" "t|t"

# Export, import as an organisation of which the store knows nothing, export: the same bytes.
for org in lindenhof stmary; do
    mkdir -p one/$org tsv/$org json/$org
    hms code export --org $org -o one/$org -q
    hms code export --org $org -o one/$org --json -q
    for file in one/$org/*; do
        hms code import "$file" --org "${org}_${file##*.}" -q
    done
    for format in tsv json; do
        hms code export --org ${org}_$format -o $format/$org -q
        hms code export --org ${org}_$format -o $format/$org --json -q
    done
done
diff -r one tsv && diff -r one json && echo "exported, imported and exported again: the same bytes"
exits "what is there already is not imported twice" 0 hms code import one/stmary/drugs.tsv --org stmary_tsv
says "and says so" err "28 codes, 0 decisions new"
exits "a table is not written over by one that lacks codes of it" 3 hms code export --org stmary_tsv \
    --list stmary/drugs.tsv -o "$HMS_ROOT/mappings/lindenhof/drugs.tsv"
