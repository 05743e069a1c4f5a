#include "transform/dedup/dedup_incremental.h"

#include "transform/dedup/reach.h"
#include "transform/dedup/union_find.h"

#include <stdlib.h>
#include <string.h>

struct dedup_incremental {
    struct dedup *dedup;
    struct candidate_index index;
    struct changing_rows rows;
    struct comparer comparer;
    struct reach reach;
    uint32_t *seeds; /* records whose groups are closed anew */
    uint32_t nseeds;
    uint32_t seeds_room;
    struct pair *pairs; /* of the change */
    size_t npairs;
    struct dedup_place *places;
    size_t nplaces;
    size_t places_room;
};

struct dedup_incremental *dedup_incremental_new(struct dedup *dedup)
{
    struct dedup_incremental *incremental = xcalloc(1, sizeof(*incremental));

    incremental->dedup = dedup;
    changing_rows_open(&incremental->rows, &dedup->people, &dedup->blocking);
    candidate_index_build(&incremental->index, &dedup->blocking);
    comparer_init(&incremental->comparer, &dedup->people);
    incremental->reach.scorer = &dedup->scorer;
    incremental->reach.index = &incremental->index;
    incremental->reach.rows = &incremental->rows;
    incremental->reach.comparer = &incremental->comparer;
    reach_open(&incremental->reach, dedup->constraints);
    return incremental;
}

void dedup_incremental_free(struct dedup_incremental *incremental)
{
    if (incremental == NULL) {
        return;
    }
    reach_release(&incremental->reach);
    comparer_release(&incremental->comparer);
    candidate_index_release(&incremental->index);
    changing_rows_release(&incremental->rows);
    free(incremental->seeds);
    free(incremental->pairs);
    free(incremental->places);
    free(incremental);
}

uint64_t dedup_incremental_memory(const struct dedup_incremental *incremental)
{
    return candidate_index_memory(&incremental->index) +
           changing_rows_memory(&incremental->rows) +
           incremental->reach.marks_room * sizeof(uint32_t);
}

int64_t dedup_incremental_find(const struct dedup_incremental *incremental, struct text id)
{
    int64_t record = changing_rows_find(&incremental->rows, id);

    return record >= 0 && incremental->rows.gone[record] == 0 ? record : -1;
}

static void add_seed(struct dedup_incremental *incremental, uint32_t record)
{
    if (incremental->nseeds == incremental->seeds_room) {
        incremental->seeds_room = incremental->seeds_room * 2 + 64;
        incremental->seeds =
            xrealloc(incremental->seeds, incremental->seeds_room * sizeof(*incremental->seeds));
    }
    incremental->seeds[incremental->nseeds++] = record;
}

