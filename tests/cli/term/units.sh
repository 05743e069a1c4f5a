# A conversion that changes the property changes the code with it, or is refused with the reason.
unit() { # CODE NAME METRIC UNIT VALUE
    printf '<unit Code="%s" isMetric="%s"><name>%s</name><value Unit="%s" value="%s"/></unit>' "$1" "$3" "$2" "$4" "$5"
}
{
    echo '<?xml version="1.0"?><!-- ucum-essence of our own making --><root version="0.1">'
    for prefix in m:1e-3 u:1e-6 d:1e-1 k:1e3; do
        printf '<prefix Code="%s"><name>%s</name><value value="%s"/></prefix>' "${prefix%:*}" "${prefix%:*}" "${prefix#*:}"
    done
    for base in m s g rad K C cd; do
        printf '<base-unit Code="%s" CODE="%s" dim="L"><name>%s</name></base-unit>' $base $base $base
    done
    unit '10*' ten no 1 10
    unit mol mole yes '10*23' 6.02214076
    unit eq equivalent yes mol 1
    unit L liter yes dm3 1
    unit d day no s 86400
    echo '</root>'
} >ucum-essence.xml
cat >Loinc.csv <<'END'
"LOINC_NUM","COMPONENT","PROPERTY","TIME_ASPCT","SYSTEM","SCALE_TYP","METHOD_TYP","CLASS","CLASSTYPE","LONG_COMMON_NAME","SHORTNAME","EXTERNAL_COPYRIGHT_NOTICE","STATUS","VersionFirstReleased","VersionLastChanged"
"1-8","Glucose","MCnc","Pt","Bld","Qn","","","","Invented glucose mass","","","ACTIVE","",""
"2-6","Glucose","SCnc","Pt","Bld","Qn","","","","Invented glucose amount","","","ACTIVE","",""
"3-4","Calcium","MCnc","Pt","Bld","Qn","","","","Invented calcium mass","","","ACTIVE","",""
"4-2","Calcium","SCnc","Pt","Bld","Qn","","","","Invented calcium amount","","","ACTIVE","",""
"5-9","Urate","MCnc","Pt","Bld","Qn","","","","Invented urate mass","","","ACTIVE","",""
"6-7","Urate","SCnc","Pt","Bld","Qn","","","","Invented urate amount, retired","","","DEPRECATED","",""
"7-5","Moonium","MCnc","Pt","Bld","Qn","","","","Invented moonium mass","","","ACTIVE","",""
"8-3","Moonium","SCnc","Pt","Bld","Qn","","","","Invented moonium amount","","","ACTIVE","",""
"9-1","Lactate","MCnc","Pt","Bld","Qn","","","","Invented lactate mass","","","ACTIVE","",""
"10-9","Lactate","SCnc","Pt","Bld","Qn","","","","Invented lactate amount","","","ACTIVE","",""
"11-7","Lactate","SCnc","Pt","Bld","Qn","","","","Invented lactate amount again","","","ACTIVE","",""
END
export HMS_TERMINOLOGY=reg
hms term build ucum-essence.xml -o packs -q >/dev/null
hms term build Loinc.csv --release 1 -o packs -q >/dev/null
hms term install packs/*.hmspack >/dev/null
for pack in packs/*; do hms term activate -q "$(basename "$pack" .hmspack)"; done
try() {
    printf '%s: ' "$*"
    hms term convert "$@" || echo "exit $?"
}
try --loinc 1-8 100 mg/dL mmol/L
try --loinc 1-8 100 mg/dL g/L
try --loinc 2-6 5.5 mmol/L mg/dL
try --loinc 3-4 10 mg/dL meq/L
try --loinc 4-2 5 meq/L mmol/L
try --loinc 4-2 5 'meq/L{eq}' mg/dL
try --loinc 2-6 5 mmol/L meq/L
try --loinc 5-9 6 mg/dL umol/L
try --loinc 7-5 6 mg/dL umol/L
try --loinc 9-1 6 mg/dL mmol/L
try --loinc 1-8 6 mmol/L mg/dL
try --loinc 1-8 6 mg/dL g/d
try --loinc 12-5 6 mg/dL g/L
try --loinc 1-8 6 bushel g/L
try --loinc 1-8 x mg/dL g/L
try 1 g mol
try 1e-9 g kg
try 100 mg/dL mmol/L 180.156
try 100 mg/dL mmol/L heavy
printf '100\tmg/dL\tmmol/L\t1-8\n100\tmg/dL\tmmol/L\t180.156\n1\tg\tmg\n-3\tg\tL\n\n' | try - || true

echo "as docs/units.md says, with the demo's packs:"
for file in ucum-essence.xml LoincTable.csv; do
    hms term build "$HMS_ROOT/terminology/demo/$file" --release demo -o demo -q >/dev/null
done
export HMS_TERMINOLOGY=reg2
hms term install demo/*.hmspack >/dev/null
for pack in demo/*; do hms term activate -q "$(basename "$pack" .hmspack)"; done
sed -n 's/^    \(hms term convert .*\)/\1/p' "$HMS_ROOT/docs/units.md" >examples.sh
sh -e examples.sh
