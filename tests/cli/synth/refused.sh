# What cannot be made says so in one line, and touches nothing.
try() {
    hms synth "$@"
    echo "exit $?"
}
mkdir theirs
echo dear >theirs/letter
try
try -o out extra
try --only eastgate -o out
try --tables PATIENT_MST,NOSUCH -o out
try --only stmary --tables PATIENT_MST -o out
try --patients 999999999999 -o out
try -o theirs
ls
ls theirs
