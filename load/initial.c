#include "load/initial.h"

#include "core/file.h"
#include "core/ident.h"
#include "core/manifest.h"
#include "core/progress.h"
#include "load/gate.h"
#include "load/intake.h"
#include "load/organisation.h"
#include "load/run.h"
#include "load/store.h"
#include "load/stream.h"
#include "load/worker.h"

#include <inttypes.h>

enum { NUMBER_MAX = 24 };

struct loading {
    const struct initial_load *load;
    struct pg *pg; /* holds the lock, does the bookkeeping */
    struct run run;
    struct catalogue catalogue;
    struct load_plan plan;
    struct intake intake;
};

/* ---- files */

static bool check_manifest(const struct loading *loading, const struct manifest *manifest,
                           struct error *err)
{
    const struct initial_load *load = loading->load;

    if (strcmp(manifest->kind, "stage") != 0) {
        error_set(err, ERROR_CONFIG, "%s holds a '%s' folder, not a stage", load->stage,
                  manifest->kind);
        error_hint(err, "'hms transform' makes a stage");
        return false;
    }
    if (strcmp(manifest->organisation, load->organisation) != 0) {
        return error_set(err, ERROR_CONFIG,
                         "the stage is of organisation '%s', to be loaded as '%s'",
                         manifest->organisation, load->organisation);
    }
    return manifest_verify(manifest, load->stage, err);
}

/* One number for the whole stage: of the checksums of its files, in their order. */
static uint64_t stage_checksum(const struct manifest *manifest)
{
    struct checksum_stream *stream = checksum_stream_new();
    uint64_t value;

    for (size_t i = 0; i < manifest->nfiles; i++) {
        checksum_stream_add(stream, &manifest->files[i].checksum,
                            sizeof(manifest->files[i].checksum));
    }
    value = checksum_stream_value(stream);
    checksum_stream_free(stream);
    return value;
}

static bool take_folder(struct loading *loading, struct error *err)
{
    struct manifest manifest;
    bool ok;

    if (!manifest_load(&manifest, loading->load->stage, err)) {
        return false;
    }
    ok = check_manifest(loading, &manifest, err) &&
         run_describe(loading->pg, &loading->run, manifest.source, stage_checksum(&manifest),
                      err);
    for (size_t i = 0; ok && i < manifest.npacks; i++) {
        ok = run_add_pack(loading->pg, &loading->run, &manifest.packs[i], err);
    }
    for (size_t i = 0; ok && i < manifest.nfiles; i++) {
        char *path = path_join(loading->load->stage, manifest.files[i].name);
        ok = intake_file(&loading->intake, path, err);
        free(path);
    }
    manifest_release(&manifest);
    return ok;
}

/* ---- a stream */

static bool take_block(struct loading *loading, struct stream *stream,
                       struct batch_reader *reader, const struct batch_block *block,
                       struct intake_tables *tables, struct error *err)
{
    if (!intake_block(&loading->intake, reader, block, -1, tables, err)) {
        return false;
    }
    return block->type != BLOCK_ROWS ||
           stream_put(stream, tables->entities[block->table], block->lane,
                      batch_reader_table(reader, block->table)->map, block->rows,
                      block->payload, err);
}

static bool read_stream(struct loading *loading, struct stream *stream, struct error *err)
{
    struct batch_reader *reader = batch_reader_open("-", err);
    struct intake_tables *tables = xcalloc(1, sizeof(*tables));
    struct progress progress;
    struct batch_block block;
    enum next next = NEXT_FAILED;

    progress_start(&progress, "loading", 0);
    if (reader != NULL && batch_reader_kind(reader) != BATCH_FILE_CANONICAL) {
        error_set(err, ERROR_CONFIG, "the stream holds raw rows, not canonical ones");
    } else if (reader != NULL) {
        while ((next = batch_reader_next(reader, &block, err)) == NEXT_BLOCK &&
               take_block(loading, stream, reader, &block, tables, err)) {
            progress_update(&progress, loading->intake.rows, 0);
        }
    }
    progress_finish(&progress);
    batch_reader_free(reader);
    free(tables);
    return next == NEXT_END;
}

static bool take_stream(struct loading *loading, struct error *err)
{
    int64_t started = clock_us();
    struct stream *stream =
        stream_open(loading->load->conninfo, &loading->plan, loading->load->jobs, err);
    bool ok = stream != NULL && read_stream(loading, stream, err);

    if (ok) {
        load_plan_add_parents(&loading->plan);
        ok = run_describe(loading->pg, &loading->run, loading->intake.source, 0, err) &&
             stream_finish(stream, err) &&
             run_time(loading->pg, &loading->run, "", 0, "copy", clock_us() - started, err);
    }
    stream_free(stream);
    return ok;
}

/* ---- tasks */

static bool add_task(struct loading *loading, int entity, int lane, bool copied,
                     struct error *err)
{
    char run_id[NUMBER_MAX];
    char lane_text[NUMBER_MAX];
    char rows[NUMBER_MAX];
    const char *const params[] = {run_id, loading->catalogue.entities[entity].name, lane_text,
                                  rows, copied ? "done" : "waiting"};

    snprintf(run_id, sizeof(run_id), "%d", loading->run.id);
    snprintf(lane_text, sizeof(lane_text), "%d", lane);
    snprintf(rows, sizeof(rows), "%" PRIu64, loading->plan.entities[entity].rows[lane]);
    return pg_exec(loading->pg,
                   "INSERT INTO mig.task (run_id, kind, entity, lane, rows, state) "
                   "VALUES ($1, 'copy', $2, $3, $4, $5), ($1, 'build', $2, $3, $4, 'waiting')",
                   5, params, err);
}

