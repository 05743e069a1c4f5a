# A run that failed leaves no seal; run again, it ends in the same folder as a run that never failed.
printf 'A,B\n1,2\n' >t.csv
printf 'A,A\n1,2\n' >u.csv
hms extract t.csv u.csv -o raw || echo "exit $?"
hms extract --verify raw || echo "exit $?"
printf 'A,B\n1,2\n' >u.csv
hms extract t.csv u.csv -o raw
hms extract --verify raw
hms extract t.csv --table only -o raw
hms extract --verify raw
ls raw
