# The commands of README.md's tour work as they stand there; 1 means that rows were kept back.
set -eu

chmod o+x .. . # so that the private store lies here, also when root runs this
mkdir var
ln -s "$HMS_ROOT/mappings" .
trap 'hms store down -q' EXIT
awk '/^## /{ tour = /^## A tour/ } /^```/{ code = /^```sh/; next } tour && code' "$HMS_ROOT/README.md" >commands
[ "$(wc -l <commands)" -gt 10 ] || { echo "the tour has no commands"; exit 1; }

while read -r command; do
    status=0
    bash -c "$command" >said 2>&1 </dev/null || status=$?
    [ "$status" -le 1 ] || { echo "exit status $status: $command"; cat said; exit 1; }
    case $command in
    "hms reconcile "*)
        tail -n 2 said | grep -q 'unexplained 0$' || { echo "something is unexplained"; cat said; exit 1; }
        ;;
    psql*) grep -q '^ Y ' said || { echo "no year of birth"; cat said; exit 1; } ;;
    esac
done <commands
