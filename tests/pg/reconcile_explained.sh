# A load with repeats, duplicates, orphans and a bad date reconciles to unexplained 0: every row that
# is missing is explained by a decision of the load.
. "$HMS_ROOT/tests/pg/small_hospital.bash"
hms store deploy -q || exit
make_hospital
move_hospital raw stage || exit
hms reconcile --org tiny --raw raw --stage stage -q --report report.html || exit
hms reconcile --org tiny --raw raw --stage stage -q --json >json || exit
echo "comparisons kept: $(psql -qXAt -d "$HMS_STORE" -c "SELECT count(*), sum(unexplained) FROM recon.run")"

echo "records: $(sed 's/.*"record":"\([a-z]*\)".*/\1/' json | sort | uniq -c | tr -s ' \n' ' ')"
grep -c '"schema":"hms.reconcile/1"' json

# The report is one page, and no value of the source is in it.
for value in 1980-02-01 1975-12-31 999.99 P9; do
    ! grep -qF -- "$value" report.html || { echo "the report holds a value"; exit 1; }
done
! grep -qE '<script|https?:|url\(' report.html || { echo "the report is not self-contained"; exit 1; }
grep -q '<svg role="img"' report.html && grep -q 'Unexplained: 0' report.html || exit 1

# The style sheet is the one that the page's policy names.
policy=$(sed -n "s/.*style-src 'sha256-\([^']*\)'.*/\1/p" report.html)
style=$(sed -n 's/^<style>\(.*\)<\/style>$/\1/p' report.html)
[ "$policy" = "$(printf %s "$style" | openssl dgst -sha256 -binary | openssl base64)" ] ||
    { echo "the policy names another style sheet"; exit 1; }
[ "$(stat -c %a report.html)" = 600 ] || exit 1
echo "the report keeps its promises"
