# CSV tells "no value" from the empty text; JSON also says places and issues.
printf 'A,B\n"x ""y""",\n"1,2","a\nb"\nshort\n' >t.csv
printf 'B,C\nb,c\n' >u.csv
hms extract -q t.csv u.csv --table T -o raw
hms cat raw/T.hmb
hms cat --json raw/T.hmb
hms cat --rejects raw/T.hmb
hms cat --rejects --json raw/T.hmb
hms cat --table none raw/T.hmb
hms cat || echo "exit $?"
hms cat t.csv || echo "exit $?"
hms cat none.hmb || echo "exit $?"
