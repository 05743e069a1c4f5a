# Keys that come twice: equal rows, different rows, the policy of the map, several maps.
. "$HMS_ROOT/tests/pg/load.bash"
hms store deploy -q

"$stage_maker" stage north <<'LINES'
file patients
table patient src/same same
row a mrn=1 sex=male
row a mrn=1 sex=male
row a mrn=CANARY sex=female
row b mrn=2 sex=male
file locations
table location src/first first
row l1 name=one
row l1 name=two
row l1 name=one
file items
table item src/last last
row i1 name=one
row i1 name=two
row i1 name=two
row i2 name=only
file payers
table payer src/payer-a same
table payer src/payer-b same
turn src/payer-a
row x name=X
row y name=Y
turn src/payer-b
row x name=X
row y name=CANARY
row z name=Z
turn src/payer-a
row z name=Z
row w name=W
LINES
exits "different rows with one key are put aside" 1 hms load stage --org north
same "repeats are accounted for, by map and rule" "$(balance)" "src/first|loaded|||1
src/first|merged|key.repeat||1
src/first|merged|key.superseded||1
src/last|loaded|||2
src/last|merged|key.repeat||1
src/last|merged|key.superseded||1
src/payer-a|loaded|||3
src/payer-a|merged|key.repeat||1
src/payer-b|loaded|||1
src/payer-b|merged|key.repeat||1
src/payer-b|quarantined|key.duplicate||1
src/same|loaded|||2
src/same|merged|key.repeat||1
src/same|quarantined|key.duplicate||1"
balance_holds north
same "the first stays" "$(sql -c "SELECT name FROM hms.location")" "one"
same "or the last" "$(sql -c "SELECT name FROM hms.item WHERE source_key = 'i1'")" "two"
same "the first of two maps stays" "$(sql -c "SELECT source_key, name FROM hms.payer ORDER BY 1")" "w|W
x|X
y|Y
z|Z"
same "what was put aside is kept whole" "$(sql -c "
    SELECT entity, source_key, row_data->>'mrn', row_data->>'name' FROM mig.reject ORDER BY 1")" \
    "patient|a|CANARY|
payer|y||CANARY"
nothing_aside
! grep -q CANARY out err || { echo "not so: no value is printed"; exit 1; }

# With more suspects than can be named the server looks at all rows; the outcome is the same.
named=$(balance)
sql -c "CREATE FUNCTION mig.unnamed() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.id := NULL; RETURN NEW; END'" \
    -c "CREATE TRIGGER unnamed BEFORE INSERT ON mig.suspect FOR EACH ROW EXECUTE FUNCTION mig.unnamed()"
exits "loaded again, without names of suspects" 1 hms load stage --org north --replace
same "the same rows are taken out" "$(balance)" "$named"
nothing_aside
sql -c "DROP TRIGGER unnamed ON mig.suspect"

"$stage_maker" collision south <<'LINES'
file patients
table patient src/same same
row a mrn=1 sex=male
collide a
row b mrn=2 sex=male
LINES
exits "two source keys with one id are refused" 6 hms load collision --org south
says "in words" err "two source keys of entity 'patient' have the same id"
nothing_aside
same "the run says so" "$(sql -c "SELECT state, error <> '' FROM mig.run WHERE organisation = 'south'")" "failed|t"
