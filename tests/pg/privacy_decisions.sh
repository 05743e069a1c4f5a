# The canary in what people decide on: names, keys, texts of codes.  A server that logs every statement, command
# lines, messages, reports and files for others hold nothing of it; what shows values to a steward does so on
# standard output only.
. "$HMS_ROOT/tests/pg/load.bash"
canary=ZZPHIQX
printf '%s\n' $canary >canary
export HMS_TERMINOLOGY=$PWD/reg
hms store deploy -q
people() { # ORG
    echo "file people
table patient src/patient same
table patient_name src/name same
table patient_address src/address same
table patient_identifier src/number same"
    for i in $(seq 60); do
        # two registrations of one person in each organisation, the second a little different
        local same=$((i % 30)) twist=$((i > 30))
        echo "turn src/patient
row $canary$i mrn=$canary$i sex=$([ $((same % 2)) = 0 ] && echo male || echo female) birth_date=19$((40 + same))-0$((1 + same % 9))-1$((same % 8)) birth_precision=D
turn src/name
row n$i patient_id=@patient:$canary$i use=official family=$canary$(printf '%b' "\\x$(printf %x $((97 + same % 26)))")${same}son$([ $twist = 1 ] && echo n || true) given=$canary$(printf '%b' "\\x$(printf %x $((97 + same * 7 % 26)))")
turn src/address
row a$i patient_id=@patient:$canary$i line1=$same$canary city=$canary postal_code=${canary}$((same % 5))
turn src/number
row i$i patient_id=@patient:$canary$i system=national value=$canary$((same * 37)) value_norm=$canary$((same * 37))"
    done
    echo "file results
table observation src/result same
turn src/result"
    for code in 1 2 3; do
        echo "rows 12 $code-% patient_id=@patient:${canary}1 state=final value_kind=quantity value_num=5 source_code=$canary$code source_text=$canary code_map=$1/lab.tsv"
    done
}
for org in north south; do
    people $org | "$stage_maker" "stage-$org" $org
    hms load "stage-$org" --org $org -q
done
# From here on the server writes down whatever it is told, as a hospital's own may be set to.
cp "$HMS_STORE_LOG" log.before
sql <<'SQL'
SELECT format('ALTER DATABASE %I SET %s', current_database(), setting)
FROM unnest(ARRAY['log_statement = ''all''', 'log_min_duration_statement = 0', 'log_min_error_statement = ''panic''',
    'log_error_verbosity = ''terse''', 'log_parameter_max_length = 0', 'log_parameter_max_length_on_error = 0']) setting \gexec
SQL

. "$HMS_ROOT/tests/pg/canary.bash" # from here on command lines are watched
run hms dedup -v --org north --report said.one.html
run hms people index create city --org north --org south
run hms dedup -v --index city --report said.all.html
run hms dedup -v --index city --delta # nothing has changed
run hms dedup whatif -v --index city --model "$HMS_ROOT/mappings/people.yml"
set -- $(sql -F ' ' -c "SELECT least(a, b), greatest(a, b) FROM mpi.pair ORDER BY 1, 2 LIMIT 1")
[ $# = 2 ] || { echo "dedup found no pair"; exit 1; }
run hms people merge "$1" "$2" --by ann
run hms people merge "$1" "$2" --by ben
run hms people show "$1"
run hms people history "$1"
run hms people golden "$1" --json --rules "$HMS_ROOT/mappings/golden.yml"
run hms people list --index city
run hms people choose "$1" birth_date "$2" --by ann
run hms people unmerge "$1" --by ann
run hms people unmerge "$1" "$2" --by ann --apart
run hms people verdicts export verdicts.csv
printf 's/,different,/,%s,/; s/,same,/,%s,/\n' $canary $canary >spoil.sed # on no command line
sed -f spoil.sed verdicts.csv >bad.csv
run hms people verdicts import bad.csv
run hms review stats --json
shows hms review next --by ann --index city --reveal all
grep -qf canary shown || { echo "the steward sees nothing"; cat shown said.err; exit 1; }
shows hms review next --by ann --index city --weights --json
task=$(sed -n 's/.*"task":"\([0-9a-f]*\)".*/\1/p' shown | head -n 1)
shows hms review show "$task" --by ben # it is not his
run cat shown
run hms review decide "$task" same --by ann
run hms review undo --by ann

run hms code worklist -v --org north -o worklist.csv
hms term build "$HMS_ROOT/terminology/demo/LoincTable.csv" --release demo -o packs -q >/dev/null
hms term install packs/*.hmspack -q >/dev/null
hms term activate -q loinc-demo
run hms code suggest -v --org north --system loinc
item=$(sql -c "SELECT min(item_id) FROM mig.local_code WHERE organisation = 'north'")
shows hms code review next --org north --by ann
grep -qf canary shown || { echo "the reviewer sees no code"; exit 1; }
run hms code review decide "$item" --approve 718-7 --by ann
printf '%s\tapprove\t718-7\t%s\textra\n%s\n' "$item" $canary $canary >lines
run hms code review decide - --by ben <lines
run hms code export -v --org north -o .
run hms code export proposed -v --org north -o .
printf 'subject_id\tpredicate_id\tobject_id\tmapping_justification\n%s\t%s\n' $canary $canary >cut.tsv
run hms code import cut.tsv --org north --list north/lab.tsv --system loinc
printf '{"resourceType": "ConceptMap", "group": [{"element": [{"code": "%s", "target": [{"equivalence": "%s"}]}]}]}' $canary $canary >bad.json
run hms code import bad.json --org north --list north/lab.tsv --system loinc
run hms code units -v --org north
run hms code lint -v cut.tsv
run hms term diff packs/loinc-demo.hmspack packs/loinc-demo.hmspack --org north
tail -c +"$(($(wc -c <log.before) + 1))" "$HMS_STORE_LOG" >said.server
grep -q 'LOG:  \(statement\|execute\|duration\)' said.server || { echo "the server wrote nothing down"; exit 1; }

canary_is_silent
readable=$(find . -name '*.csv' -newer canary ! -name bad.csv -perm /077 -o -name 'said.*.html' -perm /077)
[ -z "$readable" ] || { echo "others can read $readable"; exit 1; }
