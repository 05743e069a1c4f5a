# A step that fails stops what needs it and nothing else; mistakes in a plan are found before anything
# runs.
hms store deploy -q || exit
cat >plan.yml <<'END'
plan: failing
steps:
  good: {run: sh -c 'exit 3', allow: [3]}
  after-good: {needs: [good], run: "true"}
  bad: {run: sh -c 'echo this is why >&2; exit 4'}
  after-bad: {needs: [bad, good], run: "true"}
  after-that: {needs: [after-bad], run: "true"}
  killed: {run: sh -c 'kill -9 $$'}
  unknown: {run: no-such-program --at all}
END
hms rehearse plan.yml -j 1 --json >steps 2>said
echo "exit $?"
sed -E 's/("(wall_ms|cpu_ms|max_rss_kb)":)[0-9]+/\10/g' steps
sed -E 's/in [0-9.]+ s/in T/; s/case_[0-9]+_/hms_/' said
cat var/rehearsals/1/logs/bad.err
hms rehearse list --json | sed -E 's/"started":"[^"]*"/"started":""/; s/"wall_ms":[0-9]+/"wall_ms":0/; s/case_[0-9]+_/hms_/'

echo "-- mistakes"
printf 'plan: p\nsteps:\n  a: {run: x, needs: [b]}\n' >mistake.yml
hms rehearse mistake.yml
echo "exit $?"
printf 'plan: p\ninputs: ["none/*"]\nsteps:\n  a: {run: x}\n' >mistake.yml
hms rehearse mistake.yml
echo "exit $?"
hms rehearse plan.yml --set nothing=here
echo "exit $?"
echo "rehearsals: $(hms rehearse list --json | wc -l)"
hms rehearse drop 1 -q

echo "-- killed on the way"
cat >long.yml <<'END'
plan: long
steps:
  a: {run: sh -c 'echo $$ >long.pid; exec sleep 60'}
  b: {needs: [a], run: "true"}
END
state() { hms rehearse list --json | sed -n '2s/.*"state":"\([a-z]*\)".*/\1/p'; }
hms rehearse long.yml -q &
hms=$!
for _ in $(seq 600); do
    [ -s long.pid ] && break
    sleep 0.1
done
state
{ kill -9 $hms && wait $hms; } 2>/dev/null # the shell's own word of it comes when it likes
for _ in $(seq 300); do # until the server has noticed
    [ "$(state)" = running ] || break
    sleep 0.1
done
state
kill "$(cat long.pid)"
hms rehearse drop 2 -q
echo "dropped: $?"
