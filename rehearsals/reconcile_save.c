/* reconcile_save.c - the result of a comparison, as rows of recon.*. */
#include "rehearsals/reconcile_store.h"

enum { PARAMS_MAX = 16, PARAM_BYTES = 64 };

/* Parameters of one INSERT: numbers are written into `numbers`, texts are pointed at. */
struct insert {
    const char *params[PARAMS_MAX];
    char numbers[PARAMS_MAX][PARAM_BYTES];
    int count;
};

static void add_number(struct insert *insert, uint64_t value)
{
    snprintf(insert->numbers[insert->count], PARAM_BYTES, "%llu", (unsigned long long)value);
    insert->params[insert->count] = insert->numbers[insert->count];
    insert->count++;
}

static void add_text(struct insert *insert, const char *value)
{
    insert->params[insert->count++] = value;
}

static void add_digest(struct insert *insert, struct digest128 sum)
{
    snprintf(insert->numbers[insert->count], PARAM_BYTES, "%016llx%016llx",
             (unsigned long long)sum.high, (unsigned long long)sum.low);
    insert->params[insert->count] = insert->numbers[insert->count];
    insert->count++;
}

static void add_decimal(struct insert *insert, struct decimal value)
{
    struct strbuf text;
    strbuf_init(&text, PARAM_BYTES);
    decimal_format(&text, value);
    snprintf(insert->numbers[insert->count], PARAM_BYTES, "%s", text.at);
    insert->params[insert->count] = insert->numbers[insert->count];
    insert->count++;
    strbuf_release(&text);
}

static bool run_insert(struct pg *pg, const char *sql, struct insert *insert, struct error *err)
{
    bool ok = pg_exec(pg, sql, insert->count, insert->params, err);
    insert->count = 1; /* the recon_id stays */
    return ok;
}

static bool save_run(struct pg *pg, const struct reconcile_options *options,
                     struct reconciliation *recon, struct error *err)
{
    struct insert insert = {.count = 0};
    add_text(&insert, recon->organisation);
    snprintf(insert.numbers[1], PARAM_BYTES, "%d", org_id_of(text_of(recon->organisation)));
    add_text(&insert, insert.numbers[1]);
    add_text(&insert, recon->source);
    add_number(&insert, (uint64_t)recon->run_id);
    add_text(&insert, options->raw);
    add_text(&insert, options->stage);
    add_number(&insert, recon->source_rows);
    add_number(&insert, recon->store_rows);
    add_number(&insert, recon->explained);
    add_number(&insert, recon->unexplained);
    add_number(&insert, (uint64_t)recon->micros);
    add_text(&insert, HMS_VERSION);
    return pg_query_int(pg,
                        "INSERT INTO recon.run (organisation, org_id, source_system,"
                        " load_run_id, raw_folder, stage_folder, source_rows, store_rows,"
                        " explained, unexplained, micros, tool_version)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
                        " RETURNING recon_id",
                        insert.count, insert.params, &recon->recon_id, err);
}

static bool save_checks(struct pg *pg, const struct reconciliation *recon,
                        struct insert *insert, struct error *err)
{
    for (size_t i = 0; i < recon->nchecks; i++) {
        const struct reconcile_check *check = &recon->checks[i];
        add_number(insert, i + 1);
        add_text(insert, check->proof);
        add_text(insert, check->what);
        add_number(insert, check->expected);
        add_number(insert, check->found);
        add_number(insert, check->unexplained);
        if (!run_insert(pg, "INSERT INTO recon.proof VALUES ($1, $2, $3, $4, $5, $6, $7)",
                        insert, err)) {
            return false;
        }
    }
    return true;
}

static bool save_totals(struct pg *pg, const struct reconcile_entity *result,
                        struct insert *insert, struct error *err)
{
    for (uint32_t i = 0; i < result->source_totals.count; i++) {
        const struct control_total *total = &result->source_totals.totals[i];
        add_text(insert, result->entity->name);
        add_text(insert, result->entity->columns[total->column].name);
        add_decimal(insert, control_total_value(total));
        add_decimal(insert, control_total_value(&result->taken_totals.totals[i]));
        add_decimal(insert, control_total_value(&result->store_totals.totals[i]));
        if (!run_insert(pg, "INSERT INTO recon.total VALUES ($1, $2, $3, $4, $5, $6)", insert,
                        err)) {
            return false;
        }
    }
    return true;
}

static bool save_entities(struct pg *pg, const struct reconciliation *recon,
                          struct insert *insert, struct error *err)
{
    for (size_t i = 0; i < recon->nentities; i++) {
        const struct reconcile_entity *result = &recon->entities[i];
        add_text(insert, result->entity->name);
        add_number(insert, result->source_rows);
        add_number(insert, result->taken_out);
        add_number(insert, result->blanked);
        add_number(insert, result->source_keys);
        add_number(insert, result->store_rows);
        add_number(insert, result->store_keys);
        add_number(insert, result->only_source);
        add_number(insert, result->only_store);
        add_number(insert, result->different);
        add_number(insert, result->stray_decisions);
        add_number(insert, result->unexplained);
        add_digest(insert, result->expected_sum);
        add_digest(insert, result->store_sum);
        if (!run_insert(pg,
                        "INSERT INTO recon.entity VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9,"
                        " $10, $11, $12, $13, $14, $15)",
                        insert, err) ||
            !save_totals(pg, result, insert, err)) {
            return false;
        }
    }
    return true;
}

static bool save_explanations(struct pg *pg, const struct reconciliation *recon,
                              struct insert *insert, struct error *err)
{
    for (size_t i = 0; i < recon->nexplanations; i++) {
        const struct reconcile_explanation *why = &recon->explanations[i];
        add_text(insert, why->entity);
        add_text(insert, why->outcome);
        add_text(insert, why->rule);
        add_text(insert, why->column);
        add_number(insert, why->rows);
        if (!run_insert(pg, "INSERT INTO recon.explanation VALUES ($1, $2, $3, $4, $5, $6)",
                        insert, err)) {
            return false;
        }
    }
    return true;
}

static bool save_differences(struct pg *pg, const struct reconciliation *recon,
                             struct insert *insert, struct error *err)
{
    for (size_t i = 0; i < recon->ndifferences; i++) {
        const struct reconcile_difference *difference = &recon->differences[i];
        char id[37];
        ident_format(difference->id, id);
        add_number(insert, i + 1);
        add_text(insert, difference->entity);
        add_text(insert, difference_kind_name(difference->kind));
        add_text(insert, id);
        add_text(insert, difference->columns);
        if (!run_insert(pg, "INSERT INTO recon.difference VALUES ($1, $2, $3, $4, $5, $6)",
                        insert, err)) {
            return false;
        }
    }
    return true;
}

bool store_side_save(const struct reconcile_options *options, struct reconciliation *recon,
                     struct error *err)
{
    struct insert insert = {.count = 0};
    struct pg *pg = pg_open(options->store, err);
    bool ok = pg != NULL && pg_begin(pg, err) && save_run(pg, options, recon, err);
    if (ok) {
        add_number(&insert, (uint64_t)recon->recon_id);
        ok = save_checks(pg, recon, &insert, err) && save_entities(pg, recon, &insert, err) &&
             save_explanations(pg, recon, &insert, err) &&
             save_differences(pg, recon, &insert, err) && pg_commit(pg, err);
    }
    pg_free(pg);
    return ok || error_wrap(err, "keeping the result in recon");
}
