#include "transform/dedup/dedup_incremental.h"

#include "transform/dedup/group_places.h"

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
    struct group_places places;
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
    incremental->places = (struct group_places){.dedup = dedup,
                                                .rows = &incremental->rows,
                                                .comparer = &incremental->comparer,
                                                .reach = &incremental->reach};
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
    group_places_release(&incremental->places);
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

static int order_seeds(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;

    return a == b ? 0 : a < b ? -1 : 1;
}

static void close_seeds(struct dedup_incremental *incremental, struct dedup_change *change)
{
    incremental->places.count = 0;
    reach_begin(&incremental->reach);
    if (incremental->nseeds > 0) {
        qsort(incremental->seeds, incremental->nseeds, sizeof(*incremental->seeds),
              order_seeds);
    }
    for (uint32_t i = 0; i < incremental->nseeds; i++) {
        uint32_t seed = incremental->seeds[i];
        if (incremental->rows.gone[seed] == 0 &&
            (i == 0 || seed != incremental->seeds[i - 1])) {
            group_places_add(&incremental->places, seed);
        }
    }
    group_places_name(&incremental->places);
    change->places = incremental->places.at;
    change->nplaces = incremental->places.count;
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
        struct copy_weight copy = group_places_weigh(&incremental->places, like);
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
