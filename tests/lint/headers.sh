#!/bin/bash
# headers - every header compiles alone, so that an include never depends on the ones before it.
set -u
. "$(dirname "$0")/files.bash"

check() { # HEADER
    gcc -fsyntax-only -std=c17 -D_GNU_SOURCE -DHMS_VERSION='"0"' -Wall -Wextra -Werror -I. \
        -isystem "$(pg_config --includedir)" -x c - <<<"#include \"$1\"" || echo "$1 does not compile alone"
}
export -f check
said=$(files '*.h' | xargs -P 2 -I{} bash -c 'check {}' 2>&1)
[ -z "$said" ] || { echo "$said"; exit 1; }
