# Merges and runs of dedup: a run keeps what stewards merged, and when it is taken back people are as
# the run alone would have them.
. "$HMS_ROOT/tests/pg/load.bash"
hms store deploy -q
hms synth --patients 120 --only northgate -o dumps -q
hms extract "$HMS_ROOT/mappings/northgate/source.yml" --dir dumps/northgate -o raw -q
hms transform raw --maps "$HMS_ROOT/mappings/northgate" --org northgate -o stage -q || [ $? = 1 ]
hms load stage --org northgate -q || [ $? = 1 ]
people() { sql -c "SELECT patient_id, person_id, since_run, certain FROM mpi.member ORDER BY 1"; }
names() { sql -c "SELECT patient_id, person_id, certain FROM mpi.member ORDER BY 1"; }
dedup() { hms dedup --org northgate -q >dedup.out 2>dedup.err || { cat dedup.err; exit 1; }; }

dedup
before=$(people)
read -r A B C <<<"$(sql -c "SELECT string_agg(p, ' ') FROM (SELECT min(patient_id::text) AS p FROM mpi.member
    GROUP BY person_id HAVING count(*) = 1 ORDER BY 1 LIMIT 3) x")"
exits "strangers are merged" 0 hms people merge "$A" "$B" --by ann
exits "and a third" 0 hms people merge "$C" "$A" --by ann
merged=$(names)
dedup
same "a run keeps them" "$(names)" "$merged"
exits "one merge is taken back" 0 hms people unmerge "$A" "$B" --by ann
same "one is alone" "$(sql -c "SELECT count(*) FROM mpi.member WHERE person_id = (SELECT person_id FROM mpi.member WHERE patient_id = '$B')")" 1
dedup
exits "and after a run the other" 0 hms people unmerge "$C" --by ann
same "people are as before" "$(people)" "$before"
dedup
same "and a run finds nothing to change" "$(people)" "$before"

hms people merge "$A" "$B" --by ann -q
hms people unmerge "$A" "$B" --by ann --apart -q
dedup
same "apart for ever, they are as they were" "$(people)" "$before"
