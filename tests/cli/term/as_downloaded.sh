# Whole downloads in the shape that their publishers give them, codes of our own making: what stands
# there twice, folders, names of files in any letters, byte order marks, CRLF, Windows-1252.
t=$'\t'
tabs() { local IFS=$t; printf '%s\n' "$*"; }

echo "LOINC: two MapTo, a core table, a part of the table among the panels"
mkdir -p loinc/LoincTable loinc/LoincTableCore loinc/AccessoryFiles/PanelsAndForms loinc/AccessoryFiles/LinguisticVariants
head='"LOINC_NUM","COMPONENT","PROPERTY","TIME_ASPCT","SYSTEM","SCALE_TYP","METHOD_TYP","CLASS","VersionLastChanged","CHNG_TYPE","STATUS","LONG_COMMON_NAME","DisplayName"'
one='"718-7","Hemoglobin","MCnc","Pt","Bld","Qn","","HEM/BC","2.99","MIN","ACTIVE","Hemoglobin [Mass/volume] in Blood","Hemoglobin"'
two='"1009-0","Direct ""old"" test","ACnc","Pt","RBC","Ord","","BLDBK","2.69","DEL","DEPRECATED","Old test",""'
three='"1007-4","Direct test","PrThr","Pt","RBC","Ord","","BLDBK","2.70","MIN","ACTIVE","Direct test",""'
printf '\357\273\277%s\r\n' "$head" "$one" "$two" "$three" | sed '2,$s/^\xef\xbb\xbf//' >loinc/LoincTable/LOINC.CSV
printf '%s\n' '"LOINC_NUM","COMPONENT","PROPERTY","STATUS","LONG_COMMON_NAME"' '"718-7","Hemoglobin","MCnc","ACTIVE","short"' >loinc/LoincTableCore/LoincTableCore.csv
printf '%s\n' "$head" "$one" >loinc/AccessoryFiles/PanelsAndForms/Loinc.csv
printf '"LOINC","MAP_TO","COMMENT"\r\n"1009-0","1007-4","if the direct one is meant"\r\n' | tee loinc/LoincTable/MapTo.csv >loinc/LoincTableCore/MapTo.csv
printf '"LOINC_NUM","COMPONENT","PROPERTY","TIME_ASPCT","SYSTEM","SCALE_TYP","METHOD_TYP","CLASS","SHORTNAME","LONG_COMMON_NAME","RELATEDNAMES2","LinguisticVariantDisplayName"\n' >loinc/AccessoryFiles/LinguisticVariants/deDE15LinguisticVariant.csv
(cd loinc && zip -qr ../Loinc_2.99.zip .)
hms term build Loinc_2.99.zip
hms term validate ./loinc-2.99.hmspack 718-7 1009-0 || echo "exit $?"

echo "RxNorm: the prescribable part stands in it once more"
mkdir -p rx/rrf rx/prescribe/rrf
atom() { echo "$1|ENG||||||$2||||RXNORM|$3|$1|$4||N|4096|"; }
{ echo '3|ENG||||||8717795||58488005||SNOMEDCT_US|PT|58488005|Another vocabulary||N||'; atom 161 1 IN 'Inventol "pure"'; atom 1191 2 IN Inventine; } >rx/rrf/RXNCONSO.RRF
tail -1 rx/rrf/RXNCONSO.RRF >rx/prescribe/rrf/rxnconso.rrf
echo '1191|||2|CUI|1191|||NDC|RXNORM|00000000101|N|4096|' >rx/rrf/RXNSAT.RRF
cp rx/rrf/RXNSAT.RRF rx/prescribe/rrf/RXNSAT.RRF
(cd rx && zip -qr ../RxNorm_full_01022031.zip .)
hms term build RxNorm_full_01022031.zip --release 01022031
hms term codes ./rxnorm-01022031.hmspack

