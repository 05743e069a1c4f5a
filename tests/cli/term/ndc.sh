# NDC lists of our own making: three shapes of ten digits, one of six-digit labelers; what is written
# without hyphens is not guessed.
t=$'\t'
row() { local IFS=$t; printf '%s\n' "$*"; }
{
    row PRODUCTID PRODUCTNDC PRODUCTTYPENAME PROPRIETARYNAME PROPRIETARYNAMESUFFIX NONPROPRIETARYNAME DOSAGEFORMNAME ROUTENAME STARTMARKETINGDATE ENDMARKETINGDATE LABELERNAME ACTIVE_NUMERATOR_STRENGTH ACTIVE_INGRED_UNIT
    row 1 0002-8215 'HUMAN PRESCRIPTION DRUG' Inventall Forte inventol TABLET ORAL 20100101 '' 'Soci'$'\351''t'$'\351' 5 'mg/1'
    row 2 50242-040 'HUMAN PRESCRIPTION DRUG' Otherine '' other INJECTION INTRAVENOUS 20100101 20300131 Lab 1 mL
    row 2b 50242-040 'HUMAN PRESCRIPTION DRUG' Otherine '' other INJECTION INTRAVENOUS 20100101 20300131 Lab 1 mL
} >product.txt
{
    row PRODUCTID PRODUCTNDC NDCPACKAGECODE PACKAGEDESCRIPTION STARTMARKETINGDATE ENDMARKETINGDATE NDC_EXCLUDE_FLAG SAMPLE_PACKAGE
    row 1 0002-8215 0002-8215-01 '100 TABLET in 1 BOTTLE' 20100101 '' N N
    row 2 50242-040 50242-040-62 '1 VIAL' 20100101 20300131 N N
    row 2b 50242-040 50242-040-62 '1 VIAL' 20100101 20300131 N N
    row 3 60575-4112 60575-4112-1 '1 TUBE' 20100101 '' N N
    row 4 00028-215 00028-215-01 'a trap: 5-3-2 with the digits of the first' 20100101 '' N N
    row 5 123456-789 123456-789-01 '1 KIT' 20300101 '' N N
} >package.txt
hms term build . --release 2031
hms term codes ./ndc-2031.hmspack
hms term lookup ./ndc-2031.hmspack 0002-8215-01 0002-8215
echo "many ways to write one package"
hms term validate ./ndc-2031.hmspack 0002-8215-01 00002-8215-01 '*0002-8215-01' 00002821501 000002821501 123456-789-01 123456078901 || echo "exit $?"
echo "ten digits: candidates, never an answer"
hms term validate ./ndc-2031.hmspack 0002821501 5024204062 6057541121 12345678901 9999999999 || echo "exit $?"
echo "no codes, and other days"
hms term validate ./ndc-2031.hmspack 0 00000000000 2-8215-1 0002-8215 1234567 || echo "exit $?"
hms term validate ./ndc-2031.hmspack --on 2030-02-01 50242-040-62 || echo "exit $?"
hms term validate ./ndc-2031.hmspack --on 2030-01-31 50242-040-62
row 6 x-1 x-1-1 bad '' '' N N >>package.txt
hms term build . --release bad || echo "exit $?"
rm package.txt
hms term build . --release bad || echo "exit $?"
