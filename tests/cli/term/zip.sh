# Distributions are read as they are downloaded: archives, archives in folders, nothing unpacked on disk,
# names in an archive are no paths, and an archive that is a bomb, cut or locked is refused.
mkdir -p in/'Loinc 2.99'/deep
row='"718-7","Hemoglobin","MCnc","Pt","Bld","Qn","","HEM/BC","1","Hemoglobin [Mass/volume] in Blood","Hgb Bld-mCnc","","ACTIVE","1.0","2.99"'
printf '%s\n%s\n' '"LOINC_NUM","COMPONENT","PROPERTY","TIME_ASPCT","SYSTEM","SCALE_TYP","METHOD_TYP","CLASS","CLASSTYPE","LONG_COMMON_NAME","SHORTNAME","EXTERNAL_COPYRIGHT_NOTICE","STATUS","VersionFirstReleased","VersionLastChanged"' \
    "$row" >'in/Loinc 2.99/deep/Core.csv'
echo 'not a terminology' >'in/Loinc 2.99/readme.txt'
printf '\001\002\377\n' >'in/Loinc 2.99/manual.pdf'
(cd in && zip -qr ../Loinc.zip .)
mkdir folder && cp Loinc.zip folder
zip -q nested.zip Loinc.zip
printf '%05d %-7s %d %-60s %s\n' 1 Q00 1 Invented Invented >order.txt
zip -q icd_2031.zip order.txt

hms term build Loinc.zip
hms term build folder -o two && cmp loinc-2.99.hmspack two/loinc-2.99.hmspack && echo "the same from a folder"
hms term list --json --registry none; hms term lookup ./loinc-2.99.hmspack 718-7 | head -1
hms term build icd_2031.zip
ls *.hmspack two/*

echo "refused"
hms term build nested.zip || echo "exit $?"
size=$(stat -c %s Loinc.zip)
head -c $((size - 10)) Loinc.zip >cut.zip && hms term build cut.zip || echo "exit $?"
zip -q -P secret locked.zip order.txt && hms term build locked.zip || echo "exit $?"
{ printf '%05d %-7s %d %-60s %s\n' 1 Q00 1 Invented Invented; head -c 8000000 /dev/zero | tr '\0' ' '; } >order.txt
zip -q -9 bomb.zip order.txt && hms term build bomb.zip || echo "exit $?"
cp Loinc.zip flipped.zip
printf '\377\377\377' | dd of=flipped.zip bs=1 seek=$(($(grep -abo Core.csv Loinc.zip | head -1 | cut -d: -f1) + 60)) conv=notrunc 2>/dev/null
hms term build flipped.zip 2>/dev/null || echo "exit $?"
mkdir many && (cd many && seq 10001 | xargs touch && zip -qr ../many.zip .) && hms term build many.zip || echo "exit $?"
