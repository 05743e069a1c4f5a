#include "rehearsals/reconcile_grids.h"

#include "rehearsals/rule_meaning.h"

#include <inttypes.h>

static void add_count(struct grid *grid, uint64_t count)
{
    grid_add(grid, "%" PRIu64, count);
}

static void add_decimal(struct grid *grid, int128 units, int scale)
{
    struct strbuf text;
    strbuf_init(&text, 128);
    decimal_format(&text, (struct decimal){units, scale});
    grid_add(grid, "%s", text.at);
    strbuf_release(&text);
}

void recon_grid_checks(struct grid *grid, const struct reconciliation *recon, bool all)
{
    static const struct grid_column columns[] = {{"proof", "proof", GRID_TEXT},
                                                 {"what", "what", GRID_TEXT},
                                                 {"expected", "expected", GRID_NUMBER},
                                                 {"found", "found", GRID_NUMBER},
                                                 {"unexplained", "unexplained", GRID_ZERO},
                                                 {0}};
    grid_init(grid, "check", all ? "Proofs" : "Proofs that failed", columns);
    for (size_t i = 0; i < recon->nchecks; i++) {
        const struct reconcile_check *check = &recon->checks[i];
        if (!all && check->unexplained == 0) {
            continue;
        }
        grid_add(grid, "%s", check->proof);
        grid_add(grid, "%s", check->what);
        add_count(grid, check->expected);
        add_count(grid, check->found);
        add_count(grid, check->unexplained);
    }
}

void recon_grid_entities(struct grid *grid, const struct reconciliation *recon)
{
    static const struct grid_column columns[] = {{"entity", "entity", GRID_TEXT},
                                                 {"source_rows", "staged", GRID_NUMBER},
                                                 {"taken_out", "taken out", GRID_NUMBER},
                                                 {"store_rows", "in store", GRID_NUMBER},
                                                 {"source_keys", "keys staged", GRID_NUMBER},
                                                 {"store_keys", "keys in store", GRID_NUMBER},
                                                 {"blanked", "blanked", GRID_NUMBER},
                                                 {"only_source", "only source", GRID_ZERO},
                                                 {"only_store", "only store", GRID_ZERO},
                                                 {"different", "different", GRID_ZERO},
                                                 {"stray_decisions", "stray", GRID_ZERO},
                                                 {"unexplained", "unexplained", GRID_ZERO},
                                                 {0}};
    grid_init(grid, "entity", "Rows by entity", columns);
    for (size_t i = 0; i < recon->nentities; i++) {
        const struct reconcile_entity *result = &recon->entities[i];
        grid_add(grid, "%s", result->entity->name);
        add_count(grid, result->source_rows);
        add_count(grid, result->taken_out);
        add_count(grid, result->store_rows);
        add_count(grid, result->source_keys);
        add_count(grid, result->store_keys);
        add_count(grid, result->blanked);
        add_count(grid, result->only_source);
        add_count(grid, result->only_store);
        add_count(grid, result->different);
        add_count(grid, result->stray_decisions);
        add_count(grid, result->unexplained);
    }
}

void recon_grid_totals(struct grid *grid, const struct reconciliation *recon)
{
    static const struct grid_column columns[] = {{"entity", "entity", GRID_TEXT},
                                                 {"column", "column", GRID_CODE},
                                                 {"source", "staged", GRID_NUMBER},
                                                 {"taken_out", "taken out", GRID_NUMBER},
                                                 {"store", "in store", GRID_NUMBER},
                                                 {"difference", "difference", GRID_ZERO},
                                                 {0}};
    grid_init(grid, "total", "Control totals: exact sums", columns);
    for (size_t i = 0; i < recon->nentities; i++) {
        const struct reconcile_entity *result = &recon->entities[i];
        for (uint32_t t = 0; t < result->source_totals.count; t++) {
            const struct control_total *source = &result->source_totals.totals[t];
            const struct control_total *taken = &result->taken_totals.totals[t];
            const struct control_total *store = &result->store_totals.totals[t];
            if (source->values + store->values == 0) {
                continue;
            }
            grid_add(grid, "%s", result->entity->name);
            grid_add(grid, "%s", result->entity->columns[source->column].name);
            add_decimal(grid, source->units, source->scale);
            add_decimal(grid, taken->units, source->scale);
            add_decimal(grid, store->units, source->scale);
            add_decimal(grid, source->units - taken->units - store->units, source->scale);
        }
    }
}

