/*
 * row_key.h - the source key of a row: the columns that the map names, trimmed, joined by
 * IDENT_KEY_PART.
 */
#ifndef HMS_TRANSFORM_ROW_KEY_H
#define HMS_TRANSFORM_ROW_KEY_H

#include "transform/view.h"

struct row_key {
    struct view *view;
    int slots[MAP_KEY_MAX];
};

void row_key_init(struct row_key *key, struct view *view);
/* NULL, or the rule id that the key breaks.  The text is the row's own or in the arena. */
const char *row_key_make(const struct row_key *key, uint32_t row, struct arena *arena,
                         struct text *out);

#endif
