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
echo "a year after another"
cat >changes.csv <<'END'
Previous ATC code,Substance name,New ATC code,Year
A01AB09,inventol,A01AB07,2020
A01AB09,inventol,A01AB01,2030
A01AB07,inventol,A01AB01,2025
A01AB02,inventine,A01AB01,1999
A01AB08,goneol,deleted,2022
A01AB05,splitol,A01AB01,2024
A01AB05,splitol,A01AB02,2024
END
hms term build . --release 2033
for day in 2024-12-31 2025-01-01 2029-12-31 2030-01-01; do
    echo $day
    hms term validate ./atc-2033.hmspack --on $day A01AB09 A01AB07 A01AB08 A01AB02 || echo "exit $?"
done
hms term validate ./atc-2033.hmspack A01AB09 A01AB07 A01AB05 A01AB08
hms term lookup ./atc-2033.hmspack A01AB09 A01AB05
echo 'A01AB06,odd,x,2020' >>changes.csv
hms term build . --release 2034 || echo "exit $?"
rm changes.csv
echo 'A01A9,odd,,,,' >>atc.csv
hms term build . --release 2032 || echo "exit $?"
