#include "rehearsals/rule_meaning.h"

#include "core/column.h"

/* rule id, what it says of the row or value */
#define RULE_LIST(X)                                                                           \
    X("row.ragged", "the row has more or fewer fields than the header")                        \
    X("row.quote", "the quotes of the row do not fit")                                         \
    X("row.blank", "the row is empty")                                                         \
    X("row.too_long", "the row is longer than a row may be")                                   \
    X("quote.unclosed", "a quote is opened and never closed before the end of the file")       \
    X("text.encoding", "bytes that are no text in the source's character set")                 \
    X("text.nul", "a NUL byte, which no text may hold")                                        \
    X("text.bom", "the row begins with a byte order mark: files were joined")                  \
    X("row.header", "the header once more: files were joined")                                 \
    X("key.missing", "the row has no key")                                                     \
    X("key.control", "the key holds a control character")                                      \
    X("key.repeat", "the same row once more; one of them is in the store")                     \
    X("key.superseded", "another row of the same key counts, by the map's policy")             \
    X("key.duplicate", "several different rows have one key; a person must choose")            \
    X("value.missing", "a value that must be there is missing")                                \
    X("value.set", "the value is none of those allowed for the column")                        \
    X("reference.missing",                                                                     \
      "the row needs another row (a patient, an order) that is not there")                     \
    X("reference.unresolved",                                                                  \
      "the row names another row that is not there; the reference was "                        \
      "emptied and is kept in mig.adjustment")                                                 \
    X("claim.total", "the total of the claim is not the sum of its lines")                     \
    X("code.unmapped", "a local code that nobody has given a standard code yet")               \
    X("code.proposed", "a standard code that no second person has approved yet")               \
    X("code.format", "not the shape of a code of this code system")                            \
    X("code.check", "the check digit of the code is wrong")                                    \
    X("code.excel", "a code that a spreadsheet has damaged")                                   \
    X("code.malformed", "not the shape of a code of its system, says the release in force")    \
    X("code.check-digit", "the check digit of the code is wrong, says the release in force")   \
    X("code.unknown", "there is no such code in the release in force")                         \
    X("code.seventh-character", "the seventh character needs X in the places before it")       \
    X("code.not-on-day", "the code was not valid on the day of service")                       \
    X("code.deprecated", "the code was withdrawn by its publisher")                            \
    X("code.heading", "a heading of the classification: more characters are needed")           \
    X("code.secondary", "a code that may stand only behind another one")                       \
    X("column.unmapped", "the source fills a column that no map mentions")                     \
    X("unit.unknown", "a unit that is not known; it was kept as written")                      \
    X("lookup.missing", "the row to look up is not in the other table")                        \
    X("number.titre", "a titre such as 1:40 became its second number")                         \
    X("timestamp.gap", "a local time that the clocks left out")                                \
    X("timestamp.ambiguous", "a local time that came twice; the earlier was taken")

const char *rule_meaning(const char *rule)
{
#define X(id, text)                                                                            \
    if (strcmp(rule, id) == 0)                                                                 \
        return text;
    RULE_LIST(X)
#undef X
#define X(type, sql, text, id)                                                                 \
    if (strcmp(rule, id) == 0)                                                                 \
        return "the value is no " sql " (" text ")";
    COLUMN_TYPE_LIST(X)
#undef X
    if (text_match_glob("*.blank", rule)) {
        return "nothing is there to make this row of";
    }
    return "a decision of the map, which says why";
}
