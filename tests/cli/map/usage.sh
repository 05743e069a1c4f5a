# Words for a command line that is wrong, and the shape of what the others print.
try() {
    echo "--- hms map $*"
    hms map "$@"
    echo "exit $?"
}
try
try lnit
try lint
try explain
try steps now
mkdir empty
try lint empty
try doc empty
try test nowhere.yml
try lint empty --raw a --headers b
echo "--- help fits the screen"
[ "$(hms map --help | wc -l)" -le 24 ] && echo yes
echo "--- steps"
hms map steps >steps.txt
head -4 steps.txt
hms map steps --json >steps.ndjson
head -1 steps.ndjson
[ "$(wc -l <steps.ndjson)" -ge 40 ] && echo "forty and more"
