# review.bash - sourced by tests/pg/review_*.sh: two hospitals that share an index, and what a run of
# dedup would have left in mpi; the truth is in public.truth.
. "$HMS_ROOT/tests/pg/load.bash"

# Registrations 0 .. N-1 of one side; number i of both sides is one person when same_person(i).
people_lines() { # SIDE N LINKS
    awk -v side="$1" -v n="$2" -v links="$3" '
        function same_person(i) { return i < links ? i % 40 != 7 : i % 2 == 1 }
        function word(k, list, parts, count) { count = split(list, parts, " "); return parts[k % count + 1] }
        BEGIN {
            given = "Anna Berta Carla Dora Emma Frida Greta Hanna Ilse Jutta Karla Lena Marta Nora Olga Paula"
            others = "Xenia Yvonne Zita Quentin Viktor Ulrich"
            start = "Ash Bran Clar Dun East Fair Glen Har Ing Kirk"; finish = "ford ley ton wick worth by ham stead well field"
            print "file patients\ntable patient src/patient same\ntable patient_name src/name same"
            print "table patient_address src/address same\ntable patient_telecom src/phone same\ntable patient_identifier src/number same"
            for (i = 0; i < n; i++) {
                same = same_person(i)
                born = sprintf("%04d-%02d-%02d", 1930 + i * 7 % 70, i % 12 + 1, i % 27 + 1)
                family = word(i, start) word(int(i / 10), finish) (i % 3 ? "" : "-" word(int(i / 7), start))
                name = side == "south" && !same ? word(i, others) : word(i + int(i / 16), given)
                # the second side writes some things differently
                if (side == "south" && same && i % 4 == 0) { family = substr(family, 1, 2) substr(family, 4) }
                print "turn src/patient"
                print "row", side i, "mrn=" (side == "north" ? 1000 : 70000) + i, "sex=" (i % 2 ? "female" : "male"), \
                    "birth_date=" born, "birth_precision=D"
                print "turn src/name"
                print "row", "n" side i, "patient_id=@patient:" side i, "use=official", "family=" family, "given=" name
                print "turn src/address"
                print "row", "a" side i, "patient_id=@patient:" side i, "line1=" i % 90 + 1 "_Mill_Lane", "city=Brook", "postal_code=B" i % 20
                print "turn src/phone"
                print "row", "t" side i, "patient_id=@patient:" side i, "kind=phone", "value=0555" 10000 + i + (side == "south" && i % 3 == 0)
                if (same && i % 3 == 1) {
                    print "turn src/number"
                    print "row", "i" side i, "patient_id=@patient:" side i, "system=national", "value=N" 500000 + i * 37, "value_norm=n" 500000 + i * 37
                }
            }
            print "file clinical\ntable encounter src/encounter same\ntable allergy src/allergy same"
            for (i = 0; i < n; i++) {
                for (k = 0; k < (i * 13) % 5; k++) {
                    print "turn src/encounter"
                    print "row", "e" side i "x" k, "patient_id=@patient:" side i, "class=AMB", "state=finished"
                }
                if (i % 10 == 3) {
                    print "turn src/allergy"
                    print "row", "y" side i, "patient_id=@patient:" side i, "source_text=Penicillin"
                }
            }
        }'
}

# N registrations each side, of which the first LINKS pairs were linked and the others wait for review.
two_hospitals() { # N LINKS
    local org
    hms store deploy -q
    for org in north south; do
        people_lines "$org" "$1" "$2" | "$stage_maker" "stage-$org" "$org"
        hms load "stage-$org" --org "$org" -q
    done
    sql -c "
        CREATE TABLE public.truth AS
            SELECT least(n.id, s.id) AS a, greatest(n.id, s.id) AS b, i,
                   CASE WHEN i < $2 THEN i % 40 <> 7 ELSE i % 2 = 1 END AS same
            FROM generate_series(0, $1 - 1) i
            JOIN hms.patient n ON n.source_key = 'north' || i JOIN hms.patient s ON s.source_key = 'south' || i;
        INSERT INTO mpi.index (index_name) VALUES ('region');
        INSERT INTO mpi.index_organisation (org_id, organisation, index_name)
            SELECT org_id, code, 'region' FROM hms.organisation;
        INSERT INTO mpi.review_policy (index_name, seed) VALUES ('region', 'a seed of the test')" 
    run_dedup "$2"
}

# A run that links truth below LINKS, puts the others up for review and overlooks one in 25.
run_dedup() { # LINKS
    sql -c "
        BEGIN;
        INSERT INTO mpi.run (index_name, kind, state, model_name, model_checksum, link_probability, review_probability, tool_version)
            VALUES ('region', 'full', 'done', 'test', 'x', 0.95, 0.01, 'test');
        DELETE FROM mpi.pair;
        INSERT INTO mpi.pair (a, b, run_id, weight, probability, band, cause, levels)
            SELECT a, b, (SELECT max(run_id) FROM mpi.run), 0,
                   CASE WHEN i < $1 THEN CASE WHEN i % 4 = 0 THEN 0.97 ELSE 0.9995 END
                        ELSE 0.05 + (i * 17 % 90) / 100.0 END,
                   CASE WHEN i < $1 THEN 'link' ELSE 'review' END,
                   CASE WHEN i >= $1 AND i % 6 = 0 THEN 'twins' ELSE '' END, ''
            FROM public.truth WHERE i % 25 <> 24;
        INSERT INTO mpi.person (person_id, index_name, since_run)
            SELECT p.id, 'region', (SELECT max(run_id) FROM mpi.run) FROM hms.patient p
            WHERE NOT EXISTS (SELECT FROM mpi.member m WHERE m.patient_id = p.id);
        INSERT INTO mpi.member (patient_id, org_id, person_id, since_run, certain)
            SELECT p.id, p.org_id, p.id, (SELECT max(run_id) FROM mpi.run), true FROM hms.patient p
            ON CONFLICT DO NOTHING;
        COMMIT"
}

number() { # FILE KEY: the number of a key of a JSON record, the first there is
    grep -oE "\"$2\":-?[0-9.e+-]+" "$1" | head -n 1 | sed 's/.*://'
}
task_of() { # FILE
    sed -n 's/.*"task":"\([0-9a-f]*\)".*/\1/p' "$1" | head -n 1
}
