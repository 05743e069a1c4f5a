#include "load/copy.h"

#include "core/ident.h"
#include "load/repeat_watch.h"
#include "load/segments.h"

#include <inttypes.h>

enum { NUMBER_MAX = 24 };

bool copy_create_leaf(struct pg *pg, const struct load_plan *plan, int entity, int lane,
                      struct error *err)
{
    char run_id[NUMBER_MAX];
    char org_id[NUMBER_MAX];
    char lane_text[NUMBER_MAX];
    char lanes[NUMBER_MAX];
    const char *const params[] = {
        run_id, plan->catalogue->entities[entity].name, plan->organisation, org_id, lane_text,
        lanes};

    snprintf(run_id, sizeof(run_id), "%d", plan->run_id);
    snprintf(org_id, sizeof(org_id), "%d", plan->org_id);
    snprintf(lane_text, sizeof(lane_text), "%d", lane);
    snprintf(lanes, sizeof(lanes), "%d", plan->entities[entity].lanes);
    return pg_exec(pg, "SELECT mig.leaf_create($1, $2, $3, $4, $5, $6)", 6, params, err);
}

/* What was taken from one file, for the ledger. */
struct part {
    uint64_t blocks;
    uint64_t rows;
    struct checksum_stream *checksum; /* NULL: the file holds nothing of this leaf */
};

struct filling {
    struct pg *pg;
    const struct load_plan *plan;
    int entity;
    int lane;
    const struct batch_reader *reader;
    struct part *parts; /* one a file */
    struct segments segments;
    struct repeat_watch watch;
    volatile uint64_t *rows;
};

static const char *entity_name(const struct filling *filling)
{
    return filling->plan->catalogue->entities[filling->entity].name;
}

static bool is_chosen(const struct batch_block *block, void *context)
{
    const struct filling *filling = context;

    return block->type == BLOCK_ROWS && block->lane == filling->lane &&
           strcmp(batch_reader_table(filling->reader, block->table)->name,
                  entity_name(filling)) == 0;
}

static bool copy_block(struct filling *filling, const struct batch_block *block,
                       struct part *part, struct error *err)
{
    checksum_stream_add(part->checksum, block->payload.at, block->payload.len);
    segments_add(&filling->segments, batch_reader_table(filling->reader, block->table)->map,
                 block->rows);
    repeat_watch_add(&filling->watch, block->payload);
    part->blocks++;
    part->rows += block->rows;
    *filling->rows += block->rows;
    return pg_copy_in_put(filling->pg, block->payload, err);
}

static bool copy_file(struct filling *filling, size_t file, struct error *err)
{
    struct batch_reader *reader = batch_reader_open(filling->plan->files[file], err);
    struct batch_block block;
    enum next next = NEXT_FAILED;
    bool ok = reader != NULL;

    filling->reader = reader;
    filling->parts[file].checksum = checksum_stream_new();
    if (ok) {
        batch_reader_choose(reader, is_chosen, filling);
    }
    while (ok && (next = batch_reader_next(reader, &block, err)) == NEXT_BLOCK) {
        if (block.type == BLOCK_ROWS && block.payload.at != NULL) {
            ok = copy_block(filling, &block, &filling->parts[file], err);
        }
    }
    batch_reader_free(reader);
    return ok && next == NEXT_END;
}

static bool enter_part(const struct filling *filling, size_t file, struct error *err)
{
    const struct part *part = &filling->parts[file];
    const char *path = filling->plan->files[file];
    const char *slash = strrchr(path, '/');
    char run_id[NUMBER_MAX];
    char lane[NUMBER_MAX];
    char blocks[NUMBER_MAX];
    char rows[NUMBER_MAX];
    char checksum[NUMBER_MAX];
    const char *const params[] = {
        run_id,  entity_name(filling), lane, slash == NULL ? path : slash + 1, blocks, rows,
        checksum};

    snprintf(run_id, sizeof(run_id), "%d", filling->plan->run_id);
    snprintf(lane, sizeof(lane), "%d", filling->lane);
    snprintf(blocks, sizeof(blocks), "%" PRIu64, part->blocks);
    snprintf(rows, sizeof(rows), "%" PRIu64, part->rows);
    snprintf(checksum, sizeof(checksum), "%016" PRIx64, checksum_stream_value(part->checksum));
    return pg_exec(
        filling->pg,
        "INSERT INTO mig.ledger (run_id, entity, lane, file, blocks, rows, checksum) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
        7, params, err);
}

/* One COPY for all files; a failure gives up the connection and with it the transaction. */
static bool copy_files(struct filling *filling, struct error *err)
{
    const struct load_plan *plan = filling->plan;
    char *sql = load_plan_copy_sql(plan, filling->pg, filling->entity, filling->lane);
    uint64_t rows = 0;
    bool ok = pg_copy_in_begin(filling->pg, sql, err);

    free(sql);
    for (size_t i = 0; ok && i < plan->nfiles; i++) {
        if (plan->within[i][filling->entity]) {
            ok = copy_file(filling, i, err);
        }
    }
    ok = ok && pg_copy_in_end(filling->pg, &rows, err);
    if (ok && rows != plan->entities[filling->entity].rows[filling->lane]) {
        ok = error_set(err, ERROR_INTEGRITY,
                       "the stage says %" PRIu64 " rows, the store took %" PRIu64,
                       plan->entities[filling->entity].rows[filling->lane], rows);
    }
    for (size_t i = 0; ok && i < plan->nfiles; i++) {
        ok = filling->parts[i].checksum == NULL || enter_part(filling, i, err);
    }
    return ok &&
           segments_save(&filling->segments, filling->pg, plan->run_id, entity_name(filling),
                         filling->lane, err) &&
           repeat_watch_save(&filling->watch, filling->pg, plan->run_id, entity_name(filling),
                             filling->lane, err);
}

bool copy_leaf(struct pg *pg, const struct load_plan *plan, int entity, int lane,
               volatile uint64_t *rows, struct error *err)
{
    struct filling filling = {
        .pg = pg, .plan = plan, .entity = entity, .lane = lane, .rows = rows};
    bool ok = pg_begin(pg, err) && copy_create_leaf(pg, plan, entity, lane, err);

    filling.parts = xcalloc(plan->nfiles + 1, sizeof(*filling.parts));
    if (ok && plan->entities[entity].rows[lane] > 0) {
        ok = copy_files(&filling, err);
    }
    ok = ok && pg_commit(pg, err);
    for (size_t i = 0; i < plan->nfiles; i++) {
        checksum_stream_free(filling.parts[i].checksum);
    }
    free(filling.parts);
    segments_release(&filling.segments);
    repeat_watch_release(&filling.watch);
    return ok || error_wrap(err, "loading %s", plan->catalogue->entities[entity].name);
}
