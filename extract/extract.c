#include "extract/extract.h"

#include "core/batch_file.h"
#include "core/file.h"
#include "core/manifest.h"
#include "core/progress.h"
#include "core/raw_frame.h"
#include "core/strmap.h"
#include "extract/claim.h"
#include "extract/csv_source.h"

#include <assert.h>
#include <sys/stat.h>
#include <unistd.h>

/* One file of the table at hand. */
struct part {
    const char *path;
    const char *name;  /* without folders */
    uint32_t *columns; /* of the table, by field */
    uint32_t nfields;
};

/* The table at hand; everything lives in its arena. */
struct table_run {
    const struct source_table *table;
    struct part *parts;
    const char **names; /* of the parts */
    size_t nparts;
    struct strmap columns; /* name -> index + 1 */
    const char **column_names;
    uint32_t ncols;
    struct arena arena;
};

struct run {
    const struct source_spec *spec;
    struct batch_writer *writer;
    struct manifest manifest;
    struct strbuf frame;
    struct progress progress;
    uint64_t rows;
    uint64_t done; /* bytes of the files that are finished */
};

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL ? path : slash + 1;
}

/* --- the columns of a table --- */

static bool column_index(struct table_run *run, const char *name, uint32_t *index,
                         struct error *err)
{
    struct strmap_entry *entry = strmap_put(&run->columns, text_of(name));

    if (entry == NULL) {
        return error_set(err, ERROR_LIMIT, "with it the table has over %d columns",
                         BATCH_COLS_MAX);
    }
    if (entry->number == 0) {
        run->column_names[run->ncols++] = name;
        entry->number = run->ncols;
    }
    *index = (uint32_t)entry->number - 1;
    return true;
}

static struct csv_source *part_open(const struct table_run *run, const struct part *part,
                                    struct arena *arena, struct source_list *names,
                                    struct error *err)
{
    struct csv_source *source = csv_source_open(part->path, &run->table->format, err);

    *names = run->table->columns;
    if (source != NULL && run->table->format.header &&
        !csv_source_header(source, arena, names, err)) {
        csv_source_free(source);
        return NULL;
    }
    return source;
}

/* Reads the header of a part and gives each of its fields a column of the table. */
static bool part_bind(struct table_run *run, struct part *part, struct error *err)
{
    const struct source_list *given = &run->table->columns;
    struct source_list names;
    struct csv_source *source = part_open(run, part, &run->arena, &names, err);

    csv_source_free(source);
    if (source == NULL) {
        return false;
    }
    if (given->count > 0 && given->count != names.count) {
        return error_set(err, ERROR_SOURCE, "its header has %zu names, 'columns' has %zu",
                         names.count, given->count);
    }
    if (given->count > 0) {
        names = *given;
    }
    part->columns = arena_alloc(&run->arena, names.count * sizeof(*part->columns));
    part->nfields = (uint32_t)names.count;
    for (size_t i = 0; i < names.count; i++) {
        if (!column_index(run, names.at[i], &part->columns[i], err)) {
            return false;
        }
    }
    return true;
}

static bool table_run_open(struct table_run *run, const struct source_table *table,
                           const struct source_list *files, struct error *err)
{
    *run = (struct table_run){.table = table, .nparts = files->count};
    strmap_init(&run->columns, BATCH_COLS_MAX);
    run->column_names = arena_alloc(&run->arena, BATCH_COLS_MAX * sizeof(*run->column_names));
    run->parts = arena_alloc(&run->arena, files->count * sizeof(*run->parts));
    run->names = arena_alloc(&run->arena, files->count * sizeof(*run->names));
    for (size_t i = 0; i < files->count; i++) {
        struct part *part = &run->parts[i];

        *part = (struct part){.path = files->at[i], .name = base_name(files->at[i])};
        run->names[i] = part->name;
        if (!part_bind(run, part, err)) {
            return error_wrap(err, "%s", part->path);
        }
    }
    return true;
}

static void table_run_release(struct table_run *run)
{
    strmap_release(&run->columns);
    arena_release(&run->arena);
}

/* --- the rows of a table --- */

