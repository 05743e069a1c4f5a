#include "transform/codes/unit_pool.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { POOL_KEY_MAX = 4096, REFERENCES_MAX = 256 };

static const double usual_weight = 1.5; /* outvotes one laboratory, not two that agree */

struct text unit_axis(const struct unit_pools *pools, const struct unit_point *point,
                      const char *name)
{
    return code_pack_value(pools->gate->loinc, point->row, name);
}

/* Enzymes are written in units and in international units, and mean the same. */
static struct text unit_written(const struct unit_pools *pools, const struct unit_point *point,
                                const char *unit, char out[UCUM_EXPRESSION_MAX])
{
    const char *at = strstr(unit, "[IU]");

    if (at == NULL || strlen(unit) >= UCUM_EXPRESSION_MAX ||
        !text_is(unit_axis(pools, point, "PROPERTY"), "CCnc")) {
        return text_of(unit);
    }
    return (struct text){out, (size_t)snprintf(out, UCUM_EXPRESSION_MAX, "%.*sU%s",
                                               (int)(at - unit), unit, at + 4)};
}

struct strmap_entry *unit_pool_of(struct unit_pools *pools, const struct unit_point *point,
                                  const char *unit, double *per_unit)
{
    char buffer[UCUM_EXPRESSION_MAX];
    struct text component = unit_axis(pools, point, "COMPONENT");
    struct strmap_entry *entry;
    struct strbuf key;
    char kind[64];

    if (!unit_place(pools->gate->units, component, unit_written(pools, point, unit, buffer),
                    per_unit, kind)) {
        return NULL;
    }
    strbuf_init(&key, POOL_KEY_MAX);
    strbuf_add_text(&key, component);
    strbuf_putc(&key, '\x1f');
    strbuf_add_text(&key, unit_axis(pools, point, "SYSTEM"));
    strbuf_putc(&key, '\x1f');
    strbuf_add_text(&key, unit_axis(pools, point, "TIME_ASPCT"));
    strbuf_addf(&key, "\x1f%s", kind);
    entry = strmap_put(&pools->numbers, strbuf_text(&key));
    if (entry != NULL && entry->number == 0) {
        entry->number = pools->numbers.count;
    }
    strbuf_release(&key);
    return entry;
}

static void place(struct unit_pools *pools, struct unit_point *point)
{
    struct strmap_entry *pool;

    point->row = code_pack_find(pools->gate->loinc, text_of(point->test.code));
    if (point->row == CODE_NONE || point->test.unit[0] == '\0') {
        return;
    }
    pool = unit_pool_of(pools, point, point->test.unit, &point->per_unit);
    if (pool != NULL) {
        point->is_placed = true;
        point->pool = (uint32_t)pool->number;
        for (int i = 0; i < UNIT_QUANTILES; i++) {
            point->logs[i] = log(point->test.values[i]) + point->per_unit;
        }
    }
}

static int compare_medians(const void *left, const void *right)
{
    const struct unit_expected *a = left;
    const struct unit_expected *b = right;

    return (a->median > b->median) - (a->median < b->median);
}

static int compare_spreads(const void *left, const void *right)
{
    const struct unit_expected *a = left;
    const struct unit_expected *b = right;

    return (a->spread > b->spread) - (a->spread < b->spread);
}

/* Index of the weighted median; `list` is sorted. */
static size_t middle(const struct unit_expected *list, size_t count)
{
    double total = 0;
    double sum = 0;
    size_t at = 0;

    for (size_t i = 0; i < count; i++) {
        total += list[i].weight;
    }
    while (at + 1 < count && sum + list[at].weight < total / 2) {
        sum += list[at++].weight;
    }
    return at;
}

static bool add_usual(struct unit_pools *pools, const struct unit_point *point, uint32_t pool,
                      struct unit_expected *out)
{
    struct unit_usual usual;
    struct strmap_entry *usual_pool;
    double per_unit;

