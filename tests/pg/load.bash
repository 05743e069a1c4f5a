# load.bash - what the cases of load share; sourced by tests/pg/load_*.sh.
. "$HMS_ROOT/tests/pg/say.bash"

stage_maker=$HMS_BUILD/tests/stage_maker

# says WHAT FILE TEXT: the file holds the text
says() {
    grep -qF -- "$3" "$2" || { echo "not so: $1"; cat "$2"; exit 1; }
    echo "$1"
}

balance() { # of the last run: map|outcome|rule|column|rows
    sql -c "SELECT map, outcome, rule, column_name, rows FROM mig.balance
            WHERE run_id = (SELECT max(run_id) FROM mig.run) ORDER BY map COLLATE \"C\", outcome, rule, column_name"
}

# Rows read and dispositions agree, and the store holds what the balance calls loaded.
balance_holds() { # ORG
    same "the balance of $1 is closed" "$(sql -c "
        SELECT map FROM mig.balance b JOIN mig.run r USING (run_id)
        WHERE r.organisation = '$1' AND r.state = 'done' AND NOT r.dry_run AND outcome <> 'issue'
        GROUP BY run_id, map HAVING sum(rows) <> min(rows_read)")" ""
    same "the store of $1 holds the rows that its balance calls loaded" "$(sql -c "
        SELECT entity, (xpath('/row/n/text()', query_to_xml(format(
                 'SELECT count(*) AS n FROM hms.%I', entity || '__$1'), false, true, '')))[1]::text::bigint
        FROM mig.balance b JOIN mig.run r USING (run_id)
        WHERE r.organisation = '$1' AND r.state = 'done' AND NOT r.dry_run
        GROUP BY entity ORDER BY entity")" "$(sql -c "
        SELECT entity, coalesce(sum(rows) FILTER (WHERE outcome = 'loaded'), 0)
        FROM mig.balance b JOIN mig.run r USING (run_id)
        WHERE r.organisation = '$1' AND r.state = 'done' AND NOT r.dry_run
        GROUP BY entity ORDER BY entity")"
}

nothing_aside() {
    same "nothing is left aside" "$(sql -c "SELECT relname FROM pg_class
        WHERE relnamespace = 'aside'::regnamespace")" ""
}

# A stage of every kind of trouble: DIR ORG
small_stage() {
    "$stage_maker" "$1" "$2" <<'LINES'
file practitioners
table practitioner src/practitioner same
row d1 full_name=Dr_One
file patients
table patient src/patient same
table patient_identifier src/patient-mrn same
turn src/patient
row p1 mrn=1 sex=male birth_date=1980-02-01 birth_precision=D practitioner_id=@practitioner:d1
row p2 mrn=2 sex=female practitioner_id=@practitioner:nobody
reject rejected date.format DOB p3 3,CANARY,31/02/1980
turn src/patient-mrn
row p1 patient_id=@patient:p1 system=mrn value=1 value_norm=1
row p2 patient_id=@patient:p2 system=mrn value=2 value_norm=2
row p3 patient_id=@patient:p3 system=mrn value=3 value_norm=3
file results
table observation src/result same 2
rows 1000 r% patient_id=@patient:p1 state=final value_kind=quantity value_num=1.5 code=718-7
rows 10 x% patient_id=@patient:p3 state=final value_kind=text value_text=CANARY
LINES
}
