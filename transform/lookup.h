/*
 * lookup.h - one column of a sealed raw table, found by another column.
 *
 * Source    <raw folder>/<TABLE>.hmb (core/batch_file.h, core/raw_frame.h).  Rows that extract
 *           could not read as rows are left out.
 * Rules     keys and values with outer spaces off; the null marks of the map are no values.  A
 *           key with two different values is ambiguous and gives none.
 * Memory    keys and values, and about 80 bytes a row; LOOKUP_ROWS_MAX rows and
 *           LOOKUP_BYTES_MAX bytes, then ERROR_LIMIT.
 */
#ifndef HMS_TRANSFORM_LOOKUP_H
#define HMS_TRANSFORM_LOOKUP_H

#include "core/error.h"
#include "core/strmap.h"

enum { LOOKUP_ROWS_MAX = 2000000, LOOKUP_BYTES_MAX = 512 << 20 };

struct lookup {
    struct strmap rows;
    struct arena values;
};

struct lookup_source {
    const char *folder;
    const char *table;
    const char *key;
    const char *value;
    const char *const *nulls; /* NULL-terminated, or NULL */
};

bool lookup_load(struct lookup *lookup, const struct lookup_source *source,
                 struct error *err) MUST_CHECK;
void lookup_release(struct lookup *lookup);

enum lookup_found { LOOKUP_NONE, LOOKUP_ONE, LOOKUP_SEVERAL };
/* LOOKUP_ONE: `*value` is the value, empty when the row has none. */
enum lookup_found lookup_find(const struct lookup *lookup, struct text key, struct text *value);

#endif
