# Files of decisions: bad ones are refused with their place, all or nothing; and a review by keys.
. "$HMS_ROOT/tests/pg/load.bash"
export HMS_TERMINOLOGY=$PWD/none
hms store deploy -q

head='subject_id\tpredicate_id\tobject_id\tmapping_justification\tauthor_id\treviewer_id\tmapping_date\n'
good='A\tskos:exactMatch\t1-8\tx\tada\tben\t2026-01-02\n'
refused() { # WHAT STATUS TEXT CONTENT
    printf "$4" >file
    exits "$1" "$2" hms code import file --org north --list north/lab.tsv --system loinc
    says "  with its place" err "$3"
    same "  and nothing of it stays" "$(sql -c "SELECT count(*) FROM mig.local_code")" 0
}
refused "an unsorted table" 3 "file:3: lines are not sorted" "${head}B${good#A}${good}"
refused "a row that is cut" 3 "file:3: not as many columns" "$head${good}B\tskos:exactMatch\n"
refused "a day that is none" 3 "file:3: the mapping's date" "$head${good}B\tskos:exactMatch\t1-8\tx\tada\tben\t2026-02-30\n"
refused "a relation that is none" 3 "file:2: predicate_id" "${head}A\towl:sameAs\t1-8\tx\tada\tben\t\n"
refused "a byte that is no text" 3 "not UTF-8" "${head}A\xff\tskos:exactMatch\t1-8\tx\tada\tben\t\n"
refused "a reviewer with a control character" 5 "file:2:" "${head}A\tskos:exactMatch\t1-8\tx\tada\tb\x01n\t\n"
refused "a ConceptMap that breaks off" 3 "file:" '{"resourceType": "ConceptMap", "group": ['
refused "another resource" 3 "file:1:1: 'resourceType' is not ConceptMap" '{"resourceType": "Patient"}'
refused "a group that is no object" 3 "file:2:" '{"resourceType": "ConceptMap", "group": [\n7]}'
element='{"resourceType": "ConceptMap", "group": [{"element": [\n'
refused "an element without a code" 3 "file:2:1: an element has a 'code'" "$element"'{"target": [{"code": "1-8", "equivalence": "equal"}]}]}]}'
refused "an element with two targets" 3 "file:2:1: an element has one target" "$element"'{"code": "A", "target": [{"code": "1-8", "equivalence": "equal"}, {"code": "2-6", "equivalence": "equal"}]}]}]}'
refused "an equivalence that is none" 3 "file:2:" "$element"'{"code": "A", "target": [{"code": "1-8", "equivalence": "same"}]}]}]}'
refused "a code that does not match" 3 "file:2:" "$element"'{"code": "A", "target": [{"equivalence": "equal"}]}]}]}'
refused "a code with a prefix" 3 "file:2: object_id is a code without a prefix" "${head}A\tskos:exactMatch\tLOINC:1-8\tx\tada\tben\t\n"
refused "an address" 3 "file:2: object_id is a code without a prefix" "${head}A\tskos:exactMatch\thttp://loinc.org/1-8\tx\tada\tben\t\n"
refused "R5's way to say that codes are not related" 3 "file:2:" "$element"'{"code": "A", "target": [{"code": "1-8", "relationship": "not-related-to"}]}]}]}'
refused "a table parted by semicolons" 3 "file:1: column 1 is none of SSSOM's" "${head//\\t/;}A;skos:exactMatch;1-8;x;ada;ben;\n"

