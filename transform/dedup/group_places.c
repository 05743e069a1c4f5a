#include "transform/dedup/group_places.h"

#include "transform/dedup/union_find.h"

#include <stdlib.h>

void group_places_release(struct group_places *places)
{
    free(places->at);
    *places = (struct group_places){0};
}

static int order_by_id(const void *left, const void *right, void *context)
{
    const struct text *ids = context;

    return text_compare(ids[*(const uint32_t *)left], ids[*(const uint32_t *)right]);
}

static int order_places(const void *left, const void *right, void *context)
{
    const struct dedup_place *a = left;
    const struct dedup_place *b = right;
    const struct text *ids = context;
    int order = text_compare(ids[a->person], ids[b->person]);

    return order != 0 ? order : text_compare(ids[a->record], ids[b->record]);
}

static struct dedup_place *add_place(struct group_places *places, uint32_t record,
                                     uint32_t person)
{
    struct dedup_place *place;

    if (places->count == places->room) {
        places->room = places->room * 2 + 64;
        places->at = xrealloc(places->at, places->room * sizeof(*places->at));
    }
    place = &places->at[places->count++];
    *place = (struct dedup_place){record, person, true};
    return place;
}

/* The place of a record among those of a group, which are sorted by id. */
static uint32_t place_in(const struct text *ids, const uint32_t *records, uint32_t n,
                         uint32_t record)
{
    uint32_t low = 0;
    uint32_t high = n;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (text_compare(ids[records[middle]], ids[record]) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < n && records[low] == record ? low : n;
}

struct copy_weight group_places_weigh(const struct group_places *places, uint32_t record)
{
    return copy_weigh(&places->dedup->scorer, people_row(places->rows->people, record),
                      changing_rows_alike(places->rows, record));
}

/* Joins in `parents` what links and verdicts join inside one person. */
static void join_certain(const struct group_places *places, const uint32_t *records, uint32_t n,
                         const uint32_t *group_of, uint32_t *parents)
{
    const struct reach *reach = places->reach;
    const struct text *ids = places->dedup->people.ids;

    for (size_t i = 0; i < reach->npairs; i++) {
        uint32_t a = place_in(ids, records, n, reach->pairs[i].a);
        uint32_t b = place_in(ids, records, n, reach->pairs[i].b);
        if (reach->pairs[i].band == BAND_LINK && b < n && group_of[a] == group_of[b]) {
            union_find_join(parents, a, b);
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t like = places->dedup->blocking.copy_of[records[i]];
        uint32_t others[] = {constraints_set(reach->constraints, records[i]), like};
        bool sure = like != records[i] && group_places_weigh(places, like).band == BAND_LINK;
        for (int k = 0; k < (sure ? 2 : 1); k++) {
            uint32_t b = place_in(ids, records, n, others[k]);
            if (b < n && group_of[i] == group_of[b]) {
                union_find_join(parents, i, b);
            }
        }
    }
}

/* Copies follow the record that they are like when that is more likely than namesakes; whether
 * it is sure. */
static bool place_copies(struct group_places *places, uint32_t record, uint32_t person)
{
    const struct changing_rows *rows = places->rows;
    size_t before = places->count;
    struct copy_weight copy;

    if (rows->next[record] == record || rows->blocking->copy_of[record] != record) {
        return true;
    }
    copy = group_places_weigh(places, record);
    for (uint32_t at = rows->next[record]; at != record; at = rows->next[at]) {
        if (copy.weight > 0.0 && !constraints_names(places->reach->constraints, at)) {
            add_place(places, at, person);
        }
    }
    return places->count == before || copy.band == BAND_LINK;
}

/* Cuts a group into people and adds their places. */
static void close_group(struct group_places *places, uint32_t *records, uint32_t n)
{
    struct text *ids = places->dedup->people.ids;
    uint32_t *group_of = xmalloc(((size_t)n + 1) * sizeof(*group_of));
    uint32_t *parents = union_find_new(n);
    uint8_t *uncertain = xcalloc((size_t)n + 1, 1);
    size_t from = places->count;

    qsort_r(records, n, sizeof(*records), order_by_id, ids);
    closing_run(&places->dedup->scorer, places->comparer, places->reach->constraints, records,
                n, group_of);
    join_certain(places, records, n, group_of, parents);
    for (uint32_t i = 0; i < n; i++) {
        uncertain[group_of[i]] |=
            union_find_root(parents, i) != union_find_root(parents, group_of[i]) ? 1 : 0;
    }
    for (uint32_t i = 0; i < n; i++) {
        add_place(places, records[i], records[group_of[i]]);
        uncertain[group_of[i]] |=
            place_copies(places, records[i], records[group_of[i]]) ? 0 : 1;
    }
    for (size_t k = from; k < places->count; k++) {
        uint32_t place = place_in(ids, records, n, places->at[k].person);
        places->at[k].certain = uncertain[place] == 0;
    }
    free(group_of);
    free(parents);
    free(uncertain);
}

/* A person is named by its first id, which may be a copy's. */
void group_places_name(struct group_places *places)
{
    struct text *ids = places->dedup->people.ids;
    size_t n = places->count;

    if (n == 0) { /* nothing has changed */
        return;
    }
    qsort_r(places->at, n, sizeof(*places->at), order_places, ids);
    for (size_t i = 0, end; i < n; i = end) {
        uint32_t person = places->at[i].person;
        uint32_t first = places->at[i].record;
        for (end = i; end < n && places->at[end].person == person; end++) {
            places->at[end].person = first;
        }
    }
    qsort_r(places->at, n, sizeof(*places->at), order_places, ids);
}

/* The group of a seed; that of a copy is the group of the record that it follows, or it stays
 * alone. */
void group_places_add(struct group_places *places, uint32_t seed)
{
    struct reach *reach = places->reach;
    uint32_t like = places->dedup->blocking.copy_of[seed];
    uint32_t from;

    if (like != seed && !constraints_names(reach->constraints, seed)) {
        if (group_places_weigh(places, like).weight <= 0.0) {
            add_place(places, seed, seed);
        }
        seed = like;
    }
    if (!reach_has(reach, seed)) {
        from = reach_group(reach, seed);
        close_group(places, reach->records + from, reach->nrecords - from);
    }
}
