# What is missing or wrong on the command line is said in one line, with where to read on.
hms reconcile
echo "exit $?"
hms reconcile --org "No Code" --raw raw --stage stage
echo "exit $?"
hms reconcile --org a --raw raw --stage stage -j 9
echo "exit $?"
hms reconcile --org a --raw raw --stage stage --show 99999
echo "exit $?"
hms reconcile --help
