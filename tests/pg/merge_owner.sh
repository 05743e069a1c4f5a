# The owner of the store need not be a superuser: row-level security holds it too, and it merges,
# undoes, gives rows and reads golden records across two organisations.
. "$HMS_ROOT/tests/pg/merge_people.bash"
merge_store
ROW=11111111-0000-8000-8000-000000000001
keeper=keeper_$$
sql -c "CREATE ROLE $keeper LOGIN"
trap 'sql -c "DROP OWNED BY $keeper CASCADE" -c "DROP ROLE $keeper"' EXIT
sql -c "SELECT format('ALTER SCHEMA %I OWNER TO $keeper;', n.nspname) FROM pg_namespace n WHERE n.nspname IN ('hms', 'mig', 'mpi')
        UNION ALL
        SELECT format('ALTER %s %s OWNER TO $keeper;', CASE c.relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, c.oid::regclass)
        FROM pg_class c WHERE c.relnamespace::regnamespace::text IN ('hms', 'mig', 'mpi') AND c.relkind IN ('r', 'p', 'v')
        UNION ALL
        SELECT format('ALTER FUNCTION %s OWNER TO $keeper;', p.oid::regprocedure)
        FROM pg_proc p WHERE p.pronamespace IN ('mpi'::regnamespace, 'mig'::regnamespace)" | sql -f -
super=$HMS_STORE
before=$(state)
export HMS_STORE="${HMS_STORE/user=postgres/user=$keeper}"
same "the owner sees no row by itself" "$(sql -c "SELECT count(*) FROM hms.patient")" 0

exits "it sees which organisations are loaded" 5 hms people index create west --org northgate --org lindenhof
says "and that they share an index already" err "city"
exits "two of one organisation" 0 hms people merge $A1 $A2 --by ann
exits "and of two" 0 hms people merge $L1 $A1 --by ann
HMS_STORE=$super live $ROW $A1
same "the verdicts have their keys" "$(sql -c "SELECT a_organisation, a_key, b_organisation, b_key FROM mpi.verdict ORDER BY 1, 2, 3, 4")" \
    "northgate|P1|lindenhof|P1
northgate|P1|northgate|P2"
same "what hung on them is known" "$(sql -c "SELECT sum(cardinality(row_ids)) > 5 FROM mpi.merge_row WHERE merge_id = 2")" t
exits "the golden record" 0 hms people golden $A1 --values --rules "$GOLDEN"
same "is of all of them" "$(awk '$1 == "identifier" && $NF ~ /^(NG-000[12]|ZZPHI-LH-1)$/ && $(NF - 1) == "mrn"' out | wc -l)" 3
exits "rows are asked about" 1 hms people unmerge $A1 $A2 --by ann --values
says "and shown" out CANARY
exits "and given" 0 hms people unmerge $A1 $A2 --by ann --give-all $A2
exits "and taken back" 0 hms people take-back $ROW --by ann
exits "and the rest is undone" 0 hms people unmerge $L1 --by ann --give-all $A1
export HMS_STORE=$super
sql -c "DELETE FROM hms.encounter WHERE id = '$ROW'"
same "all is as it was" "$(state)" "$before"
