# The Big List of Naughty Strings in every column of two tables takes the whole road: nothing is lost, nothing crashes.
. "$HMS_ROOT/tests/real/road.bash"

hms store deploy -q
hms synth --patients 20 --only northgate -o dumps -q
node -e '
    const fs = require("fs");
    const strings = JSON.parse(fs.readFileSync(process.argv[1], "utf8"));
    const quoted = s => "\"" + s.replaceAll("\"", "\"\"") + "\"";
    for (const [table, key] of [["PATIENT_MST", "NG9"], ["OBSERVATION", "R9"]]) {
        const path = "dumps/northgate/" + table + ".csv";
        const header = fs.readFileSync(path, "utf8").split("\n")[0];
        const columns = header.split(",").length;
        const rows = strings.map((s, i) => {
            const cells = Array(columns).fill(quoted(s));
            if (i % 2) cells[0] = key + String(i).padStart(6, "0"); // every second row has a sound key
            return cells.join(",");
        });
        fs.appendFileSync(path, rows.join("\n") + "\n");
    }
    console.log("naughty strings: " + strings.length);
' "$HMS_REAL_DATA/bad/blns/blns.json"
take_it() {
    hms extract "$HMS_ROOT/mappings/northgate/source.yml" --dir dumps/northgate -o raw -q
    accept_rejects hms transform raw --maps "$HMS_ROOT/mappings/northgate" --org northgate -o stage -q
    accept_rejects hms load stage --org northgate -q
    hms reconcile --org northgate --raw raw --stage stage -q >reconcile.txt
}
take_it
expect "rows unexplained" "$(sql "SELECT sum(unexplained) FROM recon.entity")" 0
expect "maps whose balance is open" "$(sql "SELECT count(*) FROM (SELECT map FROM mig.balance
    GROUP BY run_id, map, rows_read HAVING sum(rows) FILTER (WHERE outcome <> 'issue') <> rows_read) m")" 0
expect "rows of PATIENT_MST read" "$(sql "SELECT DISTINCT rows_read FROM mig.balance WHERE map = 'northgate/patient'")" \
    "$(hms cat --json raw/PATIENT_MST.hmb | wc -l)"

# and no string of the list is in a message: a word of it that nothing of ours says
! grep -l 'ZALGO\|DROP TABLE users\|<script>alert' "$HMS_STORE_LOG" reconcile.txt
