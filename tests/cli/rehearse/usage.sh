# What is missing or wrong on the command line is said in one line, with where to read on.
hms rehearse
echo "exit $?"
hms rehearse compare 1
echo "exit $?"
hms rehearse show one
echo "exit $?"
hms rehearse list -j 0
echo "exit $?"
hms rehearse --help