void recon_grid_explanations(struct grid *grid, const struct reconciliation *recon)
{
    static const struct grid_column columns[] = {{"entity", "entity", GRID_TEXT},
                                                 {"outcome", "outcome", GRID_TEXT},
                                                 {"rule", "rule", GRID_CODE},
                                                 {"column", "column", GRID_CODE},
                                                 {"rows", "rows", GRID_NUMBER},
                                                 {"meaning", "what it means", GRID_TEXT},
                                                 {0}};
    grid_init(grid, "explanation", "Differences explained by a decision of the load", columns);
    for (size_t i = 0; i < recon->nexplanations; i++) {
        const struct reconcile_explanation *why = &recon->explanations[i];
        grid_add(grid, "%s", why->entity);
        grid_add(grid, "%s", why->outcome);
        grid_add(grid, "%s", why->rule);
        grid_add(grid, "%s", why->column);
        add_count(grid, why->rows);
        grid_add(grid, "%s", rule_meaning(why->rule));
    }
}

void recon_grid_balance(struct grid *grid, const struct reconciliation *recon)
{
    static const struct grid_column columns[] = {{"map", "map", GRID_TEXT},
                                                 {"entity", "entity", GRID_TEXT},
                                                 {"outcome", "outcome", GRID_TEXT},
                                                 {"rule", "rule", GRID_CODE},
                                                 {"rows", "rows", GRID_NUMBER},
                                                 {"meaning", "what it means", GRID_TEXT},
                                                 {0}};
    grid_init(grid, "balance", "Balance: what became of the source rows", columns);
    for (size_t i = 0; i < recon->nbalances; i++) {
        const struct reconcile_balance *line = &recon->balances[i];
        grid_add(grid, "%s", line->map);
        grid_add(grid, "%s", line->entity);
        grid_add(grid, "%s", line->outcome);
        grid_add(grid, "%s", line->rule);
        add_count(grid, line->rows);
        grid_add(grid, "%s", line->rule[0] == '\0' ? "" : rule_meaning(line->rule));
    }
}

void recon_grid_columns(struct grid *grid, const struct reconciliation *recon)
{
    static const struct grid_column columns[] = {{"entity", "entity", GRID_TEXT},
                                                 {"column", "column", GRID_CODE},
                                                 {"fields", "fields", GRID_ZERO},
                                                 {0}};
    grid_init(grid, "column", "Fields that differ", columns);
    for (size_t i = 0; i < recon->nentities; i++) {
        const struct reconcile_entity *result = &recon->entities[i];
        for (uint32_t col = 0; col < result->entity->ncols; col++) {
            if (result->columns[col] == 0) {
                continue;
            }
            grid_add(grid, "%s", result->entity->name);
            grid_add(grid, "%s", result->entity->columns[col].name);
            add_count(grid, result->columns[col]);
        }
    }
}

void recon_grid_differences(struct grid *grid, const struct reconciliation *recon, bool values)
{
    static const struct grid_column columns[] = {{"entity", "entity", GRID_TEXT},
                                                 {"kind", "kind", GRID_TEXT},
                                                 {"id", "id", GRID_CODE},
                                                 {"columns", "columns", GRID_CODE},
                                                 {0}};
    static const struct grid_column with_values[] = {{"entity", "entity", GRID_TEXT},
                                                     {"kind", "kind", GRID_TEXT},
                                                     {"id", "id", GRID_CODE},
                                                     {"columns", "columns", GRID_CODE},
                                                     {"values", "source / store", GRID_TEXT},
                                                     {0}};
    grid_init(grid, "difference", "Rows that differ (the first of them)",
              values ? with_values : columns);
    for (size_t i = 0; i < recon->ndifferences; i++) {
        const struct reconcile_difference *difference = &recon->differences[i];
        char id[37];
        ident_format(difference->id, id);
        grid_add(grid, "%s", difference->entity);
        grid_add(grid, "%s", difference_kind_name(difference->kind));
        grid_add(grid, "%s", id);
        grid_add(grid, "%s", difference->columns);
        if (values) {
            grid_add(grid, "%s", difference->values == NULL ? "" : difference->values);
        }
    }
}

bool recon_has_values(const struct reconciliation *recon)
{
    for (size_t i = 0; i < recon->ndifferences; i++) {
        if (recon->differences[i].values != NULL) {
            return true;
        }
    }
    return false;
}
