#!/bin/bash
# demo.sh - five invented hospitals move twice, the second time with a better map; run by `./dev demo`
# with the built programs first in PATH.  What it makes lies in var/; run again, it rehearses again.
#
#   rehearsals/demo.sh [PATIENTS]     in each hospital, default 2000
set -euo pipefail
cd "$(dirname "$0")/.."
folder=var/demo
plan=rehearsals/plans/demo.yml
export HMS_TERMINOLOGY=$PWD/$folder/terminology

# Nothing goes on running behind the reader's back.
hmsd=
stop_all() {
    [ -z "$hmsd" ] || kill "$hmsd" 2>/dev/null || true
    hms store down
}
trap stop_all EXIT

title() { printf '\n== %s\n' "$*"; }

# Runs the plan and sets `number` to that of the rehearsal.
rehearse() { # OPTION...
    hms rehearse "$plan" "$@" >"$folder/rehearsal.txt"
    number=$(hms rehearse list --json | sed -n '$s/.*"number":\([0-9]*\).*/\1/p')
}

store_of_rehearsal() {
    echo "$(hms store url) dbname=hms_rehearsal_$number"
}

# Compares the truth about the dumps with the last rehearsal's store; see rehearsals/planted.sql.
planted() { # PSQL OPTION...
    psql -qX -P footer=off -d "$(store_of_rehearsal)" -v bad_rows="$folder/dumps/truth/bad_rows.csv" \
        -f rehearsals/planted.sql "$@"
}

# The balance of all organisations by entity, from `hms rehearse show --json`.
balance_by_entity() {
    awk -F'[:,"{}]+' '
        /"record":"balance"/ {
            for (i = 2; i < NF; i += 2) value[$i] = $(i + 1)
            entity = value["entity"]
            if (!(entity in organisations)) order[++entities] = entity
            organisations[entity]++
            for (i = 1; i <= columns; i++) sum[entity, i] += value[name[i]]
        }
        BEGIN {
            columns = split("read loaded merged excluded quarantined rejected", name, " ")
            printf "%-20s %13s", "entity", "organisations"
            for (i = 1; i <= columns; i++) printf " %11s", name[i]
            print ""
        }
        END {
            for (row = 1; row <= entities; row++) {
                printf "%-20s %13d", order[row], organisations[order[row]]
                for (i = 1; i <= columns; i++) {
                    printf " %11d", sum[order[row], i]
                    all[i] += sum[order[row], i]
                }
                print ""
            }
            printf "%-20s %13s", "all", ""
            for (i = 1; i <= columns; i++) printf " %11d", all[i]
            print ""
            exit all[1] != all[2] + all[3] + all[4] + all[5] + all[6]
        }'
}

# Starts hmsd on a free port for the last rehearsal, reads the patient with this number, stops it.
read_patient() { # ORGANISATION NUMBER
    local tokens=$folder/tokens.yml token address=
    rm -f "$tokens"
    : >"$folder/hmsd.log"
    token=$(hms serve --tokens "$tokens" --new-token "$1")
    hms serve --store "$(store_of_rehearsal)" --tokens "$tokens" --port 0 \
        $([ "$(id -u)" != 0 ] || echo --user postgres) 2>>"$folder/hmsd.log" &
    hmsd=$!
    for _ in $(seq 100); do
        address=$(sed -n 's/^hmsd: listening on //p' "$folder/hmsd.log")
        [ -z "$address" ] || break
        sleep 0.1
    done
    [ -n "$address" ] || { cat "$folder/hmsd.log"; exit 1; }
    echo "GET $address/Patient?identifier=$2"
    curl -sSf -H "Authorization: Bearer $token" "$address/Patient?identifier=$2" |
        node -e 'const bundle = JSON.parse(require("fs").readFileSync(0));
                 if (bundle.entry.length !== 1) process.exit(1);
                 console.log(JSON.stringify(bundle.entry[0].resource, null, 2));'
}

title "the dumps of five hospitals, with rows that are bad on purpose"
mkdir -p "$folder"
hms synth --patients "${1:-2000}" -o "$folder/dumps"

title "a private PostgreSQL"
hms store up
hms store deploy

title "first rehearsal: no local code has its standard code yet, and lindenhof's map of patients does not know
   00/00/1957, which means 'some day in 1957'"
rehearsals/demo_codes.sh prepare "$folder"
rehearse --set mappings="$folder/mappings" --set maps="$folder/lindenhof-before"
first=$number

title "local codes: suggested, and decided by two people"
rehearsals/demo_codes.sh review "$folder" "$(store_of_rehearsal)"

title "second rehearsal: what was approved, and the map that knows 00/00/1957"
rehearse --set mappings="$folder/mappings"
rehearsals/demo_codes.sh coverage "$(store_of_rehearsal)"

title "people: the same patient twice, found in each hospital and in all of them"
HMS_STORE=$(store_of_rehearsal) rehearsals/demo_people.sh "$folder/dumps"

title "rehearsals $first and $number: what the fixed map and the approved codes did"
hms rehearse compare "$first" "$number" --changed --report "$folder/compare.html"

title "the rows that are bad on purpose: where the truth says, and where they are"
planted -c "SELECT kind, outcome, rule, count(DISTINCT organisation) AS organisations, sum(planted) AS planted,
                   sum(found) AS found FROM places GROUP BY kind, outcome, rule ORDER BY outcome, rule"
[ "$(planted -At -c "SELECT count(*) FROM places WHERE found < planted")" = 0 ] ||
    { echo "some are not where the truth says"; exit 1; }

title "one patient, read back over HTTP as FHIR R4"
read_patient lindenhof 100001

title "the balance by entity: every row read is in one of the columns behind it"
hms rehearse show "$number" --json | balance_by_entity

title "reports"
find "$PWD/$folder/compare.html" "$PWD/var/rehearsals/$number" -name '*.html'
printf '\nhms store up starts the store again; psql "$(hms store url) dbname=hms_rehearsal_%s" looks into it.\n' "$number"
