#!/bin/bash
# format - every .c and .h is as clang-format writes it; `./dev format` mends.
set -u
cd "$(dirname "$0")/../.."

command -v clang-format >/dev/null || { echo "skipped: there is no clang-format"; exit 77; }
git ls-files -z --cached --others --exclude-standard '*.c' '*.h' |
    xargs -0 -n 20 -P 2 clang-format --dry-run --Werror
