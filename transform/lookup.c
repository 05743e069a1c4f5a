#include "transform/lookup.h"

#include "core/batch_file.h"
#include "core/file.h"
#include "core/raw_frame.h"

/* A value no cell can have: the key has several. */
static const char several[] = "several";

/* The raw table while it is read. */
struct lookup_reader {
    const struct lookup_source *source;
    struct batch_reader *file;
    struct table_shape shape;
    struct batch batch;
    uint32_t key;
    uint32_t value;
};

static bool find_column(const struct lookup_reader *reader, const char *name, uint32_t *column,
                        struct error *err)
{
    for (uint32_t i = 0; i < reader->shape.ncols; i++) {
        if (strcmp(reader->shape.columns[i], name) == 0) {
            *column = i;
            return true;
        }
    }
    return error_set(err, ERROR_CONFIG, "the raw table %s has no column %s",
                     reader->source->table, name);
}

static bool open_table(struct lookup_reader *reader, uint16_t number, struct error *err)
{
    const struct batch_table *table = batch_reader_table(reader->file, number);

    if (reader->batch.shape != NULL) {
        return error_set(err, ERROR_INTEGRITY, "a raw file with two tables");
    }
    reader->shape = (struct table_shape){.table = table->name,
                                         .columns = table->columns,
                                         .ncols = table->ncols,
                                         .files = table->files,
                                         .nfiles = table->nfiles};
    batch_init(&reader->batch, &reader->shape);
    return find_column(reader, reader->source->key, &reader->key, err) &&
           find_column(reader, reader->source->value, &reader->value, err);
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
    struct text key = clean_text(reader, batch_cell(&reader->batch, row, reader->key));
    struct text value = clean_text(reader, batch_cell(&reader->batch, row, reader->value));
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
    const struct batch *batch = &reader->batch;
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

static bool read_frame(struct lookup *lookup, struct lookup_reader *reader,
                       const struct batch_block *block, struct error *err)
{
    struct raw_frame frame = raw_frame_of(block->rows, block->payload);

    while (frame.rows > 0) {
        if (!raw_frame_read(&reader->batch, &frame, err) || !add_rows(lookup, reader, err)) {
            return false;
        }
    }
    return true;
}

static bool read_blocks(struct lookup *lookup, struct lookup_reader *reader, struct error *err)
{
    struct batch_block block;
    enum next next;

    while ((next = batch_reader_next(reader->file, &block, err)) == NEXT_BLOCK) {
        if (block.type == BLOCK_TABLE && !open_table(reader, block.table, err)) {
            return false;
        }
        if (block.type == BLOCK_ROWS && !read_frame(lookup, reader, &block, err)) {
            return false;
        }
    }
    return next == NEXT_END;
}

bool lookup_load(struct lookup *lookup, const struct lookup_source *source, struct error *err)
{
    struct lookup_reader reader = {.source = source};
    char *name = xasprintf("%s.hmb", source->table);
    char *path = path_join(source->folder, name);
    bool ok = false;

    *lookup = (struct lookup){0};
    strmap_init(&lookup->rows, LOOKUP_ROWS_MAX);
    reader.file = batch_reader_open(path, err);
    if (reader.file != NULL) {
        if (batch_reader_kind(reader.file) != BATCH_FILE_RAW) {
            error_set(err, ERROR_CONFIG, "%s holds no raw table", path);
        } else {
            ok = read_blocks(lookup, &reader, err);
        }
    }
    if (reader.batch.shape != NULL) {
        batch_release(&reader.batch);
    }
    batch_reader_free(reader.file);
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
