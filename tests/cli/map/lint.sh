# Lint looks at maps together, and at what the source really has.
mkdir maps
cat >maps/patient.yml <<'END'
map: demo/patient
release: 1.0.0
source: {table: PATIENT, key: PAT_NO, nulls: ["", "-"]}
target: patient
only: {when: "STATE != 'X'", otherwise: exclude patient.gone}
rules:
  M001: {to: mrn, from: PAT_NO, via: trim, why: the number on the card}
  M002: {to: sex, from: GENDR, via: sex, why: from the form}
  M003: {to: birth_date, from: DOB, via: date 'yyyy-MM-dd', risk: high}
  M004: {to: practitioner_id, from: DOC_NO, via: "lookup 'DOCTORS' 'NO' 'CODE' | ref 'practitioner'", why: x}
drop:
  FAX: {why: unused}
  DOB: {why: unused, by: records office}
  "OLD_*": {why: unused, by: records office}
END
cat >maps/name.yml <<'END'
map: demo/patient
source: {table: PATIENT, key: CARD_NO, zone: Europe/Berlin}
target: patient_name
rules:
  M001: {to: family, from: NAME, via: trim, why: as on the card}
END
for twin in one two; do
    cat >maps/identifier_$twin.yml <<END
map: demo/identifier_$twin
release: 1.0.0
source: {table: PATIENT, key: PAT_NO, nulls: ["", "-"]}
target: patient_identifier
rules:
  M001: {to: patient_id, from: PAT_NO, via: "trim | ref 'patient'", why: whose}
  M002: {to: system, via: constant 'mrn', why: the card}
  M003: {to: value, from: PAT_NO, why: the number}
  M004: {to: value_norm, from: PAT_NO, via: digits, why: for searching}
END
done
cat >maps/identifier_card.yml <<'END'
map: demo/identifier_card
release: 1.0.0
source: {table: PATIENT, key: CARD_NO, nulls: ["", "-"]}
target: patient_identifier
rules:
  M001: {to: patient_id, from: [PAT_NO, CARD_NO], via: "trim | ref 'patient'", why: whose}
  M002: {to: system, via: constant 'card', why: the card}
  M003: {to: [value, value_norm], from: [CARD_NO, CARD_NO], why: the number}
END
cat >maps/source.yml <<'END'
source: demo
END
printf 'PATIENT\t%s\n' PAT_NO CARD_NO NAME GENDER DOB STATE FAX PHONE >headers.tsv
printf 'WARD\tCODE\n' >>headers.tsv

echo "--- maps alone"
hms map lint maps
echo "--- and their source"
hms map lint maps --headers headers.tsv 2>/dev/null | grep -A2 'column\.\|table\.\|drop\.unmatched'
echo "--- for programs"
hms map lint maps --json >findings 2>/dev/null
head -2 findings
