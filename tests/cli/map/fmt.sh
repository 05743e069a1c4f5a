# Formatting has one result, keeps every comment and is done after one time.
cat >untidy.yml <<'END'
# Patients of Northgate.
# Agreed on 2026-10-02.

release: 1.2.0
map: northgate/patient          # system/name
source: {table: PATIENT_MST, key: PAT_NO, nulls: ["", "NULL", "-"],
    zone: Africa/Nairobi} # zone as agreed
target: patient


only:
    # training rows, too
    when: "STATUS != 'TEST'"
    otherwise: exclude patient.test
rules:
    M010: {from: X, to: mrn, via: "map 'a' 'b' # no comment", why: x}   # ten
    # what the form says
    M002:
        from: DOB # the date
        to:
          - birth_date
          - birth_precision
        via: trim | nullif '00/00/0000' '99/99/9999' '01/01/1800' '-' | partial_date 'dd/MM/yyyy' 'MM/yyyy' 'yyyy'
        tests:
          # good ones
          - in: "01/02/1980"
            out: ["1980-02-01", D]
          - {in: "31/02/1980", bad: true}   # no such day
        why: >
          0.4 % blank; 1 January was used as "year only" before 2004
          and more: so # it goes
        risk: high
      # behind M002
    # M003 was withdrawn in 1.1
    M001: {to: sex, from: SEX, via: 'sex | default ''unknown'''}
drop:
    "*_OLD": {by: records office, why: 0.02 % populated and no use}
    FAX:
       why: |
         two
         lines
       by: 'the "office"'
# the end
END
cp untidy.yml map.yml
hms map fmt --check map.yml
echo "exit $?"
cmp untidy.yml map.yml && echo "--check changes nothing"
chmod 640 map.yml
hms map fmt map.yml
stat -c %a map.yml
cat map.yml
echo "--- once more"
hms map fmt --check map.yml
echo "exit $?"
echo "--- no YAML, no map"
echo 'a: [' >broken.yml
hms map fmt broken.yml
echo "exit $?"
echo 'source: demo' >source.yml
hms map fmt source.yml
echo "exit $?"
