#!/bin/bash
# words - what no file may hold: work left open, a developer's own folders, more than a reader can
# keep in mind (files of 500 lines, functions of 80).
set -u
. "$(dirname "$0")/files.bash"
failed=0

report() { # WHAT, then the findings on standard input
    local found
    found=$(cat)
    [ -z "$found" ] || { echo "$1:"; echo "$found" | sed 's/^/  /'; failed=1; }
}

this=tests/lint/words.sh
report "left open" < <(files | grep -vx -e "$this" -e LICENSE | xargs -d '\n' grep -InwE 'TODO|FIXME|XXX|HACK|WIP')
report "a folder of somebody's machine" < <(files | grep -vx -e "$this" -e LICENSE |
    xargs -d '\n' grep -InE '(^|[^A-Za-z0-9_.$}{])/(home|root|work|Users|tmp/build)/[A-Za-z0-9]')
report "more than 500 lines" < <(files '*.c' '*.h' '*.sh' '*.awk' '*.md' dev |
    xargs -d '\n' awk 'FNR == 501 { print FILENAME }')
report "a function of more than 80 lines" < <(files '*.c' | xargs -d '\n' awk '
    /^\{/ { start = FNR; what = before }
    /^\}/ { if (start && FNR - start - 1 > 80) print FILENAME ":" start ": " FNR - start - 1 " lines: " what; start = 0 }
    { before = $0 }')
exit $failed
