#include "transform/dedup/closing.h"

#include "transform/dedup/linkage.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double clip_low = -6.0;
static const double clip_high = 20.0;

/* Records of a group as parts: those of one set are one part from the start. */
struct parts {
    const struct constraints *constraints;
    const uint32_t *records;
    uint32_t nrecords;
    uint32_t *part_of; /* by place of a record */
    uint32_t *firsts;  /* by part: the place of its first record */
    uint32_t *sizes;
    uint32_t nparts;
};

struct seat {
    uint32_t set;
    uint32_t place;
};

static int order_seats(const void *left, const void *right)
{
    const struct seat *a = left;
    const struct seat *b = right;

    if (a->set != b->set) {
        return a->set < b->set ? -1 : 1;
    }
    return a->place == b->place ? 0 : a->place < b->place ? -1 : 1;
}

/* Parts are numbered in the order of their first records. */
static void parts_make(struct parts *parts)
{
    uint32_t n = parts->nrecords;
    struct seat *seats = xmalloc(((size_t)n + 1) * sizeof(*seats));
    uint32_t *first_of = xmalloc(((size_t)n + 1) * sizeof(*first_of));

    parts->part_of = xmalloc(((size_t)n + 1) * sizeof(uint32_t));
    parts->firsts = xmalloc(((size_t)n + 1) * sizeof(uint32_t));
    parts->sizes = xcalloc((size_t)n + 1, sizeof(uint32_t));
    for (uint32_t i = 0; i < n; i++) {
        seats[i] = (struct seat){constraints_set(parts->constraints, parts->records[i]), i};
    }
    qsort(seats, n, sizeof(*seats), order_seats);
    for (uint32_t i = 0; i < n; i++) {
        bool goes_on = i > 0 && seats[i].set == seats[i - 1].set;
        first_of[seats[i].place] = goes_on ? first_of[seats[i - 1].place] : seats[i].place;
    }
    for (uint32_t i = 0; i < n; i++) {
        if (first_of[i] == i) {
            parts->firsts[parts->nparts] = i;
            parts->part_of[i] = parts->nparts++;
        } else {
            parts->part_of[i] = parts->part_of[first_of[i]];
        }
        parts->sizes[parts->part_of[i]]++;
    }
    free(first_of);
    free(seats);
}

static void parts_release(struct parts *parts)
{
    free(parts->part_of);
    free(parts->firsts);
    free(parts->sizes);
}

/* The place of a record in the group, or -1. */
static int64_t place_of(const struct parts *parts, uint32_t record)
{
    for (uint32_t i = 0; i < parts->nrecords; i++) {
        if (parts->records[i] == record) {
            return i;
        }
    }
    return -1;
}

/* Calls `forbid` for each two parts of which somebody said that they are two people. */
static void each_apart(const struct parts *parts,
                       void (*forbid)(void *context, uint32_t a, uint32_t b), void *context)
{
    const struct constraints *constraints = parts->constraints;

    for (uint32_t i = 0; i < parts->nrecords; i++) {
        size_t count = 0;
        size_t from = 0;
        if (constraints_names(constraints, parts->records[i])) {
            from = constraints_apart(constraints, parts->records[i], &count);
        }
        for (size_t k = from; k < from + count; k++) {
            int64_t other = place_of(parts, constraints->aparts[k].other);
            if (other >= 0) {
                forbid(context, parts->part_of[i], parts->part_of[other]);
            }
        }
    }
}

static void forbid_linkage(void *context, uint32_t a, uint32_t b)
{
    linkage_set(context, a, b, LINKAGE_NEVER);
}

/* What was contradicted stays as it was before: its parts do not join each other. */
static void keep_contradicted(struct linkage *linkage, const struct parts *parts)
{
    const struct constraints *constraints = parts->constraints;

    for (uint32_t i = 0; i < parts->nparts; i++) {
        uint32_t kept = constraints_kept(constraints, parts->records[parts->firsts[i]]);
        for (uint32_t k = 0; kept != RECORD_NONE && k < i; k++) {
            uint32_t other = parts->records[parts->firsts[k]];
            if (constraints_kept(constraints, other) == kept) {
                linkage_set(linkage, i, k, LINKAGE_NEVER);
            }
        }
    }
}

