# The page that a steward reads.
cat >patient.yml <<'END'
map: demo/patient
release: 1.0.0
source: {table: PATIENT, key: PAT_NO, nulls: ["", "-"], repeats: last}
target: patient
only: {when: "STATE != 'X' and NAME not like 'A|B*'", otherwise: exclude patient.gone, why: "left us | years ago"}
rules:
  M001: {to: mrn, from: PAT_NO, why: the number on the card}
  M002: {to: sex, from: GENDER, via: sex | default 'unknown', bad: blank, risk: low, why: from the form}
  M003:
    to: [birth_date, birth_precision]
    from: DOB
    via: trim | partial_date 'dd/MM/yyyy' 'yyyy'
    bad: quarantine patient.birth_date
    risk: high
    why: |
      older records have
      only the year
    tests: [{in: "1956", out: ["1956-01-01", Y]}]
drop:
  FAX: {why: unused, by: records office}
END
cat >condition.yml <<'END'
map: demo/condition
release: 1.0.0
source: {table: PATIENT, key: [PAT_NO, EACH], nulls: []}
target: condition
each: {as: [DX, KIND], of: [[DX1, K1], [DX2, K2]]}
rules:
  M001: {to: patient_id, from: PAT_NO, via: ref 'patient', why: whose it is}
  M002: {to: source_code, from: DX, why: as the ward wrote it}
END
# What depends on the whole schema and on the words of the steps is left out here.
hms map doc patient.yml condition.yml |
    sed 's/^What stays empty: .*/What stays empty: .../; s/^\(- `[a-z_]*`:\) .*/\1 .../'
echo "--- for programs"
hms map doc --json patient.yml | sed 's/"what":"[^"]*"/"what":"..."/g'
