# Two processes switch at once, one of them is killed again and again; whoever looks sees one whole list.
order() { # YEAR TITLE
    printf '%05d %-7s %d %-60s %s\n' 1 A00 1 "$2" "$2" >order_$1.txt
}
export HMS_TERMINOLOGY=reg
for title in First Second; do
    order 2031 $title && hms term build order_2031.txt -o $title >/dev/null
    hms term install $title/*.hmspack >$title.name
done
order 2032 Third && hms term build order_2032.txt -o Third >/dev/null
hms term install Third/*.hmspack >Third.name
hms term activate -q "$(cat First.name)"

switch() { # NAME TIMES
    for _ in $(seq "$2"); do
        hms term activate -q "$(cat "$1".name)" 2>>switch.err || echo "activating $1 failed"
        hms term rollback -q 2>>switch.err || grep -q 'nothing to roll back' switch.err || echo "rolling back failed"
    done
}
look() {
    for _ in $(seq 40); do
        hms term lookup icd10cm --on 2031-01-01 A00 2>&1 || echo "looking failed"
    done | grep -v '^.short' | sort | uniq | cut -f4
}
killed() {
    for wait in 0.00 0.01 0.02 0.03 0.04 0.05 0.06 0.08 0.10 0.12; do
        for name in Third Second; do
            hms term activate -q "$(cat $name.name)" 2>/dev/null &
            sleep $wait
            kill -9 $! 2>/dev/null
            wait $! 2>/dev/null
        done
    done 2>/dev/null
}
switch First 8 &
switch Second 8 &
killed &
look >seen
wait
grep -vxE 'First|Second' seen && echo "something else was seen"
hms term activate -q "$(cat First.name)" && hms term lookup icd10cm --on 2031-01-01 A00 | head -1 | cut -f4
hms term activate -q "$(cat Second.name)" && hms term lookup icd10cm --on 2031-01-01 A00 | head -1 | cut -f4
hms term rollback -q && hms term lookup icd10cm --on 2031-01-01 A00 | head -1 | cut -f4