/* The group that the record is about to leave: others may no longer hang together. */
static void seed_group(struct dedup_incremental *incremental, uint32_t record)
{
    reach_begin(&incremental->reach);
    reach_group(&incremental->reach, record);
    for (uint32_t i = 0; i < incremental->reach.nrecords; i++) {
        add_seed(incremental, incremental->reach.records[i]);
    }
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

static struct dedup_place *add_place(struct dedup_incremental *incremental, uint32_t record,
                                     uint32_t person)
{
    struct dedup_place *place;

    if (incremental->nplaces == incremental->places_room) {
        incremental->places_room = incremental->places_room * 2 + 64;
        incremental->places = xrealloc(incremental->places,
                                       incremental->places_room * sizeof(*incremental->places));
    }
    place = &incremental->places[incremental->nplaces++];
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

/* What a record and those alike in every field say of each other. */
static struct copy_weight weigh_copies(const struct dedup_incremental *incremental,
                                       uint32_t record)
{
    const struct changing_rows *rows = &incremental->rows;
    uint32_t count = 1;

    for (uint32_t at = rows->next[record]; at != record; at = rows->next[at]) {
        count++;
    }
    return copy_weigh(&incremental->dedup->scorer, people_row(rows->people, record), count);
}

/* Joins in `parents` what links and verdicts join inside one person. */
static void join_certain(const struct dedup_incremental *incremental, const uint32_t *records,
                         uint32_t n, const uint32_t *group_of, uint32_t *parents)
{
    const struct reach *reach = &incremental->reach;
    const struct text *ids = incremental->dedup->people.ids;

    for (size_t i = 0; i < reach->npairs; i++) {
        uint32_t a = place_in(ids, records, n, reach->pairs[i].a);
        uint32_t b = place_in(ids, records, n, reach->pairs[i].b);
        if (reach->pairs[i].band == BAND_LINK && b < n && group_of[a] == group_of[b]) {
            union_find_join(parents, a, b);
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t like = incremental->dedup->blocking.copy_of[records[i]];
        uint32_t others[] = {constraints_set(reach->constraints, records[i]), like};
        bool sure = like != records[i] && weigh_copies(incremental, like).band == BAND_LINK;
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
static bool place_copies(struct dedup_incremental *incremental, uint32_t record,
                         uint32_t person)
{
    const struct changing_rows *rows = &incremental->rows;
    size_t before = incremental->nplaces;
    struct copy_weight copy;

    if (rows->next[record] == record || rows->blocking->copy_of[record] != record) {
        return true;
    }
    copy = weigh_copies(incremental, record);
    for (uint32_t at = rows->next[record]; at != record; at = rows->next[at]) {
        if (copy.weight > 0.0 && !constraints_names(incremental->reach.constraints, at)) {
            add_place(incremental, at, person);
        }
    }
    return incremental->nplaces == before || copy.band == BAND_LINK;
}

/* Cuts a group into people and adds their places. */
static void close_group(struct dedup_incremental *incremental, uint32_t *records, uint32_t n)
{
    struct text *ids = incremental->dedup->people.ids;
    uint32_t *group_of = xmalloc(((size_t)n + 1) * sizeof(*group_of));
    uint32_t *parents = union_find_new(n);
    uint8_t *uncertain = xcalloc((size_t)n + 1, 1);
    size_t from = incremental->nplaces;

    qsort_r(records, n, sizeof(*records), order_by_id, ids);
    closing_run(&incremental->dedup->scorer, &incremental->comparer,
                incremental->reach.constraints, records, n, group_of);
    join_certain(incremental, records, n, group_of, parents);
    for (uint32_t i = 0; i < n; i++) {
        uncertain[group_of[i]] |=
            union_find_root(parents, i) != union_find_root(parents, group_of[i]) ? 1 : 0;
    }
    for (uint32_t i = 0; i < n; i++) {
        add_place(incremental, records[i], records[group_of[i]]);
        uncertain[group_of[i]] |=
            place_copies(incremental, records[i], records[group_of[i]]) ? 0 : 1;
    }
    for (size_t k = from; k < incremental->nplaces; k++) {
        uint32_t place = place_in(ids, records, n, incremental->places[k].person);
        incremental->places[k].certain = uncertain[place] == 0;
    }
    free(group_of);
    free(parents);
    free(uncertain);
}

/* A person is named by its first id, which may be a copy's. */
static void name_people(struct dedup_incremental *incremental)
{
    struct text *ids = incremental->dedup->people.ids;
    size_t n = incremental->nplaces;

    if (n == 0) { /* nothing has changed */
        return;
    }
    qsort_r(incremental->places, n, sizeof(*incremental->places), order_places, ids);
    for (size_t i = 0, end; i < n; i = end) {
        uint32_t person = incremental->places[i].person;
        uint32_t first = incremental->places[i].record;
        for (end = i; end < n && incremental->places[end].person == person; end++) {
            incremental->places[end].person = first;
        }
    }
    qsort_r(incremental->places, n, sizeof(*incremental->places), order_places, ids);
}

/* The group of a seed; that of a copy is the group of the record that it follows, or it stays
 * alone. */
static void close_seed(struct dedup_incremental *incremental, uint32_t seed)
{
    struct reach *reach = &incremental->reach;
    uint32_t like = incremental->dedup->blocking.copy_of[seed];
    uint32_t from;

    if (like != seed && !constraints_names(reach->constraints, seed)) {
        if (weigh_copies(incremental, like).weight <= 0.0) {
            add_place(incremental, seed, seed);
        }
        seed = like;
    }
    if (!reach_has(reach, seed)) {
        from = reach_group(reach, seed);
        close_group(incremental, reach->records + from, reach->nrecords - from);
    }
}

static int order_seeds(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;

    return a == b ? 0 : a < b ? -1 : 1;
}

static void close_seeds(struct dedup_incremental *incremental, struct dedup_change *change)
{
    incremental->nplaces = 0;
    reach_begin(&incremental->reach);
    if (incremental->nseeds > 0) {
        qsort(incremental->seeds, incremental->nseeds, sizeof(*incremental->seeds),
              order_seeds);
    }
    for (uint32_t i = 0; i < incremental->nseeds; i++) {
        uint32_t seed = incremental->seeds[i];
        if (incremental->rows.gone[seed] == 0 &&
            (i == 0 || seed != incremental->seeds[i - 1])) {
            close_seed(incremental, seed);
        }
    }
    name_people(incremental);
    change->places = incremental->places;
    change->nplaces = incremental->nplaces;
    incremental->nseeds = 0;
}

void dedup_incremental_close(struct dedup_incremental *incremental, const uint32_t *records,
                             uint32_t count, struct dedup_change *change)
{
    *change = (struct dedup_change){0};
    for (uint32_t i = 0; i < count; i++) {
        add_seed(incremental, records[i]);
    }
    close_seeds(incremental, change);
}

static int order_pairs(const void *left, const void *right)
{
    uint32_t a = ((const struct pair *)left)->b;
    uint32_t b = ((const struct pair *)right)->b;

    return a == b ? 0 : a < b ? -1 : 1;
}

static void take_pairs(struct dedup_incremental *incremental, struct dedup_change *change)
{
    struct reach *reach = &incremental->reach;
    uint32_t like = incremental->dedup->blocking.copy_of[change->record];

    reach->npairs = 0;
    if (like == change->record) {
        reach_pairs(reach, change->record);
    }
    incremental->pairs =
        xrealloc(incremental->pairs, (reach->npairs + 1) * sizeof(*incremental->pairs));
    if (reach->npairs > 0) {
        memcpy(incremental->pairs, reach->pairs, reach->npairs * sizeof(*incremental->pairs));
        qsort(incremental->pairs, reach->npairs, sizeof(*incremental->pairs), order_pairs);
    }
    change->pairs = incremental->pairs;
    change->npairs = reach->npairs;
    if (like != change->record) {
        struct copy_weight copy = weigh_copies(incremental, like);
        incremental->pairs[0] = (struct pair){.a = change->record,
                                              .b = like,
                                              .weight = (float)copy.weight,
                                              .caution = (uint8_t)copy.caution,
                                              .band = (uint8_t)copy.band};
        change->npairs = copy.band == BAND_REVIEW ? 1 : 0;
    }
}

void dedup_incremental_pairs(struct dedup_incremental *incremental, uint32_t record,
                             struct dedup_change *change)
{
    *change = (struct dedup_change){.record = record};
    take_pairs(incremental, change);
}

/* Takes a record out of blocks and rings. */
static void take_out(struct dedup_incremental *incremental, uint32_t record)
{
    uint32_t heir;

    seed_group(incremental, record);
    candidate_index_leave(&incremental->index, record);
    heir = changing_rows_take(&incremental->rows, record);
    if (heir != UINT32_MAX) {
        candidate_index_enter(&incremental->index, heir);
        add_seed(incremental, heir);
    }
}

bool dedup_incremental_put(struct dedup_incremental *incremental, struct text id,
                           const struct text *cells, struct dedup_change *change,
                           struct error *err)
{
    struct changing_rows *rows = &incremental->rows;
    int64_t found = changing_rows_find(rows, id);
    size_t width = (size_t)rows->people->nfields * sizeof(uint32_t);

    *change = (struct dedup_change){.is_new = found < 0 || rows->gone[found] != 0};
    if (id.len == 0) {
        return error_set(err, ERROR_SOURCE, "a record has no id");
    }
    if (found < 0 && rows->people->nrecords == PEOPLE_MAX) {
        return error_set(err, ERROR_LIMIT, "more than %d records", PEOPLE_MAX);
    }
    changing_rows_make(rows, cells);
    change->record = found >= 0 ? (uint32_t)found : changing_rows_add(rows, id);
    if (!change->is_new) {
        if (memcmp(rows->row, people_row(rows->people, change->record), width) == 0) {
            change->is_same = true;
            return true;
        }
        take_out(incremental, change->record);
    }
    if (changing_rows_place(rows, change->record)) {
        candidate_index_enter(&incremental->index, change->record);
    }
    add_seed(incremental, change->record);
    close_seeds(incremental, change);
    take_pairs(incremental, change);
    return true;
}

bool dedup_incremental_remove(struct dedup_incremental *incremental, struct text id,
                              struct dedup_change *change)
{
    int64_t found = dedup_incremental_find(incremental, id);

    *change = (struct dedup_change){0};
    if (found < 0) {
        return false;
    }
    change->record = (uint32_t)found;
    take_out(incremental, change->record);
    close_seeds(incremental, change);
    return true;
}
