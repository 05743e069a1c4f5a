# The private cluster: made, started, survived, stopped; on a unix socket, silent about rows.
set -eu
place=$(mktemp -d "${TMPDIR:-/tmp}/hms-place.XXXXXX")
chmod 755 "$place"
cd "$place"
leave() {
    hms store down -q || true
    cd /
    rm -rf "$place"
}
trap leave EXIT
say() { echo "$*"; }

hms store up -q
hms store up -q && say "up twice is fine"
hms store deploy -q
hms store verify -q && say "the schema is there"
hms store status | sed -n 's/^state *//p'
url=$(hms store url)
sql() { psql -qXAt -d "$url" "$@"; }
[ "$(sql -c "SHOW listen_addresses")" = "" ] && say "it listens to nobody"
[ "$(sql -c "SHOW data_checksums")" = on ] && say "pages have checksums"
[ "$(sql -c "SELECT current_user")" = hms ] && say "one is hms there"
[ "$(stat -c %a var/store/data)" = 700 ] && say "its data is its own"
if [ "$(id -u)" = 0 ]; then
    owner=$(stat -c %U var/store/data)
    [ "$owner" != root ] && setpriv --reuid=nobody --regid=nogroup --clear-groups psql -X -d "$url" -c "SELECT 1" >/dev/null 2>&1 &&
        [ "$owner" != nobody ] && { echo "not so: somebody else gets in"; exit 1; }
fi
say "nobody else gets in"

sql -c "SELECT 'CANARY1'::integer" 2>/dev/null || true
sql -c "CREATE TEMP TABLE t (a text UNIQUE)" -c "INSERT INTO t VALUES ('CANARY2'), ('CANARY2')" 2>/dev/null || true
! grep -q CANARY var/store/server.log && say "its log does not quote rows"

kill -9 "$(head -n 1 var/store/data/postmaster.pid)"
while hms store status >/dev/null; do sleep 0.1; done
hms store up -q
hms store verify -q && say "it comes back after a crash"
hms store down -q
status=0
hms store status >status || status=$?
say "down: $status $(sed -n 's/^state *//p' status)"
hms store down -q && say "down twice is fine"

if [ "$(id -u)" = 0 ]; then
    mkdir -m 700 closed
    cd closed
    hms store up 2>err
    elsewhere=$(sed -n 's/^the store in \(.*\) is up$/\1/p' err)
    grep -q "cannot reach .*/closed/var/store, so the store lies in $elsewhere" err || { cat err; exit 1; }
    case $elsewhere in /var/lib/hms/*) ;; *) echo "not so: $elsewhere"; exit 1 ;; esac
    [ "$(hms store status | sed -n 's/^where *//p')" = "$elsewhere" ] || { echo "not so: found again"; exit 1; }
    hms store down -q
    rm -rf "$elsewhere"
    rmdir /var/lib/hms 2>/dev/null || true
    cd ..
fi
say "a folder that its user cannot reach is told"
long=$(printf 'a%.0s' $(seq 120))
mkdir "$long"
cd "$long"
hms store up -q
hms store deploy -q && say "a path too long for a socket does no harm"
hms store down -q
cd ..
