# The API's role sees the organisation that is set, and no other, and nothing when none is set.
. "$HMS_ROOT/tests/pg/load.bash"
hms store deploy -q
small_stage north north
small_stage south south
exits "north is loaded" 1 hms load north --org north -q
exits "south is loaded" 1 hms load south --org south -q
balance_holds north
balance_holds south
north=$(sql -c "SELECT org_id FROM hms.organisation WHERE code = 'north'")

as_api() { # QUERY [ORG_ID]
    sql -q -c "SET ROLE hms_api" ${2+-c "SET hms.org_id = '$2'"} -c "$1" 2>&1 || true
}
for table in $(sql -c "SELECT entity FROM mig.entity UNION SELECT 'organisation'"); do
    found=$(as_api "SELECT count(*) FROM hms.$table")
    [ "$found" = 0 ] || { echo "not so: $table shows $found rows with no organisation set"; exit 1; }
    found=$(as_api "SELECT count(*) FROM hms.$table WHERE org_id <> $north" "$north")
    [ "$found" = 0 ] || { echo "not so: $table shows rows of another organisation"; exit 1; }
done
echo "no table shows a row with no organisation set, or of another one"
same "an empty setting shows nothing" "$(as_api "SELECT count(*) FROM hms.patient" "")" "0"
same "an unknown organisation shows nothing" "$(as_api "SELECT count(*) FROM hms.patient" 1)" "0"
same "the organisation that is set is seen" "$(as_api "SELECT count(*) FROM hms.patient" "$north")" "2"
same "and named" "$(as_api "SELECT code FROM hms.organisation" "$north")" "north"

for partition in $(sql -c "SELECT relname FROM pg_class WHERE relnamespace = 'hms'::regnamespace
        AND relispartition AND relkind IN ('r', 'p')"); do
    case $(as_api "SELECT count(*) FROM hms.$partition" "$north") in
    *"permission denied"*) ;;
    *) echo "not so: partition $partition can be read directly"; exit 1 ;;
    esac
done
echo "no partition can be read around its parent"
for table in mig.reject mig.balance mig.run recon.run ops.rehearsal aside.x; do
    case $(as_api "SELECT count(*) FROM $table" "$north") in
    *"permission denied"*) ;;
    *) echo "not so: $table can be read"; exit 1 ;;
    esac
done
echo "nothing beside the record can be read"
for statement in "DELETE FROM hms.patient" "UPDATE hms.patient SET mrn = '9'" \
    "INSERT INTO hms.organisation VALUES (1, 'x', 'x')" "SELECT mig.organisation_drop('south')"; do
    case $(as_api "$statement" "$north") in
    *"permission denied"*) ;;
    *) echo "not so: the API's role may: $statement"; exit 1 ;;
    esac
done
echo "nothing can be written"
same "the API's role owns nothing" "$(sql -c "SELECT count(*) FROM pg_class c JOIN pg_roles r
    ON r.oid = c.relowner WHERE r.rolname = 'hms_api'")" "0"

sql -c "CREATE ROLE owner_$$ NOLOGIN" -c "GRANT USAGE ON SCHEMA hms TO owner_$$" -c "ALTER TABLE hms.patient OWNER TO owner_$$"
same "an owner that is no superuser is held, too" "$(sql -c "SET ROLE owner_$$" -c "SELECT count(*) FROM hms.patient")" "0"
sql -c "ALTER TABLE hms.patient OWNER TO CURRENT_USER" -c "DROP OWNED BY owner_$$" -c "DROP ROLE owner_$$"
