#include "load/intake.h"

#include "core/manifest.h"
#include "core/reject.h"
#include "core/strbuf.h"
#include "core/wire.h"

#include <inttypes.h>

enum { TUPLES_MAX = 256 << 20, REJECT_FIELDS = 13, NUMBER_MAX = 24 };

static const char reject_sql[] =
    "COPY mig.reject (run_id, organisation, map, entity, outcome, rule, column_name, file, "
    "line, "
    "byte_offset, byte_length, source_key, source_bytes) FROM STDIN (FORMAT binary)";

static void put_number(struct strbuf *out, uint64_t value, int len)
{
    for (int i = len - 1; i >= 0; i--) {
        strbuf_putc(out, (char)(value >> (8 * i)));
    }
}

static void put_int(struct strbuf *out, uint64_t value, int len)
{
    put_number(out, (uint64_t)len, 4);
    put_number(out, value, len);
}

static void put_text(struct strbuf *out, struct text text)
{
    put_number(out, text.len, 4);
    strbuf_add_text(out, text);
}

/* What came out of unreadable bytes need not be text; the bytes themselves are kept anyway. */
static void put_text_or_null(struct strbuf *out, struct text text)
{
    if (text.len == 0 || !text_is_utf8(text)) {
        put_number(out, UINT32_MAX, 4);
    } else {
        put_text(out, text);
    }
}

static void put_reject(struct strbuf *out, const struct load_plan *plan,
                       const struct batch_table *table, const struct reject *reject)
{
    put_number(out, REJECT_FIELDS, 2);
    put_int(out, (uint32_t)plan->run_id, 4);
    put_text(out, text_of(plan->organisation));
    put_text(out, text_of(table->map));
    put_text(out, text_of(table->name));
    put_text(out, text_of(outcome_name(reject->outcome)));
    put_text(out, reject->rule);
    put_text(out, reject->column);
    put_text(out, reject->file);
    put_int(out, reject->line, 8);
    put_int(out, reject->offset, 8);
    put_int(out, reject->length, 8);
    put_text_or_null(out, reject->key);
    put_text(out, reject->bytes);
}

static bool take_rejects(struct intake *intake, const struct batch_table *table,
                         const struct batch_block *block, struct error *err)
{
    struct wire wire = wire_of(block->payload);
    struct strbuf tuples;
    bool ok = true;

    strbuf_init(&tuples, TUPLES_MAX);
    while (ok && wire.at < wire.end) {
        struct reject reject;
        if (!reject_read(&wire, &reject)) {
            ok = error_set(err, ERROR_INTEGRITY, "a block of rejects is malformed");
        } else {
            put_reject(&tuples, intake->plan, table, &reject);
        }
    }
    if (ok && strbuf_is_full(&tuples)) {
        ok = error_set(err, ERROR_LIMIT, "a block of rejects is larger than %d bytes",
                       TUPLES_MAX);
    }
    if (ok && tuples.len > 0) {
        ok = pg_copy_in_begin(intake->pg, reject_sql, err);
        if (ok) {
            bool put = pg_copy_in_put(intake->pg, strbuf_text(&tuples), err);
            ok = pg_copy_in_end(intake->pg, NULL, err) && put;
        }
    }
    strbuf_release(&tuples);
    return ok;
}

