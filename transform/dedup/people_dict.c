#include "transform/dedup/people_dict.h"

#include "core/ident.h"
#include "transform/dedup/value_form.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 256 };

void people_dict_init(struct people_dict *dict)
{
    *dict = (struct people_dict){.nvalues = 1, .room = FIRST_ROOM, .nslots = 2 * FIRST_ROOM};
    dict->values = xcalloc(dict->room, sizeof(*dict->values));
    dict->slots = xcalloc(dict->nslots, sizeof(*dict->slots));
    dict->values[0].form = "";
}

void people_dict_release(struct people_dict *dict)
{
    free(dict->values);
    free(dict->slots);
    arena_release(&dict->forms);
    *dict = (struct people_dict){0};
}

static void grow(struct people_dict *dict)
{
    dict->room *= 2;
    dict->values = xrealloc(dict->values, dict->room * sizeof(*dict->values));
    free(dict->slots);
    dict->nslots = (uint64_t)dict->room * 2;
    dict->slots = xcalloc(dict->nslots, sizeof(*dict->slots));
    for (uint32_t i = 1; i < dict->nvalues; i++) {
        const struct people_value *value = &dict->values[i];
        uint64_t slot = checksum_of(value->form, value->len) & (dict->nslots - 1);
        while (dict->slots[slot] != 0) {
            slot = (slot + 1) & (dict->nslots - 1);
        }
        dict->slots[slot] = i;
    }
}

static void describe(struct people_value *value, enum people_kind kind)
{
    struct text form = people_value_text(value);

    value->bag = letter_bag(form);
    if (kind == PEOPLE_BIRTH_DATE) {
        value->sound = 0;
        for (size_t i = 0; i < form.len; i++) {
            value->sound = value->sound * 10 + (uint64_t)(form.at[i] - '0');
        }
    } else if (kind == PEOPLE_GIVEN || kind == PEOPLE_FAMILY || kind == PEOPLE_FULL_NAME) {
        value->sound = sound_key(form);
    }
    if (kind == PEOPLE_GIVEN) {
        nickname_groups(form, value->nicknames);
    }
}

uint32_t people_dict_put(struct people_dict *dict, enum people_kind kind, struct text form)
{
    struct people_value *value;
    uint64_t slot;
    uint32_t found;

    if (form.len == 0) {
        return 0;
    }
    dict->present++;
    slot = checksum_of(form.at, form.len) & (dict->nslots - 1);
    while ((found = dict->slots[slot]) != 0) {
        value = &dict->values[found];
        if (value->len == form.len && memcmp(value->form, form.at, form.len) == 0) {
            value->count++;
            return found;
        }
        slot = (slot + 1) & (dict->nslots - 1);
    }
    if (dict->nvalues == dict->room) {
        grow(dict);
        dict->present--;
        return people_dict_put(dict, kind, form);
    }
    dict->slots[slot] = dict->nvalues;
    value = &dict->values[dict->nvalues];
    *value = (struct people_value){.count = 1, .len = (uint16_t)form.len};
    value->form = memcpy(arena_bytes(&dict->forms, form.len), form.at, form.len);
    describe(value, kind);
    return dict->nvalues++;
}
