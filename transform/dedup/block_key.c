#include "transform/dedup/block_key.h"

#include "transform/dedup/row_facts.h"

static struct block_code place_code(const struct people *people, int field, enum block_how how)
{
    int fact = people->facts[field];

    switch (how) {
    case BLOCK_SOUND:
    case BLOCK_ANY_ORDER:
        return (struct block_code){fact, 0, (1 << SOUND_BITS) - 1};
    case BLOCK_INITIAL:
        return (struct block_code){fact, SOUND_BITS, 0xFF};
    case BLOCK_YEAR:
        return (struct block_code){fact, YEAR_SHIFT, 0xFFFF};
    case BLOCK_EXACT:
        break;
    }
    return (struct block_code){field, 0, UINT32_MAX};
}

void block_part_place(struct block_part *part, const struct people *people, uint32_t room)
{
    part->code = place_code(people, part->field, part->how);
    if (part->how == BLOCK_ANY_ORDER) {
        part->other_code = place_code(people, part->other, part->how);
    }
    if (part->how == BLOCK_EXACT) {
        part->codes = people->dicts[part->field].nvalues + room;
    } else if (part->how == BLOCK_SOUND || part->how == BLOCK_ANY_ORDER) {
        part->codes = room > 0 ? 1 << SOUND_BITS : people->sounds.count + 1;
    } else {
        part->codes = part->code.mask + 1;
    }
}

uint64_t parts_keys(const struct block_part *parts, int nparts)
{
    uint64_t keys = 1;

    for (int i = 0; i < nparts; i++) {
        uint64_t count = parts[i].codes;
        count *= parts[i].how == BLOCK_ANY_ORDER ? count : 1;
        if (__builtin_mul_overflow(keys, count, &keys)) {
            return 0;
        }
    }
    return keys;
}

uint64_t parts_key(const struct block_part *parts, int nparts, const uint32_t *row)
{
    uint64_t key = 0;

    for (int i = 0; i < nparts; i++) {
        const struct block_part *part = &parts[i];
        uint32_t code = code_of(&part->code, row);
        if (code == 0) {
            return 0;
        }
        if (part->how == BLOCK_ANY_ORDER) {
            uint32_t other = code_of(&part->other_code, row);
            if (other == 0) {
                return 0;
            }
            key = key * part->codes + (code < other ? code : other);
            code = code < other ? other : code;
        }
        key = key * part->codes + code;
    }
    return key;
}
