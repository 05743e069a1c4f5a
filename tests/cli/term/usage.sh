# What is said to a wrong command line, and to files that are no terminology.
hms term
hms term fly
hms term lookup icd10cm
hms term build
echo 'nothing known' >a.txt
hms term build a.txt
printf '00001 A00     0 Cholera%54sCholera\n' '' >order.txt
hms term build order.txt
hms term build order.txt --release ../x
hms term build order.txt --release 2031 --dialect klingon
hms term build order.txt --release 2031 --from yesterday
printf '00001 A00     0 Cholera%54sCholera\n00002 A00     1 Again\n' '' >order.txt
hms term build order.txt --release 2031
printf 'LOINC_NUM,COMPONENT,PROPERTY,STATUS\n718-8,x,y,ACTIVE\n' >loinc.csv
hms term build loinc.csv --release 1
printf 'LOINC_NUM,COMPONENT,PROPERTY,STATUS\n718-7,"x,y,ACTIVE\n' >loinc.csv
hms term build loinc.csv --release 1