printf "$head$good" >file
exits "without a list" 3 hms code import file --org north --system loinc
says "  it is asked for" err "--list"
exits "without a standard" 5 hms code import file --org north --list north/lab.tsv
says "  it is asked for" err "which standard"
exits "a good one" 0 hms code import file --org north --list north/lab.tsv --system loinc
printf "${head}A\tskos:exactMatch\t2-6\tx\tada\tcleo\t\n" >other
exits "one that contradicts it" 5 hms code import other --org north --list north/lab.tsv --system loinc
says "  is refused with its place" err "other:2: this person has decided otherwise"
printf "${head}A\tskos:exactMatch\t1-8\tx\t\t\t\nB\tskos:exactMatch\t2-6\tx\t\t\t\n" >nobody
exits "rows without names are suggestions" 0 hms code import nobody --org north --list north/lab.tsv --system loinc
same "  no decisions" "$(sql -c "SELECT count(*) FROM mig.code_decision")|$(sql -c "SELECT count(*) FROM mig.code_suggestion")" "2|2"
printf '\357\273\277#curie_map:\r\n#  LOINC: "http://loinc.org/"\r\nsubject_id\tpredicate_id\tobject_id\tmapping_justification\tauthor_id\treviewer_id\tmapping_cardinality\treviewer_agreement\tsimilarity_score\r\nN\tskos:exactMatch\t1-8\tx\t\t\t1:1\t\t0.9\r\n' >tool
exits "a table of another tool" 0 hms code import tool --org north --list north/tool.tsv --system loinc
printf '%s' '{"resourceType": "ConceptMap", "group": [{"target": "http://loinc.org|2.99", "element": [{"code": "P", "target": [{"code": "1-8", "relationship": "source-is-narrower-than-target"}]}, {"code": "Q", "noMap": true}]}]}' >r5
exits "a ConceptMap of R5" 0 hms code import r5 --org north --list north/r5.tsv
same "  nobody has approved what no person is named for" "$(sql -c "SELECT count(*) FROM mig.code_decision d JOIN mig.local_code USING (item_id) WHERE list <> 'north/lab.tsv'")" 0
same "  they are suggestions" "$(sql -c "SELECT string_agg(c.source_code || ' ' || s.code || ' ' || coalesce(s.release, ''), ', ' ORDER BY 1) FROM mig.code_suggestion s JOIN mig.local_code c USING (item_id) WHERE list <> 'north/lab.tsv'")" "N 1-8 , P 1-8 2.99"
sql -c "DELETE FROM mig.code_suggestion s USING mig.local_code c WHERE c.item_id = s.item_id AND list <> 'north/lab.tsv'" -c "DELETE FROM mig.local_code WHERE list <> 'north/lab.tsv'"

# Keys: reject, skip, another code, quit; each needs no second key.
sql -c "UPDATE mig.local_code SET rows = 10, risk = 'low', entities = '{observation}'" \
    -c "INSERT INTO mig.local_code (organisation, list, source_code, source_text, entities, code_system, predicate, risk, rows)
        VALUES ('north', 'north/lab.tsv', 'C', 'Third', '{observation}', 'loinc', 'skos:exactMatch', 'low', 5)"
printf '1x2so3-4\n' | hms code review --org north --by dan -q >keys
same "keys decide" "$(sql -c "SELECT c.source_code, d.verdict, d.code FROM mig.code_decision d JOIN mig.local_code c USING (item_id)
    WHERE author = 'dan' ORDER BY 1")" "B|approve|2-6"
printf 'o3-4\n' | hms code review --org north --by dan -q >keys
same "another code is typed" "$(sql -c "SELECT c.source_code, d.code, o.state FROM mig.code_decision d JOIN mig.local_code c USING (item_id)
    JOIN mig.code_outcome o USING (item_id) WHERE author = 'dan' AND c.source_code = 'C'")" "C|3-4|second"
exits "nothing is left for dan" 1 hms code review next --org north --by dan
exits "something for ben" 0 hms code review next --org north --by ben --json
says "  with what was proposed" out '"said":[{"verdict":"approve","code":"3-4","label":null,"author":"dan","comment":null}]'
item=$(sed 's/.*"item":\([0-9]*\).*/\1/' out)
exits "a decision by command" 0 hms code review decide "$item" --approve 3-4 --why "same test" --by ben --json
says "  settles it" out '"state":"approved"'
exits "two verdicts at once" 2 hms code review decide "$item" --approve 3-4 --no-match --by cleo
exits "an item that is not there" 3 hms code review decide 999999 --no-match --by cleo
printf '%s\tapprove\n' "$item" >line
exits "a line without a code" 2 hms code review decide - --by cleo <line
says "  with its number" err "line 1"
exits "nobody" 2 hms code review next --org north
