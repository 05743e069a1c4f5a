/* A model file and a name that anybody may have written: the first line of the input is a name, the
 * second its unit, the rest a model. */
#include "tests/unit/terminology/tiny_pack.h"

#include "terminology/suggest/suggest.h"
#include "terminology/suggest/suggest_entries.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct text line_of(struct text *rest)
{
    const char *end = rest->len == 0 ? NULL : memchr(rest->at, '\n', rest->len);
    struct text line = {rest->at, end == NULL ? rest->len : (size_t)(end - rest->at)};

    rest->at += line.len + (end != NULL);
    rest->len -= line.len + (end != NULL);
    return line;
}

static void ask(const struct suggester *suggester, const struct suggest_query *query)
{
    struct suggest_scratch *scratch = suggest_scratch_new(suggester);
    struct suggest_answer answers[SUGGEST_ANSWERS_MAX];
    size_t count = suggest(suggester, scratch, query, answers, SUGGEST_ANSWERS_MAX);
    struct strbuf out;

    strbuf_init(&out, 1 << 16);
    for (size_t i = 0; i < count; i++) {
        suggest_reasons(suggester, scratch, answers[i].row, &out);
    }
    strbuf_release(&out);
    suggest_scratch_free(scratch);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct code_pack *pack;
    static struct suggester *suggester;
    struct text rest = {(const char *)data, size};
    struct suggest_query query = {.count = 0};
    struct suggest_entries entries;
    struct error err = {0};

    if (pack == NULL) {
        pack = tiny_pack();
        suggester = suggester_new(pack);
    }
    query.name = line_of(&rest);
    query.unit = line_of(&rest);
    query.specimen = query.unit;
    (void)!suggester_load_text(suggester, rest, &err);
    ask(suggester, &query);
    err = (struct error){0};
    if (suggest_entries_read(&entries, rest, &err)) {
        (void)!suggester_train(suggester, entries.at, entries.count < 8 ? entries.count : 8,
                               &err);
        suggest_entries_release(&entries);
        ask(suggester, &query);
    }
    return 0;
}
