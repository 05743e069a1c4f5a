# private_store.bash - a scratch folder, gone at the end with the private store that was started in it.  Read by
# `. "$root/tests/bench/private_store.bash"`; the folder is $scratch, and the current one.
unset HMS_STORE
scratch=$(mktemp -d "${TMPDIR:-/tmp}/hms-bench.XXXXXX")
chmod 711 "$scratch"
cd "$scratch"
trap 'env -u HMS_STORE hms store down -q || true; cd /; rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM

say() { echo "bench:" "$@" >&2; }
