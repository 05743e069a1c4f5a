/*
 * learn.h - what agreement means in this data: shares of each level among records of one person
 * (m), among random people (u) and among people of one household (h), without any label.
 *
 * u         by comparing random pairs, that of exact levels by counting values; what true pairs
 *           add to it is taken off again.
 * m         by expectation maximisation in sessions: the pairs of one blocking rule, without the
 *           fields that the rule fixes.  A session that taught nothing is discarded and says why.
 *           What several sessions learned is averaged by the matches each expects.
 * h, priors by expectation maximisation over the pairs of all rules with m held fixed.
 * Floors    every share stays between SHARE_LEAST and 1; counts start from the expectations of
 *           level.h, so that few data move little and nothing divides by zero.
 * Source    I. Fellegi, A. Sunter, "A theory for record linkage", 1969; the third class:
 *           docs/dedup.md.
 */
#ifndef HMS_TRANSFORM_DEDUP_LEARN_H
#define HMS_TRANSFORM_DEDUP_LEARN_H

#include "transform/dedup/blocking.h"
#include "transform/dedup/compare.h"

struct pair_classes {
    double m[PEOPLE_FIELDS_MAX][LEVELS_MAX];
    double u[PEOPLE_FIELDS_MAX][LEVELS_MAX];
    double h[PEOPLE_FIELDS_MAX][LEVELS_MAX];
    double prior_m; /* share of pairs that are one person, of all pairs */
    double prior_h; /* ... that are two of one household */
};

struct session {
    int rule;
    uint64_t pairs;
    double matches; /* expected */
    int rounds;
    const char *discarded; /* why, or NULL */
};

struct learned {
    struct pair_classes classes;
    struct session sessions[BLOCK_RULES_MAX];
    int nsessions;
    uint64_t random_pairs;
    double matches; /* expected in all pairs */
    double all_pairs;
};

void learn(struct learned *learned, const struct blocking *blocking, int jobs);

#endif
