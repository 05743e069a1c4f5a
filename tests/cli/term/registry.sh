# Packs are installed, switched, switched back; releases of two years stand side by side; what is
# damaged or not signed stays out.
order() { # YEAR CODE TITLE...
    local year=$1 n=0
    shift
    while [ $# -gt 0 ]; do
        n=$((n + 1))
        printf '%05d %-7s %d %-60s %s\n' $n "$1" "$2" "$3" "$3"
        shift 3
    done >order_$year.txt
}
export HMS_TERMINOLOGY=reg
order 2031 A00 0 Invented A000 1 'First kind' A001 1 'Second kind'
order 2032 A00 0 Invented A000 0 'First kind' A0001 1 'First kind, new' A001 1 'Other words' A002 1 Third
hms term build order_2031.txt -o packs
openssl genpkey -algorithm ed25519 -out private.pem
openssl pkey -in private.pem -pubout -out public.pem
hms term build order_2032.txt -o packs --key private.pem
hms term lookup icd10cm A00.0 || echo "exit $?"
hms term install packs/*.hmspack >names && sed 's/-[0-9a-f]*\.hmspack//' names
hms term activate -q icd10cm-2031
hms term activate -q icd10cm-2032
hms term list | sed 's/-[0-9a-f]*\.hmspack */ /'
for day in 2031-03-01 2031-10-01 2033-01-01; do
    hms term validate icd10cm --on $day A00.0 A00.2 || echo "exit $?"
done
hms term rollback -q
hms term lookup icd10cm A00.2 || echo "exit $?"
hms term rollback || echo "exit $?"
hms term activate icd10cm-2040 || echo "exit $?"
readlink reg/active
hms term diff packs/icd10cm-2031.hmspack packs/icd10cm-2032.hmspack || echo "exit $?"

echo "signatures"
hms term install --key public.pem packs/icd10cm-2032.hmspack >/dev/null && echo signed
hms term install --key public.pem packs/icd10cm-2031.hmspack || echo "exit $?"
cp public.pem reg/trusted.pem
hms term install packs/icd10cm-2031.hmspack || echo "exit $?"
openssl genpkey -algorithm ed25519 -out other.pem 2>/dev/null
openssl pkey -in other.pem -pubout -out reg/trusted.pem
hms term install packs/icd10cm-2032.hmspack || echo "exit $?"

echo "damage"
rm reg/trusted.pem
size=$(stat -c %s packs/icd10cm-2031.hmspack)
for at in 0 9 17 25 60 200 $((size / 2)) $((size - 20)); do
    cp packs/icd10cm-2031.hmspack bad.hmspack
    printf '\377' | dd of=bad.hmspack bs=1 seek=$at conv=notrunc 2>/dev/null
    hms term install bad.hmspack || echo "exit $?"
done
head -c $((size - 1)) packs/icd10cm-2031.hmspack >bad.hmspack
hms term install bad.hmspack || echo "exit $?"
: >bad.hmspack
hms term install bad.hmspack || echo "exit $?"
