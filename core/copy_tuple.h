/*
 * copy_tuple.h - walks over rows as PostgreSQL's COPY BINARY writes them, without copying.
 *
 * Layout    field count (2 bytes), then for each field its length (4 bytes, -1: NULL) and its
 *           bytes; numbers big-endian.  PostgreSQL 15, "COPY", Binary Format.
 * Lifetime  fields point into the bytes that were given.
 * Errors    false when the bytes end too soon; then *rest is not to be used.
 */
#ifndef HMS_CORE_COPY_TUPLE_H
#define HMS_CORE_COPY_TUPLE_H

#include "core/text.h"

#include <string.h>

enum { COPY_COUNT_BYTES = 2, COPY_LENGTH_BYTES = 4, COPY_ID_BYTES = 16 };

/* Takes a field count off the front of `rest`. */
static inline bool copy_tuple_take_count(struct text *rest, uint32_t *count)
{
    if (rest->len < COPY_COUNT_BYTES) {
        return false;
    }
    *count = (uint32_t)((uint8_t)rest->at[0] << 8 | (uint8_t)rest->at[1]);
    rest->at += COPY_COUNT_BYTES;
    rest->len -= COPY_COUNT_BYTES;
    return true;
}

/* Takes a field; field->at is NULL for NULL. */
static inline bool copy_tuple_take_field(struct text *rest, struct text *field)
{
    uint32_t length;

    if (rest->len < COPY_LENGTH_BYTES) {
        return false;
    }
    memcpy(&length, rest->at, sizeof(length));
    length = __builtin_bswap32(length);
    rest->at += COPY_LENGTH_BYTES;
    rest->len -= COPY_LENGTH_BYTES;
    if (length == UINT32_MAX) {
        *field = (struct text){NULL, 0};
        return true;
    }
    if (rest->len < length) {
        return false;
    }
    *field = (struct text){rest->at, length};
    rest->at += length;
    rest->len -= length;
    return true;
}

#endif
