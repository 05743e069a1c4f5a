#include "transform/dedup/block_split.h"

#include "transform/dedup/big_array.h"
#include "transform/dedup/radix.h"

#include <stdlib.h>
#include <string.h>

/* Further fields that split a block, what tells people apart best first. */
static const enum people_kind splitters[] = {
    PEOPLE_IDENTIFIER, PEOPLE_BIRTH_DATE, PEOPLE_STREET, PEOPLE_GIVEN, PEOPLE_FAMILY,
    PEOPLE_FULL_NAME,  PEOPLE_PHONE,      PEOPLE_EMAIL,  PEOPLE_PLACE,
};

enum { SPLITTERS = sizeof(splitters) / sizeof(splitters[0]) };

int block_splitter(const struct people_model *model, const struct block_rule *rule,
                   int *splitter)
{
    while (*splitter < SPLITTERS) {
        int field = people_model_find(model, splitters[(*splitter)++]);
        if (field >= 0 && (rule->fields >> field & 1) == 0) {
            return field;
        }
    }
    return -1;
}

static uint32_t record_at(const struct block_building *building, size_t i)
{
    return (uint32_t)(building->items[i] & ((UINT64_C(1) << building->record_bits) - 1));
}

/* Items from..to are a block; one record alone is none. */
static void keep_block(struct block_building *building, size_t from, size_t to)
{
    struct block_rule *rule = building->rule;
    uint32_t at = rule->starts[rule->nblocks];

    if (to - from < 2) {
        return;
    }
    rule->nblocks++;
    for (size_t i = from; i < to; i++) {
        uint32_t record = record_at(building, i);
        rule->records[at++] = record;
        if (rule->block_of != NULL) {
            rule->block_of[record] = rule->nblocks;
        }
    }
    rule->starts[rule->nblocks] = at;
    rule->pairs += pairs_of(to - from);
}

static void split(struct block_building *building, size_t from, size_t to, int splitter)
{
    const struct people *people = building->blocking->people;
    int field = block_splitter(people->model, building->rule, &splitter);
    uint32_t whole = building->rule->whole;

    if (field < 0) {
        for (size_t i = from; i < to; i += whole) {
            keep_block(building, i, to - i < whole ? to : i + whole);
        }
        return;
    }
    for (size_t i = from; i < to; i++) {
        uint32_t record = record_at(building, i);
        building->items[i] =
            (uint64_t)people_row(people, record)[field] << building->record_bits | record;
    }
    packed_sort(building->items + from, building->spare, to - from, building->record_bits,
                building->record_bits + bits_below(people->dicts[field].nvalues));
    for (size_t i = from, end; i < to; i = end) {
        end = block_run_end(building, i, to);
        if (end - i > whole) {
            split(building, i, end, splitter);
        } else {
            keep_block(building, i, end);
        }
    }
}

static bool has_long_block(const struct block_building *building, size_t n)
{
    uint32_t whole = building->rule->whole;

    for (size_t i = 0; i + whole < n; i++) {
        if (building->items[i] >> building->record_bits ==
            building->items[i + whole] >> building->record_bits) {
            return true;
        }
    }
    return false;
}

void block_split(struct block_building *building, size_t n)
{
    struct block_rule *rule = building->rule;
    uint32_t used;

    rule->used = true;
    rule->records = xmalloc((n + 1) * sizeof(uint32_t));
    rule->starts = xmalloc((n / 2 + 2) * sizeof(uint32_t));
    rule->starts[0] = 0;
    if (has_long_block(building, n)) {
        size_t size = ((size_t)building->blocking->people->nrecords + 1) * sizeof(uint32_t);
        rule->block_of = memset(big_array(size), 0, size);
    }
    for (size_t i = 0, end; i < n; i = end) {
        uint64_t before = rule->pairs;
        end = block_run_end(building, i, n);
        if (end - i > rule->whole) {
            rule->nsplit++;
            rule->longest = end - i > rule->longest ? (uint32_t)(end - i) : rule->longest;
            split(building, i, end, 0);
            rule->pairs_left += pairs_of(end - i) - (rule->pairs - before);
        } else {
            keep_block(building, i, end);
        }
    }
    used = rule->starts[rule->nblocks];
    rule->records = xrealloc(rule->records, ((size_t)used + 1) * sizeof(uint32_t));
    rule->starts = xrealloc(rule->starts, ((size_t)rule->nblocks + 1) * sizeof(uint32_t));
}
