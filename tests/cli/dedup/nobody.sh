# Newborn, unknown and test people, twins, father and son: for a steward, each with its cause.
set -eu
model=$HMS_ROOT/tests/cli/dedup/people.yml
awk 'BEGIN {
    srand(5)
    print "no,first,last,dob,sex,street,postcode,national"
    for (i = 0; i < 600; i++) {
        row = sprintf("%c%s%d,%s%s,19%02d-%02d-%02d,%s,%d Mill %c%c Road,%05d", 65 + rand() * 26, "ari", i % 40, "Ber", substr("nadekolimu", 1 + i % 7, 3) i % 50,
            30 + rand() * 60, 1 + rand() * 12, 1 + rand() * 28, rand() < 0.5 ? "M" : "F", 1 + rand() * 90, 97 + rand() * 26, 97 + rand() * 26, 10000 + rand() * 80)
        number = 100000000 + int(rand() * 800000000)
        print "a" i "," row "," number
        if (i % 2 == 0) print "b" i "," row ","
    }
}' >people.csv
cat >>people.csv <<'ROWS'
t1,Baby Boy A,Hale,2021-04-14,M,12 Rose Road,10017,
t2,Baby Boy B,Hale,2021-04-14,M,12 Rose Road,10017,
u1,Unknown,Unknown,,M,,,
u2,Unknown,Unknown,,M,,,
i1,BB,Pell,2020-05-12,M,9 Oak Road,10018,
i2,BB,Pell,2020-05-12,M,9 Oak Road,10018,
s1,Steven,Marsh Sr,1960-02-24,M,11 Davis Road,10019,
s2,Steven,Marsh Jr,1960-02-24,M,11 Davis Road,10019,
w1,Maria Isabel,Sol,1979-03-02,F,3 Lime Road,10020,
w2,Maria Teresa,Sol,1979-03-02,F,3 Lime Road,10020,
x1,Stephan,Charles,1971-03-02,M,5 Lime Road,10020,
x2,Dock,Stephan,1971-03-02,M,5 Lime Road,10020,
n1,Rosa,Quill,1969-08-09,F,,,
n2,Rosa,Quill,1969-08-09,F,,,
ROWS
hms dedup -q --csv people.csv --model "$model" -o pairs.csv,clusters.csv
cause() { # A B CAUSE
    awk -F, -v a="$1" -v b="$2" -v cause="$3" '
        $1 == a && $2 == b { found = 1; ok = $5 == "review" && $6 == cause; said = $5 " " $6 }
        END { if (!found && cause == "") exit 0; if (!ok) { print a, b ": " said; exit 1 } }' pairs.csv
}
cause t1 t2 "no given name"
cause u1 u2 ""
cause i1 i2 "no given name"
cause s1 s2 generation
cause w1 w2 twins
cause x1 x2 twins
cause n1 n2 evidence
[ "$(grep -cE '^(t|i|s|w|x|n)[12],.*,yes$' clusters.csv)" = "$(awk -F, '/^[tiswxn][12],/ { n[$2]++ } END { for (k in n) alone += n[k] == 1; print alone + 0 }' clusters.csv)" ]
awk -F, '$5 == "link"' pairs.csv | grep -q '^a'