static bool add_tasks(struct loading *loading, bool copied, struct error *err)
{
    bool ok = pg_begin(loading->pg, err);

    for (size_t i = 0; ok && i < loading->catalogue.count; i++) {
        for (int lane = 0; ok && lane < loading->plan.entities[i].lanes; lane++) {
            ok = add_task(loading, (int)i, lane, copied, err);
        }
    }
    return ok && pg_commit(loading->pg, err);
}

/* ---- the end */

static bool attach_leaves(struct loading *loading, struct error *err)
{
    char org_id[NUMBER_MAX];
    bool ok = true;

    snprintf(org_id, sizeof(org_id), "%d", loading->run.org_id);
    for (size_t i = 0; ok && i < loading->catalogue.count; i++) {
        char lanes[NUMBER_MAX];
        snprintf(lanes, sizeof(lanes), "%d", loading->plan.entities[i].lanes);
        for (int lane = 0; ok && lane < loading->plan.entities[i].lanes; lane++) {
            char lane_text[NUMBER_MAX];
            const char *const params[] = {loading->catalogue.entities[i].name,
                                          loading->run.organisation, org_id, lane_text, lanes};
            snprintf(lane_text, sizeof(lane_text), "%d", lane);
            ok = pg_exec(loading->pg, "SELECT mig.leaf_attach($1, $2, $3, $4, $5)", 5, params,
                         err);
        }
    }
    return ok;
}

static bool put_in_place(struct loading *loading, struct error *err)
{
    const char *const params[] = {loading->run.organisation};

    if (loading->load->dry_run) {
        return pg_exec(loading->pg, "SELECT mig.aside_drop($1)", 1, params, err);
    }
    return (!loading->load->replace ||
            pg_exec(loading->pg, "SELECT mig.organisation_drop($1)", 1, params, err)) &&
           attach_leaves(loading, err) &&
           organisation_register(loading->pg, loading->run.organisation, loading->load->name,
                                 err);
}

/* Rows that are there, but do not agree with each other. */
static bool check_rows(struct loading *loading, struct error *err)
{
    char run_id[NUMBER_MAX];
    const char *const params[] = {run_id, loading->run.organisation};

    snprintf(run_id, sizeof(run_id), "%d", loading->run.id);
    return pg_exec(loading->pg, "SELECT mig.check_claims($1, $2)", 2, params, err);
}

static bool finish(struct loading *loading, struct error *err)
{
    int64_t started = clock_us();
    char run_id[NUMBER_MAX];
    const char *const params[] = {run_id};

    snprintf(run_id, sizeof(run_id), "%d", loading->run.id);
    return pg_begin(loading->pg, err) &&
           pg_run(loading->pg, "SET LOCAL synchronous_commit = on", err) &&
           pg_exec(loading->pg, "SELECT mig.balance_close($1)", 1, params, err) &&
           put_in_place(loading, err) && run_done(loading->pg, &loading->run, err) &&
           run_time(loading->pg, &loading->run, "", 0, "attach", clock_us() - started, err) &&
           pg_commit(loading->pg, err);
}

static bool run_load(struct loading *loading, struct error *err)
{
    bool streamed = strcmp(loading->load->stage, "-") == 0;
    struct worker_job job = {.conninfo = loading->load->conninfo,
                             .plan = &loading->plan,
                             .run = &loading->run,
                             .jobs = loading->load->jobs};

    loading->plan.run_id = loading->run.id;
    loading->intake =
        (struct intake){.pg = loading->pg, .plan = &loading->plan, .run = &loading->run};
    if (!(streamed ? take_stream(loading, err) : take_folder(loading, err)) ||
        !intake_check(&loading->intake, err)) {
        return false;
    }
    load_plan_add_parents(&loading->plan);
    job.rows = streamed ? 0 : loading->intake.rows;
    return add_tasks(loading, streamed, err) && workers_run(&job, err) &&
           check_rows(loading, err) && finish(loading, err);
}

bool initial_load(const struct initial_load *load, int *run_id, struct error *err)
{
    struct loading loading = {.load = load,
                              .run = {.organisation = load->organisation,
                                      .org_id = org_id_of(text_of(load->organisation)),
                                      .purpose = load->purpose,
                                      .dry_run = load->dry_run}};
    bool ok = false;

    if (!gate_open(load->stage, load->purpose, err)) {
        return false;
    }
    loading.pg = pg_open(load->conninfo, err);
    if (loading.pg != NULL && store_require(loading.pg, err) &&
        organisation_check(loading.pg, load->organisation, load->replace || load->dry_run,
                           err) &&
        run_lock(loading.pg, &loading.run, err) && run_clean(loading.pg, &loading.run, err) &&
        catalogue_load(&loading.catalogue, loading.pg, err)) {
        load_plan_init(&loading.plan, &loading.catalogue, load->organisation);
        if (run_start(loading.pg, &loading.run, err)) {
            *run_id = loading.run.id;
            ok = run_load(&loading, err);
            if (!ok) {
                run_failed(loading.pg, &loading.run, err);
            }
        }
        load_plan_release(&loading.plan);
    }
    catalogue_release(&loading.catalogue);
    pg_free(loading.pg);
    return ok;
}
