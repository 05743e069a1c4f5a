# files.bash - read by every lint: goes to the project's root, and
#
#   files GLOB...    names of the files that git tracks or would add, one a line, and that are there
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export LC_ALL=C # whatever this machine has
git rev-parse HEAD >/dev/null || { echo "git cannot say which files there are"; exit 1; }

files() {
    local name
    git ls-files --cached --others --exclude-standard -- "$@" |
        while read -r name; do [ ! -f "$name" ] || echo "$name"; done
}
