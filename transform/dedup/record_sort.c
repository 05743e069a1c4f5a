#include "transform/dedup/record_sort.h"

#include "transform/dedup/big_array.h"
#include "transform/dedup/radix.h"
#include "transform/dedup/row_facts.h"
#include "transform/dedup/team.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { AT_ONCE = 8192, ROWS_AHEAD = 16, KEY_BYTES = 8 };

struct sorting {
    struct people *people;
    struct text *ids;     /* as they came */
    uint32_t *cells;      /* narrow rows, as they came */
    struct keyed *items;  /* NULL: they came in order */
    atomic_size_t prefix; /* bytes that all ids share */
    atomic_bool unsorted;
    atomic_uint repeats;         /* ids that stand beside an equal one */
    atomic_uint_fast64_t varies; /* bits in which keys differ from the first one */
    int widths[KEY_BYTES];       /* bits of each byte of a key that matter */
};

static void lower_prefix(struct sorting *sorting, size_t prefix)
{
    size_t known = atomic_load(&sorting->prefix);

    while (prefix < known && !atomic_compare_exchange_weak(&sorting->prefix, &known, prefix)) {
    }
}

/* Finds out whether they came in order, and what all share. */
static void look(void *context, uint32_t from, uint32_t to)
{
    struct sorting *sorting = context;
    const struct text *ids = sorting->ids;
    struct text prefix = {ids[0].at, atomic_load(&sorting->prefix)};
    uint32_t repeats = 0;
    bool unsorted = false;

    for (uint32_t i = from; i < to; i++) {
        size_t same = 0;
        while (same < prefix.len && same < ids[i].len && ids[i].at[same] == prefix.at[same]) {
            same++;
        }
        prefix.len = same;
        if (i > 0 && !unsorted) {
            int order = text_compare(ids[i - 1], ids[i]);
            unsorted = order > 0;
            repeats += order == 0 ? 1 : 0;
        }
    }
    lower_prefix(sorting, prefix.len);
    if (unsorted) {
        atomic_store(&sorting->unsorted, true);
    }
    atomic_fetch_add(&sorting->repeats, repeats);
}

/* The eight bytes behind the prefix, first byte highest. */
static uint64_t id_key(struct text id, size_t prefix)
{
    uint64_t key = 0;

    for (size_t i = prefix; i < prefix + KEY_BYTES; i++) {
        key = key << 8 | (i < id.len ? (uint8_t)id.at[i] : 0);
    }
    return key;
}

static void make_keys(void *context, uint32_t from, uint32_t to)
{
    struct sorting *sorting = context;
    size_t prefix = atomic_load(&sorting->prefix);
    uint64_t first = id_key(sorting->ids[0], prefix);
    uint64_t varies = 0;

    for (uint32_t i = from; i < to; i++) {
        uint64_t key = id_key(sorting->ids[i], prefix);
        sorting->items[i] = (struct keyed){key, i};
        varies |= key ^ first;
    }
    atomic_fetch_or(&sorting->varies, varies);
}

/* Keys without the bits that all have alike: digits take four of eight, and sort in half the
 * time. */
static void narrow_keys(void *context, uint32_t from, uint32_t to)
{
    struct sorting *sorting = context;

    for (uint32_t i = from; i < to; i++) {
        uint64_t key = sorting->items[i].key;
        uint64_t narrow = 0;
        for (int k = 0; k < KEY_BYTES; k++) {
            uint64_t byte = key >> (8 * (KEY_BYTES - 1 - k)) & 0xFF;
            narrow = narrow << sorting->widths[k] |
                     (byte & ((UINT64_C(1) << sorting->widths[k]) - 1));
        }
        sorting->items[i].key = narrow;
    }
}

static int compare_ids(const void *a, const void *b, void *ids)
{
    const struct text *at = ids;

    return text_compare(at[((const struct keyed *)a)->record],
                        at[((const struct keyed *)b)->record]);
}

