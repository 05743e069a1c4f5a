/*
 * copy_tuple.h - tuples of COPY BINARY, written and read field by field.
 *
 * Source    PostgreSQL 15, "COPY", section Binary Format: a 16-bit count of fields, then for each
 *           a 32-bit length (-1 for NULL) and its bytes, all big-endian.
 * Reading   a tuple that is cut sets `bad`; every later read gives an empty text.
 */
#ifndef HMS_TRANSFORM_PEOPLE_COPY_TUPLE_H
#define HMS_TRANSFORM_PEOPLE_COPY_TUPLE_H

#include "core/ident.h"

static inline void tuple_put_u32(struct strbuf *out, uint32_t value)
{
    const char bytes[] = {(char)(value >> 24), (char)(value >> 16), (char)(value >> 8),
                          (char)value};

    strbuf_add(out, bytes, sizeof(bytes));
}

static inline void tuple_begin(struct strbuf *out, uint16_t nfields)
{
    const char bytes[] = {(char)(nfields >> 8), (char)nfields};

    strbuf_add(out, bytes, sizeof(bytes));
}

static inline void tuple_put_null(struct strbuf *out)
{
    tuple_put_u32(out, UINT32_MAX);
}

static inline void tuple_put_text(struct strbuf *out, struct text text)
{
    tuple_put_u32(out, (uint32_t)text.len);
    strbuf_add_text(out, text);
}

static inline void tuple_put_ident(struct strbuf *out, struct ident id)
{
    tuple_put_u32(out, sizeof(id.bytes));
    strbuf_add(out, id.bytes, sizeof(id.bytes));
}

static inline void tuple_put_int4(struct strbuf *out, int32_t value)
{
    tuple_put_u32(out, 4);
    tuple_put_u32(out, (uint32_t)value);
}

static inline void tuple_put_int8(struct strbuf *out, int64_t value)
{
    tuple_put_u32(out, 8);
    tuple_put_u32(out, (uint32_t)((uint64_t)value >> 32));
    tuple_put_u32(out, (uint32_t)value);
}

static inline void tuple_put_real(struct strbuf *out, float value)
{
    uint32_t bits;

    memcpy(&bits, &value, sizeof(bits));
    tuple_put_u32(out, 4);
    tuple_put_u32(out, bits);
}

static inline void tuple_put_bool(struct strbuf *out, bool value)
{
    tuple_put_u32(out, 1);
    strbuf_putc(out, value ? '\1' : '\0');
}

struct tuple_reader {
    struct text rest;
    bool bad;
};

/* Past the count of fields. */
static inline struct tuple_reader tuple_read(struct text tuple)
{
    struct tuple_reader reader = {tuple, tuple.len < 2};

    if (!reader.bad) {
        reader.rest = (struct text){tuple.at + 2, tuple.len - 2};
    }
    return reader;
}

/* NULL is an empty text; `is_null` may be NULL. */
static inline struct text tuple_next(struct tuple_reader *reader, bool *is_null)
{
    const uint8_t *at = (const uint8_t *)reader->rest.at;
    struct text field = {"", 0};
    uint32_t len = 0;

    if (reader->bad || reader->rest.len < 4) {
        reader->bad = true;
        return field;
    }
    len = (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
    if (is_null != NULL) {
        *is_null = len == UINT32_MAX;
    }
    len = len == UINT32_MAX ? 0 : len;
    reader->rest = (struct text){reader->rest.at + 4, reader->rest.len - 4};
    if (reader->rest.len < len) {
        reader->bad = true;
        return field;
    }
    field = (struct text){reader->rest.at, len};
    reader->rest = (struct text){reader->rest.at + len, reader->rest.len - len};
    return field;
}

static inline struct ident tuple_next_ident(struct tuple_reader *reader, bool *is_null)
{
    struct text field = tuple_next(reader, is_null);
    struct ident id = {{0}};

    if (field.len == sizeof(id.bytes)) {
        memcpy(id.bytes, field.at, sizeof(id.bytes));
    }
    return id;
}

/* Of an integer, a bigint or a boolean. */
static inline int64_t tuple_next_int(struct tuple_reader *reader)
{
    struct text field = tuple_next(reader, NULL);
    uint64_t value = 0;

    for (size_t i = 0; i < field.len && i < 8; i++) {
        value = value << 8 | (uint8_t)field.at[i];
    }
    return field.len == 4 ? (int64_t)(int32_t)(uint32_t)value : (int64_t)value;
}

#endif
