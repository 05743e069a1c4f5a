/* whatif_csv.c - another model against clusters and pairs that an earlier run wrote as CSV. */
#include "transform/people/people_whatif.h"

#include "core/strmap.h"
#include "transform/dedup/people_csv.h"

#include <stdlib.h>

enum { PART_BYTES = 1 << 20 };

/* One line of a file: the cells of the columns that were asked for. */
typedef bool take_line(void *context, const struct text *cells, struct error *err);

struct table {
    const char *path;
    const char *const *columns;
    int ncolumns;
    take_line *take;
    void *context;
};

static bool read_table(const struct table *table, struct error *err)
{
    struct people_csv *csv = xcalloc(1, sizeof(*csv));
    struct people_csv_part part = {0};
    int slots[PEOPLE_CSV_COLUMNS_MAX];
    struct text cells[4];
    bool ok = people_csv_open(csv, table->path, err);

    for (int i = 0; i < PEOPLE_CSV_COLUMNS_MAX; i++) {
        slots[i] = -1;
    }
    for (int i = 0; ok && i < table->ncolumns; i++) {
        int column = people_csv_column(csv, table->columns[i], err);
        ok = column >= 0;
        if (ok) {
            slots[column] = i;
        }
    }
    while (ok && people_csv_cut(csv, PART_BYTES, &part, err)) {
        while (ok && people_csv_next(&part, slots, csv->nnames, cells, table->ncolumns)) {
            ok = table->take(table->context, cells, err);
        }
        ok = ok && (!part.broken ||
                    error_set(err, ERROR_SOURCE, "'%s': a quote never ends", table->path));
        arena_clear(&part.undone);
    }
    ok = ok && err->code == ERROR_NONE;
    arena_release(&part.undone);
    people_csv_close(csv);
    free(csv);
    return ok;
}

struct clusters {
    const struct people *people;
    struct strmap numbers; /* of people before */
    uint32_t *before;
};

static bool take_cluster(void *context, const struct text *cells, struct error *err)
{
    struct clusters *clusters = context;
    int64_t record = people_find(clusters->people, cells[0]);
    struct strmap_entry *entry;

    if (record < 0) {
        return true; /* it is gone */
    }
    entry = strmap_find(&clusters->numbers, cells[1]);
    if (entry == NULL) {
        entry = strmap_put(&clusters->numbers, cells[1]);
        if (entry == NULL) {
            return error_set(err, ERROR_LIMIT, "more than %d people", PEOPLE_MAX);
        }
        entry->number = clusters->numbers.count;
    }
    clusters->before[record] = (uint32_t)entry->number;
    return true;
}

struct pairs {
    const struct people *people;
    struct pair *at;
    size_t count;
    size_t room;
};

static bool take_pair(void *context, const struct text *cells, struct error *err)
{
    struct pairs *pairs = context;
    int64_t a = people_find(pairs->people, cells[0]);
    int64_t b = people_find(pairs->people, cells[1]);
    bool links = text_is(cells[2], "link");

    if (!links && !text_is(cells[2], "review")) {
        return error_set(err, ERROR_SOURCE, "a pair of before is in no band");
    }
    if (a < 0 || b < 0) {
        return true;
    }
    if (pairs->count == pairs->room) {
        pairs->room = pairs->room * 2 + 1024;
        pairs->at = xrealloc(pairs->at, pairs->room * sizeof(*pairs->at));
    }
    pairs->at[pairs->count++] = (struct pair){.a = (uint32_t)(a < b ? a : b),
                                              .b = (uint32_t)(a < b ? b : a),
                                              .band = links ? BAND_LINK : BAND_REVIEW};
    return true;
}

bool people_whatif_csv(struct whatif *whatif, const struct dedup *dedup, const char *clusters,
                       const char *pairs, struct error *err)
{
    static const char *const cluster_columns[] = {"record", "person"};
    static const char *const pair_columns[] = {"record_a", "record_b", "band"};
    struct clusters before = {.people = &dedup->people};
    struct pairs old = {.people = &dedup->people};
    uint32_t n = dedup->people.nrecords;
    bool ok;

    *whatif = (struct whatif){0};
    strmap_init(&before.numbers, PEOPLE_MAX);
    before.before = xmalloc(((size_t)n + 1) * sizeof(*before.before));
    for (uint32_t i = 0; i < n; i++) {
        before.before[i] = PERSON_NONE;
    }
    ok = read_table(&(struct table){clusters, cluster_columns, 2, take_cluster, &before}, err);
    if (ok && pairs != NULL) {
        ok = read_table(&(struct table){pairs, pair_columns, 3, take_pair, &old}, err);
    }
    if (ok) {
        whatif_people(whatif, before.before, dedup->clustering.person_of, n);
    }
    if (ok && pairs != NULL) {
        if (old.count > 0) {
            qsort(old.at, old.count, sizeof(*old.at), pair_order);
        }
        whatif_bands(whatif, old.at, old.count, dedup->pairing.pairs, dedup->pairing.npairs);
    }
    strmap_release(&before.numbers);
    free(before.before);
    free(old.at);
    return ok;
}
