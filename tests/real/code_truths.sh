# What is publicly known to be right or wrong, on its day: each line of CMS's addenda for 2019 judged the
# day before and the day after (the order file of 2018 is worked out from them), and a table of truths.
set -u
data=$HMS_REAL_DATA/terminology
failed=0
complain() { echo "$*"; failed=1; }
addenda=$data/icd10cm-2019/icd10cm_order_addenda_2019.txt

awk -f "$HMS_ROOT/tests/real/order_before.awk" "$addenda" "$data/icd10cm-2019/icd10cm_order_2019.txt" |
    LC_ALL=C sort | awk '{ printf "%05d %s\n", NR, $0 }' >icd10cm_order_2018.txt
{
    hms term build -q icd10cm_order_2018.txt -o packs
    hms term build -q "$data/icd10cm-2019" -o packs
    hms term build -q "$data/icd9" --release 32 -o packs
} >built || exit 1
for pack in packs/*.hmspack; do
    hms term install -q "$pack" --registry reg >/dev/null || exit 1
    leaf=${pack#packs/}
    hms term activate -q "${leaf%.hmspack}" --registry reg || exit 1
done
verdicts() { # SYSTEM [--on DAY]: codes on stdin, "code verdict" a line
    hms term validate --registry reg "$@" - | awk -F'\t' '{ print $1, $2 }'
}

# the last line about a code in the addenda is what it is in 2019: a deleted one may come back as heading
tr -d '\r' <"$addenda" | awk '
    /^Delete:/ { before[$3] = $2; if (!($3 in after)) after[$3] = "-" }
    /^Add:/ { after[$3] = $2; if (!($3 in before)) before[$3] = "-" }
    END { for (code in after) print code, before[code], after[code] }' | LC_ALL=C sort >changes
for side in "2018-09-30 2" "2018-10-01 3"; do
    set -- $side
    awk '{ print $1 }' changes | verdicts icd10cm --on "$1" | awk '{ print $2 }' >got
    awk -v f="$2" '{ print $f == 1 ? "valid" : $f == 0 ? "heading" : "unknown" }' changes >wanted
    paste -d' ' changes wanted got | awk '$4 != $5' >differs
    [ -s differs ] && { complain "on $1 these are not what the addenda say:"; head -5 differs; }
done
echo "$(wc -l <changes) codes of the addenda, each on two days"

cat >truths <<'TRUTHS'
# billable, headings
icd10cm - E11.9 valid
icd10cm - e119 valid
icd10cm - E11 heading
icd10cm - E11.6 heading
icd10cm - E11.65 valid
icd10cm - I10 valid
icd10cm - I10.0 unknown
icd10cm - J45 heading
icd10cm - J45.909 valid
icd10cm - C7A.00 valid
icd10cm - C7A00 valid
icd10cm - O9A.211 valid
icd10cm - Z79.4 valid
icd10cm - M54.5 valid
icd10cm - K35.89 heading
icd10cm - K35.890 valid
# seventh characters and their X
icd10cm - S52.501A valid
icd10cm - S52.501 heading
icd10cm - S52.501X unknown
icd10cm - S52.501Z unknown
icd10cm - W21.9XXA valid
icd10cm - W21.9A seventh-character
icd10cm - W219A seventh-character
icd10cm - W21.9XA seventh-character
icd10cm - W21.9 heading
icd10cm - T36.0X1A valid
icd10cm - T36.0X1 heading
icd10cm - T36.01A unknown
icd10cm - T07.XXXA valid
icd10cm - T07A seventh-character
icd10cm - T07XXXXA malformed
icd10cm - O60.10X0 valid
icd10cm - O60.10X6 unknown
icd10cm - H40.11X1 unknown
icd10cm - H40.1111 valid
icd10cm - S06.1X7A valid
icd10cm - S06.1X7D unknown
# ends of years
icd10cm 2018-10-01 F53.0 valid
icd10cm 2018-10-01 F53 heading
icd10cm 2018-09-30 F53 valid
icd10cm 2018-09-30 F53.0 unknown
icd10cm 2018-10-01 I63.8 heading
icd10cm 2018-10-01 I63.81 valid
icd10cm 2018-09-30 I63.8 valid
icd10cm 2018-10-01 M79.1 heading
icd10cm 2018-10-01 M79.10 valid
icd10cm 2018-10-01 T81.4XXA unknown
icd10cm 2018-09-30 T81.4XXA valid
icd10cm 2019-09-30 G71.0 heading
icd10cm 2018-09-30 G71.0 valid
icd10cm - U07.1 unknown
# other dialects' X, other shapes
icd10cm - M45X unknown
icd10cm - I10X unknown
icd10cm - E1.19 malformed
icd10cm - E11.9. malformed
icd10cm - .E119 malformed
icd10cm - 0E11.9 malformed
icd10cm - 250.00 malformed
# ICD-9-CM: zeros, E and V
icd9cm - 250.00 valid
icd9cm - 25000 valid
icd9cm - 250.0 heading
icd9cm - 250 heading
icd9cm - 0250 unknown
icd9cm - 401.9 valid
icd9cm - 401.90 unknown
icd9cm - 010.00 valid
icd9cm - 10.00 malformed
icd9cm - 038.9 valid
icd9cm - 38.9 malformed
icd9cm - 0389 valid
icd9cm - 345.1 heading
icd9cm - 345.10 valid
icd9cm - V30.00 valid
icd9cm - V30.0 heading
icd9cm - V27.0 valid
icd9cm - E849.9 valid
icd9cm - E8499 valid
icd9cm - E849 heading
icd9cm - E84.99 malformed
icd9cm - E11.9 malformed
icd9cm-procedure - 00.01 valid
icd9cm-procedure - 0001 valid
icd9cm-procedure - 00.0 heading
icd9cm-procedure - 1 malformed
TRUTHS
grep -v '^#' truths | awk '{ print $1, $2 }' | sort -u | while read -r system day; do
    awk -v s="$system" -v d="$day" '$1 == s && $2 == d { print $3, $4 }' truths >wanted
    cut -d' ' -f1 wanted | verdicts "$system" $([ "$day" = - ] || echo "--on $day") >got
    cmp -s wanted got || { echo "$system $day: wanted, got"; diff wanted got; }
done >wrong
[ -s wrong ] && { complain "truths that are not held:"; cat wrong; }
echo "$(grep -vc '^#' truths) truths"
exit $failed
