# Coverage says what becomes of each source column, and what stays empty in the store.
cat >patient.csv <<'END'
PAT_NO,NAME,DOB,FAX,OLD1,OLD2,PHONE,DX1,DX2
1,Otieno,1980-02-01,-,,,0722000123,I21.9,
2,Weber,,-,,x,,,
3,Haddad,1956-01-01,77,,,,,E11.9
END
hms extract patient.csv --delimiter , --charset utf-8 -o raw -q || exit
mkdir maps
cat >maps/patient.yml <<'END'
map: demo/patient
release: 1.0.0
source: {table: patient, key: PAT_NO, nulls: ["", "-"]}
target: patient
rules:
  M001: {to: mrn, from: PAT_NO, why: x}
  M002: {to: sex, via: constant 'unknown', why: x}
  M003: {to: birth_date, from: DOB, via: date 'yyyy-MM-dd', why: x}
drop:
  FAX: {why: one number in three rows, by: records office}
END
cat >maps/condition.yml <<'END'
map: demo/condition
release: 1.0.0
source: {table: patient, key: [PAT_NO, EACH], nulls: ["", "-"]}
target: condition
each: {as: DX, of: [DX1, DX2]}
rules:
  M001: {to: patient_id, from: PAT_NO, via: ref 'patient', why: x}
  M002: {to: source_code, from: DX, why: x}
END
cut_short() { # what depends on the whole schema
    sed 's/not filled:.*/not filled: .../; s/ of [0-9]* columns filled/ of ... columns filled/'
}
hms map coverage maps --raw raw | cut_short
echo "--- without the source"
hms map coverage maps/patient.yml | cut_short
echo "--- for programs"
hms map coverage maps --raw raw --json >records
head -1 records
echo "--- lint says the same"
hms map lint maps --raw raw 2>&1 | grep unmapped
