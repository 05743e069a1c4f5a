#include "rehearsals/reconcile_worker.h"

enum { REPORT_ROWS = 4096 };

static void count_row(struct worker *worker)
{
    if (++worker->unreported < REPORT_ROWS) {
        return;
    }
    __atomic_fetch_add(&worker->pass->shared->rows, worker->unreported, __ATOMIC_RELAXED);
    worker->unreported = 0;
}

static bool add_tuple(struct pass_side *side, const struct tuple *tuple,
                      const struct entity *entity, struct error *err)
{
    side->rows++;
    side->bytes += tuple->bytes.len;
    fingerprint_add(&side->fingerprint, tuple_id(tuple), tuple->bytes);
    return control_totals_add(&side->totals, tuple) ||
           error_set(err, ERROR_INTEGRITY, "entity '%s': a money or quantity is no number",
                     entity->name);
}

/* ---- the stage's side */

static bool take_stage_row(const struct stage_row *row, void *context, struct error *err)
{
    struct worker *worker = context;
    struct pass_entity *work = &worker->entities[row->entity];
    const struct entity *entity = &entity_table[row->entity];
    count_row(worker);
    if (row->decided != DECIDED_TAKEN_OUT) {
        return add_tuple(&work->expected, row->row, entity, err);
    }
    work->taken_rows++;
    return control_totals_add(&work->taken_totals, row->source) ||
           error_set(err, ERROR_INTEGRITY, "entity '%s': a money or quantity is no number",
                     entity->name);
}

static bool add_line(struct worker *worker, const struct pass_line *line, struct error *err)
{
    uint32_t at = __atomic_fetch_add(&worker->pass->shared->nlines, 1, __ATOMIC_RELAXED);
    if (at >= PASS_LINES_MAX) {
        return error_set(err, ERROR_LIMIT, "more than %d lines of balances in the stage",
                         PASS_LINES_MAX);
    }
    worker->pass->lines[at] = *line;
    worker->pass->lines[at].worker = worker->number + 1; /* 0: not written yet */
    return true;
}

static void put_name(char *out, size_t size, const char *name)
{
    snprintf(out, size, "%s", name);
}

static struct pass_line line_of(enum line_kind kind, const char *map, const char *table,
                                const char *entity)
{
    struct pass_line line = {.kind = kind};
    put_name(line.map, sizeof(line.map), map);
    put_name(line.table, sizeof(line.table), table);
    put_name(line.entity, sizeof(line.entity), entity);
    return line;
}

static bool take_balance(const struct balance *balance, void *context, struct error *err)
{
    struct worker *worker = context;
    struct pass_line line =
        line_of(LINE_READ, balance->map, balance->source_table, balance->entity);
    line.rows = balance->rows_read;
    line.closed = balance_is_closed(balance);
    if (!add_line(worker, &line, err)) {
        return false;
    }
    line.kind = LINE_BALANCE;
    for (size_t i = 0; i < balance->nlines; i++) {
        line.outcome = balance->lines[i].outcome;
        line.rows = balance->lines[i].rows;
        put_name(line.rule, sizeof(line.rule), balance->lines[i].rule);
        if (!add_line(worker, &line, err)) {
            return false;
        }
    }
    return true;
}

/* Rejects come one by one and are of few kinds: this worker's line of the kind counts on. */
static bool count_line(struct worker *worker, const struct pass_line *line, struct error *err)
{
    uint32_t count = __atomic_load_n(&worker->pass->shared->nlines, __ATOMIC_RELAXED);
    for (uint32_t i = 0; i < count && i < PASS_LINES_MAX; i++) {
        struct pass_line *known = &worker->pass->lines[i];
        if (known->worker != worker->number + 1 || known->kind != line->kind ||
            known->outcome != line->outcome || strcmp(known->rule, line->rule) != 0 ||
            strcmp(known->map, line->map) != 0) {
            continue;
        }
        known->rows += line->rows;
        return true;
    }
    return add_line(worker, line, err);
}

static bool take_reject(const struct batch_table *table, const struct reject *reject,
                        void *context, struct error *err)
{
    struct pass_line line = line_of(LINE_REJECT, table->map, "", table->name);
    line.outcome = reject->outcome;
    line.rows = 1;
    snprintf(line.rule, sizeof(line.rule), "%.*s", (int)reject->rule.len, reject->rule.at);
    return count_line(context, &line, err);
}

