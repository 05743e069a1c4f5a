# Codes for a catalogue without a store: untrained, learned from decisions, kept and used again.
cat >Loinc.csv <<'END'
"LOINC_NUM","COMPONENT","PROPERTY","TIME_ASPCT","SYSTEM","SCALE_TYP","METHOD_TYP","CLASS","CLASSTYPE","LONG_COMMON_NAME","SHORTNAME","EXTERNAL_COPYRIGHT_NOTICE","STATUS","VersionFirstReleased","VersionLastChanged"
"1-8","Inventol","MCnc","Pt","Ser/Plas","Qn","","CHEM",1,"Inventol [Mass/volume] in Serum or Plasma","Inventol SerPl-mCnc","","ACTIVE","1.0","2.0"
"2-6","Inventol","MCnc","Pt","Urine","Qn","","CHEM",1,"Inventol [Mass/volume] in Urine","Inventol Ur-mCnc","","ACTIVE","1.0","2.0"
"3-4","Inventol","ACnc","Pt","Urine","Ord","","CHEM",1,"Inventol [Presence] in Urine","Inventol Ur Ql","","ACTIVE","1.0","2.0"
"4-2","Inventol Ab.IgG","ACnc","Pt","Ser","Qn","EIA","SERO",1,"Inventol IgG Ab [Units/volume] in Serum by Immunoassay","Inventol IgG Ser EIA-aCnc","","ACTIVE","1.0","2.0"
END
hms term build Loinc.csv -o . >/dev/null
cat >catalogue.csv <<'END'
local_code,local_name,unit,specimen
U1,"Inventol, quantitative",mg/dL,urine
U2,"Inventol Screen, Urine",,
S1,INVENTOL,ug/mL,Serum
A1,"Inventol Antibody, IgG by ELISA",IV,
X1,Nothing of the kind,,
END
pack=./loinc-2.0.hmspack
hms code suggest --system $pack --csv catalogue.csv --limit 1
echo "as records"
hms code suggest -q --system $pack --csv catalogue.csv --limit 1 --json | head -n 1
echo "with decisions"
printf '#curie_map:\nsubject_id\tsubject_label\tobject_id\nQ\tThe usual\tLOINC:2-6\nR\tOther\tsssom:NoTermFound\n' >decisions.tsv
printf 'local_name\nTHE USUAL\n' >asked.csv
hms code suggest --system $pack --csv asked.csv --limit 1 --train decisions.tsv --model site.model -o first.csv
cut -d, -f2,6 first.csv
hms code suggest -q --system $pack --csv asked.csv --limit 1 --model site.model -o second.csv
cmp first.csv second.csv && echo "the same again"
echo "what is refused"
for words in "--csv none.csv" "--csv Loinc.csv" "--csv asked.csv --limit 81" "--csv asked.csv --train catalogue.csv" \
    "--csv asked.csv --model asked.csv"; do
    hms code suggest -q --system $pack $words || echo "exit $?"
done
