# Requests that nobody means well with are refused, tell nothing, and hurt nothing.
. "$HMS_ROOT/tests/serve/start.bash"
store_with_rows
make_tokens
start_hmsd
node "$HMS_ROOT/tests/npm/hostile.js" "${root_url##*:}" "$token" "$patient" bbbbbbbb-0000-8000-8000-000000000001

# slow headers: closed after ten seconds (a busy machine may be late), however busily they drip, and others are
# served meanwhile
node "$HMS_ROOT/tests/npm/slow.js" "${root_url##*:}" >slow.txt &
slow=$!
for _ in 1 2 3 4 5; do
    get "$root_url/healthz" && is_status 200 "health while others drip"
    sleep 1
done
wait $slow
seconds=$(cat slow.txt)
[ "$seconds" -ge 9 ] && [ "$seconds" -le 40 ] || fail "slow headers were closed after $seconds s"

stop_hmsd || fail "hmsd ended with $?"
! grep -v '^hmsd: ' hmsd.log | grep -vE '^(-|GET|HEAD|POST|PUT|DELETE|PATCH|OPTIONS|TRACE|CONNECT) (-|/[A-Za-z/{}]*) [0-9]{3} [0-9.]+ [a-z-]+$' ||
    fail "a line of the log is not of its form"
