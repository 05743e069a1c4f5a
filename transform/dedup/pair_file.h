/*
 * pair_file.h - scores the pairs that a file names.
 *
 * File      CSV with a header; the first two columns are ids of records, others are not read.
 * Result    the columns of dedup_files.h, one line a pair, in the order of the file.  A pair
 *           with an id that no record has is counted and left out.
 */
#ifndef HMS_TRANSFORM_DEDUP_PAIR_FILE_H
#define HMS_TRANSFORM_DEDUP_PAIR_FILE_H

#include "transform/dedup/dedup.h"

struct pair_file_counts {
    uint64_t scored;
    uint64_t unknown;
    uint64_t bands[3]; /* by enum band */
};

bool pair_file_score(const struct dedup *dedup, const char *pairs, const char *output,
                     struct pair_file_counts *counts, struct error *err) MUST_CHECK;

#endif