static bool take_row_count(const struct batch_table *table, uint32_t rows, void *context,
                           struct error *err)
{
    struct pass_line line = line_of(LINE_ROWS, table->map, "", table->name);
    line.rows = rows;
    return count_line(context, &line, err);
}

static bool run_stage_unit(struct worker *worker, struct error *err)
{
    const struct pass *pass = worker->pass;
    bool first_pass = pass->range.first == 0; /* what a file says of itself is told once */
    struct stage_reader reader = {
        .range = pass->range,
        .only_entity = -1,
        .decisions = pass->decisions,
        .row = take_stage_row,
        .balance = first_pass ? take_balance : NULL,
        .reject = first_pass ? take_reject : NULL,
        .rows = first_pass ? take_row_count : NULL,
        .context = worker,
    };
    return stage_read(worker->unit->path, &reader, err);
}

/* ---- the store's side */

static bool take_store_row(struct text bytes, void *context, struct error *err)
{
    struct worker *worker = context;
    const struct entity *entity = &entity_table[worker->unit->entity];
    struct tuple tuple;
    count_row(worker);
    if (!tuple_take(&tuple, entity->ncols, &bytes)) {
        return error_set(err, ERROR_STORE, "entity '%s': the store sent no such tuple",
                         entity->name);
    }
    return add_tuple(&worker->entities[worker->unit->entity].store, &tuple, entity, err);
}

char *pass_copy_sql(const struct entity *entity, const char *table, struct bucket_range range)
{
    struct strbuf sql;
    char first[37], end[37];
    ident_format(fingerprint_first_id(range.first), first);
    ident_format(fingerprint_first_id(range.end), end);
    strbuf_init(&sql, 1 << 16);
    strbuf_puts(&sql, "COPY (SELECT ");
    for (uint32_t i = 0; i < entity->ncols; i++) {
        strbuf_addf(&sql, "%s\"%s\"", i == 0 ? "" : ", ", entity->columns[i].name);
    }
    strbuf_addf(&sql, " FROM %s", table);
    if (range.first > 0) {
        strbuf_addf(&sql, " WHERE id >= '%s'", first);
    }
    if (range.end < FINGERPRINT_BUCKETS) {
        strbuf_addf(&sql, " %s id < '%s'", range.first > 0 ? "AND" : "WHERE", end);
    }
    strbuf_puts(&sql, ") TO STDOUT (FORMAT binary)");
    char *copy = xstrdup(sql.at);
    strbuf_release(&sql);
    return copy;
}

static bool open_snapshot(struct worker *worker, struct error *err)
{
    worker->pg = pg_open(worker->pass->store, err);
    if (worker->pg == NULL ||
        !pg_run(worker->pg, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", err)) {
        return false;
    }
    char *quoted = PQescapeLiteral(worker->pg->conn, worker->pass->snapshot,
                                   strlen(worker->pass->snapshot));
    char *sql = xasprintf("SET TRANSACTION SNAPSHOT %s; SET LOCAL hms.org_id = '%d'", quoted,
                          worker->pass->org_id);
    bool ok = pg_run(worker->pg, sql, err);
    PQfreemem(quoted);
    free(sql);
    return ok;
}

static bool run_store_unit(struct worker *worker, struct error *err)
{
    if (worker->pg == NULL && !open_snapshot(worker, err)) {
        return false;
    }
    char *sql = pass_copy_sql(&entity_table[worker->unit->entity], worker->unit->path,
                              worker->pass->range);
    bool ok = pg_copy_out(worker->pg, sql, take_store_row, worker, err);
    free(sql);
    return ok;
}

bool worker_run(struct worker *worker, struct error *err)
{
    struct pass *pass = worker->pass;
    for (;;) {
        uint32_t next = __atomic_fetch_add(&pass->shared->next, 1, __ATOMIC_RELAXED);
        if (next >= pass->nunits) {
            return true;
        }
        worker->unit = &pass->units[next];
        bool ok = worker->unit->side == UNIT_STAGE ? run_stage_unit(worker, err)
                                                   : run_store_unit(worker, err);
        if (!ok) { /* the others need not go on */
            __atomic_store_n(&pass->shared->next, (uint32_t)pass->nunits, __ATOMIC_RELAXED);
            return false;
        }
    }
}
