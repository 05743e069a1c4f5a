# The rules of decisions about codes, and attempts to get around them by SQL.
. "$HMS_ROOT/tests/pg/load.bash"
hms store deploy -q

# refused WHAT SQL [TEXT]: the statement fails, and says TEXT
refused() {
    if sql -c "$2" >out 2>err; then
        echo "not so: $1"
        exit 1
    fi
    says "$1" err "${3:-ERROR}"
}
item() { # CODE RISK: a local code with two suggestions; prints its number
    sql -c "WITH i AS (INSERT INTO mig.local_code (organisation, list, source_code, source_text, entities, code_system, predicate, risk, rows)
                VALUES ('north', 'north/lab.tsv', '$1', 'Test $1', '{observation}', 'loinc', 'skos:exactMatch', '$2', 10) RETURNING item_id)
            SELECT item_id FROM i"
}
suggest() { # ITEM
    sql -c "SELECT mig.code_suggest($1, 'loinc', '1', 'hms:suggest', '[{\"code\": \"1-8\", \"label\": \"One\", \"probability\": \"0.8\", \"reasons\": \"alike\"},
            {\"code\": \"2-6\", \"label\": \"Two\", \"probability\": \"0.1\", \"reasons\": \"alike\"}]')" >/dev/null
}
decide() { # ITEM NAME VERDICT [CODE]: prints what became of it
    sql -c "SELECT mig.code_decide($1, '$2', '$3', $([ -z "${4:-}" ] && echo NULL || echo "'$4'"), NULL, NULL, NULL)"
}
state() { sql -c "SELECT state || coalesce(' ' || code, '') FROM mig.code_outcome WHERE item_id = $1"; }

low=$(item A low) high=$(item B high)
suggest "$low"
suggest "$high"

same "one person approves what a program suggests" "$(decide $low ada approve 1-8)" approved
same "where risk is high it takes a second one" "$(decide $high ada approve 1-8)" second
refused "nobody approves twice" "SELECT mig.code_decide($high, 'ada', 'approve', '1-8', NULL, NULL, NULL)" "nobody approves twice"
refused "not under another spelling of the name" "SELECT mig.code_decide($high, ' ADA ', 'approve', '1-8', NULL, NULL, NULL)" "nobody approves twice"
for name in 'a da' 'A.d.a' $'ada\xe2\x80\x8b' $'\xc2\xa0ada' $'\xd0\xb0da' $'\xef\xbd\x81da' $'a\xcc\x81da' $'\xd0\x90D\xce\x91'; do
    refused "not with blanks, unseen signs or letters that look alike" "SELECT mig.code_decide($high, '$name', 'approve', '1-8', NULL, NULL, NULL)" "nobody approves twice"
done

# The second reader is blind.
same "the second reader sees nothing of the first" "$(sql -c "SELECT count(*) FROM mig.code_seen($high, 'ben')")" 0
same "he is given the item" "$(sql -c "SELECT mig.code_next('north', 'ben', NULL, NULL, NULL) = $high")" t
as_reviewer() { echo "SET ROLE hms_reviewer; $1"; }
refused "as a reviewer he cannot read decisions" "$(as_reviewer "SELECT * FROM mig.code_decision")" "permission denied"
refused "nor what is made of them" "$(as_reviewer "SELECT * FROM mig.code_live")" "permission denied"
refused "nor of the outcome" "$(as_reviewer "SELECT * FROM mig.code_choice")" "permission denied"
refused "nor write one past the function" "$(as_reviewer "INSERT INTO mig.code_decision (item_id, verdict, code, predicate, justification, author) VALUES ($high, 'approve', '1-8', 'skos:exactMatch', 'x', 'ben')")" "permission denied"
refused "nor put a suggestion under his own code" "$(as_reviewer "INSERT INTO mig.code_suggestion (item_id, rank, code, engine, justification) VALUES ($high, 9, '9-9', 'hms:suggest', 'x')")" "permission denied"
refused "nor make suggestions" "$(as_reviewer "SELECT mig.code_suggest($high, 'loinc', '1', 'hms:suggest', '[]')")" "permission denied"
refused "nor lower the risk" "$(as_reviewer "UPDATE mig.local_code SET risk = 'low'")" "permission denied"
refused "nor read a patient" "$(as_reviewer "SELECT * FROM hms.patient")" "permission denied"
same "through the function he decides" "$(sql -c "$(as_reviewer "SELECT mig.code_decide($high, 'ben', 'approve', '1-8', NULL, NULL, NULL)")" | tail -n 1)" approved
same "then he sees the other" "$(sql -c "SELECT string_agg(author, ' ' ORDER BY author) FROM mig.code_seen($high, 'ben')")" "ada ben"

# Who puts a code forward does not approve it.
own=$(item C low)
suggest "$own"
same "a code of one's own waits for a second person" "$(decide $own ada approve 7-7)" second
refused "its author does not approve it" "SELECT mig.code_decide($own, 'ada', 'approve', '7-7', NULL, NULL, NULL)" "the author of a proposal does not approve it"
refused "nor by a direct insert" "INSERT INTO mig.code_decision (item_id, verdict, code, predicate, justification, author)
    VALUES ($own, 'approve', '7-7', 'skos:exactMatch', 'x', 'Ada')" "the author of a proposal does not approve it"
refused "nor as a program" "INSERT INTO mig.code_decision (item_id, verdict, code, predicate, justification, author)
    VALUES ($own, 'approve', '7-7', 'skos:exactMatch', 'x', 'hms:suggest')"
refused "nor under a name that holds two" "INSERT INTO mig.code_decision (item_id, verdict, code, predicate, justification, author)
    VALUES ($own, 'approve', '7-7', 'skos:exactMatch', 'x', 'cleo|dan')"
refused "nor under no name" "SELECT mig.code_decide($own, ' ', 'approve', '7-7', NULL, NULL, NULL)"
other=$(item D low)
sql -c "INSERT INTO mig.code_decision (item_id, verdict, code, predicate, justification, author, proposed_by)
    VALUES ($other, 'approve', '7-7', 'skos:exactMatch', 'x', 'ada', 'hms:suggest')"
same "saying that a program proposed it does not make it so" "$(state $other)" second
same "nor does the program's later agreement" "$(suggest $other; state $other)" second
same "a second person does" "$(decide $other ben approve 7-7)" "approved"
same "and the first one too" "$(decide $own ben approve 7-7)" "approved"

# Decisions stay.
refused "a decision is not changed" "UPDATE mig.code_decision SET code = '2-6' WHERE item_id = $low" "never changed or deleted"
refused "not deleted" "DELETE FROM mig.code_decision WHERE item_id = $low" "never changed or deleted"
refused "not truncated" "TRUNCATE mig.code_decision" "never changed or deleted"
refused "not with its local code" "TRUNCATE mig.local_code CASCADE" "never changed or deleted"
refused "its local code is not deleted" "DELETE FROM mig.local_code WHERE item_id = $low"
refused "nor made into another" "UPDATE mig.local_code SET source_code = 'Z' WHERE item_id = $low" "does not become another one"
sql -c "UPDATE mig.local_code SET risk = 'low' WHERE item_id = $high"
same "risk only grows" "$(sql -c "SELECT risk FROM mig.local_code WHERE item_id = $high")" high

# People change their minds and disagree.
same "a person corrects himself" "$(decide $low ada approve 2-6)" approved
same "  and that counts" "$(state $low)" "approved 2-6"
same "  the old decision stays" "$(sql -c "SELECT count(*) FROM mig.code_decision WHERE item_id = $low")" 2
refused "nobody supersedes another's decision" "INSERT INTO mig.code_decision (item_id, verdict, code, predicate, justification, author, supersedes)
    SELECT $low, 'approve', '1-8', 'skos:exactMatch', 'x', 'ben', max(decision_id) FROM mig.code_decision WHERE item_id = $low" "one's own decision"
refused "nor one that was superseded" "INSERT INTO mig.code_decision (item_id, verdict, code, predicate, justification, author, supersedes)
    SELECT $low, 'no-match', NULL, 'skos:exactMatch', 'x', 'ada', min(decision_id) FROM mig.code_decision WHERE item_id = $low"
refused "nor one of another item" "INSERT INTO mig.code_decision (item_id, verdict, code, predicate, justification, author, supersedes)
    SELECT $own, 'no-match', NULL, 'skos:exactMatch', 'x', 'ada', max(decision_id) FROM mig.code_decision WHERE item_id = $low" "one's own decision"
same "who disagrees makes a conflict" "$(decide $low ben no-match)" conflict
refused "in which nobody gives in" "SELECT mig.code_decide($low, 'ben', 'approve', '2-6', NULL, NULL, NULL)" "one more person decides"
same "a third person tips it" "$(decide $low cleo approve 2-6)" approved
same "a rejection is an objection" "$(decide $high cleo reject 1-8)" approved
same "two are a tie" "$(decide $high dan reject 1-8)" conflict
refused "a code that nobody put forward is not rejected" "SELECT mig.code_decide($high, 'eve', 'reject', '5-5', NULL, NULL, NULL)" "nobody put that code forward"
refused "a decision of another kind is none" "SELECT mig.code_decide($high, 'eve', 'maybe', '1-8', NULL, NULL, NULL)"
refused "approving nothing is none" "SELECT mig.code_decide($high, 'eve', 'approve', NULL, NULL, NULL, NULL)"

# A critical name makes risk high, whoever brings it.
named=$(item E low)
sql -c "SELECT mig.code_suggest($named, 'loinc', '1', 'hms:suggest', '[{\"code\": \"2823-3\", \"label\": \"Potassium [Moles/volume] in Serum\", \"probability\": \"0.9\", \"reasons\": \"x\"}]')" >/dev/null
same "a test on which somebody acts at once takes two" "$(decide $named ada approve 2823-3)" second
