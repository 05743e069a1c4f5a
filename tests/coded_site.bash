# coded_site.bash - a site with one coded table, for cases about codes and the day they are judged on.
#
# coded_site   writes maps/source.yml and maps/dx.yml for a dump/dx.csv with the columns id, patient, code and seen, and makes
#              the folder dump

coded_site() {
    mkdir -p dump maps
    cat >maps/source.yml <<'END'
source: site
charset: utf-8
delimiter: ","
header: first
tables:
  dx: {files: dx.csv}
END
    cat >maps/dx.yml <<'END'
map: site/dx
release: 1.0.0
source: {table: dx, key: id, zone: Africa/Nairobi}
target: condition
rules:
  M001: {to: patient_id, from: patient, via: ref 'patient', why: whose}
  M002: {to: code, from: code, why: the source's own}
  M003: {to: code_system, via: constant 'ICD-10-CM', why: all of them}
  M004: {to: recorded_at, from: seen, via: timestamp 'yyyy-MM-dd HH:mm', why: local}
END
}
