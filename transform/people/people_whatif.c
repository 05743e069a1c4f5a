#include "transform/people/people_whatif.h"

#include "transform/people/copy_tuple.h"

#include <stdlib.h>

struct placed {
    uint32_t before;
    uint32_t after;
};

static int order_by_before(const void *left, const void *right)
{
    const struct placed *a = left;
    const struct placed *b = right;

    if (a->before != b->before) {
        return a->before < b->before ? -1 : 1;
    }
    return a->after == b->after ? 0 : a->after < b->after ? -1 : 1;
}

static int order_by_after(const void *left, const void *right)
{
    const struct placed *a = left;
    const struct placed *b = right;

    if (a->after != b->after) {
        return a->after < b->after ? -1 : 1;
    }
    return a->before == b->before ? 0 : a->before < b->before ? -1 : 1;
}

static uint64_t pairs_of(uint64_t n)
{
    return n * (n - (n > 0 ? 1 : 0)) / 2;
}

/* Runs of one person: how many pairs, how many of both, and in how many parts it is. */
struct runs {
    uint64_t people;
    uint64_t in_parts; /* people that are in several parts */
    uint64_t parts;    /* of those */
    uint64_t pairs;
    uint64_t pairs_in_parts;
};

static struct runs count_runs(const struct placed *placed, size_t n, bool by_before)
{
    struct runs runs = {0};

    for (size_t i = 0, end; i < n; i = end) {
        uint64_t parts = 0;
        size_t part = i;
        for (end = i; end < n && (by_before ? placed[end].before == placed[i].before
                                            : placed[end].after == placed[i].after);
             end++) {
            bool new_part =
                end == i || (by_before ? placed[end].after != placed[end - 1].after
                                       : placed[end].before != placed[end - 1].before);
            if (new_part) {
                runs.pairs_in_parts += pairs_of(end - part);
                part = end;
                parts++;
            }
        }
        runs.pairs_in_parts += pairs_of(end - part);
        runs.pairs += pairs_of(end - i);
        runs.people++;
        runs.in_parts += parts > 1 ? 1 : 0;
        runs.parts += parts > 1 ? parts : 0;
    }
    return runs;
}

void whatif_people(struct whatif *whatif, const uint32_t *before, const uint32_t *after,
                   uint32_t nrecords)
{
    struct placed *placed = xmalloc(((size_t)nrecords + 1) * sizeof(*placed));
    struct runs runs;
    size_t n = 0;

    for (uint32_t i = 0; i < nrecords; i++) {
        placed[i] = (struct placed){before[i], after[i]};
    }
    qsort(placed, nrecords, sizeof(*placed), order_by_after);
    whatif->records = nrecords;
    whatif->people_after = count_runs(placed, nrecords, false).people;
    for (uint32_t i = 0; i < nrecords; i++) {
        if (placed[i].before != PERSON_NONE) {
            placed[n++] = placed[i];
        }
    }
    whatif->new_records = nrecords - n;
    runs = count_runs(placed, n, false);
    whatif->people_joined = runs.parts;
    whatif->pairs_kept = runs.pairs_in_parts;
    whatif->pairs_gained = runs.pairs - runs.pairs_in_parts;
    qsort(placed, n, sizeof(*placed), order_by_before);
    runs = count_runs(placed, n, true);
    whatif->people_before = runs.people;
    whatif->people_split = runs.in_parts;
    whatif->pairs_lost = runs.pairs - runs.pairs_in_parts;
    free(placed);
}

void whatif_bands(struct whatif *whatif, const struct pair *before, size_t nbefore,
                  const struct pair *after, size_t nafter)
{
    size_t b = 0;
    size_t a = 0;

    while (b < nbefore || a < nafter) {
        int order = b == nbefore ? 1 : a == nafter ? -1 : pair_order(&before[b], &after[a]);
        whatif->bands[order <= 0 ? before[b].band : BAND_NOT]
                     [order >= 0 ? after[a].band : BAND_NOT]++;
        b += order <= 0 ? 1 : 0;
        a += order >= 0 ? 1 : 0;
    }
}

void whatif_verdicts(struct whatif *whatif, const struct dedup *dedup,
                     const struct verdict_pair *pairs, size_t npairs)
{
    struct comparer comparer;

    comparer_init(&comparer, &dedup->people);
    whatif->verdicts = npairs;
    for (size_t i = 0; i < npairs; i++) {
        uint64_t pattern = compare_records(&comparer, pairs[i].a, pairs[i].b);
        double weight =
            score_pattern(&dedup->scorer, pattern, people_row(&dedup->people, pairs[i].a));
        enum caution caution = pattern_caution(dedup->people.model, pattern);
        enum band band = pair_band(&dedup->scorer, weight, caution);
        whatif->verdicts_against += band == (pairs[i].same ? BAND_NOT : BAND_LINK) ? 1 : 0;
    }
    comparer_release(&comparer);
}

struct pair_reading {
    const struct registrations *records;
    struct pair *pairs;
    size_t npairs;
    size_t room;
};

static bool add_pair(struct text tuple, void *context, struct error *err)
{
    struct pair_reading *reading = context;
    struct tuple_reader reader = tuple_read(tuple);
    int64_t a = registrations_find(reading->records, tuple_next_ident(&reader, NULL));
    int64_t b = registrations_find(reading->records, tuple_next_ident(&reader, NULL));
    bool links = tuple_next_int(&reader) != 0;

    (void)err;
    if (a < 0 || b < 0) {
        return true; /* a registration is gone */
    }
    if (reading->npairs == reading->room) {
        reading->room = reading->room * 2 + 1024;
        reading->pairs = xrealloc(reading->pairs, reading->room * sizeof(*reading->pairs));
    }
    reading->pairs[reading->npairs++] = (struct pair){
        .a = (uint32_t)a, .b = (uint32_t)b, .band = links ? BAND_LINK : BAND_REVIEW};
    return true;
}

bool people_whatif(struct whatif *whatif, struct people_run *run, struct error *err)
{
    struct pair_reading reading = {.records = &run->records};
    char *sql =
        xasprintf(/* the name of an index is made of letters, digits and _ */
                  "COPY (SELECT p.a, p.b, p.band = 'link' FROM mpi.pair p JOIN mpi.run r USING "
                  "(run_id) "
                  "WHERE r.index_name = '%s' ORDER BY p.a, p.b) TO STDOUT (FORMAT binary)",
                  run->index.name);
    bool ok = pg_copy_out(run->pg, sql, add_pair, &reading, err);

    *whatif = (struct whatif){0};
    free(sql);
    if (ok) {
        whatif_people(whatif, run->before.person_of, run->division.set_of, run->records.count);
        whatif_bands(whatif, reading.pairs, reading.npairs, run->pairs, run->npairs);
        whatif_verdicts(whatif, &run->dedup, run->verdicts.pairs, run->verdicts.npairs);
    }
    free(reading.pairs);
    return ok;
}
