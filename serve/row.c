#include "serve/row.h"

struct text row_text(struct row row, int column)
{
    if (PQgetisnull(row.rows, row.number, column)) {
        return (struct text){"", 0};
    }
    return (struct text){PQgetvalue(row.rows, row.number, column),
                         (size_t)PQgetlength(row.rows, row.number, column)};
}

bool row_is(struct row row, int column, const char *value)
{
    return text_is(row_text(row, column), value);
}

static bool take_int(struct row_list *list, int32_t *out)
{
    if (list->end - list->at < 4) {
        return false;
    }
    *out = (int32_t)((uint32_t)list->at[0] << 24 | (uint32_t)list->at[1] << 16 |
                     (uint32_t)list->at[2] << 8 | list->at[3]);
    list->at += 4;
    return true;
}

/* array_send: dimensions, flags, type; for each dimension size and lower bound; the elements. */
struct row_list row_list_of(struct row row, int column)
{
    struct text bytes = row_text(row, column);
    struct row_list list = {.at = (const uint8_t *)bytes.at,
                            .end = (const uint8_t *)bytes.at + bytes.len};
    int32_t head[3];
    int32_t sizes[4];

    for (int i = 0; i < 3; i++) {
        if (!take_int(&list, &head[i])) {
            return (struct row_list){0};
        }
    }
    if (head[0] != 2) { /* an empty array has no dimension */
        return (struct row_list){0};
    }
    for (int i = 0; i < 4; i++) {
        if (!take_int(&list, &sizes[i])) {
            return (struct row_list){0};
        }
    }
    if (sizes[0] < 0 || sizes[2] <= 0 || sizes[2] > ROW_LIST_WIDTH_MAX) {
        return (struct row_list){0};
    }
    list.left = sizes[0];
    list.width = sizes[2];
    return list;
}

bool row_list_next(struct row_list *list, struct text fields[ROW_LIST_WIDTH_MAX])
{
    if (list->left == 0) {
        return false;
    }
    list->left--;
    for (int i = 0; i < list->width; i++) {
        int32_t len;
        if (!take_int(list, &len) || len > list->end - list->at) {
            list->left = 0;
            return false;
        }
        len = len < 0 ? 0 : len; /* NULL */
        fields[i] = (struct text){(const char *)list->at, (size_t)len};
        list->at += len;
    }
    return true;
}
