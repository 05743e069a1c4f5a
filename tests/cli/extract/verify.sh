# A flipped bit, a cut file, a missing file and a touched manifest are refused by name.
seq 1 2000 | awk 'BEGIN { print "A,B" } { print $1 ",x" }' >t.csv
cp t.csv u.csv
seal() {
    rm -rf raw
    hms extract -q t.csv u.csv -o raw
}
check() {
    hms extract --verify raw || echo "exit $?"
    hms cat raw/t.hmb >shown || echo "cat: exit $?"
}
seal
check
flip() {
    byte=$(od -An -tu1 -j "$2" -N 1 "$1")
    printf "\\$(printf %o $((byte ^ 1)))" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}
flip raw/t.hmb 200
check
seal
size=$(wc -c <raw/t.hmb)
head -c $((size - 10)) raw/t.hmb >cut
mv cut raw/t.hmb
rm raw/u.hmb
check
seal
sed -i 's/"rows":2000/"rows":1999/' raw/manifest.json
check
rm raw/manifest.json
check
