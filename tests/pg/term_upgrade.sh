# Twenty changes of every kind are planted between releases; all are found, with the rows, patients and mappings they touch.
. "$HMS_ROOT/tests/pg/load.bash"

export HMS_TERMINOLOGY=$PWD/reg
mkdir -p old new maps/north
code() { # NUMBER: as a LOINC code, with Luhn's digit
    local n=$1 sum=0 double=1 d i
    for ((i = ${#n} - 1; i >= 0; i--)); do
        d=$((${n:i:1} * (1 + double)))
        sum=$((sum + d / 10 + d % 10))
        double=$((1 - double))
    done
    echo "$n-$(((10 - sum % 10) % 10))"
}
loinc() { # RELEASE NUMBER STATUS COMPONENT PROPERTY SYSTEM NAME
    printf '%s,%s,%s,Pt,%s,Qn,,,,%s,,,%s,,\n' "$(code "$2")" "$4" "$5" "$6" "$7" "$3" >>"$1/Loinc.csv"
}
both() { loinc old "$1" ACTIVE "Analyte $1" MCnc Bld "Analyte $1 in Blood"; }
same_in_both() { both "$1" && loinc new "$1" ACTIVE "Analyte $1" MCnc Bld "Analyte $1 in Blood"; }
withdrawn() { both "$1" && loinc new "$1" DEPRECATED "Analyte $1" MCnc Bld "Analyte $1 in Blood"; }
for release in old new; do
    echo LOINC_NUM,COMPONENT,PROPERTY,TIME_ASPCT,SYSTEM,SCALE_TYP,METHOD_TYP,CLASS,CLASSTYPE,LONG_COMMON_NAME,SHORTNAME,EXTERNAL_COPYRIGHT_NOTICE,STATUS,VersionFirstReleased,VersionLastChanged >$release/Loinc.csv
    echo LOINC,MAP_TO,COMMENT >$release/MapTo.csv
done
for n in 100 101 102 103 104; do same_in_both $n; done                                # nothing
for n in 201 202; do both $n; done                                                    # 2 removed
for n in 203 204; do withdrawn $n; done                                               # 2 deprecated
for n in 205 206 207; do withdrawn $n && echo "$(code $n),$(code 100)," >>new/MapTo.csv; done # 3 replaced
for n in 208 209; do withdrawn $n && printf "$(code $n),%s,for %s\n" "$(code 101)" one "$(code 102)" other >>new/MapTo.csv; done # 2 split
both 210 && loinc new 210 ACTIVE 'Analyte 210' SCnc Bld 'Analyte 210 in Blood'        # 2 re-meant
both 211 && loinc new 211 ACTIVE 'Analyte 211' MCnc Urine 'Analyte 211 in Blood'
both 212 && loinc new 212 ACTIVE 'Analyte 212' MCnc Bld 'Analyte 212 [Mass] in Blood' # 1 renamed
loinc new 213 ACTIVE 'Analyte 213' MCnc Bld 'Analyte 213 in Blood'                    # 1 added
both 214 && loinc new 214 DISCOURAGED 'Analyte 214' MCnc Bld 'Analyte 214 in Blood'   # 1 changed
order() { printf '%05d %-7s %d %-60s %s\n' "$2" "$3" "$4" "$5" "$5" >>"$1/order.txt"; }
order old 1 A00 0 'Invented illness'
order old 2 A000 1 'Mild form'
order old 3 A001 1 'Severe form of it'
order old 4 A002 1 'Form with fever'
order old 5 A003 1 'Form with rash'
order old 6 A004 1 'Form with cough'
order new 1 A00 0 'Invented illness'
order new 2 A000 0 'Mild form'                 # 1 heading
order new 3 A0001 1 'Mild form, first'         # 1 added
order new 4 A001 1 'Childhood disorder'        # 1 re-meant
order new 5 A002 1 'Form with high fever'      # 1 renamed
order new 6 A004 1 'Form with cough'           # 1 removed: A003
athena() {
    printf 'concept_id\tconcept_name\tdomain_id\tvocabulary_id\tconcept_class_id\tstandard_concept\tconcept_code\tvalid_start_date\tvalid_end_date\tinvalid_reason\n'
    printf '1\tInvented vaccine\tDrug\tCVX\tCVX\tS\t901\t19700101\t20991231\t\n'
    printf '2\tSecond vaccine\tDrug\tCVX\tCVX\tS\t902\t19700101\t%s\t\n' "$1"
}
mkdir old/athena new/athena
athena 20991231 >old/athena/CONCEPT.csv
athena 20240630 >new/athena/CONCEPT.csv # 1 validity
for release in old new; do
    hms term build $release/Loinc.csv $release/MapTo.csv --release $release -o $release -q >/dev/null
    hms term build $release/order.txt --release $release -o $release -q >/dev/null
    hms term build $release/athena --release $release --name cvx -o $release -q >/dev/null
done

rows() { # COUNT KEY CODE PATIENTS
    echo "rows $1 $2% patient_id=@patient:p%$4 code=$3 code_system=${5:-loinc} state=final value_kind=none"
}
"$stage_maker" stage north <<END
file data
table patient src/patient same
rows 10 p% mrn=m% sex=female
table observation src/result same
$(rows 40 a "$(code 100)" 5)
$(rows 3 b "$(code 201)" 2)
$(rows 5 c "$(code 203)" 5)
$(rows 7 d "$(code 205)" 1)
$(rows 4 e "$(code 208)" 4)
$(rows 6 f "$(code 210)" 3)
$(rows 2 g "$(code 212)" 2)
$(rows 1 l "$(code 214)" 1)
table condition src/dx same
$(rows 8 h A00.0 4 ICD-10-CM | sed 's/ state=.*//')
$(rows 9 i A003 3 icd10cm | sed 's/ state=.*//')
$(rows 2 j A003 2 icd10 | sed 's/ state=.*//')
table immunization src/imm same
$(rows 3 k 902 3 cvx | sed 's/ state=.*/ state=completed/')
END
hms store deploy -q
hms load stage --org north -q >/dev/null

map() { printf 'subject_id\tpredicate_id\tobject_id\tmapping_justification\tauthor_id\treviewer_id%s\n' "$1"; }
row() { printf '%s\tskos:exactMatch\t%s\tsemapv:ManualMappingCuration\tann\tben%s\n' "$@"; }
{
    echo '# kept as it is'
    map ''
    row A "$(code 100)" ''
    row B "$(code 201)" ''
    row C "$(code 201)" ''
    row D "$(code 205)" ''
} >maps/north/lab.tsv
{
    map $'\tother'
    row A A00.3 $'\tseen'
    row B A00.2 $'\t'
} >maps/north/dx.tsv
cp -r maps before

diffs() { hms term diff --org north --maps maps "$@" || [ $? -eq 1 ]; }
diffs old/loinc-old.hmspack new/loinc-new.hmspack >loinc 2>words
diffs old/icd10cm-old.hmspack new/icd10cm-new.hmspack >icd 2>>words
diffs old/cvx-old.hmspack new/cvx-new.hmspack >cvx 2>>words
cat loinc icd cvx
cat words
same "twenty changes" "$(cat loinc icd cvx | wc -l)" 20
same "nothing was written" "$(diff -r maps before)" ""

for system in loinc icd10cm; do
    diffs old/$system-old.hmspack new/$system-new.hmspack --mark 2>&1 >/dev/null | grep stale
done
diff -r before maps || true
diffs old/loinc-old.hmspack new/loinc-new.hmspack --mark 2>&1 >/dev/null | grep stale
