# load - laboratory results from CSV into the store, against the least that PostgreSQL needs for them and
# against pgloader.
#
#   ./dev bench load [ROWS [TURNS [PGLOADER_ROWS]]]     default 5000000 3 300000
#
# pipes   hms extract | hms transform | hms load, and the parents of the results with them
# files   the same through a raw folder and a stage folder
# parents the pipes without the results: what is in the figures above beside them
# limit   the tuples of the finished table, from two files, by two sessions side by side: COPY BINARY FREEZE, key,
#         foreign keys (NOT VALID, VALIDATE), two indexes, ANALYZE; no CSV, no parents, nothing computed
# peer    pgloader: fewer rows of the same table as CSV, into the same table without keys; then the same builds
#
# The server is the private one that `hms store up` makes (initdb's fsync = on; wal_level = minimal, 256 MB
# of shared buffers, data checksums), in a folder that is removed at the end.  The three ways take turns on the
# same rows, each from an empty database after a CHECKPOINT; the median of the turns is the figure.
# CPU is of all processes, the server's too: on a machine with other work it says more than the clock.
set -euo pipefail
root=${HMS_ROOT:?run it by ./dev bench load}
rows=${1:-5000000} turns=${2:-3} peer_rows=${3:-300000}
for program in /usr/bin/time pgloader psql; do
    command -v $program >/dev/null || { echo "bench: $program is missing, see .ci/packages-bench" >&2; exit 1; }
done

. "$root/tests/bench/private_store.bash"
mkdir tuples figures
chmod 777 tuples # the server writes and reads them
dump=$scratch/dump/northgate

sql() { psql -qXAt -v ON_ERROR_STOP=1 -d "$HMS_STORE" "$@"; }

# --- figures: each run adds a line to figures/NAME; at the end the median of them is printed

note() { echo "$2" >>"figures/$1"; }
median() { sort -g "figures/$1" | awk '{ at[NR] = $1 } END { print at[int((NR + 1) / 2)] }'; }
figure() { printf '{"bench":"load","what":"%s","value":%s,"unit":"%s"}\n' "$1" "$2" "$3"; }
figures() { # UNIT NAME...
    local unit=$1 name
    shift
    for name in "$@"; do figure "$name" "$(median "$name")" "$unit"; done
}
divide() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f\n", a / b }'; }

# --- clocks

now() { date +%s.%N; }

# CPU seconds of the server so far: its first process, with all that have ended, and those that live.
server_cpu() {
    local first
    first=$(sql -c "SELECT split_part(pg_read_file('postmaster.pid'), E'\n', 1)")
    for pid in "$first" $(cat "/proc/$first/task/$first/children"); do
        sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null || true
    done | awk -v hz="$(getconf CLK_TCK)" '
        { ticks += $12 + $13 } NR == 1 { ticks += $14 + $15 } END { print ticks / hz }'
}

# Runs a program and notes NAME.wall, NAME.cpu and NAME.memory; 1 means rows on the reject list.
clocked() { # NAME COMMAND...
    local name=$1 status=0
    shift
    /usr/bin/time -q -o "$name.time" -f '%e %U %S %M' "$@" || status=$?
    [ $status -le 1 ] || exit $status
    awk '{ print $1 }' "$name.time" >>"figures/$name.wall"
    awk '{ print $2 + $3 }' "$name.time" >>"figures/$name.cpu"
    awk '{ print $4 / 1024 }' "$name.time" >>"figures/$name.memory"
}

# Runs a function and notes NAME.wall and NAME.cpu, the server's included.
compared() { # NAME FUNCTION PART...: the parts are what the function runs by clocked()
    local name=$1 function=$2 start server_start part clients=0
    shift 2
    sync
    sql -c CHECKPOINT
    server_start=$(server_cpu) start=$(now)
    $function
    note "$name.wall" "$(awk -v a="$start" -v b="$(now)" 'BEGIN { print b - a }')"
    note "$name.server.cpu" "$(awk -v a="$server_start" -v b="$(server_cpu)" 'BEGIN { print b - a }')"
    for part in "$@"; do
        clients=$(awk -v a="$clients" -v b="$(tail -n 1 "figures/$part.cpu")" 'BEGIN { print a + b }')
    done
    note "$name.cpu" "$(awk -v a="$clients" -v b="$(tail -n 1 "figures/$name.server.cpu")" 'BEGIN { print a + b }')"
    say "$name: $(tail -n 1 "figures/$name.wall") s, $(tail -n 1 "figures/$name.cpu") s of CPU"
}

