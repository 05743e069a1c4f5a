#!/bin/bash
# headers - every header compiles alone, so that an include never depends on the ones before it.
set -u
cd "$(dirname "$0")/../.."

list_headers() {
    git ls-files --cached --others --exclude-standard '*.h' |
        while read -r header; do [ ! -e "$header" ] || echo "$header"; done
}
check() { # HEADER
    gcc -fsyntax-only -std=c17 -D_GNU_SOURCE -DHMS_VERSION='"0"' -Wall -Wextra -Werror -I. \
        -isystem "$(pg_config --includedir)" -x c - <<<"#include \"$1\"" || echo "$1 does not compile alone"
}
export -f check
said=$(list_headers | xargs -P 2 -I{} bash -c 'check {}' 2>&1)
[ -z "$said" ] || { echo "$said"; exit 1; }
