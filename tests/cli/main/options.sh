# Options in all their spellings, and what is wrong with them.
try() {
    "$@" >out 2>err
    echo "exit $?: $*"
    head -n 1 err
}
try hms synth --patients 2 --only stmary -o one
try hms synth --patients=2 --only=stmary -otwo
diff -r one two && echo "the same"
try hms synth --patients 2 --only stmary -q -- three
try hms synth -qo four
try hms synth --quiet=yes -o four
try hms synth --patients -o
try hms synth --patients
try hms synth -x
