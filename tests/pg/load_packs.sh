# The packs that judged the codes of a run are on record whether the rows came as files or as a stream.
. "$HMS_ROOT/tests/pg/load.bash"
. "$HMS_ROOT/tests/coded_site.bash"
export HMS_TERMINOLOGY=reg

for year in 2031 2032; do
    printf '%05d %-7s %d %-60s %s\n' 1 A000 1 'First kind' 'First kind' 2 A001 1 Second Second >order_$year.txt
    hms term build order_$year.txt -o packs -q >/dev/null
done
hms term install packs/*.hmspack -q >/dev/null
for year in 2031 2032; do hms term activate -q icd10cm-$year; done
coded_site
printf '%s\n' id,patient,code,seen '1,7,A00.0,2031-03-01 08:00' '2,7,A00.9,2031-12-01 08:00' >dump/dx.csv
hms store deploy -q

packs() { sql -c "SELECT name, release, sha256 FROM mig.run_pack WHERE run_id = (SELECT max(run_id) FROM mig.run) ORDER BY 1, 2"; }
hms extract maps/source.yml --dir dump -o raw -q
hms transform raw --maps maps --org site -o stage -q
exits "files are loaded" 1 hms load stage --org site -q
packs >of_files
same "both packs are on record" "$(cut -d'|' -f1,2 of_files)" "icd10cm|2031
icd10cm|2032"
hms extract maps/source.yml --dir dump -o - -q | hms transform - --maps maps --org site -o - -q >stream.hmb
same "the stream names them" "$(hms cat --json stream.hmb | grep -c '"pack 1"')" 2
exits "it is loaded" 1 hms load - --org site --replace -q <stream.hmb
same "and they are on record with it" "$(packs)" "$(cat of_files)"
exits "a run that names another organisation's packs" 3 hms load - --org other -q <stream.hmb
same "keeps none of them" "$(packs)" ""
