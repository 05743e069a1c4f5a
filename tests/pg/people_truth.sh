# A hospital with few different names, twins and households: the people that dedup finds are those of the truth.
. "$HMS_ROOT/tests/pg/people.bash"
hms store deploy -q
for org in alnoor northgate; do
    hms synth --patients 2000 --results 1 --only $org -o "$org/dumps" -q
    hms extract "$HMS_ROOT/mappings/$org/source.yml" --dir "$org/dumps/$org" -o "$org/raw" -q || [ $? = 1 ]
    load $org
    hms dedup --org $org -q
    psql -qXAt -F ' ' -d "$HMS_STORE" -v truth="$PWD/$org/dumps/truth/people.csv" -f "$HMS_ROOT/rehearsals/people_truth.sql" \
        -c "SELECT organisation, f1 >= 0.97, sure_precision >= 0.97 FROM people_truth WHERE organisation = '$org'"
done
