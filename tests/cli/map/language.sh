# Every example of docs/LANGUAGE.md works, and its list of steps is that of the program.
set -eu

mkdir parts
awk -v out=parts -f "$HMS_ROOT/tests/cli/map/language.awk" "$HMS_ROOT/docs/LANGUAGE.md"

# A piece of a map becomes a whole one: the keys it lacks are added.
make_whole() {
    local entity=$1 piece=$2
    echo "map: doc/example"
    grep -q '^source:' "$piece" || echo "source: {table: T, key: K, nulls: [\"\"]}"
    echo "target: $entity"
    grep -q '^rules:' "$piece" || printf 'rules:\n  M001: {to: source_text, from: K}\n'
    cat "$piece"
}

# What one console block says, written as the block is.
replay() {
    local line
    while IFS= read -r line; do
        case $line in
        '$ '*)
            printf '%s\n' "$line"
            bash -c "${line#\$ }" 2>&1 || true
            ;;
        esac
    done <"$1"
}

count=0
for part in parts/*; do
    count=$((count + 1))
    case $part in
    *.file)
        tail -n +2 "$part" >"$(head -n 1 "$part")"
        ;;
    *.example)
        entity=$(head -n 1 "$part")
        tail -n +2 "$part" >piece.yml
        make_whole "$entity" piece.yml >example.yml
        sed -i "s/to: source_text/to: $([ "$entity" = patient ] && echo mrn || echo source_text)/" example.yml
        hms map test -q example.yml >said || { cat said; cat example.yml; exit 1; }
        hms map fmt -q example.yml >said
        hms map test -q example.yml >said
        ;;
    *.console)
        replay "$part" >said
        diff -u "$part" said
        ;;
    esac
done
echo "$count examples"
[ "$count" -ge 14 ]

sed -n '/^<!-- steps -->$/,/^<!-- \/steps -->$/p' "$HMS_ROOT/docs/LANGUAGE.md" | sed '1d;$d' >documented
hms map steps --markdown >steps
diff -u documented steps || {
    echo "docs/LANGUAGE.md: put the output of 'hms map steps --markdown' between its two marks"
    exit 1
}