    if (!unit_expect(unit_axis(pools, point, "COMPONENT"), unit_axis(pools, point, "SYSTEM"),
                     &usual)) {
        return false;
    }
    usual_pool = unit_pool_of(pools, point, usual.unit, &per_unit);
    if (usual_pool == NULL || usual_pool->number != pool) {
        return false;
    }
    *out = (struct unit_expected){.median = (log(usual.low) + log(usual.high)) / 2 + per_unit,
                                  .spread = log(usual.high / usual.low) / 2};
    return true;
}

static int compare_members(const void *left, const void *right)
{
    const struct pool_member *a = left;
    const struct pool_member *b = right;

    if (a->pool != b->pool) {
        return a->pool < b->pool ? -1 : 1;
    }
    return (a->point > b->point) - (a->point < b->point);
}

/* Index of the first member of the pool, or of where it would be. */
static size_t first_member(const struct unit_pools *pools, uint32_t pool)
{
    size_t low = 0;
    size_t high = pools->nmembers;

    while (low < high) {
        size_t half = low + (high - low) / 2;
        if (pools->members[half].pool < pool) {
            low = half + 1;
        } else {
            high = half;
        }
    }
    return low;
}

/* The other tests of the pool and what is usual; a laboratory with several tests has one voice. */
static size_t gather(struct unit_pools *pools, const struct unit_point *point, uint32_t pool,
                     struct unit_expected *list)
{
    const char *voices[REFERENCES_MAX] = {NULL};
    size_t count = add_usual(pools, point, pool, list) ? 1 : 0;

    for (size_t i = first_member(pools, pool);
         i < pools->nmembers && pools->members[i].pool == pool && count < REFERENCES_MAX; i++) {
        const struct unit_point *other = &pools->points.at[pools->members[i].point];
        if (other == point) {
            continue;
        }
        voices[count] = other->test.organisation;
        list[count++] = (struct unit_expected){
            .median = other->logs[UNIT_MEDIAN],
            .spread = (other->logs[UNIT_HIGH] - other->logs[UNIT_LOW]) / 1.349};
    }
    for (size_t i = 0; i < count; i++) {
        size_t same = 0;
        for (size_t k = 0; voices[i] != NULL && k < count; k++) {
            same += voices[k] != NULL && strcmp(voices[k], voices[i]) == 0;
        }
        list[i].weight = voices[i] == NULL ? usual_weight : 1.0 / (double)same;
    }
    return count;
}

bool unit_pool_expect(struct unit_pools *pools, const struct unit_point *point, uint32_t pool,
                      struct unit_expected *out)
{
    struct unit_expected list[REFERENCES_MAX];
    size_t count = gather(pools, point, pool, list);

    if (count == 0) {
        return false;
    }
    qsort(list, count, sizeof(list[0]), compare_spreads);
    out->spread = list[middle(list, count)].spread;
    qsort(list, count, sizeof(list[0]), compare_medians);
    out->median = list[middle(list, count)].median;
    out->weight = 1;
    return true;
}

static void place_all(struct unit_pools *pools)
{
    pools->members = xcalloc(pools->points.count + 1, sizeof(*pools->members));
    for (size_t i = 0; i < pools->points.count; i++) {
        struct unit_point *point = &pools->points.at[i];
        place(pools, point);
        if (point->is_placed && point->test.rows >= UNIT_GATE_ROWS_MIN) {
            pools->members[pools->nmembers++] = (struct pool_member){point->pool, (uint32_t)i};
        }
    }
    qsort(pools->members, pools->nmembers, sizeof(*pools->members), compare_members);
}

bool unit_pools_read(struct unit_pools *pools, struct error *err)
{
    strmap_init(&pools->numbers, UNIT_GATE_TESTS_MAX);
    if (!unit_points_read(&pools->points, pools->gate, err)) {
        return false;
    }
    place_all(pools);
    return true;
}

void unit_pools_release(struct unit_pools *pools)
{
    free(pools->members);
    strmap_release(&pools->numbers);
    unit_points_release(&pools->points);
}
