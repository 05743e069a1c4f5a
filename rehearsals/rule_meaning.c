#include "rehearsals/rule_meaning.h"

#include "core/column.h"
#include "mappings/step_table.h"

/* rule id, what it says of the row or value */
#define RULE_LIST(X)                                                                           \
    X("row.ragged", "the row has more or fewer fields than the header")                        \
    X("row.quote", "the quotes of the row do not fit")                                         \
    X("row.blank", "the row is empty")                                                         \
    X("row.too_long", "the row is longer than a row may be")                                   \
    X("quote.unclosed", "a quote is opened and never closed before the end of the file")       \
    X("text.encoding", "bytes that are no text in the source's character set")                 \
    X("text.nul", "a NUL byte, which no text may hold")                                        \
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
      "emptied and is kept in mig.adjustment")

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
    for (size_t i = 0; i < step_count; i++) {
        if (strcmp(step_table[i].rule, rule) == 0) {
            return step_table[i].what;
        }
    }
    if (text_match_glob("*.blank", rule)) {
        return "nothing is there to make this row of";
    }
    return "a rule of the map";
}
