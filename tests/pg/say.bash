# say.bash - how cases of PostgreSQL assert; sourced by load.bash and people.bash.
set -eu

sql() { psql -qXAt -v ON_ERROR_STOP=1 -d "$HMS_STORE" "$@"; }

# same WHAT FOUND EXPECTED
same() {
    if [ "$2" != "$3" ]; then
        echo "not so: $1"
        printf 'found:\n%s\nexpected:\n%s\n' "$2" "$3" | head -n 60
        exit 1
    fi
    echo "$1"
}

# exits WHAT STATUS COMMAND...: output goes to ./out and ./err
exits() {
    local what=$1 wanted=$2 status=0
    shift 2
    "$@" >out 2>err || status=$?
    [ "$status" = "$wanted" ] || { echo "not so: $what: exit status $status"; cat out err; exit 1; }
    echo "$what"
}
