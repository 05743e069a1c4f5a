/*
 * review_report.h - the figures of the queue as one self-contained HTML page.
 *
 * Privacy   no value of a patient, no note; tasks by their names.  Nothing that a second reader must
 *           not know: who said what is told of closed pairs only.
 */
#ifndef HMS_CLI_REVIEW_REPORT_H
#define HMS_CLI_REVIEW_REPORT_H

#include "transform/people/review_stats.h"

bool review_report_write(const struct review_stats *stats, const struct review *review,
                         uint64_t hours, const char *path, struct error *err) MUST_CHECK;

#endif
