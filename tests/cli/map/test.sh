# Inline tests run through the real steps.
cat >m.yml <<'END'
map: demo/patient
source: {table: T, key: K, nulls: ["", "NULL"]}
target: patient
rules:
  M001:
    to: mrn
    from: K
    via: trim
    tests:
      - {in: " 7 ", out: "7"}
      - {in: "NULL", bad: true}
      - {in: " ", bad: true}
      - {in: "7", out: "8"}
      - {in: "7", bad: true}
  M002:
    to: [birth_date, birth_precision]
    from: DOB
    via: partial_date 'dd/MM/yyyy' 'yyyy'
    tests:
      - {in: null, out: [null, null]}
      - {in: "null", bad: true}
      - {in: "31/02/1980", out: ["1980-02-28", D]}
  M003:
    to: practitioner_id
    from: DOC
    via: lookup 'DOCTORS' 'NO' 'CODE' | ref 'practitioner'
    tests:
      - {in: "7", out: "8"}
END
hms map test m.yml
echo "exit $?"
echo "--- one rule"
hms map test m.yml --rule M001 | tail -1
echo "--- for programs"
hms map test m.yml --json
