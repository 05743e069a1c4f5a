#include "transform/lookup.h"

#include "core/file.h"
#include "core/raw_file.h"

/* A value no cell can have: the key has several. */
static const char several[] = "several";

/* The raw table while it is read. */
struct lookup_reader {
    const struct lookup_source *source;
    struct raw_file file;
    uint32_t key;
    uint32_t value;
};

static bool find_column(const struct lookup_reader *reader, const char *name, uint32_t *column,
                        struct error *err)
{
    for (uint32_t i = 0; i < reader->file.shape.ncols; i++) {
        if (strcmp(reader->file.shape.columns[i], name) == 0) {
            *column = i;
            return true;
        }
    }
    return error_set(err, ERROR_CONFIG, "the raw table %s has no column %s",
                     reader->source->table, name);
}

/* Trimmed; empty for NULL and for the null marks of the map. */
static struct text clean_text(const struct lookup_reader *reader, const struct cell *cell)
{
    struct text text =
        cell->state == CELL_TEXT ? text_trim(cell_text(*cell)) : (struct text){"", 0};

    for (const char *const *mark = reader->source->nulls; mark != NULL && *mark != NULL;
         mark++) {
        if (text_is(text, *mark)) {
            return (struct text){"", 0};
        }
    }
    return text;
}

static bool limit_error(const struct lookup_reader *reader, struct error *err)
{
    error_set(err, ERROR_LIMIT, "the raw table %s is too big for a look-up (%d rows, %d MB)",
              reader->source->table, LOOKUP_ROWS_MAX, LOOKUP_BYTES_MAX >> 20);
    error_hint(err, "stage the tables raw in a scratch schema and read them back joined, "
                    "through a view");
    return false;
}

static bool add_row(struct lookup *lookup, const struct lookup_reader *reader, uint32_t row,
                    struct error *err)
{
    struct text key = clean_text(reader, batch_cell(&reader->file.batch, row, reader->key));
    struct text value = clean_text(reader, batch_cell(&reader->file.batch, row, reader->value));
    struct strmap_entry *entry;

    if (key.len == 0) {
        return true;
    }
    entry = strmap_put(&lookup->rows, key);
    if (entry == NULL || lookup->rows.arena.used + lookup->values.used > LOOKUP_BYTES_MAX) {
        return limit_error(reader, err);
    }
    if (entry->text.at == NULL) {
        entry->text = arena_copy(&lookup->values, value);
    } else if (!text_equal(entry->text, value)) {
        entry->text = (struct text){several, 0};
    }
    return true;
}

static bool add_rows(struct lookup *lookup, const struct lookup_reader *reader,
                     struct error *err)
{
    const struct batch *batch = &reader->file.batch;
    size_t issue = 0;

    for (uint32_t row = 0; row < batch->nrows; row++) {
        bool readable = true;
        for (; issue < batch->nissues && batch->issues[issue].row == row; issue++) {
            int32_t col = batch->issues[issue].col;
            readable = readable && col >= 0 && (uint32_t)col != reader->key &&
                       (uint32_t)col != reader->value;
        }
        if (readable && !add_row(lookup, reader, row, err)) {
            return false;
        }
    }
    return true;
}

static bool read_table(struct lookup *lookup, struct lookup_reader *reader, const char *path,
                       struct error *err)
{
    enum next next = NEXT_FAILED;

    if (!raw_file_open(&reader->file, path, err)) {
        return false;
    }
    if (find_column(reader, reader->source->key, &reader->key, err) &&
        find_column(reader, reader->source->value, &reader->value, err)) {
        while ((next = raw_file_next(&reader->file, err)) == NEXT_BLOCK &&
               add_rows(lookup, reader, err)) {
        }
    }
    raw_file_release(&reader->file);
    return next == NEXT_END;
}

bool lookup_load(struct lookup *lookup, const struct lookup_source *source, struct error *err)
{
    struct lookup_reader reader = {.source = source};
    char *name = xasprintf("%s.hmb", source->table);
    char *path = path_join(source->folder, name);
    bool ok;

    *lookup = (struct lookup){0};
    strmap_init(&lookup->rows, LOOKUP_ROWS_MAX);
    ok = read_table(lookup, &reader, path, err);
    free(path);
    free(name);
    if (!ok) {
        lookup_release(lookup);
    }
    return ok;
}

void lookup_release(struct lookup *lookup)
{
    strmap_release(&lookup->rows);
    arena_release(&lookup->values);
}

enum lookup_found lookup_find(const struct lookup *lookup, struct text key, struct text *value)
{
    const struct strmap_entry *entry = strmap_find(&lookup->rows, key);

    *value = (struct text){"", 0};
    if (entry == NULL) {
        return LOOKUP_NONE;
    }
    if (entry->text.at == several) {
        return LOOKUP_SEVERAL;
    }
    *value = entry->text;
    return LOOKUP_ONE;
}
