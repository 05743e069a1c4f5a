# What can be refused without a store is refused first, in one line, with exit status 2.
check() { # WHAT COMMAND...
    local what=$1 status=0
    shift
    "$@" >out 2>err || status=$?
    echo "$what: $status: $(head -n 1 err)"
}
A=aaaaaaaa-0000-8000-8000-000000000001
B=aaaaaaaa-0000-8000-8000-000000000002
check "one registration" hms people merge $A --by ann
check "nobody decides" hms people merge $A $B
check "no name" hms people merge $A $B --by ''
check "nothing to undo" hms people unmerge --by ann
check "an answer of one word" hms people unmerge $A --by ann --give $A
check "an answer that is no id" hms people unmerge $A --by ann --give aaaaaaaa-0000-8000-8000-00000000000x=$B
check "no row" hms people take-back --by ann
check "no person" hms people golden
check "a file of rules that is not there" hms people golden $A --rules no.yml
check "no field" hms people choose $A --by ann
check "nobody chooses" hms people choose $A sex $B
