#!/bin/bash
# words - what no file may hold: work left open, a developer's own folders, more than a reader can
# keep in mind (files of 500 lines, functions of 80).
set -u
cd "$(dirname "$0")/../.."
failed=0

list() { # GLOB...
    git ls-files --cached --others --exclude-standard -- "$@" | grep -v '^LICENSE$' |
        while read -r file; do [ ! -f "$file" ] || echo "$file"; done
}
report() { # WHAT, then the findings on standard input
    local found
    found=$(cat)
    [ -z "$found" ] || { echo "$1:"; echo "$found" | sed 's/^/  /'; failed=1; }
}

this=tests/lint/words.sh
report "left open" < <(list | grep -vx "$this" | xargs -d '\n' grep -InwE 'TODO|FIXME|XXX|HACK|WIP')
report "a folder of somebody's machine" < <(list | grep -vx "$this" |
    xargs -d '\n' grep -InE '(^|[^A-Za-z0-9_.$}{])/(home|root|work|Users|tmp/build)/[A-Za-z0-9]')
report "more than 500 lines" < <(list '*.c' '*.h' '*.sh' '*.awk' '*.md' dev |
    xargs -d '\n' awk 'FNR == 501 { print FILENAME }')
report "a function of more than 80 lines" < <(list '*.c' | xargs -d '\n' awk '
    /^\{/ { start = FNR; what = before }
    /^\}/ { if (start && FNR - start - 1 > 80) print FILENAME ":" start ": " FNR - start - 1 " lines: " what; start = 0 }
    { before = $0 }')
exit $failed
