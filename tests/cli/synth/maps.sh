# The maps of the five organisations pass their own tests and say something about every column that holds anything.
set -eu

hms synth -q --patients 200 -o dumps
for org in northgate lindenhof alnoor riverside stmary; do
    maps=$HMS_ROOT/mappings/$org
    hms extract -q "$maps/source.yml" --dir "dumps/$org" -o "raw/$org" 2>extract.said || [ $? = 1 ]
    hms map lint "$maps" --raw "raw/$org" >lint.said 2>&1
    grep -q ' no error, 0 warnings$' lint.said || { cat lint.said; exit 1; }
    hms map fmt --check -q "$maps"
    hms map test "$maps" >test.said
    grep -q ' passed, 0 failed$' test.said
    echo "$org"
done
