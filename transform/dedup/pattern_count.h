/*
 * pattern_count.h - how often each pattern of levels occurs among the pairs of the rules.
 *
 * Sample    whole blocks, chosen by their first record, so that each rule gives about
 *           PATTERN_PAIRS_EACH pairs; an entry's `weight` makes up for the others.
 * Crowds    one person with thousands of records would teach all others its own slips: see
 *           `lesson`.  A crowd is a block of a tight rule with more than PATTERN_CROWD others;
 *           loose rules have long blocks of strangers, who must all be counted.
 * Order     entries are sorted, so that sums over them are the same in every run, whatever the
 *           number of threads: what these count are whole numbers.
 */
#ifndef HMS_TRANSFORM_DEDUP_PATTERN_COUNT_H
#define HMS_TRANSFORM_DEDUP_PATTERN_COUNT_H

#include "transform/dedup/blocking.h"
#include "transform/dedup/compare.h"

enum { PATTERN_PAIRS_EACH = 40000, PATTERN_OTHERS_MOST = 4, PATTERN_CROWD = 100 };

struct pattern_entry {
    uint64_t pattern;
    uint32_t rules; /* bits of the rules that have such pairs */
    double weight;  /* pairs */
    double lesson;  /* the same, but in a crowd a record counts for PATTERN_OTHERS_MOST pairs */
};

struct pattern_count {
    struct pattern_entry *at;
    size_t count;
};

void pattern_count_build(struct pattern_count *count, const struct blocking *blocking,
                         int jobs);
void pattern_count_release(struct pattern_count *count);

#endif
