# What extract will not start with.
printf 'A,B\n1,2\n' >t.csv
: >empty.csv
mkdir folder.csv
for arguments in "" "t.csv" "-o raw" "t.csv -o raw --delimiter ab" "t.csv -o raw --quote ," "t.csv --charset klingon -o raw" \
    "none.csv -o raw" "empty.csv -o raw" "folder.csv -o raw" "t.csv t.csv -o raw" "--verify raw t.csv"; do
    echo "hms extract $arguments" >&2
    # shellcheck disable=SC2086
    hms extract $arguments || echo "exit $?" >&2
done
