#include "transform/transform.h"

#include "core/file.h"
#include "core/manifest.h"
#include "core/progress.h"
#include "transform/table_run.h"

/* One batch file at work, and the table that it is at. */
struct file_run {
    const struct transform_options *options;
    struct batch_reader *in;
    struct batch_writer *out;
    struct transform_totals *totals;
    struct table_run table;
    bool is_open;
    uint16_t number; /* of that table */
    uint64_t rows;
    struct progress *progress;
};

static bool end_table(struct file_run *file, struct error *err)
{
    bool ok = !file->is_open ||
              table_run_finish(&file->table, file->options, file->out, file->totals, err);

    table_run_release(&file->table);
    file->is_open = false;
    return ok;
}

static bool start_table(struct file_run *file, uint16_t number, struct error *err)
{
    if (!end_table(file, err)) {
        return false;
    }
    file->is_open = true;
    file->number = number;
    return table_run_open(&file->table, batch_reader_table(file->in, number), file->options,
                          file->out, err);
}

static bool take_block(struct file_run *file, const struct batch_block *block,
                       struct error *err)
{
    if (block->type == BLOCK_TABLE) {
        return start_table(file, block->table, err);
    }
    if (block->type != BLOCK_ROWS) {
        return true;
    }
    if (block->table != file->number) {
        return error_set(err, ERROR_INTEGRITY, "rows of a raw table after those of the next");
    }
    file->rows += block->rows;
    return table_run_frame(&file->table, block, file->out, err);
}

static bool run_blocks(struct file_run *file, struct error *err)
{
    struct batch_block block;
    enum next next;
    uint64_t done;
    uint64_t total;

    while ((next = batch_reader_next(file->in, &block, err)) == NEXT_BLOCK) {
        if (!take_block(file, &block, err)) {
            return false;
        }
        batch_reader_progress(file->in, &done, &total);
        progress_update(file->progress, file->totals->rows_read + file->rows, done);
    }
    if (next == NEXT_FAILED || !end_table(file, err)) {
        return false;
    }
    file->totals->rows_read += file->rows;
    return true;
}

/* A folder's manifest names the packs that judged; a stream has none, so it carries them. */
static bool write_packs(const struct transform_options *options, struct batch_writer *out,
                        struct error *err)
{
    struct manifest used;
    struct strbuf payload;
    bool ok;

    manifest_init(&used, "stage", "", options->organisation);
    strbuf_init(&payload, BLOCK_BYTES_MAX);
    ok = options->judge == NULL || code_judge_record(options->judge, &used, err);
    for (size_t i = 0; ok && i < used.npacks; i++) {
        strbuf_clear(&payload);
        manifest_pack_write(&used.packs[i], &payload);
        ok = batch_writer_put(out, BLOCK_PACK, 0, 0, 0, strbuf_text(&payload), err);
    }
    strbuf_release(&payload);
    manifest_release(&used);
    return ok;
}

/* `made` is NULL for a stream. */
static bool run_file(const struct transform_options *options, const char *from, const char *to,
                     struct manifest_file *made, struct transform_totals *totals,
                     struct error *err)
{
    struct progress progress;
    struct file_run file = {.options = options, .totals = totals, .progress = &progress};
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
        file.in = in;
        file.out = out;
        ok = out != NULL && run_blocks(&file, err) &&
             (made != NULL || write_packs(options, out, err)) && batch_writer_finish(out, err);
    }
    if (ok && made != NULL) {
        made->bytes = batch_writer_bytes(out);
        made->rows = batch_writer_rows(out);
        made->checksum = batch_writer_checksum(out);
    }
    progress_finish(&progress);
    table_run_release(&file.table);
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
    ok = ok && (options->judge == NULL || code_judge_record(options->judge, &stage, err)) &&
         manifest_write(&stage, options->out, err);
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
