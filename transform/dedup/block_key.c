#include "transform/dedup/block_key.h"

#include <stdlib.h>

static uint32_t make_code(const struct people_dict *dict, uint32_t value, enum block_how how)
{
    switch (how) {
    case BLOCK_SOUND:
    case BLOCK_ANY_ORDER:
        return dict->sounds[value];
    case BLOCK_INITIAL:
        return (uint8_t)people_form(dict, value).at[0];
    case BLOCK_YEAR:
        return dict->sounds[value] / 10000;
    case BLOCK_EXACT:
        break;
    }
    return value;
}

static void make_codes(struct block_codes *codes, const struct people *people, int field,
                       enum block_how how, uint32_t from)
{
    const struct people_dict *dict = &people->dicts[field];
    uint32_t count = codes->counts[field][how];
    uint32_t *of = codes->of[field][how];

    if (how == BLOCK_EXACT) {
        codes->counts[field][how] = dict->nvalues > count ? dict->nvalues : count;
        return;
    }
    if (dict->nvalues > codes->rooms[field][how]) {
        codes->rooms[field][how] = dict->room;
        of = xrealloc(of, dict->room * sizeof(*of));
        of[0] = 0;
        codes->of[field][how] = of;
    }
    for (uint32_t i = from; i < dict->nvalues; i++) {
        of[i] = make_code(dict, i, how);
        count = of[i] >= count ? of[i] + 1 : count;
    }
    codes->counts[field][how] = count;
}

void block_codes_make(struct block_codes *codes, const struct people *people,
                      const struct block_part *part, uint32_t from)
{
    if (part->how == BLOCK_ANY_ORDER) {
        make_codes(codes, people, part->field, BLOCK_SOUND, from);
        make_codes(codes, people, part->other, BLOCK_SOUND, from);
    } else {
        make_codes(codes, people, part->field, part->how, from);
    }
}

void block_codes_release(struct block_codes *codes)
{
    for (int field = 0; field < PEOPLE_FIELDS_MAX; field++) {
        for (int how = 0; how < BLOCK_HOWS; how++) {
            free(codes->of[field][how]);
        }
    }
    *codes = (struct block_codes){0};
}

uint64_t block_codes_memory(const struct block_codes *codes, const struct people *people)
{
    uint64_t bytes = 0;

    for (int field = 0; field < people->nfields; field++) {
        for (int how = 0; how < BLOCK_HOWS; how++) {
            bytes += codes->of[field][how] != NULL
                         ? people->dicts[field].nvalues * sizeof(uint32_t)
                         : 0;
        }
    }
    return bytes;
}

/* Codes of a part are below this. */
static uint32_t part_codes(const struct block_codes *codes, const struct block_part *part)
{
    uint32_t count;
    uint32_t others;

    if (part->how != BLOCK_ANY_ORDER) {
        return codes->counts[part->field][part->how];
    }
    count = codes->counts[part->field][BLOCK_SOUND];
    others = codes->counts[part->other][BLOCK_SOUND];
    return count > others ? count : others;
}

uint64_t rule_keys(const struct block_codes *codes, const struct block_part *parts, int nparts)
{
    uint64_t keys = 1;

    for (int i = 0; i < nparts; i++) {
        uint64_t count = part_codes(codes, &parts[i]);
        count *= parts[i].how == BLOCK_ANY_ORDER ? count : 1;
        if (__builtin_mul_overflow(keys, count, &keys)) {
            return 0;
        }
    }
    return keys;
}

uint64_t rule_key(const struct block_codes *codes, const struct block_part *parts, int nparts,
                  const uint32_t *row)
{
    uint64_t key = 0;

    for (int i = 0; i < nparts; i++) {
        const struct block_part *part = &parts[i];
        bool any_order = part->how == BLOCK_ANY_ORDER;
        uint32_t count = part_codes(codes, part);
        uint32_t code = code_of(codes, part->field, any_order ? BLOCK_SOUND : part->how, row);
        uint32_t other = any_order ? code_of(codes, part->other, BLOCK_SOUND, row) : 1;
        if (code == 0 || other == 0) {
            return 0;
        }
        if (any_order) {
            key = key * count + (code < other ? code : other);
            code = code < other ? other : code;
        }
        key = key * count + code;
    }
    return key;
}
