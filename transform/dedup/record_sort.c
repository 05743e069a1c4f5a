#include "transform/dedup/record_sort.h"

#include "transform/dedup/big_array.h"
#include "transform/dedup/radix.h"
#include "transform/dedup/row_facts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static size_t common_prefix(const struct text *ids, uint32_t n)
{
    size_t len = n > 0 ? ids[0].len : 0;

    for (uint32_t i = 1; i < n; i++) {
        size_t same = 0;
        while (same < len && same < ids[i].len && ids[i].at[same] == ids[0].at[same]) {
            same++;
        }
        len = same;
    }
    return len;
}

/* The eight bytes behind the prefix, first byte highest. */
static uint64_t id_key(struct text id, size_t prefix)
{
    uint64_t key = 0;

    for (size_t i = prefix; i < prefix + 8; i++) {
        key = key << 8 | (i < id.len ? (uint8_t)id.at[i] : 0);
    }
    return key;
}

static int compare_ids(const void *a, const void *b, void *ids)
{
    const struct text *at = ids;

    return text_compare(at[((const struct keyed *)a)->record],
                        at[((const struct keyed *)b)->record]);
}

/* Runs of one key, where ids are longer than it. */
static void sort_runs(struct keyed *items, struct text *ids, uint32_t n)
{
    for (uint32_t i = 0; i < n;) {
        uint32_t end = i + 1;
        while (end < n && items[end].key == items[i].key) {
            end++;
        }
        if (end - i > 1) {
            qsort_r(items + i, end - i, sizeof(*items), compare_ids, ids);
        }
        i = end;
    }
}

static bool ids_differ(const struct people *people, struct error *err)
{
    uint32_t repeats = 0;

    for (uint32_t i = 1; i < people->nrecords; i++) {
        repeats += text_equal(people->ids[i - 1], people->ids[i]) ? 1 : 0;
    }
    if (repeats == 0) {
        return true;
    }
    error_set(err, ERROR_SOURCE, "%" PRIu32 " records have an id that another record has",
              repeats);
    error_hint(err, "the model's 'record' must name a column that is different in every row");
    return false;
}

static bool is_sorted(const struct people *people)
{
    for (uint32_t i = 1; i < people->nrecords; i++) {
        if (text_compare(people->ids[i - 1], people->ids[i]) > 0) {
            return false;
        }
    }
    return true;
}

/* Rows into the order of `items`, each as wide as it is from now on. */
static void move_rows(struct people *people, const struct keyed *items)
{
    size_t narrow = (size_t)people->nfields;
    uint32_t *before = people->cells;
    size_t wide;

    row_facts_plan(people);
    wide = (size_t)people->width;
    people->cells = big_array(((size_t)people->nrecords + 1) * wide * sizeof(*before));
    for (uint32_t i = 0; i < people->nrecords; i++) {
        uint32_t from = items == NULL ? i : items[i].record;
        memcpy(people->cells + i * wide, before + from * narrow, narrow * sizeof(*before));
        memset(people->cells + i * wide + narrow, 0, (wide - narrow) * sizeof(*before));
    }
    free(before);
}

static void sort_records(struct people *people)
{
    uint32_t n = people->nrecords;
    struct keyed *items = xmalloc((n + 1) * sizeof(*items));
    struct keyed *spare = xmalloc((n + 1) * sizeof(*spare));
    size_t prefix = common_prefix(people->ids, n);
    struct text *ids;

    for (uint32_t i = 0; i < n; i++) {
        items[i] = (struct keyed){id_key(people->ids[i], prefix), i};
    }
    keyed_sort(items, spare, n);
    sort_runs(items, people->ids, n);
    free(spare);
    ids = big_array((n + 1) * sizeof(*ids));
    for (uint32_t i = 0; i < n; i++) {
        ids[i] = people->ids[items[i].record];
    }
    free(people->ids);
    people->ids = ids;
    move_rows(people, items);
    free(items);
}

bool record_sort(struct people *people, struct error *err)
{
    if (is_sorted(people)) {
        people->ids = big_array_move(people->ids, people->nrecords * sizeof(*people->ids));
        move_rows(people, NULL);
    } else {
        sort_records(people);
    }
    people->nsorted = people->nrecords;
    return ids_differ(people, err);
}
