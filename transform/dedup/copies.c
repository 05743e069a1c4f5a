#include "transform/dedup/copies.h"

#include "core/ident.h"

#include <stdlib.h>
#include <string.h>

/* A record with a value that nobody else has is no copy. */
static bool may_be_copy(const struct people *people, const uint32_t *row)
{
    for (int field = people->nfields - 1; field >= 0; field--) {
        if (row[field] != 0 && people->dicts[field].counts[row[field]] < 2) {
            return false;
        }
    }
    return true;
}

static uint32_t *find_candidates(const struct people *people, uint32_t *count)
{
    uint32_t *candidates = xmalloc(((size_t)people->nrecords + 1) * sizeof(*candidates));

    *count = 0;
    for (uint32_t i = 0; i < people->nrecords; i++) {
        candidates[*count] = i;
        *count += may_be_copy(people, people_row(people, i)) ? 1 : 0;
    }
    return candidates;
}

static void uncount(struct people *people, const uint32_t *row)
{
    for (int field = 0; field < people->nfields; field++) {
        people->dicts[field].counts[row[field]] -= row[field] != 0 ? 1 : 0;
        people->dicts[field].present -= row[field] != 0 ? 1 : 0;
    }
}

/* The first record with that row, by a table of `nslots` slots. */
static uint32_t first_alike(const struct people *people, uint32_t *slots, uint64_t nslots,
                            uint32_t record)
{
    size_t width = (size_t)people->nfields * sizeof(uint32_t);
    const uint32_t *row = people_row(people, record);
    uint64_t slot = checksum_of(row, width) & (nslots - 1);

    while (slots[slot] != 0 && memcmp(people_row(people, slots[slot] - 1), row, width) != 0) {
        slot = (slot + 1) & (nslots - 1);
    }
    slots[slot] = slots[slot] == 0 ? record + 1 : slots[slot];
    return slots[slot] - 1;
}

uint32_t *copies_find(struct people *people, uint32_t **copy_of, uint32_t *nreps)
{
    uint32_t count;
    uint32_t *candidates = find_candidates(people, &count);
    uint32_t *copies = xmalloc(((size_t)people->nrecords + 1) * sizeof(*copies));
    uint64_t nslots = 16;
    uint32_t *slots;
    uint32_t *reps;

    while (nslots < 2 * (uint64_t)count) {
        nslots *= 2;
    }
    slots = xcalloc(nslots, sizeof(*slots));
    for (uint32_t i = 0; i < people->nrecords; i++) {
        copies[i] = i;
    }
    for (uint32_t i = 0; i < count; i++) {
        copies[candidates[i]] = first_alike(people, slots, nslots, candidates[i]);
    }
    free(slots);
    reps = candidates; /* has room for all */
    *nreps = 0;
    for (uint32_t i = 0; i < people->nrecords; i++) {
        reps[*nreps] = i;
        *nreps += copies[i] == i ? 1 : 0;
        if (copies[i] != i) {
            uncount(people, people_row(people, i));
        }
    }
    *copy_of = copies;
    return reps;
}

uint32_t *copies_count(const uint32_t *copy_of, uint32_t n)
{
    uint32_t *counts = xcalloc((size_t)n + 1, sizeof(*counts));

    for (uint32_t i = 0; i < n; i++) {
        counts[copy_of[i]]++;
    }
    return counts;
}
