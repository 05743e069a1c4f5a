# An organisation sees its own registrations of a person and nothing of another's, whatever the
# shared index holds; links are in the words of FHIR.
. "$HMS_ROOT/tests/pg/merge_people.bash"
merge_store
hms people merge $A1 $A2 --by ann -q
hms people merge $L1 $A1 --by ann -q
hms people merge $C1 $A3 --by ann -q
links="SELECT kind, patient_id, other_id FROM hms.patient_link ORDER BY 1, 2, 3"

same "northgate sees its own registrations" "$(as_api $NORTHGATE "SELECT count(*), count(DISTINCT org_id) FROM mpi.member")" "623|1"
same "lindenhof its one" "$(as_api $LINDENHOF "SELECT patient_id FROM mpi.member")" $L1
same "nobody sees any without an organisation" "$(as_api "" "SELECT count(*) FROM mpi.member")" 0
same "links of northgate: what was merged is replaced, what dedup holds for one is seen also" \
    "$(as_api $NORTHGATE "$links")" "replaced-by|$A2|$A1
replaced-by|$A3|$C1
replaces|$A1|$A2
replaces|$C1|$A3
seealso|$C1|$C2
seealso|$C2|$C1"
same "lindenhof sees no link" "$(as_api $LINDENHOF "$links")" ""
same "rows by person: northgate's" "$(as_api $NORTHGATE "SELECT count(*) > 5, count(DISTINCT org_id) FROM mpi.person_row WHERE person_id = '$L1'")" "t|1"
same "rows by person: not lindenhof's of another" "$(as_api $LINDENHOF "SELECT count(*) FROM mpi.person_row WHERE patient_id <> '$L1'")" 0
same "golden values too" "$(as_api $LINDENHOF "SELECT DISTINCT patient_id FROM mpi.golden_of('$L1')")" $L1
for table in merge merge_row verdict person moved choice run pair; do
    exits "the API's role cannot read mpi.$table" 1 psql -qX -v ON_ERROR_STOP=1 -d "$HMS_STORE" -c "SET ROLE hms_api; SELECT * FROM mpi.$table"
done
exits "nor which run made a member" 1 psql -qX -v ON_ERROR_STOP=1 -d "$HMS_STORE" -c "SET ROLE hms_api; SELECT since_run FROM mpi.member"
exits "nor merge" 1 psql -qX -v ON_ERROR_STOP=1 -d "$HMS_STORE" -c "SET ROLE hms_api; SELECT mpi.merge_write(1, '[]')"
exits "the schema is whole" 0 hms store verify

broken() { # WHAT, SQL that breaks it, SQL that mends it
    sql -c "$2"
    exits "verify sees that $1" 5 hms store verify
    sql -c "$3"
}
broken "membership lost its protection" "ALTER TABLE mpi.member DISABLE ROW LEVEL SECURITY" "ALTER TABLE mpi.member ENABLE ROW LEVEL SECURITY"
broken "a view reads as its owner" "ALTER VIEW hms.patient_link RESET (security_invoker)" "ALTER VIEW hms.patient_link SET (security_invoker = true)"
broken "all of a table can be read" "GRANT SELECT ON mpi.merge TO hms_api" "REVOKE SELECT ON mpi.merge FROM hms_api"
exits "mended" 0 hms store verify
