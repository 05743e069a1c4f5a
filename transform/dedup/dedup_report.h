/*
 * dedup_report.h - the model report: one HTML file without scripts or anything from outside.
 *
 * Content   what was read, people found, bands and what they are expected to get wrong, weights
 *           as a histogram, shares of each level, rules with what they left out, sessions.
 * Privacy   names of fields and numbers, no value and no record.
 */
#ifndef HMS_TRANSFORM_DEDUP_DEDUP_REPORT_H
#define HMS_TRANSFORM_DEDUP_DEDUP_REPORT_H

#include "transform/dedup/dedup.h"

bool dedup_write_report(const struct dedup *dedup, const char *path,
                        struct error *err) MUST_CHECK;

#endif
