# Rows that point at nothing: required and optional references, chains, references to itself.
. "$HMS_ROOT/tests/pg/load.bash"
hms store deploy -q

"$stage_maker" stage north <<'LINES'
file locations
table location src/location same
row ward name=Ward
row bed name=Bed parent_id=@location:ward
row cot name=Cot parent_id=@location:gone
file patients
table patient src/patient same
row p1 mrn=1 sex=male
file encounters
table encounter src/encounter same
row e1 patient_id=@patient:p1 class=AMB state=finished location_id=@location:gone practitioner_id=@practitioner:gone
row e2 patient_id=@patient:gone class=AMB state=finished location_id=@location:gone
file moves
table encounter_location src/move same
row m1 encounter_id=@encounter:e1 location_id=@location:bed
row m2 encounter_id=@encounter:e2 location_id=@location:bed
file results
table observation src/lab same 2
table observation src/vital same 2
turn src/lab
rows 500 r% patient_id=@patient:p1 encounter_id=@encounter:e1 state=final value_kind=none
rows 20 s% patient_id=@patient:p1 encounter_id=@encounter:e2 state=final value_kind=none
turn src/vital
rows 30 t% patient_id=@patient:gone encounter_id=@encounter:e1 state=final value_kind=none
rows 40 u% patient_id=@patient:p1 encounter_id=@encounter:e9 report_id=@report:q state=final value_kind=none
turn src/lab
row v patient_id=@patient:gone state=final value_kind=none
LINES
exits "orphans are not fatal" 1 hms load stage --org north
same "orphans are accounted for, by map and column" "$(balance)" "src/encounter|issue|reference.unresolved|location_id|1
src/encounter|issue|reference.unresolved|practitioner_id|1
src/encounter|loaded|||1
src/encounter|quarantined|reference.missing|patient_id|1
src/lab|issue|reference.unresolved|encounter_id|20
src/lab|loaded|||520
src/lab|quarantined|reference.missing|patient_id|1
src/location|issue|reference.unresolved|parent_id|1
src/location|loaded|||3
src/move|loaded|||1
src/move|quarantined|reference.missing|encounter_id|1
src/patient|loaded|||1
src/vital|issue|reference.unresolved|encounter_id|40
src/vital|issue|reference.unresolved|report_id|40
src/vital|loaded|||40
src/vital|quarantined|reference.missing|patient_id|30"
balance_holds north
same "each emptied column keeps its old id" "$(sql -c "
    SELECT entity, column_name, parent, count(*), count(DISTINCT old_id) FROM mig.adjustment
    GROUP BY 1, 2, 3 ORDER BY 1, 2")" "encounter|location_id|location|1|1
encounter|practitioner_id|practitioner|1|1
location|parent_id|location|1|1
observation|encounter_id|encounter|60|2
observation|report_id|report|40|1"
same "a child of an orphan is one, too" "$(sql -c "
    SELECT source_key FROM mig.reject WHERE entity = 'encounter_location'")" "m2"
nothing_aside