static float pair_weight(const struct scorer *scorer, struct comparer *comparer, uint32_t a,
                         uint32_t b)
{
    uint64_t pattern = compare_records(comparer, a, b);
    double weight = score_pattern(scorer, pattern, people_row(scorer->people, a));

    return (float)fmin(fmax(weight, clip_low), clip_high);
}

/* Average weights between the parts. */
static void weigh(struct linkage *linkage, const struct parts *parts,
                  const struct scorer *scorer, struct comparer *comparer)
{
    for (uint32_t i = 0; i < parts->nrecords; i++) {
        for (uint32_t k = i + 1; k < parts->nrecords; k++) {
            uint32_t a = parts->part_of[i];
            uint32_t b = parts->part_of[k];
            if (a != b) {
                float weight =
                    pair_weight(scorer, comparer, parts->records[i], parts->records[k]);
                float pairs = (float)parts->sizes[a] * (float)parts->sizes[b];
                linkage_set(linkage, a, b,
                            linkage->weights[(size_t)a * linkage->n + b] + weight / pairs);
            }
        }
    }
}

static void forbid_crowd(void *context, uint32_t a, uint32_t b)
{
    uint8_t *alone = context;

    alone[a < b ? b : a] = 1; /* the later part */
}

/* A group too long to be scored: everything together, but for what must be apart. */
static void crowd_together(const struct parts *parts, uint32_t *group_of)
{
    uint8_t *alone = xcalloc((size_t)parts->nparts + 1, 1);

    each_apart(parts, forbid_crowd, alone);
    for (uint32_t i = 1; i < parts->nparts; i++) {
        uint32_t first = parts->records[parts->firsts[i]];
        if (constraints_kept(parts->constraints, first) != RECORD_NONE) {
            alone[i] = 1;
        }
    }
    for (uint32_t i = 0; i < parts->nrecords; i++) {
        uint32_t part = parts->part_of[i];
        group_of[i] = alone[part] != 0 ? parts->firsts[part] : 0;
    }
    free(alone);
}

static void close_parts(const struct scorer *scorer, struct comparer *comparer,
                        struct parts *parts, uint32_t *group_of)
{
    struct linkage linkage;

    linkage_init(&linkage, parts->nparts);
    memcpy(linkage.sizes, parts->sizes, (size_t)parts->nparts * sizeof(*linkage.sizes));
    weigh(&linkage, parts, scorer, comparer);
    each_apart(parts, forbid_linkage, &linkage);
    keep_contradicted(&linkage, parts);
    linkage_run(&linkage);
    for (uint32_t i = 0; i < parts->nrecords; i++) {
        group_of[i] = parts->firsts[linkage.group_of[parts->part_of[i]]];
    }
    linkage_release(&linkage);
}

/* Without anything said: each record is a part. */
static void close_plain(const struct scorer *scorer, struct comparer *comparer,
                        const uint32_t *records, uint32_t n, uint32_t *group_of)
{
    struct linkage linkage;

    if (n == 2) { /* the usual case */
        group_of[0] = 0;
        group_of[1] = pair_weight(scorer, comparer, records[0], records[1]) > 0.0F ? 0 : 1;
        return;
    }
    linkage_init(&linkage, n);
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t k = i + 1; k < n; k++) {
            linkage_set(&linkage, i, k, pair_weight(scorer, comparer, records[i], records[k]));
        }
    }
    linkage_run(&linkage);
    memcpy(group_of, linkage.group_of, (size_t)n * sizeof(*group_of));
    linkage_release(&linkage);
}

static bool names_any(const struct constraints *constraints, const uint32_t *records,
                      uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        if (constraints_names(constraints, records[i])) {
            return true;
        }
    }
    return false;
}

uint64_t closing_run(const struct scorer *scorer, struct comparer *comparer,
                     const struct constraints *constraints, const uint32_t *records, uint32_t n,
                     uint32_t *group_of)
{
    struct parts parts = {.constraints = constraints, .records = records, .nrecords = n};

    if (n <= CLOSURE_MOST && !names_any(constraints, records, n)) {
        close_plain(scorer, comparer, records, n, group_of);
        return (uint64_t)n * (n - 1) / 2;
    }
    parts_make(&parts);
    if (n > CLOSURE_MOST) {
        crowd_together(&parts, group_of);
    } else {
        close_parts(scorer, comparer, &parts, group_of);
    }
    parts_release(&parts);
    return n > CLOSURE_MOST ? 0 : (uint64_t)n * (n - 1) / 2;
}
