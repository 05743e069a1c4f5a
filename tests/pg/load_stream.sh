# A stream and a folder of files give the same store; a cut stream leaves nothing.
. "$HMS_ROOT/tests/pg/load.bash"
hms store deploy -q
small_stage files north
small_stage - north >stream.hmb

fingerprint() {
    sql <<'SQL'
SELECT format($$SELECT %L, count(*), md5(string_agg((to_jsonb(t) - 'run_id')::text, ',' ORDER BY id)) FROM hms.%I t$$, entity, entity)
FROM mig.entity ORDER BY entity \gexec
SQL
    sql -c "SELECT map, entity, outcome, rule, column_name, source_key, source_bytes, row_data FROM mig.reject
            WHERE run_id = (SELECT max(run_id) FROM mig.run) ORDER BY 1, 2, 3, 4, 5, 6"
    sql -c "SELECT map, entity, row_id, column_name, old_id FROM mig.adjustment
            WHERE run_id = (SELECT max(run_id) FROM mig.run) ORDER BY 1, 2, 3"
    sql -c "SELECT sum(rows), count(DISTINCT (entity, lane)) FROM mig.ledger
            WHERE run_id = (SELECT max(run_id) FROM mig.run)"
}

exits "files are loaded" 1 hms load files --org north -q
fingerprint >of_files
balance >balance_of_files
exits "a stream is loaded" 1 hms load - --org north --replace -q <stream.hmb
fingerprint >of_stream
balance >balance_of_stream
same "both give the same store" "$(cat of_stream)" "$(cat of_files)"
same "and the same balance" "$(cat balance_of_stream)" "$(cat balance_of_files)"
balance_holds north

exits "one connection does it, too" 1 hms load - --org north --replace -q -j 1 <stream.hmb
fingerprint >of_one
same "with the same store" "$(cat of_one)" "$(cat of_files)"

head -c 20000 stream.hmb >cut.hmb
exits "a cut stream is refused" 6 hms load - --org north --replace -q <cut.hmb
nothing_aside
same "and keeps no bookkeeping" "$(sql -c "SELECT count(*) FROM mig.balance b JOIN mig.run r USING (run_id) WHERE r.state = 'failed'")" "0"
cat stream.hmb stream.hmb >twice.hmb
exits "so is one that goes on after its end" 6 hms load - --org north --replace -q <twice.hmb
exits "and what is no stream" 6 hms load - --org north --replace -q <"$0"
same "the store is as it was" "$(sql -c "SELECT count(*), min(run_id), max(run_id) FROM hms.observation")" "1000|3|3"
