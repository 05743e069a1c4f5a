/*
 * constraints.h - what people said of pairs of records: one person, or two.
 *
 * Must      records said to be one person make a set; the first of them names it.  Clustering
 *           starts from the sets.
 * Apart     two records said to be two people never come together, and neither do their sets.
 * Contradiction
 *           an "apart" inside a set (A=B, B=C, A≠C).  It is never resolved here: it is listed
 *           with the shortest chain of verdicts that says the opposite, and all records of that
 *           set stay as they were before: together when they had one person, else apart,
 *           whatever is said of each other; a record that had no person yet stays alone among
 *           them.
 * Order     depends on records and verdicts, not on the order in which verdicts are given.
 * Memory    12 bytes a record as soon as there is one verdict, none without.
 * Limits    VERDICTS_MAX pairs, the caller asks.
 * Later     of records that came after constraints_build() nothing was said.
 * Threads   read-only after constraints_build().
 */
#ifndef HMS_TRANSFORM_DEDUP_CONSTRAINTS_H
#define HMS_TRANSFORM_DEDUP_CONSTRAINTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { VERDICTS_MAX = 10000000 };

#define RECORD_NONE UINT32_MAX

struct verdict_pair {
    uint32_t a;
    uint32_t b;
    bool same;
    int64_t verdict; /* the caller's name of it */
};

struct contradiction {
    uint32_t a;
    uint32_t b;
    int64_t apart;
    int64_t *together; /* the chain from a to b */
    size_t ntogether;
};

struct apart {
    uint32_t record;
    uint32_t other;
};

struct constraints {
    uint32_t nrecords;
    uint32_t *set_of;  /* by record: the first record of its set; NULL without verdicts */
    uint32_t *kept_of; /* by record: the contradicted set that it stays in as before, or NONE */
    uint8_t *named;    /* by record: whether a verdict in force is about it */
    struct apart *aparts; /* each pair twice, sorted */
    size_t naparts;
    struct contradiction *contradictions;
    size_t ncontradictions;
};

/* `before`: by record the person that it had, in any numbering, RECORD_NONE for none; or NULL.
 * Pairs are sorted in place. */
void constraints_build(struct constraints *constraints, struct verdict_pair *pairs,
                       size_t npairs, uint32_t nrecords, const uint32_t *before);
void constraints_release(struct constraints *constraints);

/* The pairs apart of a record: aparts[result .. result + *count). */
size_t constraints_apart(const struct constraints *constraints, uint32_t record, size_t *count);

static inline bool constraints_names(const struct constraints *constraints, uint32_t record)
{
    return constraints != NULL && constraints->named != NULL &&
           record < constraints->nrecords && constraints->named[record] != 0;
}

/* The first record of its set, itself when nothing was said. */
static inline uint32_t constraints_set(const struct constraints *constraints, uint32_t record)
{
    return constraints_names(constraints, record) ? constraints->set_of[record] : record;
}

/* The contradicted set that it stays in as before, or RECORD_NONE. */
static inline uint32_t constraints_kept(const struct constraints *constraints, uint32_t record)
{
    return constraints_names(constraints, record) ? constraints->kept_of[record] : RECORD_NONE;
}

#endif
