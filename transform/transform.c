#include "transform/transform.h"

#include "core/file.h"
#include "core/manifest.h"
#include "core/progress.h"
#include "transform/table_run.h"

/* One batch file at work: the tables it has brought so far. */
struct file_run {
    struct table_run **tables;
    uint16_t ntables;
    uint64_t rows;
    struct progress *progress;
};

static bool take_block(struct file_run *file, const struct transform_options *options,
                       struct batch_reader *in, const struct batch_block *block,
                       struct batch_writer *out, struct error *err)
{
    if (block->type == BLOCK_TABLE) {
        file->tables = xrealloc(file->tables, sizeof(*file->tables) * (file->ntables + 1u));
        file->tables[file->ntables] = xcalloc(1, sizeof(**file->tables));
        return table_run_open(file->tables[file->ntables++],
                              batch_reader_table(in, block->table), options, out, err);
    }
    if (block->type == BLOCK_ROWS) {
        file->rows += block->rows;
        return table_run_frame(file->tables[block->table], block, out, err);
    }
    return true;
}

static bool run_blocks(struct file_run *file, const struct transform_options *options,
                       struct batch_reader *in, struct batch_writer *out,
                       struct transform_totals *totals, struct error *err)
{
    struct batch_block block;
    enum next next;
    uint64_t done;
    uint64_t total;

    while ((next = batch_reader_next(in, &block, err)) == NEXT_BLOCK) {
        if (!take_block(file, options, in, &block, out, err)) {
            return false;
        }
        batch_reader_progress(in, &done, &total);
        progress_update(file->progress, totals->rows_read + file->rows, done);
    }
    if (next == NEXT_FAILED) {
        return false;
    }
    for (uint16_t i = 0; i < file->ntables; i++) {
        if (!table_run_finish(file->tables[i], options, out, totals, err)) {
            return false;
        }
    }
    totals->rows_read += file->rows;
    return true;
}

static bool run_file(const struct transform_options *options, const char *from, const char *to,
                     struct manifest_file *made, struct transform_totals *totals,
                     struct error *err)
{
    struct progress progress;
    struct file_run file = {.progress = &progress};
    struct batch_reader *in = batch_reader_open(from, err);
    struct batch_writer *out = NULL;
    bool ok = in != NULL;

    progress_start(&progress, "transform", 0);
    if (ok && batch_reader_kind(in) != BATCH_FILE_RAW) {
        ok = error_set(err, ERROR_USAGE, "%s holds canonical rows, transform reads raw ones",
                       from);
    }
    if (ok) {
        out = batch_writer_open(to, BATCH_FILE_CANONICAL, strcmp(to, "-") != 0, err);
        ok = out != NULL && run_blocks(&file, options, in, out, totals, err) &&
             batch_writer_finish(out, err);
    }
    if (ok && made != NULL) {
        made->bytes = batch_writer_bytes(out);
        made->rows = batch_writer_rows(out);
        made->checksum = batch_writer_checksum(out);
    }
    progress_finish(&progress);
    for (uint16_t i = 0; i < file.ntables; i++) {
        table_run_release(file.tables[i]);
        free(file.tables[i]);
    }
    free(file.tables);
    batch_writer_free(out);
    batch_reader_free(in);
    return ok;
}

static bool run_listed(const struct transform_options *options,
                       const struct manifest_file *input, struct manifest *stage,
                       struct transform_totals *totals, struct error *err)
{
    struct manifest_file made = {.name = input->name, .table = input->table};
    char *from = path_join(options->raw, input->name);
    char *to = path_join(options->out, input->name);
    bool ok = run_file(options, from, to, &made, totals, err);

    if (ok) {
        manifest_add_input(stage, input);
        manifest_add_file(stage, &made);
    }
    free(from);
    free(to);
    return ok;
}

static bool run_folder(const struct transform_options *options, struct transform_totals *totals,
                       struct error *err)
{
    struct manifest raw = {0};
    struct manifest stage;
    bool ok = manifest_load(&raw, options->raw, err);

    if (ok && strcmp(raw.kind, "raw") != 0) {
        ok = error_set(err, ERROR_USAGE, "%s is no folder of raw tables", options->raw);
    }
    manifest_init(&stage, "stage", raw.source == NULL ? "" : raw.source, options->organisation);
    ok = ok && manifest_verify(&raw, options->raw, err) && folder_make(options->out, err);
    for (size_t i = 0; ok && i < raw.nfiles; i++) {
        ok = run_listed(options, &raw.files[i], &stage, totals, err);
    }
    ok = ok && manifest_write(&stage, options->out, err);
    manifest_release(&raw);
    manifest_release(&stage);
    return ok;
}

bool transform_run(const struct transform_options *options, struct transform_totals *totals,
                   struct error *err)
{
    *totals = (struct transform_totals){0};
    if (strcmp(options->raw, "-") != 0 && strcmp(options->out, "-") != 0) {
        return run_folder(options, totals, err);
    }
    if (strcmp(options->raw, "-") == 0 && strcmp(options->out, "-") == 0) {
        return run_file(options, "-", "-", NULL, totals, err);
    }
    return error_set(err, ERROR_USAGE, "give '-' for both input and output, or for neither");
}
