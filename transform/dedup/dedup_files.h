/*
 * dedup_files.h - what a run of dedup writes.
 *
 * pairs     record_a,record_b,weight,probability,band,cause,levels  one line a pair of the bands
 *           link and review, sorted; levels names every field as field=level.
 * clusters  record,person,records,certain  one line a record, sorted by person, then record;
 *           a person is named by the first of its records; certain is yes or no.
 * Memory    lines are written as they are made.
 * Errors    ERROR_CONFIG: a file cannot be written.  A file is put in place when it is whole,
 *           mode 0600.
 */
#ifndef HMS_TRANSFORM_DEDUP_DEDUP_FILES_H
#define HMS_TRANSFORM_DEDUP_DEDUP_FILES_H

#include "transform/dedup/dedup.h"

#define DEDUP_PAIR_HEADER "record_a,record_b,weight,probability,band,cause,levels\n"

struct scored_pair {
    uint32_t a;
    uint32_t b;
    uint64_t pattern;
    double weight;
    enum caution caution;
    enum band band;
};

struct text_file;

/* One line of a file of pairs. */
void dedup_pair_line(const struct people *people, const struct scored_pair *scored,
                     struct text_file *file);
/* Both files, side by side when there are threads for it. */
bool dedup_write(struct dedup *dedup, const char *pairs, const char *clusters, int jobs,
                 struct error *err) MUST_CHECK;

#endif
