# Drugs of our own making: several DDDs of a code, and a code that was replaced.
cat >atc.csv <<'END'
ATC code,ATC level name,DDD,Unit,Adm.R,Note
A,"ORGAN SYSTEM, INVENTED",,,,
A01,GROUP,,,,
A01A,SUBGROUP,,,,
A01AB,Chemical group,,,,
A01AB01,inventol,1.5,g,O,
A01AB01,inventol,30,mg,P,as base
A01AB02,inventine,,,,
END
printf 'Previous ATC code,Substance name,New ATC code,Year\nA01AB09,inventol,A01AB01,2030\n' >changes.csv
hms term build . --release 2031
hms term codes ./atc-2031.hmspack
hms term lookup --json ./atc-2031.hmspack a01ab01
hms term validate ./atc-2031.hmspack A01AB01 A01AB09 A01AB99 A01AB X01 || echo "exit $?"
echo 'A01A9,odd,,,,' >>atc.csv
hms term build . --release 2032 || echo "exit $?"
