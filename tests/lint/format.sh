#!/bin/bash
# format - every .c and .h is as clang-format writes it; `./dev format` mends.
set -u
. "$(dirname "$0")/files.bash"

command -v clang-format >/dev/null || { echo "skipped: there is no clang-format"; exit 77; }
files '*.c' '*.h' | xargs -d '\n' -n 20 -P 2 clang-format --dry-run --Werror
