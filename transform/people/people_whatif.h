/*
 * people_whatif.h - what another model would do to people as they are; nothing is written.
 *
 * Pairs     two records of one person make a pair: gained ones have one person afterwards and
 *           had two, lost ones the other way round; only records that had a person are counted.
 * Bands     pairs of records by band before and after; a pair that is not listed is in "not".
 * Verdicts  those that the model by itself would decide otherwise: "two people" in its link
 *           band, "one person" below review.  They hold all the same.
 */
#ifndef HMS_TRANSFORM_PEOPLE_PEOPLE_WHATIF_H
#define HMS_TRANSFORM_PEOPLE_PEOPLE_WHATIF_H

#include "transform/people/people_run.h"

struct whatif {
    uint64_t records;
    uint64_t new_records; /* that had no person */
    uint64_t people_before;
    uint64_t people_after;
    uint64_t people_split;  /* whose records would be several people */
    uint64_t people_joined; /* that would be one with another */
    uint64_t pairs_kept;
    uint64_t pairs_gained;
    uint64_t pairs_lost;
    uint64_t bands[3][3]; /* by enum band: before, after; not-not is not counted */
    uint64_t verdicts;
    uint64_t verdicts_against;
};

/* `before`, `after`: by record the number of its person (PERSON_NONE: none), below 2^32. */
void whatif_people(struct whatif *whatif, const uint32_t *before, const uint32_t *after,
                   uint32_t nrecords);
/* Both lists sorted by a, then b. */
void whatif_bands(struct whatif *whatif, const struct pair *before, size_t nbefore,
                  const struct pair *after, size_t nafter);
void whatif_verdicts(struct whatif *whatif, const struct dedup *dedup,
                     const struct verdict_pair *pairs, size_t npairs);

/* The store: a run that is open and matched, against what the store says. */
bool people_whatif(struct whatif *whatif, struct people_run *run, struct error *err) MUST_CHECK;
/* Tables: clusters and, unless NULL, pairs of an earlier run, as `hms dedup -o` wrote them. */
bool people_whatif_csv(struct whatif *whatif, const struct dedup *dedup, const char *clusters,
                       const char *pairs, struct error *err) MUST_CHECK;

#endif
