#include "transform/dedup/reach.h"

#include <stdlib.h>
#include <string.h>

static int order_links(const void *left, const void *right)
{
    const struct said_link *a = left;
    const struct said_link *b = right;

    if (a->record != b->record) {
        return a->record < b->record ? -1 : 1;
    }
    return a->other == b->other ? 0 : a->other < b->other ? -1 : 1;
}

static void add_link(struct reach *reach, uint32_t record, uint32_t other)
{
    if (record != other) {
        reach->said = xrealloc(reach->said, (reach->nsaid + 2) * sizeof(*reach->said));
        reach->said[reach->nsaid++] = (struct said_link){record, other};
        reach->said[reach->nsaid++] = (struct said_link){other, record};
    }
}

void reach_open(struct reach *reach, const struct constraints *constraints)
{
    reach->constraints = constraints;
    for (uint32_t i = 0; constraints != NULL && i < constraints->nrecords; i++) {
        if (constraints_names(constraints, i)) {
            add_link(reach, i, constraints_set(constraints, i));
        }
    }
    if (reach->nsaid > 0) {
        qsort(reach->said, reach->nsaid, sizeof(*reach->said), order_links);
    }
    reach_begin(reach); /* its room is made now, not when the first record comes */
}

void reach_release(struct reach *reach)
{
    free(reach->said);
    free(reach->marks);
    free(reach->records);
    free(reach->pairs);
    *reach = (struct reach){0};
}

void reach_begin(struct reach *reach)
{
    if (reach->marks_room < reach->rows->room) {
        uint32_t room = reach->rows->room;
        reach->marks = xrealloc(reach->marks, (size_t)room * sizeof(*reach->marks));
        memset(reach->marks + reach->marks_room, 0,
               (size_t)(room - reach->marks_room) * sizeof(*reach->marks));
        reach->marks_room = room;
    }
    if (++reach->round == 0) {
        memset(reach->marks, 0, (size_t)reach->marks_room * sizeof(*reach->marks));
        reach->round = 1;
    }
    reach->nrecords = 0;
    reach->npairs = 0;
}

bool reach_has(const struct reach *reach, uint32_t record)
{
    return reach->marks[record] == reach->round;
}

static void reach_one(struct reach *reach, uint32_t record)
{
    if (reach_has(reach, record) || reach->rows->gone[record] != 0) {
        return;
    }
    if (reach->nrecords == reach->records_room) {
        reach->records_room = reach->records_room * 2 + 256;
        reach->records =
            xrealloc(reach->records, (size_t)reach->records_room * sizeof(*reach->records));
    }
    reach->marks[record] = reach->round;
    reach->records[reach->nrecords++] = record;
}

static void keep_pair(struct reach *reach, struct pair pair)
{
    if (reach->npairs == reach->pairs_room) {
        reach->pairs_room = reach->pairs_room * 2 + 256;
        reach->pairs = xrealloc(reach->pairs, reach->pairs_room * sizeof(*reach->pairs));
    }
    reach->pairs[reach->npairs++] = pair;
}

/* Whether a record that was found still shares a block: its row may have changed. */
static bool still_shares(const struct reach *reach, const uint32_t *row, uint32_t other)
{
    const struct blocking *blocking = reach->rows->blocking;

    if (!candidate_index_has_left(reach->index, other)) {
        return true;
    }
    for (int i = 0; i < blocking->nrules; i++) {
        const struct block_rule *rule = &blocking->rules[i];
        if (rule->used &&
            parts_join(rule->parts, rule->nparts, row, people_row(blocking->people, other))) {
            return true;
        }
    }
    return false;
}

void reach_pairs(struct reach *reach, uint32_t record)
{
    const struct people *people = reach->rows->people;
    const uint32_t *row = people_row(people, record);

    candidate_index_find(reach->index, record, row);
    for (uint32_t i = 0; i < reach->index->nfound; i++) {
        uint32_t other = reach->index->found[i];
        uint64_t pattern;
        double weight;
        if (reach->rows->gone[other] != 0 || reach->rows->blocking->copy_of[other] != other ||
            !still_shares(reach, row, other)) {
            continue;
        }
        pattern = compare_rows(reach->comparer, row, people_row(people, other));
        weight = score_pattern(reach->scorer, pattern, row);
        if (weight >= reach->scorer->review) {
            enum caution caution = pattern_caution(people->model, pattern);
            keep_pair(reach, (struct pair){
                                 .a = record,
                                 .b = other,
                                 .weight = (float)weight,
                                 .caution = (uint8_t)caution,
                                 .band = (uint8_t)pair_band(reach->scorer, weight, caution)});
        }
    }
}

/* Those that verdicts tie to a record; and, of a copy, the record that it is like. */
static void reach_said(struct reach *reach, uint32_t record)
{
    size_t low = 0;
    size_t high = reach->nsaid;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (reach->said[middle].record < record) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < reach->nsaid && reach->said[low].record == record; low++) {
        reach_one(reach, reach->said[low].other);
    }
    reach_one(reach, reach->rows->blocking->copy_of[record]);
    for (uint32_t at = reach->rows->next[record]; reach->nsaid > 0 && at != record;
         at = reach->rows->next[at]) {
        if (constraints_names(reach->constraints, at)) {
            reach_one(reach, at);
        }
    }
}

/* False when the group is too long. */
static bool spread(struct reach *reach, uint32_t from, double least)
{
    for (uint32_t i = from; i < reach->nrecords; i++) {
        uint32_t record = reach->records[i];
        size_t first = reach->npairs;
        reach_said(reach, record);
        if (reach->rows->blocking->copy_of[record] == record) {
            reach_pairs(reach, record);
        }
        for (size_t k = first; k < reach->npairs; k++) {
            if (pair_joins(&reach->pairs[k], least)) {
                reach_one(reach, reach->pairs[k].b);
            }
        }
        if (reach->nrecords - from > CLOSURE_MOST) {
            return false;
        }
    }
    return true;
}

uint32_t reach_group(struct reach *reach, uint32_t record)
{
    uint32_t from = reach->nrecords;
    double least = CLOSURE_WEIGHT;

    reach->npairs = 0;
    reach_one(reach, record);
    while (!spread(reach, from, least) && least < WEIGHT_MOST) {
        least += 2.0;
        for (uint32_t i = from; i < reach->nrecords; i++) {
            reach->marks[reach->records[i]] = 0;
        }
        reach->nrecords = from;
        reach->npairs = 0;
        reach_one(reach, record);
    }
    return from;
}
