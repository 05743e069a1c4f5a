# road.bash - a real dump from its files to a reconciled store; sourced by the cases beside it.
#
#   take_the_road SYSTEM DUMPDIR ORG     leaves raw/ and stage/ here and the rows in HMS_STORE
#   sql STATEMENT                        one value from the store
#   expect WHAT GOT WANTED

set -euo pipefail

expect() {
    if [ "$2" != "$3" ]; then
        echo "$1: got $2, expected $3"
        exit 1
    fi
    echo "$1: $2"
}

sql() {
    psql -XqAt -d "$HMS_STORE" -c "$1"
}

# Status 1 means that rows were rejected, which real data may do; anything else is an error.
accept_rejects() {
    "$@" || [ $? -eq 1 ]
}

take_the_road() {
    local system=$1 dump=$2 org=$3
    hms store deploy -q
    accept_rejects hms extract "$HMS_ROOT/mappings/$system/source.yml" --dir "$dump" -o raw -q
    hms extract --verify raw -q
    hms map lint "$HMS_ROOT/mappings/$system" -q >lint.txt
    hms map test "$HMS_ROOT/mappings/$system" -q
    accept_rejects hms transform raw --maps "$HMS_ROOT/mappings/$system" --org "$org" -o stage -q
    accept_rejects hms load stage --org "$org" -q
    hms reconcile --org "$org" --raw raw --stage stage --json >reconcile.json
    expect "rows unexplained" "$(sql "SELECT sum(unexplained) FROM recon.entity")" 0
    expect "maps whose balance is open" "$(sql "SELECT count(*) FROM (SELECT map FROM mig.balance
        GROUP BY run_id, map, rows_read HAVING sum(rows) FILTER (WHERE outcome <> 'issue') <> rows_read) m")" 0
}

# Data rows of a file, its header and a blank last line left out.
rows_of() {
    awk 'NR > 1 && !/^\r?$/' "$@" | wc -l
}

# expect_rows ENTITY FILE: every row of the file is one row of the entity.
expect_rows() {
    expect "$1" "$(sql "SELECT count(*) FROM hms.$1")" "$(rows_of "$2")"
}
