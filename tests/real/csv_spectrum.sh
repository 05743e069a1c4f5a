# Every file of csv-spectrum gives the rows that stand in the .json beside it.
set -u
status=0
for csv in "$HMS_REAL_DATA"/bad/csv_spectrum/csvs/*.csv; do
    name=$(basename "$csv" .csv)
    case $name in # the collection lost its CRs where it was stored
    *_crlf) sed 's/\r*$/\r/' "$csv" >"$name.csv" ;;
    *) cp "$csv" "$name.csv" ;;
    esac
    hms extract -q "$name.csv" -o raw || status=1
    hms cat --json "raw/$name.hmb" >rows
    node -e '
        const fs = require("fs"), assert = require("assert");
        const rows = fs.readFileSync("rows", "utf8").trim().split("\n").map(JSON.parse);
        assert.deepStrictEqual(rows.map(r => r.row), JSON.parse(fs.readFileSync(process.argv[1], "utf8")));
        assert(rows.every(r => r.issues.length === 0));
    ' "${csv%/csvs/*}/json/$name.json" || status=1
    echo "$name"
done
exit $status
