#include "transform/dedup/candidate_index.h"

#include "transform/dedup/block_split.h"
#include "transform/dedup/radix.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_HEADS = 1024, FIRST_OLD = 64, CHAIN_STEPS = 16 };

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

static void make_room(struct candidate_index *index)
{
    uint32_t most = 0;

    if (index->marks_room < index->people->nrecords) {
        uint32_t room = index->people->nrecords + index->people->nrecords / 8 + 1024;
        index->marks = xrealloc(index->marks, (size_t)room * sizeof(*index->marks));
        memset(index->marks + index->marks_room, 0,
               (size_t)(room - index->marks_room) * sizeof(*index->marks));
        index->marks_room = room;
    }
    for (int i = 0; i < index->blocking->nrules; i++) {
        most += 2 * index->blocking->rules[i].whole;
    }
    if (index->found_room < most) {
        index->found_room = most;
        index->found = xrealloc(index->found, (size_t)most * sizeof(*index->found));
    }
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
    make_room(index);
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

bool candidate_index_has_left(const struct candidate_index *index, uint32_t record)
{
    return record >= index->people->nsorted ||
           (index->nold > 0 && index->old[old_slot(index, record)].row != NULL);
}

/* The row by which a record stands where it stands. */
static const uint32_t *placed_row(const struct candidate_index *index, uint32_t record)
{
    const uint32_t *row = index->nold == 0 ? NULL : index->old[old_slot(index, record)].row;

    return row != NULL ? row : people_row(index->people, record);
}

static uint32_t head_of(const struct rule_index *rule, uint64_t key)
{
    return (uint32_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (rule->nheads - 1);
}

static void grow_heads(struct rule_index *rule)
{
    free(rule->heads);
    rule->nheads *= 2;
    rule->heads = xcalloc(rule->nheads, sizeof(*rule->heads));
    for (uint32_t i = 0; i < rule->nlater; i++) {
        uint32_t head = head_of(rule, rule->later[i].key);
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
    head = head_of(rule, key);
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

/* What a search in one rule looks for: first the key, then values of splitting fields. */
struct search {
    struct candidate_index *index;
    const struct block_rule *rule;
    const struct rule_index *places;
    const uint32_t *row;
    uint64_t key;
    uint32_t self;
    int fields[PEOPLE_FIELDS_MAX]; /* that the found ones must share as well */
    int nfields;
};

static uint64_t number_at(const struct search *search, uint32_t place)
{
    const uint32_t *row = placed_row(search->index, search->places->records[place]);

    if (search->nfields > 0) {
        return row[search->fields[search->nfields - 1]];
    }
    return parts_key(search->rule->parts, search->rule->nparts, row);
}

/* The first place from `low` up to `high` whose number is at least `number`. */
static uint32_t first_place(const struct search *search, uint32_t low, uint32_t high,
                            uint64_t number)
{
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (number_at(search, middle) < number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void find_one(struct search *search, uint32_t record)
{
    struct candidate_index *index = search->index;

    if (record != search->self && index->marks[record] != index->search) {
        index->marks[record] = index->search;
        index->found[index->nfound++] = record;
    }
}

static void find_sorted(struct search *search)
{
    uint32_t whole = search->rule->whole;
    uint32_t low = first_place(search, 0, search->places->count, search->key);
    uint32_t high = low;
    int splitter = 0;
    int field = 0;

    /* most blocks are short: the end is near */
    for (uint32_t step = 1;
         high < search->places->count && number_at(search, high) == search->key; step *= 2) {
        high = high + step < search->places->count ? high + step : search->places->count;
    }
    high = first_place(search, low, high, search->key + 1);
    while (high - low > whole && (field = block_splitter(search->index->people->model,
                                                         search->rule, &splitter)) >= 0) {
        search->fields[search->nfields++] = field;
        low = first_place(search, low, high, search->row[field]);
        high = first_place(search, low, high, (uint64_t)search->row[field] + 1);
    }
    low = high - low > whole ? high - whole : low;
    for (; low < high; low++) {
        find_one(search, search->places->records[low]);
    }
}

static void find_later(struct search *search)
{
    const struct rule_index *places = search->places;
    uint32_t left = search->rule->whole;
    uint32_t steps = CHAIN_STEPS * left;

    for (uint32_t at = places->heads[head_of(places, search->key)]; at != 0 && left > 0;
         at = places->later[at - 1].next) {
        const struct later_entry *entry = &places->later[at - 1];
        bool fits = entry->key == search->key;
        for (int i = 0; fits && i < search->nfields; i++) {
            fits = people_row(search->index->people, entry->record)[search->fields[i]] ==
                   search->row[search->fields[i]];
        }
        if (fits) {
            find_one(search, entry->record);
            left--;
        }
        if (steps-- == 0) {
            break;
        }
    }
}

void candidate_index_find(struct candidate_index *index, uint32_t record, const uint32_t *row)
{
    make_room(index);
    index->nfound = 0;
    if (++index->search == 0) {
        memset(index->marks, 0, (size_t)index->marks_room * sizeof(*index->marks));
        index->search = 1;
    }
    for (int i = 0; i < index->blocking->nrules; i++) {
        struct search search = {.index = index,
                                .rule = &index->blocking->rules[i],
                                .places = &index->rules[i],
                                .row = row,
                                .self = record};
        if (search.rule->used) {
            search.key = parts_key(search.rule->parts, search.rule->nparts, row);
        }
        if (search.key != 0) {
            find_sorted(&search);
            find_later(&search);
        }
    }
}
