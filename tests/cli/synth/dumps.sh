# Five dumps of 200 patients: what was said, how many rows, and the first lines of each organisation.
set -eu

hms synth --patients 200 -o dumps
hms synth --patients 200 -o again --json
diff -r dumps again
cat dumps/truth/counts.csv
cut -d, -f1,5- dumps/truth/bad_rows.csv | sort | uniq -c
head -n 4 dumps/northgate/PATIENT_MST.csv
head -n 3 dumps/northgate/OBSERVATION.csv
head -n 3 dumps/lindenhof/BEFUND.TXT | iconv -f windows-1252 -t utf-8
iconv -f utf-16 -t utf-8 <dumps/alnoor/patients.txt | sed -n 1,3p
head -n 3 dumps/riverside/PATIENT.CSV
head -n 3 dumps/stmary/result_line.csv
