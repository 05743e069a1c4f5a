# On a server of one's own the store's user need not be a superuser.
. "$HMS_ROOT/tests/pg/load.bash"
admin=$HMS_STORE
owner=owner_$$
as_admin() { psql -qXAt -v ON_ERROR_STOP=1 -d "$admin" "$@"; }
leave() {
    as_admin -c "REASSIGN OWNED BY $owner TO CURRENT_USER" -c "DROP OWNED BY $owner" -c "DROP ROLE $owner" || true
}
for role in hms_api hms_reviewer hms_steward; do
    as_admin -c "DO 'BEGIN CREATE ROLE $role NOLOGIN NOINHERIT; EXCEPTION WHEN duplicate_object THEN NULL; END'"
done
as_admin -c "CREATE ROLE $owner LOGIN" -c "GRANT hms_reviewer TO $owner" -c "DO 'BEGIN EXECUTE format(''GRANT CREATE ON DATABASE %I TO $owner'', current_database()); END'"
trap leave EXIT
export HMS_STORE="$admin user=$owner"

exits "deploy" 0 hms store deploy
exits "verify" 0 hms store verify
small_stage stage north
exits "load" 1 hms load stage --org north
north=$(sql -c "SELECT DISTINCT org_id FROM mig.run")
same "the owner, too, sees rows of the organisation that is set only" \
    "$(sql -c "SELECT count(*) FROM hms.observation")" "0"
same "and then all of them" "$(sql -q -c "SET hms.org_id = '$north'" -c "SELECT count(*) FROM hms.observation")" "1000"
exits "replace" 1 hms load stage --org north --replace -q
exits "still whole" 0 hms store verify
exits "revert" 0 hms store revert --yes
