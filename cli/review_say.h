/*
 * review_say.h - what `hms review` prints: a task as a table side by side, the figures, both also
 * as JSON records.
 *
 * Safety    values come from hospitals: control characters and those that turn the direction of
 *           writing are printed as U+FFFD, so that a value cannot steer a terminal.
 */
#ifndef HMS_CLI_REVIEW_SAY_H
#define HMS_CLI_REVIEW_SAY_H

#include "core/json_out.h"
#include "transform/people/review_stats.h"
#include "transform/people/review_view.h"

/* weights: also bits, and their sum as a waterfall. */
void review_print_view(const struct review_view *view, bool weights);
void review_print_view_json(const struct review_view *view, bool weights);
/* Rows of review_history(); as JSON one record a decision. */
void review_print_history(const PGresult *rows);
void review_print_history_json(const PGresult *rows);
void review_print_stats(const struct review_stats *stats, const char *index, uint64_t hours);
void review_print_stats_json(const struct review_stats *stats, const char *index,
                             uint64_t hours);

/* The forecast, one sentence a line. */
void review_put_forecast(struct strbuf *out, const struct review_stats *stats, uint64_t hours);
enum { REVIEW_SHARE_MAX = 48 };
/* "97.1 % (93.2 to 98.8)" */
void review_put_share(char out[REVIEW_SHARE_MAX], const struct share *share);
/* What dedup was unsure of, when not of its probability. */
const char *review_cause_words(const char *cause);

/* A member whose value has six digits that count. */
void review_put_number(struct json_out *out, const char *key, double value);

#endif
