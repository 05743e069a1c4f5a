# One value on its way through a rule; what is typed may be shown.
cat >m.yml <<'END'
map: demo/patient
source: {table: T, key: K, nulls: ["", "NULL"]}
target: patient
rules:
  M001: {to: mrn, from: K, via: trim, bad: reject}
  M002: {to: [birth_date, birth_precision], from: DOB, via: trim | partial_date 'dd/MM/yyyy', bad: blank patient.birth}
  M003: {to: sex, from: S, via: trim}
  M004: {to: language, from: [A, B], via: trim | first | lower}
  M005: {to: nationality, via: constant 'KE'}
END
explain() {
    echo "--- $*"
    hms map explain m.yml --rule "$@"
    status=$?
    [ $status = 0 ] || echo "exit $status"
}
explain M001 ' 17 '
explain M001 NULL
explain M002 01/02/1980
explain M002 31/02/1980
explain M003 tall
explain M004 '' ' EN '
explain M005
explain M001
explain M01 x
explain M002 31/02/1980 --json
