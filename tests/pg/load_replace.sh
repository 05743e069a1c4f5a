# --dry-run tells the truth and keeps nothing; --replace swaps in one transaction.
. "$HMS_ROOT/tests/pg/load.bash"
hms store deploy -q
small_stage first north
"$stage_maker" second north <<'LINES'
file patients
table patient src/patient same
row p1 mrn=1 sex=male
row p7 mrn=7 sex=other
LINES

exits "a dry run is as strict as a real one" 1 hms load first --org north -n
cp out dry
nothing_aside
same "and keeps no row" "$(sql -c "SELECT count(*) FROM hms.patient")" "0"
same "and registers nobody" "$(sql -c "SELECT count(*) FROM hms.organisation")" "0"
exits "the real run" 1 hms load first --org north --name "The North"
same "says what the dry run said" "$(cat dry)" "$(cat out)"
small_stage south south
exits "another organisation stands beside it" 1 hms load south --org south -q

exits "a dry run beside what is loaded" 0 hms load second --org north -n -q
exits "is not a load" 5 hms load second --org north -q
exits "a load in the place of the other" 0 hms load second --org north --replace -q
same "brings its rows" "$(sql -c "SELECT p.source_key FROM hms.patient p JOIN hms.organisation o USING (org_id)
    WHERE o.code = 'north' ORDER BY 1")" "p1
p7"
same "and takes the old ones" "$(sql -c "SELECT count(*) FROM hms.observation p JOIN hms.organisation o USING (org_id)
    WHERE o.code = 'north'")" "0"
same "the name stays" "$(sql -c "SELECT name FROM hms.organisation WHERE code = 'north'")" "The North"
same "the other organisation is untouched" "$(sql -c "SELECT count(*) FROM hms.observation")" "1000"
same "runs know what became of them" "$(sql -c "SELECT organisation, state, dry_run FROM mig.run ORDER BY run_id")" "north|done|t
north|replaced|f
south|done|f
north|done|t
north|done|f"
nothing_aside
exits "the schema is whole" 0 hms store verify
