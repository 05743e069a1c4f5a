# What a wrong command line is told; nothing here needs a store.
try() { hms code "$@" || echo "exit $?"; }
exec 2>&1
try
try frobnicate
try worklist
try worklist --org x y
try suggest
try suggest --org lindenhof
try review --org lindenhof
try export --org lindenhof
try export everything --org lindenhof
try import
try import a b --org lindenhof
