# The schema comes, is checked and goes; what was edited after it was deployed is refused.
. "$HMS_ROOT/tests/pg/load.bash"

exits "without a schema there is nothing to verify" 5 hms store verify
exits "and nothing to revert" 0 hms store revert
exits "deploy" 0 hms store deploy
exits "verify" 0 hms store verify
exits "deploying again changes nothing" 0 hms store deploy
says "and says so" err "there already"
steps=$(ls "$HMS_ROOT/load/schema" | wc -l)
last=$(ls "$HMS_ROOT/load/schema" | tail -n 1)
same "every step is in the ledger" "$(sql -c "SELECT count(*) FROM mig.deployed")" "$steps"

exits "status" 0 hms store status --json
says "counts steps" out "\"steps_deployed\":$steps,\"steps_known\":$steps"

broken() { # WHAT, SQL that breaks it, SQL that mends it
    sql -c "$2"
    exits "verify sees that $1" 5 hms store verify
    sql -c "$3"
}
broken "protection was taken off" "ALTER TABLE hms.claim NO FORCE ROW LEVEL SECURITY" "ALTER TABLE hms.claim FORCE ROW LEVEL SECURITY"
broken "a table is missing" "ALTER TABLE hms.claim_line RENAME TO gone" "ALTER TABLE hms.gone RENAME TO claim_line"
broken "a referring column is missing" "ALTER TABLE hms.claim_line RENAME claim_id TO gone" "ALTER TABLE hms.claim_line RENAME gone TO claim_id"
broken "the API's role may look beyond the record" "GRANT USAGE ON SCHEMA mig TO hms_api" "REVOKE USAGE ON SCHEMA mig FROM hms_api"
exits "mended" 0 hms store verify

sql -c "UPDATE mig.deployed SET checksum = 'x' WHERE step = '001_store'"
exits "a step that was edited is refused" 6 hms store deploy
says "by name" err "001_store was edited after it was deployed"
exits "also by a load" 6 hms load . --org north
sql -c "UPDATE mig.deployed SET step = '999_later' WHERE step = '$last'" -c "UPDATE mig.deployed SET checksum = 'x'"
exits "so is a step that this program does not know" 6 hms store deploy
sql -c "UPDATE mig.deployed SET step = '$last' WHERE step = '999_later'"

hms store revert -q
hms store deploy -q
small_stage stage north
exits "an organisation is loaded" 1 hms load stage --org north -q
exits "revert asks before it takes organisations away" 2 hms store revert
says "how many" err "holds 1 organisations"
exits "and does it when told" 0 hms store revert --yes
same "nothing is left" "$(sql -c "SELECT nspname FROM pg_namespace WHERE nspname IN ('hms', 'aside', 'mig', 'recon', 'ops', 'mpi')")" ""
exits "two deploys at once wait for each other" 0 bash -c 'hms store deploy -q & one=$!; hms store deploy -q && wait $one'
exits "and the schema is whole" 0 hms store verify
