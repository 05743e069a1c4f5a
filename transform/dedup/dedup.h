/*
 * dedup.h - the whole road from tables of people to pairs and clusters.
 *
 * Shape     read, block, learn, score, cluster; each step can be looked at afterwards.
 * Order     the result depends on what the records say, never on the order of rows or files or
 *           on the number of threads.
 * Errors    those of people_read().
 */
#ifndef HMS_TRANSFORM_DEDUP_DEDUP_H
#define HMS_TRANSFORM_DEDUP_DEDUP_H

#include "transform/dedup/clustering.h"

enum dedup_step {
    DEDUP_READING,
    DEDUP_BLOCKING,
    DEDUP_LEARNING,
    DEDUP_SCORING,
    DEDUP_CLUSTERING,
    DEDUP_WRITING,
    DEDUP_STEPS
};

/* By the clock, and of all threads together. */
struct lap {
    int64_t wall_us;
    int64_t cpu_us;
};

struct lap lap_start(void);
struct lap lap_end(const struct lap *start);

struct dedup {
    struct people people;
    struct blocking blocking;
    struct learned learned;
    struct scorer scorer;
    struct pairing pairing;
    struct clustering clustering;
    const struct constraints *constraints; /* the caller's, set before dedup_match(); or NULL */
    struct lap took[DEDUP_STEPS];
};

/* Up to the scorer: enough to score and explain pairs.  Takes the table over, also its memory.
 * With `learned` of an earlier run (learned_file.h) nothing is learned anew. */
void dedup_start(struct dedup *dedup, struct people *people, const struct learned *learned,
                 int jobs);
/* The same with the tables of files. */
bool dedup_prepare(struct dedup *dedup, const struct people_model *model,
                   const char *const *paths, int npaths, int jobs,
                   struct error *err) MUST_CHECK;
/* Pairs and clusters, after dedup_prepare(). */
void dedup_match(struct dedup *dedup, int jobs);
void dedup_release(struct dedup *dedup);

#endif
