#include "extract/header.h"

#include "core/batch.h"
#include "core/strmap.h"

struct header {
    struct source_list *names;
    struct arena *arena;
    const struct charset *charset;
    bool bad_bytes;
    bool too_long;
};

/* Control characters inside a name, such as line ends, become spaces. */
static const char *name_clean(struct arena *arena, struct text name)
{
    char *clean = arena_strdup(arena, name);

    for (char *at = clean; *at != '\0'; at++) {
        if ((unsigned char)*at < 0x20) {
            *at = ' ';
        }
    }
    return clean;
}

static void header_cell(void *at, size_t len, void *context)
{
    struct header *header = context;
    struct source_list *names = header->names;
    struct text name = {at, len};

    if (names->count++ >= BATCH_COLS_MAX) {
        return;
    }
    if (charset_kind_of(header->charset) == CHARSET_TABLE) {
        char *out = arena_bytes(header->arena, len * CHARSET_GROWTH + 1);

        name =
            (struct text){out, charset_decode(header->charset, name, out, &header->bad_bytes)};
    }
    header->bad_bytes = header->bad_bytes || !text_is_utf8(name);
    name = text_trim(name);
    header->too_long = header->too_long || name.len > COLUMN_NAME_MAX;
    names->at[names->count - 1] = name.len == 0
                                      ? arena_printf(header->arena, "column_%zu", names->count)
                                      : name_clean(header->arena, name);
}

static bool names_are_unique(const struct source_list *names, struct error *err)
{
    struct strmap seen;
    bool ok = true;

    strmap_init(&seen, BATCH_COLS_MAX);
    for (size_t i = 0; ok && i < names->count; i++) {
        struct strmap_entry *entry = strmap_put(&seen, text_of(names->at[i]));

        if (entry->number != 0) {
            ok = error_set(err, ERROR_SOURCE,
                           "the header repeats the name '%s' (columns %d and %zu)",
                           names->at[i], (int)entry->number, i + 1);
        }
        entry->number = i + 1;
    }
    strmap_release(&seen);
    return ok;
}

bool header_read(struct text record, struct csv_split *split, const struct charset *charset,
                 struct arena *arena, struct source_list *names, struct error *err)
{
    struct header header = {names, arena, charset, false, false};

    *names = (struct source_list){arena_alloc(arena, BATCH_COLS_MAX * sizeof(char *)), 0};
    if (memchr(record.at, '\0', record.len) != NULL) {
        error_set(err, ERROR_SOURCE, "the header has NUL bytes");
        error_hint(err, "is it utf-16? then say so in 'charset'");
        return false;
    }
    if (!csv_split_record(split, record, header_cell, &header)) {
        return error_set(err, ERROR_SOURCE, "the quotes of the header are broken");
    }
    if (names->count > BATCH_COLS_MAX) {
        return error_set(err, ERROR_LIMIT, "%zu columns, the limit is %d", names->count,
                         BATCH_COLS_MAX);
    }
    if (header.bad_bytes) {
        return error_set(err, ERROR_SOURCE, "the header has bytes that are not of the charset");
    }
    if (header.too_long) {
        return error_set(err, ERROR_LIMIT, "a name in the header is longer than %d bytes",
                         COLUMN_NAME_MAX);
    }
    return names_are_unique(names, err);
}
