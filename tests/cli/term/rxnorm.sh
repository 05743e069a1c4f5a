# RxNorm in its Rich Release Format, of our own making: atoms, relations, attributes, what was retired.
mkdir -p RxNorm_full_01052031/rrf
cd RxNorm_full_01052031/rrf
cat >RXNCONSO.RRF <<'END'
1001|ENG||||||1|1001|1001||RXNORM|IN|1001|inventol||N|4096|
1001|ENG||||||2|||N02BE99|ATC|RXN_IN|N02BE99|inventol||N||
1001|ENG||||||3||1001||RXNORM|SY|1001|inventolum||N||
1002|ENG||||||4|1002|1002||RXNORM|SCD|1002|inventol 5 MG Oral Tablet||N|4096|
1002|ENG||||||5|1002|1002||RXNORM|PSN|1002|inventol 5 mg tablet||N|4096|
1003|ENG||||||6|1003|1003||RXNORM|BN|1003|Inventall||O|4096|
1004|ENG||||||7|1004|1004||RXNORM|DF|1004|Oral Tablet||N|4096|
1005|ENG||||||8|||D1|VANDF|CD|D1|INVENTOL 5MG TAB||N||
END
cat >RXNREL.RRF <<'END'
1001||CUI|RO|1002||CUI|has_ingredient|1||RXNORM|RXNORM||||4096|
1002||CUI|RO|1001||CUI|ingredient_of|2||RXNORM|RXNORM||||4096|
1004||CUI|RO|1002||CUI|has_dose_form|3||RXNORM|RXNORM||||4096|
1001||CUI|RN|1003||CUI|tradename_of|4||RXNORM|RXNORM||||4096|
|1|AUI|SY||4|AUI||5||RXNORM|RXNORM||||4096|
END
cat >RXNSAT.RRF <<'END'
1002|||4|AUI|1002|1||NDC|RXNORM|00002821501|N|4096|
1002|||4|AUI|1002|2||NDC|VANDF|000002821501|N|4096|
1002|||4|AUI|1002|3||RXN_AVAILABLE_STRENGTH|RXNORM|5 MG|N|4096|
END
cat >RXNATOMARCHIVE.RRF <<'END'
9||inventol 50 MG|2020/01/01 00:00:00|2019/01/01 00:00:00|2019/06/01 00:00:00|1||ENG||1|20AA|2001|RXNORM|SCD|1002|
10||inventol fifty|2020/01/01 00:00:00|2019/01/01 00:00:00|2019/06/01 00:00:00|1||ENG||1|20AA|2001|RXNORM|SY|1002|
11||gone for good|2020/01/01 00:00:00|2019/01/01 00:00:00|2019/06/01 00:00:00|1||ENG||1|20AA|2002|RXNORM|SCD||
12||split|2020/01/01 00:00:00|2019/01/01 00:00:00|2019/06/01 00:00:00|1||ENG||1|20AA|2003|RXNORM|SCD|1002|
13||split|2020/01/01 00:00:00|2019/01/01 00:00:00|2019/06/01 00:00:00|1||ENG||1|20AA|2003|RXNORM|SY|1001|
END
cd ../..
zip -qr RxNorm_full_01052031.zip RxNorm_full_01052031
hms term build RxNorm_full_01052031.zip
hms term codes ./rxnorm-2031.hmspack
hms term lookup ./rxnorm-2031.hmspack 1001 1002 1003 2001 2003
hms term validate ./rxnorm-2031.hmspack 1002 2001 2002 2003 1005 01002 0 abc || echo "exit $?"
sed -i '2s/|$//' RxNorm_full_01052031/rrf/RXNREL.RRF
hms term build RxNorm_full_01052031 --release bad || echo "exit $?"
sed -i '2s/$/|/; 4s/CUI|has/CUI||has/' RxNorm_full_01052031/rrf/RXNREL.RRF
(cat RxNorm_full_01052031/rrf/RXNCONSO.RRF; yes '1009|ENG||||||8|1009|1009||RXNORM|IN|1009|many||N||' | head -300; echo '1|2|') >RXNCONSO.RRF
hms term build RXNCONSO.RRF --release bad || echo "exit $?"