/* Runs of one key, where ids are longer than it or equal. */
static uint32_t sort_runs(struct keyed *items, struct text *ids, uint32_t n)
{
    uint32_t repeats = 0;

    for (uint32_t i = 0; i < n;) {
        uint32_t end = i + 1;
        while (end < n && items[end].key == items[i].key) {
            end++;
        }
        if (end - i > 1) {
            qsort_r(items + i, end - i, sizeof(*items), compare_ids, ids);
        }
        for (i++; i < end; i++) {
            repeats += text_equal(ids[items[i - 1].record], ids[items[i].record]) ? 1 : 0;
        }
    }
    return repeats;
}

static void sort_items(struct sorting *sorting, int jobs)
{
    uint32_t n = sorting->people->nrecords;
    struct keyed *spare = xmalloc((n + 1) * sizeof(*spare));
    uint64_t varies;

    sorting->items = xmalloc((n + 1) * sizeof(*sorting->items));
    team_share(jobs, n, AT_ONCE, make_keys, sorting);
    varies = atomic_load(&sorting->varies);
    for (int k = 0; k < KEY_BYTES; k++) {
        sorting->widths[k] = bits_below((varies >> (8 * (KEY_BYTES - 1 - k)) & 0xFF) + 1);
    }
    team_share(jobs, n, AT_ONCE, narrow_keys, sorting);
    keyed_sort(sorting->items, spare, n);
    free(spare);
    atomic_store(&sorting->repeats, sort_runs(sorting->items, sorting->ids, n));
}

static uint32_t source(const struct sorting *sorting, uint32_t i)
{
    return sorting->items == NULL ? i : sorting->items[i].record;
}

/* Rows and ids to where they belong. */
static void move_rows(void *context, uint32_t from, uint32_t to)
{
    struct sorting *sorting = context;
    struct people *people = sorting->people;
    size_t narrow = (size_t)people->nfields;
    size_t wide = (size_t)people->width;

    for (uint32_t i = from; i < to; i++) {
        uint32_t at = source(sorting, i);
        uint32_t *row = people->cells + i * wide;
        if (i + ROWS_AHEAD < to) {
            uint32_t ahead = source(sorting, i + ROWS_AHEAD);
            __builtin_prefetch(sorting->cells + ahead * narrow);
            __builtin_prefetch(sorting->ids + ahead);
        }
        memcpy(row, sorting->cells + at * narrow, narrow * sizeof(*row));
        memset(row + narrow, 0, (wide - narrow) * sizeof(*row));
        row_facts_fill(people, row);
        people->ids[i] = sorting->ids[at];
    }
}

static bool no_repeats(uint32_t repeats, struct error *err)
{
    if (repeats == 0) {
        return true;
    }
    error_set(err, ERROR_SOURCE, "%" PRIu32 " records have an id that another record has",
              repeats);
    error_hint(err, "the model's 'record' must name a column that is different in every row");
    return false;
}

bool record_sort(struct people *people, int jobs, struct error *err)
{
    struct sorting sorting = {.people = people, .ids = people->ids, .cells = people->cells};
    uint32_t n = people->nrecords;

    atomic_store(&sorting.prefix, n > 0 ? people->ids[0].len : 0);
    team_share(jobs, n, AT_ONCE, look, &sorting);
    if (atomic_load(&sorting.unsorted)) {
        sort_items(&sorting, jobs);
    }
    row_facts_plan(people);
    people->ids = big_array(((size_t)n + 1) * sizeof(*people->ids));
    people->cells = big_array(((size_t)n + 1) * (size_t)people->width * sizeof(*people->cells));
    team_share(jobs, n, AT_ONCE, move_rows, &sorting);
    people->nsorted = n;
    free(sorting.ids);
    free(sorting.cells);
    free(sorting.items);
    return no_repeats(atomic_load(&sorting.repeats), err);
}
