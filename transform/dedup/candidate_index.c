#include "transform/dedup/candidate_index.h"

#include "transform/dedup/block_split.h"
#include "transform/dedup/radix.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_HEADS = 1024, FIRST_OLD = 64 };

/* Keys are digits of codes (block_key.h): room for codes of values that come later. */
static void leave_code_room(struct blocking *blocking)
{
    for (int i = 0; i < blocking->nrules; i++) {
        for (int k = 0; k < blocking->rules[i].nparts; k++) {
            block_part_place(&blocking->rules[i].parts[k], blocking->people,
                             blocking->people->nrecords + 65536);
        }
    }
}

static size_t key_run_end(const struct keyed *items, size_t from, size_t to)
{
    size_t end = from + 1;

    while (end < to && items[end].key == items[from].key) {
        end++;
    }
    return end;
}

/* A block that is too long is put in the order of its splitting fields. */
static void order_long(const struct candidate_index *index, const struct block_rule *rule,
                       struct keyed *items, struct keyed *spare, size_t n, int splitter)
{
    int field = block_splitter(index->people->model, rule, &splitter);

    if (field < 0) {
        return;
    }
    for (size_t i = 0; i < n; i++) {
        items[i].key = people_row(index->people, items[i].record)[field];
    }
    keyed_sort(items, spare, n);
    for (size_t i = 0, end; i < n; i = end) {
        end = key_run_end(items, i, n);
        if (end - i > rule->whole) {
            order_long(index, rule, items + i, spare, end - i, splitter);
        }
    }
}

static void build_rule(struct candidate_index *index, int number, struct keyed *items,
                       struct keyed *spare)
{
    const struct block_rule *rule = &index->blocking->rules[number];
    struct rule_index *out = &index->rules[number];
    size_t n = 0;

    for (uint32_t i = 0; i < index->people->nrecords; i++) {
        uint64_t key = index->blocking->copy_of[i] != i
                           ? 0
                           : parts_key(rule->parts, rule->nparts, people_row(index->people, i));
        if (key != 0) {
            items[n++] = (struct keyed){key, i};
        }
    }
    keyed_sort(items, spare, n);
    for (size_t i = 0, end; i < n; i = end) {
        end = key_run_end(items, i, n);
        if (end - i > rule->whole) {
            order_long(index, rule, items + i, spare, end - i, 0);
        }
    }
    out->count = (uint32_t)n;
    out->records = xmalloc((n + 1) * sizeof(*out->records));
    for (size_t i = 0; i < n; i++) {
        out->records[i] = items[i].record;
    }
    out->nheads = FIRST_HEADS;
    out->heads = xcalloc(out->nheads, sizeof(*out->heads));
}

void candidate_index_build(struct candidate_index *index, struct blocking *blocking)
{
    size_t n = blocking->people->nrecords;
    struct keyed *items = xmalloc((n + 1) * sizeof(*items));
    struct keyed *spare = xmalloc((n + 1) * sizeof(*spare));

    *index = (struct candidate_index){.blocking = blocking, .people = blocking->people};
    leave_code_room(blocking);
    for (int i = 0; i < blocking->nrules; i++) {
        if (blocking->rules[i].used) {
            build_rule(index, i, items, spare);
        }
    }
    free(items);
    free(spare);
    index->old_slots = FIRST_OLD;
    index->old = xcalloc(index->old_slots, sizeof(*index->old));
    candidate_index_make_room(index);
}

void candidate_index_release(struct candidate_index *index)
{
    for (int i = 0; i < BLOCK_RULES_MAX; i++) {
        free(index->rules[i].records);
        free(index->rules[i].heads);
        free(index->rules[i].later);
    }
    for (uint32_t i = 0; i < index->old_slots; i++) {
        free(index->old[i].row);
    }
    free(index->old);
    free(index->marks);
    free(index->found);
    *index = (struct candidate_index){0};
}

uint64_t candidate_index_memory(const struct candidate_index *index)
{
    uint64_t bytes =
        index->marks_room * sizeof(uint32_t) + index->old_slots * sizeof(*index->old);

    for (int i = 0; i < BLOCK_RULES_MAX; i++) {
        const struct rule_index *rule = &index->rules[i];
        bytes += ((uint64_t)rule->count + rule->nheads) * sizeof(uint32_t) +
                 rule->room * sizeof(*rule->later);
    }
    return bytes;
}

static uint32_t old_slot(const struct candidate_index *index, uint32_t record)
{
    uint32_t slot = record * UINT32_C(0x9E3779B1) & (index->old_slots - 1);

    while (index->old[slot].row != NULL && index->old[slot].record != record) {
        slot = (slot + 1) & (index->old_slots - 1);
    }
    return slot;
}

static void grow_old(struct candidate_index *index)
{
    struct old_row *before = index->old;
    uint32_t nbefore = index->old_slots;

    index->old_slots *= 2;
    index->old = xcalloc(index->old_slots, sizeof(*index->old));
    for (uint32_t i = 0; i < nbefore; i++) {
        if (before[i].row != NULL) {
            index->old[old_slot(index, before[i].record)] = before[i];
        }
    }
    free(before);
}

void candidate_index_leave(struct candidate_index *index, uint32_t record)
{
    size_t width = (size_t)index->people->width * sizeof(uint32_t);
    uint32_t slot = old_slot(index, record);

    if (record >= index->people->nsorted || index->old[slot].row != NULL) {
        return; /* it came later, or left before */
    }
    index->old[slot].record = record;
    index->old[slot].row = memcpy(xmalloc(width), people_row(index->people, record), width);
    if (2 * ++index->nold > index->old_slots) {
        grow_old(index);
    }
}

const uint32_t *candidate_index_row(const struct candidate_index *index, uint32_t record)
{
    const uint32_t *row = index->nold == 0 ? NULL : index->old[old_slot(index, record)].row;

    return row != NULL ? row : people_row(index->people, record);
}

bool candidate_index_has_left(const struct candidate_index *index, uint32_t record)
{
    return record >= index->people->nsorted ||
           (index->nold > 0 && index->old[old_slot(index, record)].row != NULL);
}

static void grow_heads(struct rule_index *rule)
{
    free(rule->heads);
    rule->nheads *= 2;
    rule->heads = xcalloc(rule->nheads, sizeof(*rule->heads));
    for (uint32_t i = 0; i < rule->nlater; i++) {
        uint32_t head = later_head(rule, rule->later[i].key);
        rule->later[i].next = rule->heads[head];
        rule->heads[head] = i + 1;
    }
}

static void hang(struct rule_index *rule, uint64_t key, uint32_t record)
{
    uint32_t head;

    if (rule->nlater == rule->room) {
        rule->room = rule->room * 2 + 256;
        rule->later = xrealloc(rule->later, rule->room * sizeof(*rule->later));
    }
    if (rule->nlater >= rule->nheads) {
        grow_heads(rule);
    }
    head = later_head(rule, key);
    rule->later[rule->nlater] = (struct later_entry){key, record, rule->heads[head]};
    rule->heads[head] = ++rule->nlater;
}

void candidate_index_enter(struct candidate_index *index, uint32_t record)
{
    for (int i = 0; i < index->blocking->nrules; i++) {
        const struct block_rule *rule = &index->blocking->rules[i];
        uint64_t key = !rule->used ? 0
                                   : parts_key(rule->parts, rule->nparts,
                                               people_row(index->people, record));
        if (key != 0) {
            hang(&index->rules[i], key, record);
        }
    }
}