static void issue_count(struct extract_table *report, const char *rule)
{
    size_t i = 0;

    while (i < report->nissues && strcmp(report->issues[i].rule, rule) != 0) {
        i++;
    }
    if (i == report->nissues) {
        assert(i < EXTRACT_RULES_MAX);
        report->issues[report->nissues++] = (struct extract_issue){rule, 0};
    }
    report->issues[i].count++;
}

static bool batch_put(struct run *run, uint16_t number, const struct batch *batch,
                      struct extract_table *report, struct error *err)
{
    for (size_t i = 0; i < batch->nissues; i++) {
        bool same_row = i > 0 && batch->issues[i - 1].row == batch->issues[i].row;

        issue_count(report, batch->issues[i].rule);
        report->rows_with_issues += !same_row;
    }
    report->rows += batch->nrows;
    run->rows += batch->nrows;
    strbuf_clear(&run->frame);
    raw_frame_write(batch, &run->frame);
    assert(!strbuf_is_full(&run->frame));
    return batch_writer_put(run->writer, BLOCK_ROWS, number, 0, batch->nrows,
                            strbuf_text(&run->frame), err);
}

static void part_seal(struct run *run, const struct table_run *table, const struct part *part,
                      const struct csv_source *source)
{
    struct manifest_file input = {
        .name = part->name,
        .table = table->table->name,
        .bytes = csv_source_bytes(source),
        .rows = csv_source_rows(source),
        .checksum = csv_source_checksum(source),
    };

    manifest_add_input(&run->manifest, &input);
    run->done += input.bytes;
}

/* All rows of one part; the batch may be left with rows that are not yet written. */
static bool part_run(struct run *run, struct table_run *table, size_t index, uint16_t number,
                     struct batch *batch, struct extract_table *report, struct error *err)
{
    const struct part *part = &table->parts[index];
    struct arena arena = {0};
    struct source_list names;
    struct csv_source *source = part_open(table, part, &arena, &names, err);
    bool at_end = false;
    bool ok = source != NULL;

    if (ok && names.count != part->nfields) {
        ok = error_set(err, ERROR_SOURCE, "changed while it was read");
    }
    if (ok) {
        csv_source_bind(source, (uint32_t)index, part->columns, part->nfields);
    }
    while (ok && !at_end) {
        ok = csv_source_read(source, batch, &at_end, err);
        if (ok && batch_is_full(batch)) {
            ok = batch_put(run, number, batch, report, err);
            batch_clear(batch);
        }
        if (ok) {
            progress_update(&run->progress, run->rows, run->done + csv_source_bytes(source));
        }
    }
    if (ok) {
        part_seal(run, table, part, source);
        report->bytes += csv_source_bytes(source);
    }
    csv_source_free(source);
    arena_release(&arena);
    return ok || error_wrap(err, "%s", part->path);
}

static bool table_put(struct run *run, const struct source_table *table,
                      const struct source_list *files, struct extract_table *report,
                      struct error *err)
{
    struct table_run one;
    struct table_shape shape;
    struct batch batch = {0};
    struct batch_table block = {
        .organisation = "", .source = run->spec->name, .map = "", .lanes = 1};
    uint16_t number = 0;
    bool ok = table_run_open(&one, table, files, err);

    shape = (struct table_shape){table->name, one.column_names, one.ncols, one.names,
                                 (uint32_t)one.nparts};
    block.name = table->name;
    block.columns = one.column_names;
    block.ncols = one.ncols;
    block.files = one.names;
    block.nfiles = (uint32_t)one.nparts;
    *report =
        (struct extract_table){.name = table->name, .nfiles = one.nparts, .ncols = one.ncols};
    if (ok) {
        batch_init(&batch, &shape);
        ok = batch_writer_table(run->writer, &block, &number, err);
    }
    for (size_t i = 0; ok && i < one.nparts; i++) {
        ok = part_run(run, &one, i, number, &batch, report, err);
    }
    if (ok && batch.nrows > 0) {
        ok = batch_put(run, number, &batch, report, err);
    }
    batch_release(&batch);
    table_run_release(&one);
    return ok;
}

/* --- all tables --- */

/* A table of its own file, sealed in the manifest. */
static bool table_write(struct run *run, const char *output, const struct source_table *table,
                        const struct source_list *files, struct extract_table *report,
                        struct error *err)
{
    char *name = xasprintf("%s.hmb", table->name);
    char *path = path_join(output, name);
    bool ok;

