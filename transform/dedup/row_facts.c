#include "transform/dedup/row_facts.h"

#include "transform/dedup/people_sound.h"
#include "transform/dedup/value_mark.h"

enum { WIDTH_UNPADDED = 11 };

static int fact_words(enum people_kind kind)
{
    if (kind == PEOPLE_STREET) {
        return 2;
    }
    return people_kind_has_sound(kind) || kind == PEOPLE_BIRTH_DATE || kind == PEOPLE_PHONE ||
                   kind == PEOPLE_IDENTIFIER
               ? 1
               : 0;
}

void row_facts_plan(struct people *people)
{
    people->width = people->nfields;
    for (int field = 0; field < people->nfields; field++) {
        int words = fact_words(people->model->fields[field].kind);
        people->facts[field] = words > 0 ? people->width : 0;
        people->width += words;
    }
    if (people->width > WIDTH_UNPADDED) { /* whole cache lines */
        people->width = (people->width + ROW_LINE - 1) / ROW_LINE * ROW_LINE;
    }
}

static void fill_fact(const struct people *people, int field, uint32_t *row)
{
    const struct people_dict *dict = &people->dicts[field];
    enum people_kind kind = people->model->fields[field].kind;
    uint32_t *fact = row + people->facts[field];
    uint32_t value = row[field];

    if (kind == PEOPLE_STREET) {
        fact[0] = (uint32_t)dict->marks[value];
        fact[1] = (uint32_t)(dict->marks[value] >> 32);
    } else if (kind == PEOPLE_BIRTH_DATE) {
        fact[0] = dict->sounds[value];
    } else if (people_kind_has_sound(kind)) {
        fact[0] = value == 0
                      ? 0
                      : dict->sounds[value] | (uint32_t)(uint8_t)people_form(dict, value).at[0]
                                                  << SOUND_BITS;
    } else {
        fact[0] = digits_fold(dict->marks[value]);
    }
}

void row_facts_fill(const struct people *people, uint32_t *row)
{
    for (int field = 0; field < people->nfields; field++) {
        if (people->facts[field] != 0) {
            fill_fact(people, field, row);
        }
    }
}
