# No value of a cell in any message, report, log or command line, whatever is wrong with the value.
# Every cell of five dumps gets a canary, in rows that stay good and in rows broken in every way;
# then the whole road is walked, as talkative as it can be, and everything said is searched.
set -eu

cat >canary <<'WORD'
ZZPHIQX
WORD
cat >spoil.awk <<'PROGRAM'
BEGIN { getline canary <"canary" }
NR == 1 { print; next }                                  # the header is no secret
{ plain = $0; ending = sub(/\r$/, "", plain) ? "\r" : "" }
NR % 8 == 1 { gsub(delimiter, "&" canary, plain) }               # every value is bad
NR % 8 == 2 || NR % 8 == 0 { gsub(/[A-Za-z][A-Za-z][A-Za-z][A-Za-z]/, canary "&", plain) }           # texts have it, codes too
NR % 8 == 3 { plain = canary plain }                             # the key has it
NR % 8 == 4 { sub(delimiter, delimiter_text "\"" canary, plain) } # a quote that never closes
NR % 8 == 5 { plain = plain delimiter_text canary }              # a cell too many
NR % 8 == 6 { gsub(delimiter, "&\377" canary, plain) }           # no text in any charset
NR % 8 == 7 { print plain canary ending }                        # a key twice, with two contents
{ print plain ending }
PROGRAM

# The dump, spoilt: rows are cut at line ends even inside quotes, which breaks them once more.
spoil() { # FILE DELIMITER
    LC_ALL=C awk -v delimiter="[$2]" -v delimiter_text="$2" -f spoil.awk "$1" >spoilt
    mv spoilt "$1"
}
hms synth -q --patients 40 -o dumps
for file in dumps/northgate/* dumps/riverside/* dumps/stmary/*; do spoil "$file" ,; done
for file in dumps/lindenhof/*; do spoil "$file" ';'; done
for file in dumps/alnoor/*; do
    iconv -c -f UTF-16 -t UTF-8 "$file" >text 2>iconv.err || true # some rows are bad already
    spoil text '|'
    { printf '\377\376'; iconv -c -f UTF-8 -t UTF-16LE text 2>iconv.err || true; } >"$file"
done

. "$HMS_ROOT/tests/pg/canary.bash" # from here on command lines are watched
for org in alnoor lindenhof northgate riverside stmary; do
    maps=$HMS_ROOT/mappings/$org
    run hms store -v deploy
    run hms extract -v "$maps/source.yml" --dir "dumps/$org" -o "raw/$org"
    run hms map lint -v "$maps" --raw "raw/$org"
    run hms map coverage "$maps" --raw "raw/$org"
    run hms transform -v "raw/$org" --maps "$maps" --org "$org" -o "stage/$org"
    run hms transform --json "raw/$org" --maps "$maps" --org "$org" -o "stage.again/$org"
    run hms load -v "stage/$org" --org "$org"
    run hms load --json "stage/$org" --org "$org" --replace
    run hms load -v "stage/$org" --org "$org"           # loaded already
    run hms load -v "stage/$org" --org somebodyelse     # a stage of another organisation
    run hms reconcile -v --org "$org" --raw "raw/$org" --stage "stage/$org" --report said.html
    psql -qX -d "$HMS_STORE" -c "UPDATE hms.patient SET birth_date = birth_date + 1" -c "DELETE FROM hms.observation WHERE id < '40000000-0000-0000-0000-000000000000'" >>said.out 2>&1 || true
    run hms reconcile -v --org "$org" --raw "raw/$org" --stage "stage/$org" --report said.html
    run hms reconcile --json --org "$org" --raw "raw/$org" --stage "stage/$org"
    run hms dedup -v --org "$org" --report said.people.html
done
run hms dedup --json --org northgate --delta
run hms dedup whatif -v --org northgate --model "$HMS_ROOT/mappings/people.yml"
run hms people list
run hms people list --json
run hms review stats
run hms review stats --json
run hms code units --org northgate
person=$(psql -qXAt -d "$HMS_STORE" -c "SELECT person_id FROM mpi.member ORDER BY 1 LIMIT 1")
run hms people show "$person"
run hms people history "$person"
run hms people golden "$person"
run hms rejects -v
run hms rejects --json
cp "$HMS_STORE_LOG" said.server 2>/dev/null || : >said.server

# The canary did travel: it is where values may be.
hms rejects --values >values
loaded=$(psql -qXAt -d "$HMS_STORE" -c "COPY (SELECT * FROM hms.patient_name) TO STDOUT" | grep -cf canary)
rejected=$(grep -cf canary values)
[ "$loaded" -ge 5 ] && [ "$rejected" -gt 500 ] || { echo "only $loaded names and $rejected rejects have the canary"; exit 1; }

canary_is_silent
readable=$(find raw stage stage.again -type f -perm /077)
[ -z "$readable" ] || { echo "others can read $readable"; exit 1; }
