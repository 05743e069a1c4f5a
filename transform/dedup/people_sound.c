#include "transform/dedup/people_sound.h"

#include "transform/dedup/row_facts.h"
#include "transform/dedup/value_form.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 1024, SOUNDS_MAX = (1 << SOUND_BITS) - 1 };

static uint32_t slot_of(const struct sound_table *table, uint64_t key)
{
    uint32_t slot =
        (uint32_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & (table->nslots - 1);

    while (table->keys[slot] != 0 && table->keys[slot] != key) {
        slot = (slot + 1) & (table->nslots - 1);
    }
    return slot;
}

static void grow(struct sound_table *table)
{
    struct sound_table old = *table;

    table->nslots = old.nslots == 0 ? FIRST_SLOTS : old.nslots * 2;
    table->keys = xcalloc(table->nslots, sizeof(*table->keys));
    table->numbers = xcalloc(table->nslots, sizeof(*table->numbers));
    for (uint32_t i = 0; i < old.nslots; i++) {
        if (old.keys[i] != 0) {
            uint32_t slot = slot_of(table, old.keys[i]);
            table->keys[slot] = old.keys[i];
            table->numbers[slot] = old.numbers[i];
        }
    }
    free(old.keys);
    free(old.numbers);
}

static uint32_t number_of(struct sound_table *table, uint64_t key)
{
    uint32_t slot;

    if (key == 0) {
        return 0;
    }
    if (2 * table->count >= table->nslots) {
        grow(table);
    }
    if (table->count == SOUNDS_MAX) {
        return 1 + (uint32_t)(key % SOUNDS_MAX); /* then some unlike sounds are one */
    }
    slot = slot_of(table, key);
    if (table->keys[slot] == 0) {
        table->keys[slot] = key;
        table->numbers[slot] = ++table->count;
    }
    return table->numbers[slot];
}

void people_number_sounds(struct people *people, int field, uint32_t from)
{
    struct people_dict *dict = &people->dicts[field];

    if (!people_kind_has_sound(people->model->fields[field].kind)) {
        return;
    }
    for (uint32_t i = from; i < dict->nvalues; i++) {
        dict->sounds[i] = number_of(&people->sounds, sound_key(people_form(dict, i)));
    }
}

void sound_table_release(struct sound_table *table)
{
    free(table->keys);
    free(table->numbers);
    *table = (struct sound_table){0};
}
