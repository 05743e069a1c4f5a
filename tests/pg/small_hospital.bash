# small_hospital.bash - a hospital of a few rows, with one of every kind of trouble, for cases that
# need a load: read by `. "$HMS_ROOT/tests/pg/small_hospital.bash"`.
#
#   make_hospital              dump/ and maps/ in the current folder
#   move_hospital RAW STAGE    extract, transform and load as organisation "tiny"
#
# Trouble: patient P3 comes twice, the same; P4 twice, different; P5's birth date is none; visits
# of P9, who is not there; an invoice of a visit that is not there; an invoice that comes three
# times and the first counts.

make_hospital() {
    mkdir -p dump maps
    cat >dump/patients.csv <<'END'
PAT_NO,DOB,SEX
P1,1980-02-01,F
P2,1975-12-31,M
P3,1990-06-15,F
P3,1990-06-15,F
P4,1966-01-20,M
P4,1967-01-20,M
P5,1990-02-31,F
P6,2001-09-09,M
END
    cat >dump/visits.csv <<'END'
VISIT,PAT_NO,STARTED
V1,P1,2024-01-05
V2,P1,2024-02-05
V3,P2,2024-03-05
V4,P9,2024-04-05
V5,P6,2024-05-05
END
    cat >dump/invoices.csv <<'END'
INV,PAT_NO,VISIT,NET
I1,P1,V1,100.10
I2,P2,V7,200.20
I3,P9,V3,300.30
I4,P6,V5,400.40
I4,P6,V5,400.40
I4,P6,V5,999.99
END
    cat >maps/source.yml <<'END'
source: tinysys
tables:
  PATIENTS: {files: "patients.csv"}
  VISITS: {files: "visits.csv"}
  INVOICES: {files: "invoices.csv"}
END
    cat >maps/patients.yml <<'END'
map: tinysys/patient
release: 1.0.0
source: {table: PATIENTS, key: PAT_NO}
target: patient
rules:
  M001: {to: mrn, from: PAT_NO, via: trim, why: the number}
  M002:
    to: [birth_date, birth_precision]
    from: DOB
    via: trim | partial_date 'yyyy-MM-dd'
    bad: quarantine patient.birth_date
    why: a day
  M003: {to: sex, from: SEX, via: trim | sex, why: M or F}
END
    cat >maps/visits.yml <<'END'
map: tinysys/visit
release: 1.0.0
source: {table: VISITS, key: VISIT}
target: encounter
rules:
  M001: {to: patient_id, from: PAT_NO, via: "trim | ref 'patient'", why: whose}
  M002: {to: encounter_no, from: VISIT, via: trim, why: the number}
  M003: {to: class, via: "constant 'AMB'", why: only clinics}
  M004: {to: state, via: "constant 'finished'", why: all are over}
  M005: {to: started_at, from: STARTED, via: "trim | timestamp 'yyyy-MM-dd' 'at=00:00'", why: a day}
  M006: {to: started_precision, via: "constant 'D'", why: never a time}
END
    cat >maps/invoices.yml <<'END'
map: tinysys/invoice
release: 1.0.0
source: {table: INVOICES, key: INV, repeats: first}
target: invoice
rules:
  M001: {to: patient_id, from: PAT_NO, via: "trim | ref 'patient'", why: whose}
  M002: {to: encounter_id, from: VISIT, via: "trim | ref 'encounter'", why: for what}
  M003: {to: invoice_no, from: INV, via: trim, why: the number}
  M004: {to: net_amount, from: NET, via: trim | money, why: to the cent}
END
}

# Transform and load end with 1 when rows were kept back, which here some always are.
move_hospital() {
    hms extract maps/source.yml --dir dump -o "$1" -q || return
    hms transform "$1" --maps maps --org tiny -o "$2" -q || [ $? = 1 ] || return 2
    hms load "$2" --org tiny -q >load.out || [ $? = 1 ] || return 2
}
