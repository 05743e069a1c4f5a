/*
 * csv_split.h - one delimited record into its cells, by libcsv.
 *
 * Ownership the struct is the caller's, the parser inside is ours.
 * Cells     are given to `cell` one after the other, quotes taken off; they live until it
 *           returns.  They are bytes: nothing is known of charsets here.
 * Errors    false when the quotes are wrong: one inside an unquoted field, text after a closing
 *           one, or none at the end.  Cells may have been given by then.
 */
#ifndef HMS_EXTRACT_CSV_SPLIT_H
#define HMS_EXTRACT_CSV_SPLIT_H

#include "core/text.h"

struct csv_parser;

struct csv_split {
    struct csv_parser *parser;
    char delimiter;
    char quote;
};

/* A `quote` of '\0' is none; then a record must not have a NUL. */
void csv_split_init(struct csv_split *split, char delimiter, char quote);
void csv_split_release(struct csv_split *split);
/* `record` has no line end; an empty one has no cells. */
bool csv_split_record(struct csv_split *split, struct text record,
                      void (*cell)(void *at, size_t len, void *context), void *context);

#endif
