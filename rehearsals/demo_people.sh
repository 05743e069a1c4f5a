#!/bin/bash
# demo_people.sh - the people of the rehearsed store: each organisation alone, then all as if they had agreed to
# share an index; what was found is compared with the planted truth.  Run by demo.sh:
#
#   HMS_STORE=CONNINFO rehearsals/demo_people.sh DUMPS
set -euo pipefail
cd "$(dirname "$0")/.."
dumps=$1

# One line an organisation; see rehearsals/people_truth.sql.
compared() {
    psql -qX -P footer=off -d "$HMS_STORE" -v truth="$PWD/$dumps/truth/people.csv" -f rehearsals/people_truth.sql \
        -c "SELECT $1 FROM people_truth WHERE $2"
}
columns='organisation, registrations, people, true_pairs, held, precision, recall, f1, sure, sure_precision, review'

organisations=$(psql -qXAt -d "$HMS_STORE" -c "SELECT code FROM hms.organisation ORDER BY code")
for organisation in $organisations; do
    hms dedup --org "$organisation" -q
done
compared "$columns" true

shared=()
for organisation in $organisations; do
    shared+=(--org "$organisation")
done
hms people index create shared "${shared[@]}" -q
hms dedup --index shared -q
echo "all five in one index, as if they had agreed to it:"
compared "$columns" "organisation = 'all'"
hms people index list
