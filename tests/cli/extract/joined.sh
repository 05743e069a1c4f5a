# Files that somebody joined: the mark and the header between them are no rows, and are told with their place. A file
# without a line end is refused without being read into memory; a file whose line ends are mixed is read as it is meant.
{
    printf '\357\273\277ID,NAME\r\n1,One\r\n'
    printf '\357\273\277ID,NAME\n2,Two\r3,NAME\n'
    printf 'ID,NAME\r\n'
    printf '\357\273\2774,Four\n'
} >joined.csv
hms extract joined.csv -o raw --json
hms cat raw/joined.hmb
hms cat raw/joined.hmb --rejects
printf 'ID\n1\nID\n' >one.csv
hms extract one.csv -o one
hms cat one/one.hmb
printf 'ID;NAME\n1;\357\273\277\n' >inside.csv
hms extract inside.csv --delimiter ';' -o inside
yes 'no line end' | tr '\n' ',' | head -c 20000000 >endless.csv
hms extract endless.csv -o endless || echo "exit $?"
