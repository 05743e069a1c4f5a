#!/bin/bash
# demo_codes.sh - the part of the demo that is about local codes; rehearsals/demo.sh calls it, with the
# built programs first in PATH, HMS_TERMINOLOGY set and the project's root as current folder.
#
#   rehearsals/demo_codes.sh prepare FOLDER             small packs, and maps whose code maps are empty
#   rehearsals/demo_codes.sh review FOLDER STORE        worklist, suggestions, two people, code maps
#   rehearsals/demo_codes.sh coverage STORE             how much of a store has its standard codes
#
# FOLDER/mappings are the maps; FOLDER/lindenhof-before those of lindenhof before their correction.
set -euo pipefail
coded="lindenhof alnoor riverside stmary" # northgate writes standard codes itself

empty_code_maps() { # FOLDER
    find "$1" -name '*.tsv' -exec sed -i '2,$d' {} +
}

prepare() { # FOLDER
    rm -rf "$1/mappings" "$1/lindenhof-before" "$1/packs" "$HMS_TERMINOLOGY"
    hms term build terminology/demo --release demo -o "$1/packs" -q >/dev/null
    hms term install "$1"/packs/*.hmspack -q >/dev/null
    for pack in loinc atc icd10cm; do
        hms term activate "$pack-demo" -q
    done
    cp -r mappings "$1/mappings"
    cp -rL rehearsals/plans/demo-before/lindenhof "$1/lindenhof-before"
    empty_code_maps "$1/mappings"
    empty_code_maps "$1/lindenhof-before"
}

# What a reviewer says who knows the answers: the code that the shipped code map has, also where a
# spreadsheet has eaten a leading zero, else that there is none.
answers() { # ORGANISATION LIST
    psql -qXAt -F "$(printf '\t')" -d "$HMS_STORE" -c "SELECT source_code, item_id FROM mig.local_code
        WHERE organisation = '$1' AND list = '$2' ORDER BY item_id" |
        awk -F'\t' -v OFS='\t' '
            NR == FNR { code[$1] = $4; next }
            $1 in code { print $2, "approve", code[$1]; next }
            "0" $1 in code { print $2, "approve", code["0" $1], "a leading zero is lost"; next }
            { print $2, "no-match" }' "mappings/$2" -
}

decide() { # ORGANISATION
    local list name
    for list in $(cd mappings && ls "$1"/*.tsv); do
        for name in ada ben; do
            answers "$1" "$list" | hms code review decide - --by "$name" -q
        done
    done
}

review() { # FOLDER STORE
    export HMS_STORE=$2
    local organisation
    for organisation in $coded; do
        hms code worklist --org "$organisation" -o "$1/$organisation-codes.csv" -q
        for system in loinc atc; do # it learns from the hospitals before
            hms code suggest --org "$organisation" --system $system
        done
        if [ "$organisation" = lindenhof ]; then
            echo "what a reviewer is shown first:"
            hms code review next --org lindenhof --by ada
        fi
        decide "$organisation"
        hms code export --org "$organisation" -o "$1/mappings/$organisation" -q
    done
    echo
    echo "the first suggestion was right for so many of the codes that have an answer:"
    psql -qX -P footer=off -d "$HMS_STORE" -c "
        SELECT organisation, code_system AS standard, count(*) AS codes,
               count(*) FILTER (WHERE suggested_code = approved_code) AS right_at_once
        FROM mig.code_worklist WHERE state = 'approved' GROUP BY 1, 2 ORDER BY min(item_id)"
}

coverage() { # STORE
    psql -qX -P footer=off -P null=- -d "$1" -c "
        SELECT o.code AS organisation, c.list, c.codes, c.codes_given AS approved,
               round(100.0 * c.rows_given / c.rows, 1) AS \"rows covered %\",
               round(100.0 * c.patients_covered / nullif(c.patients, 0), 1) AS \"patients covered %\"
        FROM hms.organisation o CROSS JOIN LATERAL mig.code_coverage(o.org_id) c
        WHERE c.list LIKE '%.tsv' ORDER BY 1, 2"
}

"$@"
