#include "rehearsals/tuple.h"

enum { ID_BYTES = 16, COUNT_BYTES = 2, LENGTH_BYTES = 4 };

static uint32_t big_endian(const char *at, size_t bytes)
{
    uint32_t value = 0;
    for (size_t i = 0; i < bytes; i++) {
        value = value << 8 | (uint8_t)at[i];
    }
    return value;
}

bool tuple_take(struct tuple *tuple, uint32_t ncols, struct text *rest)
{
    const char *at = rest->at;
    const char *end = rest->at + rest->len;
    if (rest->len < COUNT_BYTES || ncols > ENTITY_COLUMNS_MAX || ncols == 0 ||
        big_endian(at, COUNT_BYTES) != ncols) {
        return false;
    }
    at += COUNT_BYTES;
    for (uint32_t i = 0; i < ncols; i++) {
        if (end - at < LENGTH_BYTES) {
            return false;
        }
        uint32_t length = big_endian(at, LENGTH_BYTES);
        at += LENGTH_BYTES;
        if (length == UINT32_MAX) {
            tuple->fields[i] = (struct text){NULL, 0};
            continue;
        }
        if ((size_t)(end - at) < length) {
            return false;
        }
        tuple->fields[i] = (struct text){at, length};
        at += length;
    }
    if (tuple->fields[0].at == NULL || tuple->fields[0].len != ID_BYTES) {
        return false;
    }
    tuple->nfields = ncols;
    tuple->bytes = (struct text){rest->at, (size_t)(at - rest->at)};
    *rest = (struct text){at, (size_t)(end - at)};
    return true;
}

const uint8_t *tuple_id(const struct tuple *tuple)
{
    return (const uint8_t *)tuple->fields[0].at;
}

bool tuple_field_equal(struct text a, struct text b)
{
    if (a.at == NULL || b.at == NULL) {
        return a.at == b.at;
    }
    return text_equal(a, b);
}

void tuple_write_blanked(const struct tuple *tuple, uint64_t columns, struct strbuf *out)
{
    strbuf_add(out, tuple->bytes.at, COUNT_BYTES);
    for (uint32_t i = 0; i < tuple->nfields; i++) {
        struct text field = tuple->fields[i];
        if (field.at == NULL || (columns >> i & 1) != 0) {
            strbuf_add(out, "\xff\xff\xff\xff", LENGTH_BYTES);
        } else {
            strbuf_add(out, field.at - LENGTH_BYTES, LENGTH_BYTES + field.len);
        }
    }
}
