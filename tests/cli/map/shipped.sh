# The maps that are shipped lint without a finding, pass their tests and are in their one form; those
# of the synthetic organisations also against the dumps they are for.
set -eu
failed=0
try() {
    "$@" >said 2>&1 || { echo "--- $*"; cat said; failed=1; }
}

folders=0
for folder in "$HMS_ROOT"/mappings/*/; do
    folders=$((folders + 1))
    try hms map lint "$folder"
    grep -q ': no error, 0 warnings$' said || { echo "--- $folder"; cat said; failed=1; }
    try hms map test "$folder"
    try hms map fmt --check "$folder"
done
[ "$folders" -ge 7 ]

hms synth --patients 60 --seed 1 -o dumps -q
for dump in dumps/*/; do
    org=$(basename "$dump")
    [ "$org" != truth ] || continue
    try hms extract "$HMS_ROOT/mappings/$org/source.yml" --dir "$dump" -o "raw/$org" -q
    try hms map lint "$HMS_ROOT/mappings/$org" --raw "raw/$org"
    try hms map test "$HMS_ROOT/mappings/$org" --raw "raw/$org"
    grep -q ' 0 failed$' said || { echo "--- tests of $org"; cat said; failed=1; }
done
exit $failed
