# What a person sees for each mistake in a map: place, words, caret, suggestion.

# The whole map on standard input; its warnings and missing columns are another matter.
whole() {
    echo "--- $1"
    cat >m.yml
    hms map lint m.yml 2>&1 | awk '
        /^[^ ]/ { skip = / warning: |\[to.required\]|^hms: error: .* in the maps$/ }
        !skip'
    [ "${PIPESTATUS[0]}" = 3 ] || echo "exit status is not 3"
}

# Only the rules; the head is always the same four lines.
rules() {
    local title=$1
    { printf 'map: a/b\nsource: {table: T, key: K}\ntarget: patient\nrules:\n'; cat; } >whole.yml
    whole "$title" <whole.yml
}

# One rule body, written on one line.
rule() {
    echo "  M001: {$2}" | rules "$1"
}

# Another line in front of the rules.
head_line() {
    whole "$1" <<END
map: a/b
$2
target: patient
rules:
  M001: {to: mrn, from: K}
END
}

echo "=== the file"
hms map lint nowhere.yml 2>&1 | head -2
printf 'map: [a\n' | whole "YAML that is none"
printf 'map: a/b\nmap: a/c\n' | whole "a key twice"
printf 'table: T\n' | whole "no map at all"
printf 'map: Northgate\nsource: {table: T, key: K}\ntarget: patient\nrules: {M001: {to: mrn, from: K}}\n' | whole "a name without system"
printf 'map: a/b\ntarget: patient\nrules: {M001: {to: mrn, from: K}}\n' | whole "a part is missing"
printf 'map: a/b\nsource: {table: T, key: K}\ntarget: pateint\nrules: {M001: {to: mrn, from: K}}\n' | whole "an unknown entity"
printf 'map: a/b\nsource: {table: T, key: K}\ntarget: patient\nrulse: {M001: {to: mrn, from: K}}\n' | whole "an unknown key"

echo "=== source and only"
head_line "no key" "source: {table: T}"
head_line "bytes in the wrong file" "source: {table: T, key: K, charset: latin1}"
head_line "a zone that is none" "source: {table: T, key: K, zone: Nairobi}"
head_line "repeats" "source: {table: T, key: K, repeats: newest}"
only() {
    head_line "$1" "source: {table: T, key: K}
only: {when: \"$2\", otherwise: ${3-exclude row.out}, why: x}"
}
only "a condition with capitals" "A = 'x' AND B = 'y'"
only "an open quote" "A = 'x"
only "a text on the left" "'x' = A"
only "no such comparison" "A == 'x'"
only "an open bracket" "(A = 'x' or B = 'y'"
only "an unknown outcome" "A = 'x'" "drop row.out"
only "no rule id" "A = 'x'" exclude
only "a rule id that is none" "A = 'x'" "exclude Row Out"
head_line "each with members of another size" "source: {table: T, key: K}
each: {as: [A, B], of: [[A1, B1], [A2]]}"

echo "=== rules"
printf '  first: {to: mrn, from: K}\n' | rules "an id that is none"
rule "an unknown key" "to: mrn, frm: K"
rule "no target" "from: K"
rule "an unknown column" "to: birth_dte, from: K"
rule "a column hms fills" "to: source_key, from: K"
printf '  M001: {to: mrn, from: K}\n  M002: {to: mrn, from: L}\n' | rules "a column twice"
rule "neither from nor via" "to: mrn"
rule "more columns than values" "to: [birth_date, birth_precision], from: K"
rule "risk" "to: mrn, from: K, risk: huge"
rule "bad" "to: mrn, from: K, bad: ignore"

echo "=== the pipe"
rule "an unknown step" "to: mrn, from: K, via: trimm"
rule "nothing between two bars" "to: mrn, from: K, via: trim | | upper"
rule "an open quote" "to: mrn, from: K, via: trim | prefix 'D"
rule "a quote inside a word" "to: mrn, from: K, via: prefix D'x"
rule "too few arguments" "to: mrn, from: K, via: replace 'a'"
rule "an argument too many" "to: mrn, from: K, via: trim 'x'"
rule "too few values at the end" "to: [birth_date, birth_precision], from: K, via: \"date 'yyyy'\""
rule "too many values in" "to: mrn, from: [A, B], via: \"split ',' 1\""
rule "a constant behind a value" "to: mrn, from: K, via: constant 'x'"
rule "a step without a value" "to: mrn, via: trim"
rule "a value outside the set" "to: sex, from: K, via: \"map 'M' 'male' 'F' 'fmale'\""
rule "a reference without ref" "to: practitioner_id, from: K, via: trim"
rule "a reference to another entity" "to: practitioner_id, from: K, via: ref 'location'"
rule "a pattern that is none" "to: birth_date, from: K, via: date 'dd/QQ/yyyy'"
rule "a code map that is not there" "to: language, from: K, via: code_map 'none.tsv'"

echo "=== tests and drops"
rule "a test without an end" "to: mrn, from: K, tests: [{in: a}]"
rule "a test with too many values" "to: mrn, from: K, tests: [{in: [a, b], out: c}]"
rule "a test with an empty value" "to: mrn, from: K, tests: [{in: , out: c}]"
rule "high risk without a test" "to: mrn, from: K, risk: high"
head_line "a drop without a reason" "source: {table: T, key: K}
drop: {A: {by: x}}"
head_line "a drop that is only a word" "source: {table: T, key: K}
drop: {A: unused}"
