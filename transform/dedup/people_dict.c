#include "transform/dedup/people_dict.h"

#include "core/ident.h"
#include "transform/dedup/big_array.h"
#include "transform/dedup/people_sound.h"
#include "transform/dedup/radix.h"
#include "transform/dedup/value_form.h"
#include "transform/dedup/value_mark.h"

#include <stdlib.h>
#include <string.h>

/* A slot holds the upper half of the hash and the number; 0 is free. */
enum { FIRST_ROOM = 256, AHEAD_SLOT = 16, AHEAD_VALUE = 6 };

static const uint64_t tag_bits = UINT64_C(0xFFFFFFFF00000000);

/* The slot where a search for a hash begins: by its upper bits, which the slots keep, so that
 * growing needs no look at the values and moves them in their order. */
static uint64_t first_slot(const struct people_dict *dict, uint64_t hash)
{
    return hash >> 32 >> (32 - dict->slot_bits);
}

static uint64_t next_slot(const struct people_dict *dict, uint64_t slot)
{
    return (slot + 1) & (dict->nslots - 1);
}

static void put_slot(struct people_dict *dict, uint64_t entry)
{
    uint64_t slot = first_slot(dict, entry);

    while (dict->slots[slot] != 0) {
        slot = next_slot(dict, slot);
    }
    dict->slots[slot] = entry;
}

static void make_slots(struct people_dict *dict)
{
    dict->nslots = FIRST_ROOM;
    while (dict->nslots < dict->room + (uint64_t)dict->room / 2) {
        dict->nslots *= 2;
    }
    dict->slot_bits = bits_below(dict->nslots);
    dict->slots = xcalloc(dict->nslots, sizeof(*dict->slots));
}

void people_dict_init(struct people_dict *dict, enum people_kind kind)
{
    *dict = (struct people_dict){.nvalues = 1, .room = FIRST_ROOM};
    dict->values = xcalloc(dict->room, sizeof(*dict->values));
    dict->marks = xcalloc(dict->room, sizeof(*dict->marks));
    dict->counts = xcalloc(dict->room, sizeof(*dict->counts));
    if (people_kind_has_sound(kind) || kind == PEOPLE_BIRTH_DATE) {
        dict->sounds = xcalloc(dict->room, sizeof(*dict->sounds));
    }
    dict->nicknames =
        kind == PEOPLE_GIVEN ? xcalloc(dict->room, sizeof(*dict->nicknames)) : NULL;
    make_slots(dict);
}

void people_dict_release(struct people_dict *dict)
{
    free(dict->values);
    free(dict->marks);
    free(dict->counts);
    free(dict->sounds);
    free(dict->nicknames);
    free(dict->text);
    free(dict->slots);
    free(dict->strangers);
    *dict = (struct people_dict){0};
}

static void set_room(struct people_dict *dict, uint32_t room)
{
    dict->room = room;
    dict->values = xrealloc(dict->values, room * sizeof(*dict->values));
    dict->marks = xrealloc(dict->marks, room * sizeof(*dict->marks));
    dict->counts = xrealloc(dict->counts, room * sizeof(*dict->counts));
    if (dict->sounds != NULL) {
        dict->sounds = xrealloc(dict->sounds, room * sizeof(*dict->sounds));
    }
    if (dict->nicknames != NULL) {
        dict->nicknames = xrealloc(dict->nicknames, room * sizeof(*dict->nicknames));
    }
}

static void grow(struct people_dict *dict)
{
    uint64_t *before = dict->slots;
    uint64_t nbefore = dict->nslots;

    set_room(dict, dict->room * 2);
    if (dict->room + (uint64_t)dict->room / 2 <= dict->nslots) {
        return;
    }
    make_slots(dict);
    for (uint64_t i = 0; i < nbefore; i++) {
        if (before[i] != 0) {
            put_slot(dict, before[i]);
        }
    }
    free(before);
}

