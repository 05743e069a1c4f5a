# The Big List of Naughty Strings, as lines and as quoted cells: what goes in comes out.
set -eu
blns=$HMS_REAL_DATA/bad/blns
hms extract -q "$blns/blns.txt" --quote none --delimiter tab --columns text -o lines
hms cat --json lines/blns.hmb >lines.json
node -e '
    const fs = require("fs"), assert = require("assert");
    const rows = fs.readFileSync("lines.json", "utf8").trim().split("\n").map(JSON.parse);
    const lines = fs.readFileSync(process.argv[1], "utf8").replace(/\n$/, "").split("\n");
    assert.strictEqual(rows.length, lines.length);
    rows.forEach((row, i) => {
        const tab = lines[i].includes("\t");
        assert.strictEqual(row.line, i + 1);
        assert.strictEqual(row.issues.length, tab ? 1 : 0);
        assert.strictEqual(row.row.text, tab ? lines[i].split("\t")[0] : lines[i]);
    });
    console.log(rows.length + " lines");
' "$blns/blns.txt"
node -e '
    const fs = require("fs");
    const strings = JSON.parse(fs.readFileSync(process.argv[1], "utf8")).filter(s => !s.includes("\0"));
    const cell = s => "\"" + s.replaceAll("\"", "\"\"") + "\"";
    fs.writeFileSync("cells.csv", "id,text\n" + strings.map((s, i) => i + "," + cell(s)).join("\r\n"));
    fs.writeFileSync("strings.json", JSON.stringify(strings));
' "$blns/blns.json"
hms extract -q cells.csv -o raw
hms cat --json raw/cells.hmb >cells.json
node -e '
    const fs = require("fs"), assert = require("assert");
    const rows = fs.readFileSync("cells.json", "utf8").trim().split("\n").map(JSON.parse);
    const file = fs.readFileSync("cells.csv");
    assert.deepStrictEqual(rows.map(r => r.row.text), JSON.parse(fs.readFileSync("strings.json", "utf8")));
    rows.forEach((row, i) => {
        assert(file.subarray(row.offset, row.offset + row.length).toString().startsWith(i + ","));
        assert.strictEqual(row.issues.length, 0);
    });
    console.log(rows.length + " cells");
'
