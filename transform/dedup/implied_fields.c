#include "transform/dedup/implied_fields.h"

#include <stdlib.h>

enum { SAMPLE = 100000, PAIRS_LEAST = 200 };

static const double implied_least = 0.75; /* the rest are slips */

static bool is_area(enum people_kind kind)
{
    return kind == PEOPLE_POSTCODE || kind == PEOPLE_PLACE;
}

static int order_keys(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;

    return a == b ? 0 : a < b ? -1 : 1;
}

/* Values of both fields of the records whose value of `field` falls into the sample. */
static size_t collect(const struct people *people, int field, int other, uint64_t *keys)
{
    const uint64_t *marks = people->dicts[field].marks;
    uint64_t stride = people->nrecords / SAMPLE + 1;
    size_t n = 0;

    for (uint32_t i = 0; i < people->nrecords && n < SAMPLE; i++) {
        const uint32_t *row = people_row(people, i);
        if (row[field] != 0 && row[other] != 0 &&
            (marks[row[field]] * UINT64_C(0x9E3779B97F4A7C15) >> 32) % stride == 0) {
            keys[n++] = (uint64_t)row[field] << 32 | row[other];
        }
    }
    return n;
}

static double pairs_in(size_t n)
{
    return (double)n * ((double)n - 1.0) / 2.0;
}

/* Of pairs that agree on one value the share that agrees on the other, too. */
static bool implies(uint64_t *keys, size_t n)
{
    double same = 0.0;
    double both = 0.0;

    qsort(keys, n, sizeof(*keys), order_keys);
    for (size_t i = 0, end; i < n; i = end) {
        size_t run = i;
        for (end = i; end < n && keys[end] >> 32 == keys[i] >> 32; end++) {
            if (keys[end] != keys[run]) {
                both += pairs_in(end - run);
                run = end;
            }
        }
        both += pairs_in(end - run);
        same += pairs_in(end - i);
    }
    return same >= PAIRS_LEAST && both >= implied_least * same;
}

void implied_fields_find(struct people *people)
{
    uint64_t *keys = xmalloc(SAMPLE * sizeof(*keys));

    for (int field = 0; field < people->nfields; field++) {
        for (int other = 0; other < people->nfields; other++) {
            /* of two that imply each other the first stays */
            bool mutual = (people->implied_by[field] >> other & 1) != 0;
            if (field != other && !mutual && is_area(people->model->fields[field].kind) &&
                is_area(people->model->fields[other].kind) &&
                implies(keys, collect(people, field, other, keys))) {
                people->implied_by[other] |= UINT32_C(1) << field;
            }
        }
    }
    free(keys);
}
