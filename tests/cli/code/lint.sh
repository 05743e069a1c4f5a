# What a spreadsheet did to local codes is seen in the list as a whole; honest lists are left alone.
table() { # FILE CODE...
    local file=$1
    shift
    printf 'subject_id\tpredicate_id\tobject_id\tmapping_justification\n' >"$file"
    printf '%s\n' "$@" | LC_ALL=C sort -u | sed 's/$/\tskos:exactMatch\t1-8\tsemapv:ManualMappingCuration/' >>"$file"
}
lint() { hms code lint "$@" || echo "exit $?"; }
table zeros.tsv 1101 1102 1103 2201 2202 345 7
table dates.tsv A1 5-Mar 44260 44261 B7
table numbers.tsv 44260 44261 44262
table powers.tsv 1.2E+11 4.5E+10 ABC
table fractions.tsv 250.0 401.0 414.0
table icd9.tsv 250.0 250.01 401.9
table honest.tsv 0101 0102 0207 1101
table lengths.tsv 1 22 333 4444
table counter.tsv $(seq 1 999)
table names.tsv NA K CL GLU
table rounded.tsv 1234567890123450 2234567890123450 3234567890123450 17
lint zeros.tsv dates.tsv powers.tsv
lint fractions.tsv rounded.tsv
lint numbers.tsv icd9.tsv honest.tsv lengths.tsv counter.tsv names.tsv
lint zeros.tsv --json
lint missing.tsv
lint
lint -q "$HMS_ROOT"/mappings/*/*.tsv
