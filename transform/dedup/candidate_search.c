#include "transform/dedup/block_split.h"
#include "transform/dedup/candidate_index.h"

#include <string.h>

enum { CHAIN_STEPS = 16 };

void candidate_index_make_room(struct candidate_index *index)
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
    const uint32_t *row = candidate_index_row(search->index, search->places->records[place]);

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

    for (uint32_t at = places->heads[later_head(places, search->key)]; at != 0 && left > 0;
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
    candidate_index_make_room(index);
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
