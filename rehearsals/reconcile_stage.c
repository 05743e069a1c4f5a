#include "rehearsals/reconcile_stage.h"

enum { SCRATCH_MAX = 64 << 20 };

struct walk {
    const char *path;
    const struct stage_reader *reader;
    struct batch_reader *file;
    struct strbuf scratch;
    int16_t entities[BATCH_FILE_TABLES_MAX]; /* by table number */
};

/* The entity of a T block, once its columns are known to be those of this version. */
static bool take_table(struct walk *walk, uint16_t number, struct error *err)
{
    const struct batch_table *table = batch_reader_table(walk->file, number);
    const struct entity *entity = entity_find(text_of(table->name));
    bool same = entity != NULL && entity->ncols == table->ncols;
    for (uint32_t i = 0; same && i < table->ncols; i++) {
        same = strcmp(table->columns[i], entity->columns[i].name) == 0 &&
               table->types[i] == entity->columns[i].type;
    }
    if (!same || number >= BATCH_FILE_TABLES_MAX) {
        error_set(err, ERROR_INTEGRITY,
                  "%s: table '%s' has other columns than this version's entity", walk->path,
                  table->name);
        error_hint(err, "the stage was made by another version: transform it again");
        return false;
    }
    walk->entities[number] = (int16_t)(entity - entity_table);
    return true;
}

static bool take_row(struct walk *walk, uint16_t entity, const struct tuple *tuple,
                     struct error *err)
{
    const struct stage_reader *reader = walk->reader;
    uint32_t bucket = fingerprint_bucket_of(tuple_id(tuple));
    struct tuple changed;
    struct stage_row row = {.entity = entity, .source = tuple, .row = tuple};
    if (bucket < reader->range.first || bucket >= reader->range.end) {
        return true;
    }
    row.decided = decisions_apply(reader->decisions, entity, tuple, &walk->scratch, &changed);
    if (row.decided == DECIDED_CHANGED) {
        row.row = &changed;
    } else if (row.decided == DECIDED_TAKEN_OUT) {
        row.row = NULL;
    }
    return reader->row(&row, reader->context, err);
}

static bool take_rows(struct walk *walk, const struct batch_block *block, struct error *err)
{
    const struct stage_reader *reader = walk->reader;
    const struct batch_table *table = batch_reader_table(walk->file, block->table);
    uint16_t entity = (uint16_t)walk->entities[block->table];
    struct text rest = block->payload;
    struct tuple tuple;
    if (reader->rows != NULL && !reader->rows(table, block->rows, reader->context, err)) {
        return false;
    }
    if (reader->only_entity >= 0 && reader->only_entity != entity) {
        return true;
    }
    for (uint32_t i = 0; i < block->rows; i++) {
        if (!tuple_take(&tuple, table->ncols, &rest)) {
            return error_set(err, ERROR_INTEGRITY, "%s: block %llu: row %u is no tuple of '%s'",
                             walk->path, (unsigned long long)block->ordinal, i + 1,
                             table->name);
        }
        if (!take_row(walk, entity, &tuple, err)) {
            return false;
        }
    }
    return rest.len == 0 ||
           error_set(err, ERROR_INTEGRITY, "%s: block %llu: bytes behind the last row",
                     walk->path, (unsigned long long)block->ordinal);
}

static bool take_rejects(struct walk *walk, const struct batch_block *block, struct error *err)
{
    const struct batch_table *table = batch_reader_table(walk->file, block->table);
    struct wire wire = wire_of(block->payload);
    struct reject reject;
    if (walk->reader->reject == NULL) {
        return true;
    }
    for (uint32_t i = 0; i < block->rows; i++) {
        if (!reject_read(&wire, &reject)) {
            return error_set(err, ERROR_INTEGRITY, "%s: block %llu: a malformed reject",
                             walk->path, (unsigned long long)block->ordinal);
        }
        if (!walk->reader->reject(table, &reject, walk->reader->context, err)) {
            return false;
        }
    }
    return true;
}

static bool take_balance(struct walk *walk, const struct batch_block *block, struct error *err)
{
    struct balance balance = {0};
    if (walk->reader->balance == NULL) {
        return true;
    }
    if (!balance_read(&balance, block->payload, err)) {
        return error_wrap(err, "%s", walk->path);
    }
    bool ok = walk->reader->balance(&balance, walk->reader->context, err);
    balance_release(&balance);
    return ok;
}

static bool take_block(struct walk *walk, const struct batch_block *block, struct error *err)
{
    switch (block->type) {
    case BLOCK_TABLE:
        return take_table(walk, block->table, err);
    case BLOCK_ROWS:
        return take_rows(walk, block, err);
    case BLOCK_REJECTS:
        return take_rejects(walk, block, err);
    case BLOCK_BALANCE:
        return take_balance(walk, block, err);
    case BLOCK_PACK:
    case BLOCK_END:
        break;
    }
    return true;
}

bool stage_read(const char *path, const struct stage_reader *reader, struct error *err)
{
    struct walk *walk = xcalloc(1, sizeof(*walk));
    struct batch_block block;
    enum next next = NEXT_FAILED;
    *walk = (struct walk){.path = path, .reader = reader};
    strbuf_init(&walk->scratch, SCRATCH_MAX);
    walk->file = batch_reader_open(path, err);
    if (walk->file != NULL && batch_reader_kind(walk->file) != BATCH_FILE_CANONICAL) {
        error_set(err, ERROR_INTEGRITY, "%s: not a canonical batch file", path);
    } else if (walk->file != NULL) {
        while ((next = batch_reader_next(walk->file, &block, err)) == NEXT_BLOCK) {
            if (!take_block(walk, &block, err)) {
                next = NEXT_FAILED;
                break;
            }
        }
    }
    batch_reader_free(walk->file);
    strbuf_release(&walk->scratch);
    free(walk);
    return next == NEXT_END;
}
