# About 2,900 pairs judged by experts: what is linked, reviewed and refused, by their verdict.
# "agreement.txt" in the scratch folder has the same by cause.
set -eu
node -e '
    const fs = require("fs");
    const lines = fs.readFileSync(process.argv[1], "utf8").split("\n");
    const columns = ["nameFirst", "nameMiddle", "nameLast", "nameLastHyph", "nameAlias", "birthDate", "gender", "ssn",
        "medicaid", "phone", "addressStreet1", "addressStreet2", "addressCity", "addressZip", "motherMaidenName",
        "guardianNameFirst", "guardianNameLast"];
    const quoted = s => "\"" + s.replaceAll("\"", "\"\"") + "\"";
    const record = s => Object.fromEntries(s.slice(11).split(",").filter(x => x.includes("=")).map(x => [x.slice(0, x.indexOf("=")), x.slice(x.indexOf("=") + 1)]));
    const rows = [["record", ...columns].join(",")], pairs = ["a,b,verdict,cause"];
    lines.forEach((line, i) => {
        if (!line.startsWith("TEST: ")) return;
        for (const side of [0, 1]) {
            const values = record(lines[i + 2 + side]);
            rows.push([i + "ab"[side], ...columns.map(c => quoted(values[c] ?? ""))].join(","));
        }
        pairs.push([i + "a", i + "b", lines[i + 1].slice(8).trim(), line.split(":")[2]].join(","));
    });
    fs.writeFileSync("people.csv", rows.join("\n") + "\n");
    fs.writeFileSync("pairs.csv", pairs.join("\n") + "\n");
' "$HMS_REAL_DATA/linkage/graded-pairs.txt"
hms dedup score -q --csv people.csv --model "$HMS_ROOT/tests/real/models/graded.yml" --pairs pairs.csv -o scored.csv
awk -F, '
    FNR == NR { verdict[$1] = $3; cause[$1] = $4; next }
    FNR > 1 { n[verdict[$1]]++; band[verdict[$1], $5]++; by[cause[$1] " " verdict[$1] " " $5]++ }
    END {
        for (key in by) print key, by[key] | "sort >agreement.txt"
        check("of Not a Match linked", band["Not a Match", "link"] / n["Not a Match"], 0, 0.005)
        check("of Match refused", band["Match", "not"] / n["Match"], 0, 0.005)
        check("of Match linked", band["Match", "link"] / n["Match"], 0.85, 1)
        check("of Possible Match in review", band["Possible Match", "review"] / n["Possible Match"], 0.5, 1)
        exit failed
    }
    function check(what, share, least, most) {
        if (share < least || share > most) { failed = 1; print what ": " share }
        else print what ": between " least " and " most
    }' pairs.csv scored.csv
