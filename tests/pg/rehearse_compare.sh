# Two rehearsals of one plan, the second with a corrected map: each has a database of its own, and the
# comparison says what the correction did.
. "$HMS_ROOT/tests/pg/small_hospital.bash"
hms store deploy -q || exit
make_hospital
cp -r maps maps-fixed
sed -i "s/partial_date 'yyyy-MM-dd'/nullif '1990-02-31' | partial_date 'yyyy-MM-dd'/" maps-fixed/patients.yml
cat >plan.yml <<'END'
plan: tiny
variables:
  maps: {default: maps, about: the maps}
inputs: ["dump/*", "${maps}/*.yml"]
steps:
  extract: {run: "hms extract ${maps}/source.yml --dir dump -o ${work}/raw"}
  transform:
    needs: [extract]
    run: hms transform ${work}/raw --maps ${maps} --org tiny -o ${work}/stage
    allow: [0, 1]
  load: {needs: [transform], run: "hms load ${work}/stage --org tiny", allow: [0, 1]}
  reconcile:
    needs: [load]
    run: hms reconcile --org tiny --raw ${work}/raw --stage ${work}/stage
  aside: {run: sh -c 'test -n "$HMS_STORE" && echo $HMS_REHEARSAL "no shell words"'}
END
clean() { # what differs from run to run
    sed -E 's/"started":"[^"]*"/"started":""/; s/("[a-z_]*(ms|rss|kb|ratio)[a-z_]*":)[0-9.]+/\10/g; s/case_[0-9]+_rehearsal/D/'
}
hms rehearse plan.yml -q --json >one || exit
hms rehearse plan.yml -q --json --set maps=maps-fixed >two || exit
hms rehearse list --json | clean
cat var/rehearsals/1/logs/aside.out
stat -c '%a' var/rehearsals/1
grep -E '"record":"(step|reconciliation)"' one | clean
echo "inputs: $(grep -c '"record":"input"' one)"

echo "-- compared"
hms rehearse compare 1 2 --json --report compare.html >json || exit
clean <json
! grep -qE '<script|https?:| style=|1990-02-31' compare.html && grep -q '<svg role="img"' compare.html || exit 1

echo "-- dropped, and still comparable"
hms rehearse drop 1 -q || exit
[ ! -e var/rehearsals/1 ] || exit 1
psql -qXAt -d "$HMS_STORE" -c "SELECT count(*) FROM pg_database WHERE datname = current_database() || '_rehearsal_1'"
hms rehearse compare 1 2 --json | cmp - json && echo "the same"
hms rehearse drop 2 -q
hms rehearse show 3
echo "no rehearsal 3: $?"