# --- the ways

fresh_store() {
    psql -qX -d "$server dbname=postgres" -c 'DROP DATABASE IF EXISTS bench' -c 'CREATE DATABASE bench' 2>/dev/null
    hms store deploy -q >&2
    sql <<'SQL'
CREATE SCHEMA bench;
CREATE TABLE bench.lap (lane integer, work text, at timestamptz DEFAULT clock_timestamp());
CREATE FUNCTION bench.tuple_columns() RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = 'hms.observation'::regclass AND attnum > 0 AND attname <> 'run_id' $$;
SQL
}

# Seconds of each kind of work, of both workers together, from `hms load --json`.
note_timing() { # NAME
    sed -n 's/.*"work":"\([^"]*\)","seconds":\([0-9.]*\).*/\1\t\2/p' |
        while IFS=$'\t' read -r work seconds; do note "$1.${work// /_}" "$seconds"; done
}

maps=(--maps "$root/mappings/northgate" --org northgate)

through_pipes() { # NAME SOURCE.yml DUMP
    clocked $1.extract hms extract "$2" -q --dir "$3" -o - |
        clocked $1.transform hms transform - -q "${maps[@]}" -o - |
        clocked $1.load hms load - -q --org northgate --json >load.json
    note_timing "$1" <load.json
}

pipes() { through_pipes pipes source.yml "$dump"; }
parents() { through_pipes parents parents.yml parents; }

files() {
    rm -rf raw stage
    clocked files.extract hms extract source.yml -q --dir "$dump" -o raw
    clocked files.transform hms transform raw -q "${maps[@]}" -o stage
    clocked files.load hms load stage -q --org northgate --json >load.json
    note_timing files <load.json
}

limit() {
    local lane
    for lane in 0 1; do
        psql -qX -d "$HMS_STORE" -v lane=$lane -v org_id="$org_id" -v folder="$scratch/tuples" \
            -f "$root/tests/bench/load_limit.sql" &
    done
    wait -f %1 && wait -f %2
}

# pgloader into the bare table, then the builds as in the limit, with as many workers as PostgreSQL likes.
peer() {
    clocked peer.pgloader pgloader -q peer.load >pgloader.log 2>&1
    psql -qX -d "$HMS_STORE" -v leaf=observation__peer -v lane=2 -f "$root/tests/bench/load_build.sql"
}

prepare_peer() {
    local columns socket
    columns=$(sql -c 'SELECT bench.tuple_columns()')
    socket=$(sql -c 'SHOW unix_socket_directories')
    sql -c "COPY (SELECT $columns FROM hms.observation__northgate__0 LIMIT $peer_rows) TO STDOUT (FORMAT csv)" >peer.csv
    sql -c "SELECT mig.leaf_create(0, 'observation', 'peer', $org_id, 0, 1)"
    cat >peer.load <<LOAD
LOAD CSV FROM '$scratch/peer.csv' (${columns})
    INTO postgresql://hms@unix:$socket:5432/bench TARGET TABLE aside.observation__peer (${columns})
    WITH fields terminated by ',', fields optionally enclosed by '"', fields escaped by double-quote
    SET work_mem to '64MB';
LOAD
}

# What the limit loads: the finished table's tuples, a file a lane.
write_tuples() {
    local lane
    for lane in 0 1; do
        sql -c "COPY (SELECT $(sql -c 'SELECT bench.tuple_columns()') FROM hms.observation__northgate__$lane) \
                TO '$scratch/tuples/$lane.tuples' (FORMAT binary)"
    done
}

