# Through a pipe the same rows come as through files.
printf 'A,B\n1,2\n3,4\n' >t.csv
printf 'X\n"a\nb"\n\nc\n' >u.csv
hms extract -q t.csv u.csv -o raw
hms extract t.csv u.csv -o - | hms cat - >piped
{ hms cat raw/t.hmb; echo; hms cat raw/u.hmb; } >filed
cmp piped filed && cat piped
hms extract t.csv u.csv -o - | hms cat - --table u
hms extract -q t.csv u.csv -o - >whole
head -c 100 whole | hms cat - >cut || echo "exit $?"
hms extract t.csv -o - --json || echo "exit $?"
