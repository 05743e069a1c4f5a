/*
 * distinct.h - the different values of one column of a batch, so that what depends on the value
 * alone is done once for each and not once for each row.
 *
 * Shape     cells[0..count) are the values, at[row] says which of them is the row's.  NULL,
 *           ABSENT and the empty text are three values.
 * Gone      rows that have left already (gone[row] is set) have no value: their at[row] is not
 *           to be used.
 * Patience  finding equal values costs something.  Where nearly all differ the search is given
 *           up for the next batches, for more of them each time, and each row has a value of
 *           its own.
 * Lifetime  cells point where the column's cells do.
 */
#ifndef HMS_TRANSFORM_DISTINCT_H
#define HMS_TRANSFORM_DISTINCT_H

#include "core/batch.h"

struct distinct_key;

struct distinct {
    struct cell *cells;
    struct distinct_key *keys; /* one a cell */
    uint16_t *at;              /* one a row */
    uint32_t count;
    uint32_t pause;     /* batches that are not searched when patience ends again */
    uint32_t remaining; /* of the pause that goes on */
};

void distinct_init(struct distinct *distinct, uint32_t rows_max); /* BATCH_ROWS_MAX at most */
void distinct_release(struct distinct *distinct);
void distinct_find(struct distinct *distinct, const struct cell *cells, const char *const *gone,
                   uint32_t nrows);

#endif
