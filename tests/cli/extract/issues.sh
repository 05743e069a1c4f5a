# A row that cannot be read properly is kept with its issue and its bytes; its neighbours are unharmed.
{
    printf 'A,B,C\n1,2,3\n'
    printf 'few,2\n'
    printf 'many,2,3,4\n'
    printf '\n'
    printf 'in"ch,2,3\n'
    printf '"end"x,2,3\n'
    printf 'lost,"2,3\n'
    printf 'bad,\351,3\n'
    printf 'nul,\000,3\n'
    printf '"multi\nline",2,3\n'
    printf 'last,2,3\n'
    printf 'open,"2,3\nafter,2,3'
} >t.csv
hms extract t.csv -o raw --json
hms cat raw/t.hmb
hms cat raw/t.hmb --rejects | LC_ALL=C tr '\000\351' '0E'
