# The demo's plan with few patients: every organisation reconciles to unexplained 0, and the corrected
# map changes lindenhof and nothing else.
ln -s "$HMS_ROOT/mappings" mappings
mkdir rehearsals
ln -s "$HMS_ROOT/rehearsals/plans" rehearsals/plans
hms store deploy -q && hms synth --patients 40 -o dumps -q || exit
plan=rehearsals/plans/demo.yml
hms rehearse $plan --set dumps=dumps --set maps=rehearsals/plans/demo-before/lindenhof -q --json >one || exit
hms rehearse $plan --set dumps=dumps -q --json >two || exit
for run in one two; do
    grep '"record":"reconciliation"' $run | sed 's/.*"organisation":"\([a-z]*\)".*"unexplained":\([0-9]*\).*/\1 unexplained \2/'
done
hms rehearse compare 1 2 --json >compared || exit
echo "inputs that differ: $(sed -n 's/.*"record":"input","name":"\([^"]*\)".*/\1/p' compared)"
echo "organisations that differ: $(grep '"record":"balance"' compared | grep -v '"loaded_delta":0,.*"kept_delta":0,' |
    sed 's/.*"organisation":"\([a-z]*\)".*/\1/' | sort -u)"
grep '"record":"rule"' compared | grep '"rule":"patient.birth_date"' | grep lindenhof | grep -c '"delta":-'
echo "coverage of observations, lindenhof:"
grep '"record":"coverage"' two | grep '"lindenhof","entity":"observation"' | sed -E 's/"(rows|patients|unverified|unmapped)":[1-9][0-9]*/"\1":some/g'
grep -c '"record":"coverage".*"relied_delta":0' compared >coverage && [ "$(cat coverage)" -gt 20 ]
hms rehearse drop 1 -q && hms rehearse drop 2 -q
