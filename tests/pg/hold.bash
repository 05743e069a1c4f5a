# hold.bash - another session that stands in the way, for as long as a case wants it to, and waiting
# until something is so.  Read by `. "$HMS_ROOT/tests/pg/hold.bash"`.
#
#   hold SQL                 a session that did it, and keeps its locks and its open transaction
#   let_go                   that session ends
#   until_so SQL WANTED      asks until the answer is that; gives up long after it should have been

hold() {
    rm -f hold.in hold.out
    mkfifo hold.in
    psql -qXAt -v ON_ERROR_STOP=1 -d "$HMS_STORE" <hold.in >hold.out &
    holder=$!
    exec 9>hold.in
    echo "$1; SELECT 'it is held';" >&9
    until grep -q 'it is held' hold.out; do
        kill -0 "$holder" || { echo "not so: held: $1"; exit 1; }
        sleep 0.05
    done
}

let_go() { # others may have inherited the pipe, so its end is said
    echo '\q' >&9
    exec 9>&-
    wait "$holder"
}

until_so() {
    local tries=1200
    until [ "$(psql -qXAt -d "$HMS_STORE" -c "$1")" = "$2" ]; do
        [ $((tries -= 1)) -gt 0 ] || { echo "not so within a minute: $1"; exit 1; }
        sleep 0.05
    done
}
