#include "rehearsals/tuple.h"

#include "core/copy_tuple.h"

bool tuple_take(struct tuple *tuple, uint32_t ncols, struct text *rest)
{
    struct text left = *rest;

    if (ncols > ENTITY_COLUMNS_MAX || ncols == 0 ||
        !copy_tuple_take_count(&left, &tuple->nfields) || tuple->nfields != ncols) {
        return false;
    }
    for (uint32_t i = 0; i < ncols; i++) {
        if (!copy_tuple_take_field(&left, &tuple->fields[i])) {
            return false;
        }
    }
    if (tuple->fields[0].at == NULL || tuple->fields[0].len != COPY_ID_BYTES) {
        return false;
    }
    tuple->bytes = (struct text){rest->at, rest->len - left.len};
    *rest = left;
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
    strbuf_add(out, tuple->bytes.at, COPY_COUNT_BYTES);
    for (uint32_t i = 0; i < tuple->nfields; i++) {
        struct text field = tuple->fields[i];
        if (field.at == NULL || (columns >> i & 1) != 0) {
            strbuf_add(out, "\xff\xff\xff\xff", COPY_LENGTH_BYTES);
        } else {
            strbuf_add(out, field.at - COPY_LENGTH_BYTES, COPY_LENGTH_BYTES + field.len);
        }
    }
}
