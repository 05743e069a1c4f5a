# A download of Athena of our own making: raw quotes, a TAB in a name, codes that stand there twice,
# relations within and across vocabularies; one pack a vocabulary. Cut downloads are refused.
t=$'\t'
row() { local IFS=$t; printf '%s\n' "$*"; }
mkdir dl
{
    row concept_id concept_name domain_id vocabulary_id concept_class_id standard_concept concept_code valid_start_date valid_end_date invalid_reason
    row 44819096 ICD10CM Metadata Vocabulary Vocabulary '' 'OMOP generated' 19700101 20991231 ''
    row 44819104 'RxNorm (NLM)' Metadata Vocabulary Vocabulary '' 'OMOP generated 2' 19700101 20991231 ''
    row 44819100 CPT4 Metadata Vocabulary Vocabulary '' 'OMOP generated 3' 19700101 20991231 ''
    row 0 'No matching concept' Metadata None Undefined '' 'No matching concept' 19700101 20991231 ''
    row 500 'Cholera of the "moon' Condition ICD10CM '3-char nonbill code' '' Q00 20151001 20991231 ''
    row 501 "Cholera due to${t}cheese" Condition ICD10CM '4-char billing code' '' Q00.0 20151001 20991231 ''
    row 502 'Cholera, withdrawn' Condition ICD10CM '4-char billing code' '' Q00.1 20151001 20300930 U
    row 503 'Cholera, again' Condition ICD10CM '4-char billing code' '' Q00.0 20101001 20150930 D
    row 601 Inventol Drug RxNorm Ingredient S 1001 19700101 20991231 ''
    row 602 'Inventol 5 MG Oral Tablet' Drug RxNorm 'Clinical Drug' S 1002 19700101 20991231 ''
    row 603 'Inventall' Drug RxNorm 'Brand Name' '' 1003 19700101 20991231 ''
    row 701 '' Procedure CPT4 CPT4 S 99201 19700101 20991231 ''
} >dl/CONCEPT.csv
{
    row concept_id_1 concept_id_2 relationship_id valid_start_date valid_end_date invalid_reason
    row 501 500 'Is a' 20151001 20991231 ''
    row 500 501 Subsumes 20151001 20991231 ''
    row 501 601 'Maps to' 20151001 20991231 ''
    row 501 602 'Maps to' 20151001 20991231 ''
    row 501 603 'Maps to' 20151001 20991231 D
    row 501 602 'Maps to value' 20151001 20991231 ''
    row 502 501 'Concept replaced by' 20301001 20991231 ''
    row 601 601 'Maps to' 19700101 20991231 ''
    row 602 601 'RxNorm has ing' 19700101 20991231 ''
    row 603 601 'Tradename of' 19700101 20991231 ''
    row 603 999999 'Maps to' 19700101 20991231 ''
} >dl/CONCEPT_RELATIONSHIP.csv
{
    row ancestor_concept_id descendant_concept_id min_levels_of_separation max_levels_of_separation
    row 601 601 0 0
    row 601 602 1 1
} >dl/CONCEPT_ANCESTOR.csv
{
    row concept_id concept_synonym_name language_concept_id
    row 601 "Inven${t}tol, \"pure" 4180186
    row 501 'Cheese disease' 4180186
} >dl/CONCEPT_SYNONYM.csv
{
    row vocabulary_id vocabulary_name vocabulary_reference vocabulary_version vocabulary_concept_id
    row ICD10CM 'Diseases (NCHS)' http://x 'ICD10CM FY2031' 44819096
    row RxNorm 'RxNorm (NLM)' http://x 'RxNorm 20310105' 44819104
    row CPT4 'Procedures (AMA)' http://x '' 44819100
    row None 'OMOP Standardized Vocabularies' x 'v5.0 28-FEB-31' 0
} >dl/VOCABULARY.csv
row drug_concept_id ingredient_concept_id amount_value >dl/DRUG_STRENGTH.csv

hms term build dl
hms term codes ./athena-icd10cm-ICD10CM_FY2031.hmspack
hms term lookup ./athena-icd10cm-ICD10CM_FY2031.hmspack Q00.0 Q00.1
hms term lookup --json ./athena-icd10cm-ICD10CM_FY2031.hmspack Q00.0 | grep -o '"parent":"[^"]*"'
hms term lookup ./athena-rxnorm-RxNorm_20310105.hmspack 1001 1002 1003
echo "valid on the day of service"
for day in 2030-09-30 2030-10-01; do
    hms term validate ./athena-icd10cm-ICD10CM_FY2031.hmspack --on $day Q00.1 Q00 Q00.0 Q0 Q99
done
hms term validate ./athena-icd10cm-ICD10CM_FY2031.hmspack Q00.1
(cd dl && zip -q ../dl.zip *.csv)
hms term build dl.zip -o zipped 2>/dev/null | wc -l
cmp athena-rxnorm-RxNorm_20310105.hmspack zipped/athena-rxnorm-RxNorm_20310105.hmspack && echo "the same from an archive"

echo "cut downloads"
cut() { hms term build "$@" -o no || echo "exit $?"; }
cp -r dl bad && head -c -5 dl/CONCEPT.csv >bad/CONCEPT.csv && cut bad
grep -v CPT4 dl/CONCEPT.csv >bad/CONCEPT.csv && cut bad
cp dl/CONCEPT.csv bad && head -c 200 dl/CONCEPT_RELATIONSHIP.csv >bad/CONCEPT_RELATIONSHIP.csv && cut bad
cp dl/CONCEPT_RELATIONSHIP.csv bad && { cat dl/CONCEPT.csv; row 501 x x ICD10CM x '' Q01 19700101 20991231 ''; } >bad/CONCEPT.csv && cut bad
{ cat dl/CONCEPT.csv; row 901 x x ICD10CM x '' Q01 19700101; } >bad/CONCEPT.csv && cut bad
rm bad/CONCEPT.csv && cut bad
