# The commands of docs/api.md, in their order, do what it says.
. "$HMS_ROOT/tests/serve/start.bash"
store_with_rows
awk '/^```sh$/ { on = 1; n++; next } /^```$/ { on = 0 } on { print > ("block" n ".sh") }' "$HMS_ROOT/docs/api.md"
[ -e block4.sh ] && [ ! -e block5.sh ] || fail "docs/api.md has other blocks than this case knows"

. ./block1.sh
start_hmsd
BASE=$base
check() { # BLOCK WORDS...: one answer a command, each with its words
    local block=$1 number=0 words
    shift
    bash -c "TOKEN=$TOKEN BASE=$BASE; . ./$block" | sed 's/}{"resourceType"/}\n{"resourceType"/g' >answers.txt
    for words in "$@"; do
        number=$((number + 1))
        sed -n "${number}p" answers.txt | grep -qF -- "$words" || { cat answers.txt; fail "$block, answer $number: no $words"; }
    done
    [ "$(wc -l <<<"$(cat answers.txt)")" = $number ] || fail "$block gives another number of answers"
}
check block2.sh '"value":"NG-0001"' '"resourceType":"Patient","id":"aaaaaaaa' '"resourceType":"Encounter"' '"code":"718-7"'
check block3.sh '"total":3' '"code":"not-supported"'
check block4.sh '"code":"login"' '"code":"not-found"'

# the table of the document is the table of the program
sed -n 's/.*{"GET", "\([^"]*\)", SCOPE_.*/\1/p' "$HMS_ROOT/serve/route.c" | while read -r pattern; do
    grep -qE "^\| \`$pattern(\?[^\`]*)?\` \|" "$HMS_ROOT/docs/api.md" || fail "docs/api.md lacks $pattern"
done
