#include "core/raw_file.h"

static bool find_shape(struct raw_file *file, const char *path, struct error *err)
{
    struct batch_block block;
    const struct batch_table *table;

    if (batch_reader_kind(file->reader) != BATCH_FILE_RAW) {
        return error_set(err, ERROR_CONFIG, "%s: not a raw table", path);
    }
    switch (batch_reader_next(file->reader, &block, err)) {
    case NEXT_FAILED:
        return false;
    case NEXT_END:
        return error_set(err, ERROR_INTEGRITY, "%s: a raw file without a table", path);
    case NEXT_BLOCK:
        break;
    }
    if (block.type != BLOCK_TABLE) {
        return error_set(err, ERROR_INTEGRITY, "%s: rows in front of their table", path);
    }
    table = batch_reader_table(file->reader, block.table);
    file->shape = (struct table_shape){.table = table->name,
                                       .columns = table->columns,
                                       .ncols = table->ncols,
                                       .files = table->files,
                                       .nfiles = table->nfiles};
    return true;
}

bool raw_file_open(struct raw_file *file, const char *path, struct error *err)
{
    *file = (struct raw_file){.reader = batch_reader_open(path, err)};
    if (file->reader == NULL || !find_shape(file, path, err)) {
        raw_file_release(file);
        return false;
    }
    batch_init(&file->batch, &file->shape);
    return true;
}

enum next raw_file_next(struct raw_file *file, struct error *err)
{
    while (file->frame.rows == 0) {
        struct batch_block block;
        enum next next = batch_reader_next(file->reader, &block, err);
        if (next != NEXT_BLOCK) {
            return next;
        }
        if (block.type == BLOCK_TABLE) {
            error_set(err, ERROR_INTEGRITY, "a raw file with two tables");
            return NEXT_FAILED;
        }
        if (block.type == BLOCK_ROWS) {
            file->frame = raw_frame_of(block.rows, block.payload);
        }
    }
    return raw_frame_read(&file->batch, &file->frame, err) ? NEXT_BLOCK : NEXT_FAILED;
}

void raw_file_release(struct raw_file *file)
{
    if (file->batch.shape != NULL) {
        batch_release(&file->batch);
    }
    batch_reader_free(file->reader);
    *file = (struct raw_file){0};
}
