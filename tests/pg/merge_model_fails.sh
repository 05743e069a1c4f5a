# The model of merges can fail: with a store that is broken in one place, its sequences differ from
# their twin.
. "$HMS_ROOT/tests/pg/load.bash"
. "$HMS_ROOT/tests/pg/say.bash"
hms store deploy -q
sql -f "$HMS_ROOT/tests/pg/merge_model.sql"
name=$(sql -c "SELECT current_database()")
twin=${name}_rehearsal_1 # a name that the runner clears away
psql -qX -d "${HMS_STORE/dbname=$name/dbname=postgres}" -c "CREATE DATABASE $twin TEMPLATE $name"
seed=100000
model() {
    seed=$((seed + 1000))
    "$HMS_BUILD/tests/merge_model" "$HMS_STORE" "${HMS_STORE/dbname=$name/dbname=$twin}" \
        "$HMS_ROOT/mappings/golden.yml" "$1" $seed
}
broken() { # WHAT, SQL that breaks it, SQL that mends it
    sql -c "$2"
    exits "$1" 1 model 60
    grep -q 'differs from its twin' out || { echo "not so: it differs"; cat err; exit 1; }
    sql -c "$3"
}
# The function without a part of it: NAME TEXT INSTEAD
without() {
    sql -c "SELECT replace(pg_get_functiondef('$1'::regproc), \$\$$2\$\$, \$\$$3\$\$) WHERE strpos(pg_get_functiondef('$1'::regproc), \$\$$2\$\$) > 0"
}
whole() { sql -c "SELECT pg_get_functiondef('$1'::regproc)"; }
forgets() { # WHAT NAME TEXT INSTEAD
    local is is_not
    is=$(whole "$2") is_not=$(without "$2" "$3" "$4")
    [ -n "$is_not" ] || { echo "not so: $2 has '$3'"; exit 1; }
    broken "$1" "$is_not" "$is"
}

exits "as it is, nothing differs" 0 model 5
forgets "a person that is not brought back is seen" mpi.merge_write 'p.retired_run IS NOT NULL' 'false'
forgets "so is membership that is less certain than it was" mpi.merge_write 'certain = d.certain' 'certain = true'
forgets "and one that came with another run" mpi.merge_write 'since_run = d.since' 'since_run = run'
forgets "a leader that stays" mpi.merge_write 'leader = d.leader' 'leader = coalesce(d.leader, m.leader)'
forgets "a row that does not come back" mpi.row_take_back 'SET %I = $1' 'SET %I = %2$I'
touching() { # WHAT STATEMENT: done whenever a merge is taken back
    broken "$1" "CREATE FUNCTION public.touch() RETURNS trigger LANGUAGE plpgsql AS \$\$ BEGIN $2; RETURN NULL; END \$\$;
        CREATE TRIGGER touch AFTER UPDATE OF undone_run ON mpi.merge FOR EACH ROW EXECUTE FUNCTION public.touch()" \
        "DROP FUNCTION public.touch CASCADE"
}
touching "one letter of one row" "UPDATE hms.patient_name SET given = 'g' WHERE patient_id = NEW.b"
touching "a visit that is lost" "DELETE FROM hms.encounter WHERE patient_id = NEW.b"
touching "a choice that is lost" "UPDATE mpi.choice SET withdrawn_by = 'x', withdrawn_at = now() WHERE patient_id = NEW.b AND withdrawn_at IS NULL"
exits "mended, nothing differs" 0 model 5
