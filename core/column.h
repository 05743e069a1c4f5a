/*
 * column.h - the types of canonical columns, and how each is written in text and in the bytes
 * of PostgreSQL's COPY BINARY.
 *
 * Source    PostgreSQL 15, "COPY", section Binary Format, and the *_recv functions of each
 *           type.
 * Promise   column_encode() writes exactly the bytes the server would send back for that value
 *           (numerics with the scale of the column and no trailing zero digits), so that a
 *           stored tuple and an expected tuple can be compared as bytes.
 * Errors    a text that is not of the type is an issue, not an error: the rule id is returned.
 */
#ifndef HMS_CORE_COLUMN_H
#define HMS_CORE_COLUMN_H

#include "core/decimal.h"
#include "core/strbuf.h"

/* type, name in .sql files, canonical text, rule when the text is not of the type */
#define COLUMN_TYPE_LIST(X)                                                                    \
    X(COLUMN_TEXT, "text", "UTF-8 without NUL", "text.encoding")                               \
    X(COLUMN_UUID, "uuid", "8-4-4-4-12 hex digits", "uuid.format")                             \
    X(COLUMN_DATE, "date", "YYYY-MM-DD", "date.format")                                        \
    X(COLUMN_TIMESTAMP, "timestamptz", "YYYY-MM-DDTHH:MM:SS[.ffffff]Z or +hh:mm",              \
      "timestamp.format")                                                                      \
    X(COLUMN_BOOL, "boolean", "true or false", "boolean.format")                               \
    X(COLUMN_INT4, "integer", "decimal digits, 32 bits", "integer.format")                     \
    X(COLUMN_INT8, "bigint", "decimal digits, 64 bits", "integer.format")                      \
    X(COLUMN_MONEY, "numeric(18,4)", "decimal, at most 14.4 digits", "number.format")          \
    X(COLUMN_QUANTITY, "numeric(18,6)", "decimal, at most 12.6 digits", "number.format")

enum column_type {
#define X(type, sql, text, rule) type,
    COLUMN_TYPE_LIST(X)
#undef X
};

const char *column_type_sql(enum column_type type);
bool column_type_parse(struct text sql, enum column_type *type);

/* Appends the field (length word and bytes) for `text`; NULL on success, else the rule id that
 * `text` breaks ("date.format", "number.range", ...), and nothing is appended. */
const char *column_encode(struct strbuf *tuple, enum column_type type, struct text text);
static inline void column_encode_null(struct strbuf *tuple)
{
    strbuf_add(tuple, "\xFF\xFF\xFF\xFF", 4); /* length -1 */
}
/* The canonical text of a field's bytes (without its length word), appended to `out`; false
 * when the bytes are not of the type. */
bool column_decode(struct strbuf *out, enum column_type type, struct text bytes);

/* The exact value of a numeric field's bytes. */
bool column_decimal(struct text bytes, struct decimal *out);

#endif