note_limit_laps() {
    sql -F ' ' -c "SELECT replace(work, ' ', '_'), sum(took) FROM
        (SELECT work, extract(epoch FROM at - lag(at) OVER (PARTITION BY lane ORDER BY at)) AS took FROM bench.lap WHERE lane < 2) l
        WHERE work <> 'start' GROUP BY work" >laps
    while read -r work seconds; do note "limit.$work" "$seconds"; done <laps
    sql -c "DROP TABLE aside.observation__limit__0, aside.observation__limit__1"
}

# --- go

say "making $rows results"
hms synth --only northgate --tables OBSERVATION,PATIENT_MST,ENCOUNTER,STAFF,LAB_ORDER,LOCATION,INSURER \
    --results "$rows" --patients 20000 -o dump 2>/dev/null
awk '/^tables:/ { tables = 1 } !(tables && /^  /) { print; next }
     { name = $0; sub(/.*files: "/, "", name); sub(/".*/, "", name)
       if ((getline line < ("'"$dump"'/" name)) > 0) print }' "$root/mappings/northgate/source.yml" >source.yml
grep -v '^  OBSERVATION:' source.yml >parents.yml
mkdir parents
ln "$dump"/*.csv parents
rm parents/OBSERVATION.csv
hms store up -q >&2
server=$(hms store url | sed 's/ *dbname=[^ ]*//')
export HMS_STORE="$server dbname=bench"

for turn in $(seq "$turns"); do
    say "turn $turn of $turns"
    fresh_store
    compared files files files.extract files.transform files.load
    fresh_store
    compared parents parents parents.extract parents.transform parents.load
    fresh_store
    compared pipes pipes pipes.extract pipes.transform pipes.load
    org_id=$(sql -c "SELECT org_id FROM mig.run WHERE state = 'done' LIMIT 1")
    [ "$turn" != 1 ] || write_tuples
    compared limit limit
    note_limit_laps
done

prepare_peer
compared peer peer peer.pgloader
peer_loaded=$(sql -c 'SELECT count(*) FROM aside.observation__peer')
[ "$peer_loaded" = "$(sql -c "SELECT least($peer_rows, count(*)) FROM hms.observation__northgate__0")" ] ||
    { tail -n 20 pgloader.log >&2; say "pgloader loaded $peer_loaded rows"; exit 1; }

# --- the figures

rate() { awk -v rows="$1" -v seconds="$(median "$2.wall")" 'BEGIN { printf "%.0f\n", rows / seconds }'; }
loaded=$(sql -c 'SELECT count(*) FROM hms.observation')
best=pipes
[ "$(median files.wall | cut -d. -f1)" -ge "$(median pipes.wall | cut -d. -f1)" ] || best=files
figure rows "$loaded" rows
figure best "\"$best\"" way
for way in pipes files limit; do
    figures s $way.wall $way.cpu $way.server.cpu
    figure $way.rate "$(rate "$loaded" $way)" rows/s
done
for way in pipes files; do
    for program in extract transform load; do
        figures s $way.$program.wall $way.$program.cpu
        figures MB $way.$program.memory
    done
done
for way in pipes files limit; do # seconds of the two workers together
    figures s $way.copy $way.keys $way.foreign_keys $way.indexes $way.statistics
done
figures s pipes.repeats pipes.orphans pipes.attach files.repeats files.orphans files.attach
figures s parents.wall parents.cpu
figures s peer.wall peer.cpu peer.pgloader.wall
figures MB peer.pgloader.memory
figure peer.rows "$peer_loaded" rows
figure peer.rate "$(rate "$peer_loaded" peer)" rows/s
for way in pipes files; do
    figure $way.of_limit "$(divide "$(median $way.wall)" "$(median limit.wall)")" times
    figure $way.of_limit.cpu "$(divide "$(median $way.cpu)" "$(median limit.cpu)")" times
    figure $way.of_peer "$(divide "$(rate "$loaded" $way)" "$(rate "$peer_loaded" peer)")" times
done