static bool take_line(struct intake *intake, const struct balance *balance,
                      const struct balance_line *line, struct error *err)
{
    char id[NUMBER_MAX];
    char rows[NUMBER_MAX];
    char rows_read[NUMBER_MAX];
    const char *const params[] = {id,
                                  balance->organisation,
                                  balance->map,
                                  balance->release,
                                  balance->source_table,
                                  balance->entity,
                                  outcome_name(line->outcome),
                                  line->rule,
                                  line->column,
                                  rows,
                                  rows_read};

    snprintf(id, sizeof(id), "%d", intake->plan->run_id);
    snprintf(rows, sizeof(rows), "%" PRIu64, line->rows);
    snprintf(rows_read, sizeof(rows_read), "%" PRIu64, balance->rows_read);
    intake->emitted += line->outcome == OUTCOME_LOADED ? line->rows : 0;
    return pg_exec(intake->pg,
                   "INSERT INTO mig.balance (run_id, organisation, map, map_release, "
                   "source_table, entity, outcome, rule, column_name, rows, rows_read) "
                   "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                   11, params, err);
}

static bool take_balance(struct intake *intake, const struct batch_block *block,
                         struct error *err)
{
    static const struct balance_line none = {OUTCOME_LOADED, "", "", 0};
    struct balance balance;
    bool ok;

    if (!balance_read(&balance, block->payload, err)) {
        return false;
    }
    ok = balance_is_closed(&balance) ||
         error_set(err, ERROR_INTEGRITY,
                   "the balance of map %s does not add up: %" PRIu64 " rows read, %" PRIu64
                   " accounted for",
                   balance.map, balance.rows_read, balance_sum(&balance));
    if (ok && balance.nlines == 0) { /* an empty table was mapped too */
        ok = take_line(intake, &balance, &none, err);
    }
    for (size_t i = 0; ok && i < balance.nlines; i++) {
        ok = take_line(intake, &balance, &balance.lines[i], err);
    }
    balance_release(&balance);
    return ok;
}

static bool take_pack(struct intake *intake, const struct batch_block *block, struct error *err)
{
    struct manifest_pack pack;
    struct arena arena = {0};
    bool ok = manifest_pack_read(&pack, block->payload, &arena)
                  ? run_add_pack(intake->pg, intake->run, &pack, err)
                  : error_set(err, ERROR_INTEGRITY, "a block of a pack is malformed");

    arena_release(&arena);
    return ok;
}

static bool take_table(struct intake *intake, const struct batch_table *table, int *entity,
                       struct error *err)
{
    static const char *const policies[] = {
        [REPEAT_SAME] = "same", [REPEAT_FIRST] = "first", [REPEAT_LAST] = "last"};
    char id[NUMBER_MAX];
    const char *const params[] = {id, table->map, table->name, policies[table->repeats]};

    snprintf(id, sizeof(id), "%d", intake->plan->run_id);
    snprintf(intake->source, sizeof(intake->source), "%s", table->source);
    return load_plan_add_table(intake->plan, table, entity, err) &&
           pg_exec(intake->pg,
                   "INSERT INTO mig.map (run_id, map, entity, repeats) VALUES ($1, $2, $3, $4)",
                   4, params, err);
}

static bool take_rows(struct intake *intake, const struct batch_block *block, int entity,
                      int file, struct error *err)
{
    struct load_plan_entity *planned = &intake->plan->entities[entity];

    if (block->lane >= planned->lanes) {
        return error_set(err, ERROR_INTEGRITY,
                         "a block of rows is of a lane that is not there");
    }
    planned->rows[block->lane] += block->rows;
    intake->rows += block->rows;
    if (file >= 0) {
        intake->plan->within[file][entity] = true;
    }
    return true;
}

bool intake_block(struct intake *intake, const struct batch_reader *reader,
                  const struct batch_block *block, int file, struct intake_tables *tables,
                  struct error *err)
{
    const struct batch_table *table = batch_reader_table(reader, block->table);

    switch (block->type) {
    case BLOCK_TABLE:
        return take_table(intake, table, &tables->entities[block->table], err);
    case BLOCK_ROWS:
        return take_rows(intake, block, tables->entities[block->table], file, err);
    case BLOCK_REJECTS:
        return take_rejects(intake, table, block, err);
    case BLOCK_BALANCE:
        return take_balance(intake, block, err);
    case BLOCK_PACK:
        return take_pack(intake, block, err);
    case BLOCK_END:
        break;
    }
    return true;
}

static bool is_no_rows(const struct batch_block *block, void *context)
{
    (void)context;
    return block->type != BLOCK_ROWS;
}

bool intake_file(struct intake *intake, const char *path, struct error *err)
{
    struct batch_reader *reader = batch_reader_open(path, err);
    struct intake_tables *tables = xcalloc(1, sizeof(*tables));
    int file = (int)load_plan_add_file(intake->plan, path);
    struct batch_block block;
    enum next next = NEXT_FAILED;

    if (reader != NULL && batch_reader_kind(reader) != BATCH_FILE_CANONICAL) {
        error_set(err, ERROR_CONFIG, "%s: holds raw rows, not canonical ones", path);
        error_hint(err, "'hms transform' makes a stage of them");
    } else if (reader != NULL) {
        batch_reader_choose(reader, is_no_rows, NULL);
        while ((next = batch_reader_next(reader, &block, err)) == NEXT_BLOCK &&
               intake_block(intake, reader, &block, file, tables, err)) {
        }
    }
    batch_reader_free(reader);
    free(tables);
    return next == NEXT_END || error_wrap(err, "%s", path);
}

bool intake_check(const struct intake *intake, struct error *err)
{
    return intake->emitted == intake->rows ||
           error_set(err, ERROR_INTEGRITY,
                     "the stage holds %" PRIu64 " rows, and its balances speak of %" PRIu64,
                     intake->rows, intake->emitted);
}
