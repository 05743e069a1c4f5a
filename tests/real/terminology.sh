# The official files come back from their packs: every row of the ICD-10-CM order file, every title of
# ICD-9-CM, every LOINC code, and for every source of the GEMs exactly the answers that the definition
# gives, worked out here in awk.
set -u
data=$HMS_REAL_DATA/terminology
failed=0
complain() { echo "$*"; failed=1; }

# milliseconds of CPU that a command takes: the machine may have other work
cpu() {
    local TIMEFORMAT='%U %S'
    { time "$@" >/dev/null 2>&1; } 2>&1 | awk '{ printf "%d\n", ($1 + $2) * 1000 }'
}
least() { # of five runs
    for run in 1 2 3 4 5; do cpu "$@"; done | sort -n | head -n 1
}
build_all() {
    hms term build "$data/icd10cm-2019" "$data/gem-2018" -o packs &&
        hms term build "$data/loinc" --release partial -o packs
}
took=$(cpu build_all)
sorted=$(cpu sort "$data"/icd10cm-2019/*.txt "$data"/gem-2018/*.txt "$data"/loinc/*.csv)
[ "$took" -lt $((25 * sorted + 100)) ] || # where this was written five times as long, with sanitizers
    complain "ICD-10-CM, LOINC and the GEMs took $took ms to build, and $sorted ms to sort"
hms term build "$data/icd9" --release 32 -o packs || exit 1

# as they are downloaded: the same packs from archives
zip -q -j icd10cm_2019.zip "$data"/icd10cm-2019/*.txt
mkdir downloads && zip -q -j downloads/gem-2018.zip "$data"/gem-2018/*.txt
hms term build icd10cm_2019.zip downloads -o zipped >/dev/null || exit 1
for pack in zipped/*.hmspack; do
    cmp "$pack" "packs/${pack#*/}" || complain "$pack is another one than from the folder"
done

# every row of both GEMs is a relation of its pack
for kind in "gem-icd9cm-icd10cm I9gem" "gem-icd10cm-icd9cm I10gem"; do
    set -- $kind
    hms term install "packs/$1-2018.hmspack" --registry reg >/dev/null
    wanted=$(grep -c . "$data/gem-2018/2018_$2.txt")
    got=$(hms term list --registry reg --json | grep "\"$1\"" | grep -o '"relations":[0-9]*' | cut -d: -f2)
    [ "$wanted" = "$got" ] || complain "$1: $got of $wanted rows"
done

# an installed pack is opened, not read: that takes no longer than to start the program
for name in icd10cm-2019 loinc-partial; do
    hms term install packs/$name.hmspack --registry reg >/dev/null
    hms term activate -q $name --registry reg
done
idle=$(least hms --version)
for system in icd10cm loinc; do
    took=$(least hms term lookup --registry reg $system A00.0)
    [ "$took" -lt $((2 * idle + 10)) ] || complain "$system: a look-up takes $took ms, the bare program $idle"
done

# code, flag, short, long
hms term codes --json packs/icd10cm-2019.hmspack >codes.json
node -e '
    const lines = require("fs").readFileSync("codes.json", "utf8").trim().split("\n").map(JSON.parse);
    for (const c of lines) {
        console.log([c.code.replace(".", ""), c.kind === "code" ? 1 : 0,
            c.properties.find(p => p[0] === "short")[1], c.display].join("|"));
    }' | sort >got
awk '{ long = substr($0, 78); short = substr($0, 17, 60); code = substr($0, 7, 7)
       sub(/ +$/, "", short); sub(/[ \r]+$/, "", long); sub(/ +$/, "", code)
       print code "|" substr($0, 15, 1) "|" short "|" long }' "$data"/icd10cm-2019/icd10cm_order_2019.txt | sort >wanted
cmp got wanted || complain "the ICD-10-CM order file does not come back"
[ "$(wc -l <got)" = 94444 ] || complain "$(wc -l <got) rows in place of 94444"

for kind in "icd9cm LONG_DX 5" "icd9cm-procedure LONG_SG 4"; do
    set -- $kind
    hms term codes packs/$1-32.hmspack | awk -F'\t' '{ sub(/\./, "", $1); print $1 "|" $4 }' | sort >got
    iconv -f latin1 -t utf8 "$data/icd9/CMS32_DESC_$2.txt" | tr -d '\r' |
        awk -v w="$3" '{ code = substr($0, 1, w); title = substr($0, w + 2)
                         sub(/ +$/, "", code); gsub(/^ +| +$/, "", title); print code "|" title }' | sort >wanted
    cmp got wanted || complain "the titles of $1 do not come back"
done

awk -F'"' 'NR > 1 { print $2 }' "$data/loinc/LoincTableCore.csv" | grep -E '^[0-9]+-[0-9]$' | sort >wanted
hms term codes packs/loinc-partial.hmspack | cut -f1 | sort >got
cmp got wanted || complain "the LOINC codes do not come back"

# a cluster is one code of each choice list of a scenario; everything else is an answer alone
definition() {
    awk '
    function finish(   s, i, n, m, j, k, lists, part, made, next_made) {
        for (s in scenario) {
            lists = 0
            for (i = 0; i <= 9; i++) if ((s, i) in choice) order[++lists] = choice[s, i]
            n = 1; made[1] = ""
            for (i = 1; i <= lists; i++) {
                m = split(order[i], part, " "); k = 0
                for (j = 1; j <= n; j++)
                    for (l = 1; l <= m; l++) next_made[++k] = made[j] (i > 1 ? "+" : "") part[l]
                n = k
                for (j = 1; j <= n; j++) made[j] = next_made[j]
            }
            for (j = 1; j <= n; j++) print last "\t" made[j]
        }
        delete scenario; delete choice
        if (last != "" && !answered) print last "\t"
    }
    $1 != last { finish(); last = $1; answered = 0 }
    substr($3, 2, 1) == "1" { next }
    { answered = 1 }
    substr($3, 3, 1) == "0" { print $1 "\t" $2; next }
    { s = substr($3, 4, 1); scenario[s] = 1; choice[s, substr($3, 5, 1)] = choice[s, substr($3, 5, 1)] " " $2 }
    END { finish() }' "$1" | sort
}
for kind in "gem-icd9cm-icd10cm I9gem" "gem-icd10cm-icd9cm I10gem"; do
    set -- $kind
    definition "$data/gem-2018/2018_$2.txt" >wanted
    awk '{ print $1 }' "$data/gem-2018/2018_$2.txt" | uniq | hms term translate "packs/$1-2018.hmspack" - |
        cut -f1,2 | sort >got
    cmp got wanted || complain "$1: answers differ from the definition"
    echo "$1: $(wc -l <wanted) answers, $(grep -c + wanted) of them clusters"
done

echo "A00.0 on its first day, the day before, the day after the last"
for day in 2018-10-01 2018-09-30 2019-10-01; do
    hms term validate packs/icd10cm-2019.hmspack --on $day A00.0
done
exit $failed
