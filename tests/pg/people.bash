# people.bash - what the cases of people share; sourced by tests/pg/people_*.sh.
. "$HMS_ROOT/tests/pg/say.bash"

# says WHAT TEXT: the last command of `exits` said so
says() {
    grep -qF -- "$2" out err || { echo "not so: $1"; cat out err; exit 1; }
    echo "$1"
}

# The dumps of some organisations: PATIENTS ORG...
dumps() {
    local patients=$1 org
    shift
    hms synth --patients "$patients" --seed 7 -o dumps -q
    for org in "$@"; do
        hms extract "$HMS_ROOT/mappings/$org/source.yml" --dir "dumps/$org" -o "$org/raw" -q || [ $? = 1 ]
    done
}

# Into the store: ORG [OPTION...]
load() {
    local org=$1
    shift
    rm -rf "$org/stage"
    hms transform "$org/raw" --maps "$HMS_ROOT/mappings/$org" --org "$org" -o "$org/stage" -q || [ $? = 1 ]
    hms load "$org/stage" --org "$org" -q "$@" || [ $? = 1 ]
}

# The registration with this source key: ORG KEY
registration() {
    sql -c "SELECT id FROM hms.patient p JOIN hms.organisation o USING (org_id)
            WHERE o.code = '$1' AND p.source_key = '$2'"
}

# A steward's verdict: A B true|false
verdict() {
    sql -c "INSERT INTO mpi.verdict (a, b, a_organisation, a_system, a_key, b_organisation, b_system, b_key, same,
                                     origin, decided_by)
            SELECT a.id, b.id, x.code, a.source_system, a.source_key, y.code, b.source_system, b.source_key, $3,
                   'review', 'steward'
            FROM hms.patient a JOIN hms.organisation x ON x.org_id = a.org_id,
                 hms.patient b JOIN hms.organisation y ON y.org_id = b.org_id
            WHERE a.id = least('$1'::uuid, '$2'::uuid) AND b.id = greatest('$1'::uuid, '$2'::uuid)"
}

person() { # REGISTRATION
    sql -c "SELECT person_id FROM mpi.member WHERE patient_id = '$1'"
}

# Two registrations of one person, and two of two people, both a link apart by dedup: sets a b and c d
two_people() { # ORG
    local pairs
    pairs=$(sql -F ' ' -c "SELECT p.a, p.b FROM mpi.pair p JOIN mpi.member m ON m.patient_id = p.a
        JOIN hms.organisation o USING (org_id) WHERE o.code = '$1' AND p.band = 'link' ORDER BY p.a LIMIT 2")
    a=$(echo "$pairs" | sed -n '1s/ .*//p') b=$(echo "$pairs" | sed -n '1s/.* //p')
    c=$(echo "$pairs" | sed -n '2s/ .*//p') d=$(echo "$pairs" | sed -n '2s/.* //p')
}