void people_dict_close(struct people_dict *dict)
{
    size_t n = dict->nvalues;

    free(dict->slots);
    dict->slots = NULL;
    dict->nslots = 0;
    dict->room = dict->nvalues;
    dict->values = big_array_move(dict->values, n * sizeof(*dict->values));
    dict->marks = big_array_move(dict->marks, n * sizeof(*dict->marks));
    dict->counts = big_array_move(dict->counts, n * sizeof(*dict->counts));
    if (dict->sounds != NULL) {
        dict->sounds = big_array_move(dict->sounds, n * sizeof(*dict->sounds));
    }
    dict->text = big_array_move(dict->text, dict->text_len);
    dict->text_room = dict->text_len;
}

void people_dict_reopen(struct people_dict *dict)
{
    /* so that growing, which takes long, is not soon */
    set_room(dict, dict->nvalues + dict->nvalues / 16 + FIRST_ROOM);
    make_slots(dict);
    for (uint32_t i = 1; i < dict->nvalues; i++) {
        struct text form = people_form(dict, i);
        put_slot(dict, (checksum_of(form.at, form.len) & tag_bits) | i);
    }
}

static void keep_form(struct people_dict *dict, struct people_value *value, struct text form)
{
    uint64_t place = dict->text_len;

    value->len = (uint8_t)form.len;
    if (form.len <= VALUE_INLINE) {
        memcpy(value->head, form.at, form.len);
        return;
    }
    if (dict->text_len + form.len > dict->text_room) {
        dict->text_room = dict->text_room + dict->text_room / 2 + 4096;
        dict->text = xrealloc(dict->text, dict->text_room + 1);
    }
    memcpy(dict->text + place, form.at, form.len);
    dict->text_len += form.len;
    memcpy(value->head, &place, sizeof(place));
}

/* Eight digits, four bits each. */
static uint32_t birth_number(struct text form)
{
    uint32_t number = 0;

    for (size_t i = 0; i < form.len; i++) {
        number = number << 4 | (uint32_t)(form.at[i] - '0');
    }
    return number;
}

static uint32_t add_value(struct people_dict *dict, enum people_kind kind, struct text form)
{
    struct people_value *value = &dict->values[dict->nvalues];

    *value = (struct people_value){0};
    dict->marks[dict->nvalues] = value_mark(kind, form);
    if (dict->sounds != NULL) {
        dict->sounds[dict->nvalues] = kind == PEOPLE_BIRTH_DATE ? birth_number(form) : 0;
    }
    keep_form(dict, value, form);
    if (dict->nicknames != NULL) {
        nickname_groups(form, dict->nicknames[dict->nvalues]);
    }
    dict->counts[dict->nvalues] = 0;
    return dict->nvalues++;
}

static uint32_t put_one(struct people_dict *dict, enum people_kind kind,
                        const struct made_form *form)
{
    struct text text = {form->at, form->len};
    uint64_t slot = first_slot(dict, form->hash);
    uint64_t found;

    while ((found = dict->slots[slot]) != 0) {
        if (((found ^ form->hash) & tag_bits) == 0 &&
            text_equal(people_form(dict, (uint32_t)found), text)) {
            return (uint32_t)found;
        }
        slot = next_slot(dict, slot);
    }
    if (dict->nvalues == dict->room) {
        grow(dict);
        return put_one(dict, kind, form);
    }
    dict->slots[slot] = (form->hash & tag_bits) | dict->nvalues;
    return add_value(dict, kind, text);
}

void people_dict_put(struct people_dict *dict, enum people_kind kind,
                     const struct made_form *forms, uint32_t n, uint32_t *numbers,
                     size_t stride)
{
    for (uint32_t i = 0; i < n; i++) {
        uint32_t number = 0;
        if (i + AHEAD_SLOT < n) {
            __builtin_prefetch(&dict->slots[first_slot(dict, forms[i + AHEAD_SLOT].hash)]);
        }
        if (i + AHEAD_VALUE < n) {
            uint32_t near =
                (uint32_t)dict->slots[first_slot(dict, forms[i + AHEAD_VALUE].hash)];
            __builtin_prefetch(&dict->values[near]);
            __builtin_prefetch(&dict->counts[near]);
        }
        if (forms[i].len > 0) {
            number = put_one(dict, kind, &forms[i]);
            dict->counts[number]++;
            dict->present++;
        }
        numbers[i * stride] = number;
    }
}
