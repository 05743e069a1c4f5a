/*
 * tuple.h - one row as PostgreSQL's COPY BINARY writes it (core/copy_tuple.h), with its fields side by
 * side.
 *
 * Lifetime  everything points into the bytes that were given.
 */
#ifndef HMS_REHEARSALS_TUPLE_H
#define HMS_REHEARSALS_TUPLE_H

#include "core/strbuf.h"
#include "mappings/entity.h"

struct tuple {
    struct text bytes; /* the field count word included */
    uint32_t nfields;
    struct text fields[ENTITY_COLUMNS_MAX]; /* at == NULL: NULL */
};

/* Takes one tuple of `ncols` fields off the front of `rest`; the first field must be an id of
 * 16 bytes.  False: the bytes are no such tuple. */
bool tuple_take(struct tuple *tuple, uint32_t ncols, struct text *rest);
/* The 16 bytes of the id. */
const uint8_t *tuple_id(const struct tuple *tuple);
bool tuple_field_equal(struct text a, struct text b); /* NULL equals only NULL */
/* Appends the tuple with the fields of the mask set NULL (bit n: field n) to `out`. */
void tuple_write_blanked(const struct tuple *tuple, uint64_t columns, struct strbuf *out);

#endif
