# Two versions of a complete Synthea export load completely, and every row is explained.
. "$HMS_ROOT/tests/real/road.bash"

for version in a b; do
    dump=$HMS_REAL_DATA/legacy/synthea-$version
    rm -rf raw stage
    take_the_road synthea "$dump" "synthea_$version"
    expect "rejected or quarantined" "$(sql "SELECT count(*) FROM mig.reject
        WHERE organisation = 'synthea_$version' AND outcome IN ('rejected', 'quarantined')")" 0
    for pair in patient:patients encounter:encounters condition:conditions allergy:allergies \
        procedure:procedures immunization:immunizations medication_order:medications \
        observation:observations claim:claims device:devices practitioner:providers location:organizations; do
        entity=${pair%%:*}
        expect "synthea_$version $entity" "$(sql "SELECT count(*) FROM hms.${entity}__synthea_$version")" \
            "$(rows_of "$dump/${pair#*:}.csv")"
    done
    # every claim transaction is a line, a payment or a transfer
    expect "transactions" "$(sql "SELECT (SELECT count(*) FROM hms.claim_line__synthea_$version) +
        (SELECT count(*) FROM hms.payment__synthea_$version) +
        (SELECT count(*) FROM hms.claim_event__synthea_$version)")" "$(rows_of "$dump/claims_transactions.csv")"
done

# money to the cent, summed from the file by other means
expect "charges" "$(sql "SELECT sum(submitted_amount)::numeric(18,2) FROM hms.claim_line__synthea_a")" \
    "$(awk -F, 'NR > 1 && $5 == "CHARGE" { sum += int($6 * 100 + 0.5) } END { printf "%.2f", sum / 100 }' \
        "$HMS_REAL_DATA/legacy/synthea-a/claims_transactions.csv")"
# supplies of version b hold one row twice; the second is merged, not lost
expect "supplies merged" "$(sql "SELECT sum(rows) FROM mig.balance
    WHERE organisation = 'synthea_b' AND entity = 'supply_delivery' AND outcome = 'merged'")" 1
# a condition without an end is active
expect "active conditions" "$(sql "SELECT count(*) FROM hms.condition__synthea_a WHERE clinical_state = 'active'")" \
    "$(awk -F, 'NR > 1 && $2 == ""' "$HMS_REAL_DATA/legacy/synthea-a/conditions.csv" | wc -l)"
