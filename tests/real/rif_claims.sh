# Medicare claims in the RIF layout load completely; the deliberately faulty files are accounted for.
. "$HMS_ROOT/tests/real/road.bash"

dump=$HMS_REAL_DATA/legacy/rif-claims
take_the_road rif "$dump/synthea" medicare
expect "rejected or quarantined" "$(sql "SELECT count(*) FROM mig.reject WHERE outcome IN ('rejected', 'quarantined')")" 0
expect "beneficiaries" "$(sql "SELECT count(*) FROM hms.patient")" \
    "$(awk -F'|' 'FNR > 1 { print $2 }' "$dump"/synthea/beneficiary_20*.csv | sort -u | wc -l)"
for table in carrier dme hha hospice inpatient outpatient snf; do
    expect "$table claims" "$(sql "SELECT count(*) FROM hms.claim WHERE id IN (SELECT claim_id FROM hms.claim_line)
        AND claim_no IN (SELECT regexp_split_to_table('$(awk -F'|' 'FNR > 1 { print $3 }' "$dump/synthea/$table.csv" | sort -u | paste -sd,)', ','))")" \
        "$(awk -F'|' 'FNR > 1 { print $3 }' "$dump/synthea/$table.csv" | sort -u | wc -l)"
done
expect "prescriptions filled" "$(sql "SELECT count(*) FROM hms.dispense")" "$(rows_of "$dump/synthea/pde.csv")"
expect "paid by Medicare on carrier claims" "$(sql "SELECT sum(paid_amount)::numeric(18,2) FROM hms.claim WHERE source_type = '71'")" \
    "$(awk -F'|' 'FNR > 1 && !seen[$3]++ { sum += int($15 * 100 + 0.5) } END { printf "%.2f", sum / 100 }' "$dump/synthea/carrier.csv")"

rm -rf raw stage
mkdir faulty
cp "$dump"/faulty/*.txt "$dump"/old_benes_sandbox.csv faulty/
for file in "$dump"/faulty/samhsa/*.txt; do
    cp "$file" "faulty/samhsa-${file##*/}"
done
take_the_road rif "$PWD/faulty" faulty
expect "people of the sandbox list" "$(sql "SELECT rows FROM mig.balance WHERE map = 'rif/bene' AND outcome = 'loaded'")" \
    "$(awk -F, 'NR > 1 && $1 != ""' faulty/old_benes_sandbox.csv | wc -l)"
expect "Medicare numbers of nobody" "$(sql "SELECT sum(rows) FROM mig.balance WHERE map = 'rif/bene' AND rule = 'patient.no_number'")" \
    "$(awk -F, 'NR > 1 && $1 == ""' faulty/old_benes_sandbox.csv | wc -l)"
ragged=$(for file in faulty/*.txt; do
    awk -F'|' 'FNR == 1 { n = NF } FNR > 1 && NF != n' "$file"
done | wc -l)
expect "rows with too many or too few fields" "$(sql "SELECT count(DISTINCT (file, line)) FROM mig.reject
    WHERE organisation = 'faulty' AND rule = 'row.ragged'")" "$ragged"