echo "Athena: CPT4 without names in a file of its own, and a concept of one's own"
mkdir athena
head="concept_id${t}concept_name${t}domain_id${t}vocabulary_id${t}concept_class_id${t}standard_concept${t}concept_code${t}valid_start_date${t}valid_end_date${t}invalid_reason"
{
    echo "$head"
    tabs 44819107 Inventory Metadata Vocabulary Vocabulary '' 'OMOP generated' 19700101 20991231 ''
    tabs 101 'A "quoted' Measurement Invented 'Lab Test' S L-1 20200101 20991231 ''
    tabs 2000000101 'Our own' Measurement Invented 'Lab Test' S L-2 20200101 20230630 U
} >athena/CONCEPT.csv
{ echo "$head"; tabs 2001 '' Procedure CPT4 CPT4 S 99999 19700101 20991231 ''; } >athena/CONCEPT_CPT4.csv
{ tabs vocabulary_id vocabulary_name vocabulary_reference vocabulary_version vocabulary_concept_id; tabs Invented 'Invented tests' x 2031 44819107; } >athena/VOCABULARY.csv
{ tabs concept_id_1 concept_id_2 relationship_id valid_start_date valid_end_date invalid_reason; tabs 2000000101 101 'Concept replaced by' 20230701 20991231 ''; } >athena/CONCEPT_RELATIONSHIP.csv
hms term build athena
hms term validate ./athena-invented-2031.hmspack --on 2023-07-01 L-1 L-2 || echo "exit $?"
sed -i '1s/valid_start_date.*/valid_end_date\tvalid_start_date\tinvalid_reason/' athena/CONCEPT_RELATIONSHIP.csv
hms term build athena || echo "exit $?"

echo "NDC of the FDA: Windows-1252 and CRLF"
{
    tabs PRODUCTID PRODUCTNDC PRODUCTTYPENAME PROPRIETARYNAME PROPRIETARYNAMESUFFIX NONPROPRIETARYNAME DOSAGEFORMNAME ROUTENAME STARTMARKETINGDATE ENDMARKETINGDATE LABELERNAME
    tabs 0002-0800_x 0002-0800 'HUMAN DRUG' $'Inventol\x99 \x96 5' '' inventol TABLET ORAL 20200101 '' $'M\xfcller'
} | sed 's/$/\r/' >product.txt
{
    tabs PRODUCTID PRODUCTNDC NDCPACKAGECODE PACKAGEDESCRIPTION STARTMARKETINGDATE ENDMARKETINGDATE NDC_EXCLUDE_FLAG SAMPLE_PACKAGE
    tabs 0002-0800_x 0002-0800 0002-0800-01 '1 BOTTLE in 1 CARTON (0002-0800-01)' 20200101 '' N N
} | sed 's/$/\r/' >PACKAGE.TXT
mkdir ndc && mv product.txt PACKAGE.TXT ndc
hms term build ndc --release 2031
hms term lookup ./ndc-2031.hmspack 0002-0800 0002-0800-01 | head -3

echo "ATC as scripts write it"
printf '%s\n' atc_code,atc_name,ddd,uom,adm_r,note A,'"ORGANS, ALL",NA,NA,NA,NA' A01,GROUP,NA,NA,NA,NA A01AB01,inventol,1.5,g,O,NA >'WHO ATC-DDD 2031-12-03.csv'
hms term build 'WHO ATC-DDD 2031-12-03.csv'
hms term lookup ./atc-2031.hmspack A01AB01

echo "an order file with a byte order mark, and the archive beside what was unpacked of it"
mkdir icd && printf '\357\273\277%05d %-7s %d %-60s %s\r\n' 1 Q000 1 Invented Invented >icd/Icd10cm_Order_2031.TXT
(cd icd && zip -q "2031 Code Descriptions.zip" Icd10cm_Order_2031.TXT)
hms term build icd && hms term codes ./icd10cm-2031.hmspack

echo "ICD-9-CM: headings are in no official file, zeros count"
printf '%-5s %s\n' 0100 'Primary' 0101 'Other' 25000 'Sugar' 25001 'Sugar, more' 4019 'Pressure' V270 'Outcome' E8000 'Train' >CMS32_DESC_LONG_DX.txt
hms term build CMS32_DESC_LONG_DX.txt --release 32
hms term validate ./icd9cm-32.hmspack 250 250.0 250.00 0250 25 10.0 010.0 100 V27 V27.0 E800 E800.0 E80.00 401.9 '401.9 ' 401.90 || echo "exit $?"

echo "LOINC's answers and parts are no tests, but have a check digit, too"
hms term validate ./loinc-2.99.hmspack LA6668-3 LA6668-4 LP14885-5 LX1-1 ' 718-7 ' || echo "exit $?"
