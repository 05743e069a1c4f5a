# A disk that fills up while a verb writes: the verb says so and fails, and what stands there afterwards is
# either whole or not there.  A limit on the size of files takes the place of a full disk, so that
# nobody needs to be root; the writes fail in the same places, with EFBIG instead of ENOSPC.
failed=0
runs_out() { # WHAT STATUS COMMAND...: the command runs out of space after 20 KB in a file
    local what=$1 status=$2 code=0
    shift 2
    (
        trap '' XFSZ
        ulimit -f 20
        exec "$@"
    ) >out 2>err || code=$?
    if [ "$code" != "$status" ] || ! grep -q 'File too large' err; then
        echo "$what: exit $code, and it says:"
        cat err
        failed=1
    fi
}
gone() { # WHAT PATH...: nothing of it is there under its own name
    local what=$1 path
    shift
    for path; do
        [ ! -e "$path" ] || { echo "$what left $path behind"; failed=1; }
    done
}

hms synth --patients 300 --only northgate -o dumps -q
awk 'BEGIN { print "no,given,family"; for (i = 1; i <= 3000; i++) print i ",Ann,Family" i % 900 }' >people.csv
maps=$HMS_ROOT/mappings/northgate
hms extract "$maps/source.yml" --dir dumps/northgate -o raw -q
printf 'people: x\nrecord: no\nfields:\n  given: {kind: given name, column: given}\n  family: {kind: family name, column: family}\n' >model.yml

runs_out synth 3 hms synth --patients 300 --only northgate -o dumps2
runs_out extract 3 hms extract "$maps/source.yml" --dir dumps/northgate -o raw2
gone extract raw2/manifest.json
runs_out transform 3 hms transform raw --maps "$maps" --org northgate -o stage2
gone transform stage2/manifest.json
runs_out "a stream" 3 hms extract dumps/northgate/PATIENT_MST.csv -o -
runs_out dedup 3 hms dedup --csv people.csv --model model.yml -o pairs.csv,clusters.csv
gone dedup clusters.csv
ls -A | grep -v -e '^dumps$' -e '^raw$' -e '^dumps2$' -e '^raw2$' -e '^stage2$' -e '^pairs.csv$' -e '^model.yml$' -e '^people.csv$' -e '^out$' -e '^err$'
hms extract "$maps/source.yml" --dir dumps/northgate -o raw2 -q || echo "the folder that was begun cannot be used again"
exit "$failed"
