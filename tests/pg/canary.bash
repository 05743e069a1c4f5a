# canary.bash - a word in every value, and a search for it in all that is said.  Read by
# `. "$HMS_ROOT/tests/pg/canary.bash"`; the word is in ./canary.
#
#   run COMMAND...           what it says is searched; 0 and 1 are fine, and so is any error, but no crash and no sanitizer
#   shows COMMAND...         the same, but its standard output, in ./shown, may hold values
#   canary_is_silent         fails when a said.* has it; the command lines of this machine are among them

watch_command_lines() {
    while sleep 0.05; do cat /proc/[0-9]*/cmdline || true; done 2>/dev/null
}
watch_command_lines >said.commands &
watcher=$!
trap 'kill $watcher' EXIT

shows() {
    local status=0
    "$@" >shown 2>>said.err || status=$?
    [ "$status" -le 7 ] || { echo "exit status $status: $*"; exit 1; }
}

run() {
    shows "$@"
    cat shown >>said.out
}

canary_is_silent() {
    kill $watcher
    trap - EXIT
    if grep -aqf canary said.*; then
        echo "the canary was seen:"
        grep -anf canary said.* | cut -c 1-300 | head -n 20
        exit 1
    fi
}
