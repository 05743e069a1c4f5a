#include "transform/people/store_model.h"

#include "core/ident.h"

#include <inttypes.h>
#include <stdio.h>

enum { MODEL_WORDS_MAX = 1 << 20 };

/* Whatever changes what the engine does. */
static uint64_t model_checksum(const struct people_model *model)
{
    struct strbuf words;
    uint64_t checksum;

    strbuf_init(&words, MODEL_WORDS_MAX);
    strbuf_addf(&words, "%s %.17g %.17g\n", model->record, model->link, model->review);
    for (int i = 0; i < model->nfields; i++) {
        const struct people_field *field = &model->fields[i];
        strbuf_addf(&words, "%s\n%d %d", field->name, (int)field->kind, (int)field->order);
        for (int k = 0; k < field->ncolumns; k++) {
            strbuf_addf(&words, " %s", field->columns[k]);
        }
        strbuf_putc(&words, '\n');
    }
    checksum = checksum_of(words.at, words.len);
    strbuf_release(&words);
    return checksum;
}

bool store_model_load(struct people_model *model, const char *path,
                      char checksum[MODEL_CHECKSUM_SIZE], struct error *err)
{
    if (path == NULL ? !people_model_parse(model, "people.yml", text_of(store_model_text), err)
                     : !people_model_load(model, path, err)) {
        return false;
    }
    snprintf(checksum, MODEL_CHECKSUM_SIZE, "%016" PRIx64, model_checksum(model));
    return true;
}