    run->writer = batch_writer_open(path, BATCH_FILE_RAW, true, err);
    ok = run->writer != NULL && table_put(run, table, files, report, err) &&
         batch_writer_finish(run->writer, err);
    if (ok) {
        struct manifest_file file = {
            .name = name,
            .table = table->name,
            .bytes = batch_writer_bytes(run->writer),
            .rows = batch_writer_rows(run->writer),
            .checksum = batch_writer_checksum(run->writer),
        };

        manifest_add_file(&run->manifest, &file);
    }
    batch_writer_free(run->writer);
    run->writer = NULL;
    free(path);
    free(name);
    return ok;
}

/* Takes the seal of an earlier run off the folder, with the files that it sealed. */
static void folder_unseal(const char *folder)
{
    struct error ignored = {0};
    struct manifest old;
    char *path = path_join(folder, "manifest.json");

    if (manifest_load(&old, folder, &ignored)) {
        unlink(path);
        for (size_t i = 0; i < old.nfiles; i++) {
            char *file = path_join(folder, old.files[i].name);

            unlink(file);
            free(file);
        }
    }
    unlink(path);
    manifest_release(&old);
    free(path);
}

static bool run_folder(struct run *run, const struct source_list *claims, const char *output,
                       struct extract_report *report, struct error *err)
{
    const struct source_spec *spec = run->spec;

    if (!folder_make(output, err)) {
        return false;
    }
    folder_unseal(output);
    for (size_t i = 0; i < spec->ntables; i++) {
        if (claims[i].count > 0 && !table_write(run, output, &spec->tables[i], &claims[i],
                                                &report->tables[report->ntables++], err)) {
            return false;
        }
    }
    return manifest_write(&run->manifest, output, err);
}

static bool run_stream(struct run *run, const struct source_list *claims,
                       struct extract_report *report, struct error *err)
{
    const struct source_spec *spec = run->spec;
    bool ok;

    run->writer = batch_writer_open("-", BATCH_FILE_RAW, false, err);
    ok = run->writer != NULL;
    for (size_t i = 0; ok && i < spec->ntables; i++) {
        if (claims[i].count > 0) {
            ok = table_put(run, &spec->tables[i], &claims[i],
                           &report->tables[report->ntables++], err);
        }
    }
    ok = ok && batch_writer_finish(run->writer, err);
    batch_writer_free(run->writer);
    return ok;
}

static uint64_t claims_size(const struct source_list *claims, size_t count)
{
    uint64_t size = 0;

    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < claims[i].count; j++) {
            struct stat info;

            size += stat(claims[i].at[j], &info) == 0 ? (uint64_t)info.st_size : 0;
        }
    }
    return size;
}

bool extract_run(const struct source_spec *spec, const char *folder, const char *output,
                 struct extract_report *report, struct error *err)
{
    struct run run = {.spec = spec};
    struct source_list *claims = xcalloc(spec->ntables, sizeof(*claims));
    struct arena arena = {0};
    bool ok = true;

    *report = (struct extract_report){xcalloc(spec->ntables, sizeof(*report->tables)), 0};
    manifest_init(&run.manifest, "raw", spec->name, "");
    strbuf_init(&run.frame, BLOCK_BYTES_MAX);
    if (folder != NULL) {
        ok = claim_files(spec, folder, &arena, claims, err);
    } else {
        for (size_t i = 0; i < spec->ntables; i++) {
            claims[i] = spec->tables[i].files;
        }
    }
    if (ok) {
        progress_start(&run.progress, "extract", claims_size(claims, spec->ntables));
        ok = strcmp(output, "-") == 0 ? run_stream(&run, claims, report, err)
                                      : run_folder(&run, claims, output, report, err);
        progress_finish(&run.progress);
    }
    manifest_release(&run.manifest);
    strbuf_release(&run.frame);
    arena_release(&arena);
    free(claims);
    return ok;
}

void extract_report_release(struct extract_report *report)
{
    free(report->tables);
    *report = (struct extract_report){0};
}

bool extract_verify(const char *folder, struct error *err)
{
    struct manifest manifest;
    bool ok = manifest_load(&manifest, folder, err) && manifest_verify(&manifest, folder, err);

    manifest_release(&manifest);
    return ok;
}
