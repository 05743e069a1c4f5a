#include "rehearsals/reconcile_report.h"

#include "core/balance.h"
#include "core/json_out.h"
#include "rehearsals/grid.h"
#include "rehearsals/html.h"
#include "rehearsals/rule_meaning.h"
#include "rehearsals/svg.h"

#include <inttypes.h>

#define SCHEMA "hms.reconcile/1"

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

/* ---- the grids */

static void fill_checks(struct grid *grid, const struct reconciliation *recon, bool all)
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

static void fill_entities(struct grid *grid, const struct reconciliation *recon)
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

static void fill_totals(struct grid *grid, const struct reconciliation *recon)
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

static void fill_explanations(struct grid *grid, const struct reconciliation *recon)
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

static void fill_balance(struct grid *grid, const struct reconciliation *recon)
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

static void fill_columns(struct grid *grid, const struct reconciliation *recon)
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

static void fill_differences(struct grid *grid, const struct reconciliation *recon, bool values)
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

static bool has_values(const struct reconciliation *recon)
{
    for (size_t i = 0; i < recon->ndifferences; i++) {
        if (recon->differences[i].values != NULL) {
            return true;
        }
    }
    return false;
}

/* ---- text */

static void write_grid(struct grid *grid, struct strbuf *out)
{
    grid_write_text(grid, out);
    grid_release(grid);
}

/* One line a proof: how many checks, how many hold. */
static void write_chain(const struct reconciliation *recon, struct strbuf *out)
{
    static const char *const proofs[] = {"files",   "rows", "balance",
                                         "rejects", "keys", "decisions"};
    for (size_t p = 0; p < sizeof(proofs) / sizeof(proofs[0]); p++) {
        uint64_t checks = 0, held = 0;
        for (size_t i = 0; i < recon->nchecks; i++) {
            if (strcmp(recon->checks[i].proof, proofs[p]) != 0) {
                continue;
            }
            checks++;
            held += recon->checks[i].unexplained == 0 ? 1 : 0;
        }
        strbuf_addf(out, "  %-10s %s  (%" PRIu64 " of %" PRIu64 " checks hold)\n", proofs[p],
                    held == checks ? "proven" : "BROKEN", held, checks);
    }
    strbuf_putc(out, '\n');
}

void reconcile_write_text(const struct reconciliation *recon, bool all, struct strbuf *out)
{
    struct grid grid;
    strbuf_addf(out, "Reconciliation of %s (source %s, load run %" PRId64 ")\n",
                recon->organisation, recon->source, recon->run_id);
    write_chain(recon, out);
    fill_checks(&grid, recon, all);
    if (grid_rows(&grid) > 0) {
        grid_write_text(&grid, out);
    }
    grid_release(&grid);
    fill_entities(&grid, recon);
    write_grid(&grid, out);
    fill_totals(&grid, recon);
    write_grid(&grid, out);
    fill_explanations(&grid, recon);
    write_grid(&grid, out);
    if (recon->unexplained > 0) {
        fill_columns(&grid, recon);
        write_grid(&grid, out);
        fill_differences(&grid, recon, has_values(recon));
        write_grid(&grid, out);
    }
    strbuf_addf(out,
                "%s: %" PRIu64 " rows staged, %" PRIu64 " in the store, %" PRIu64
                " explained by decisions, unexplained %" PRIu64 "\n",
                recon->organisation, recon->source_rows, recon->store_rows, recon->explained,
                recon->unexplained);
}

/* ---- JSON */

static void write_json_grid(struct grid *grid, struct strbuf *out)
{
    grid_write_json(grid, SCHEMA, out);
    grid_release(grid);
}

void reconcile_write_json(const struct reconciliation *recon, struct strbuf *out)
{
    struct grid grid;
    struct json_out json;
    fill_checks(&grid, recon, true);
    write_json_grid(&grid, out);
    fill_entities(&grid, recon);
    write_json_grid(&grid, out);
    fill_totals(&grid, recon);
    write_json_grid(&grid, out);
    fill_explanations(&grid, recon);
    write_json_grid(&grid, out);
    fill_balance(&grid, recon);
    write_json_grid(&grid, out);
    fill_columns(&grid, recon);
    write_json_grid(&grid, out);
    fill_differences(&grid, recon, has_values(recon));
    write_json_grid(&grid, out);
    json_out_init(&json, out);
    json_out_object(&json);
    json_out_member(&json, "schema", SCHEMA);
    json_out_member(&json, "record", "summary");
    json_out_member(&json, "organisation", recon->organisation);
    json_out_member(&json, "source", recon->source);
    json_out_member_int(&json, "load_run", recon->run_id);
    json_out_member_int(&json, "recon_id", recon->recon_id);
    json_out_member_uint(&json, "source_rows", recon->source_rows);
    json_out_member_uint(&json, "store_rows", recon->store_rows);
    json_out_member_uint(&json, "explained", recon->explained);
    json_out_member_uint(&json, "unexplained", recon->unexplained);
    json_out_member_int(&json, "micros", recon->micros);
    json_out_end_object(&json);
    strbuf_putc(out, '\n');
}

/* ---- HTML */

/* Bars of the balance: one an entity, one piece a disposition. */
static void write_balance_chart(const struct reconciliation *recon, struct strbuf *out)
{
    static const char *const series[] = {"loaded", "merged", "excluded", "quarantined",
                                         "rejected"};
    enum { NSERIES = sizeof(series) / sizeof(series[0]) };
    struct svg_bar *bars = xcalloc(recon->nentities + 1, sizeof(*bars));
    size_t nbars = 0;
    for (size_t e = 0; e < recon->nentities; e++) {
        struct svg_bar *bar = &bars[nbars];
        bar->label = recon->entities[e].entity->name;
        uint64_t sum = 0;
        for (size_t i = 0; i < recon->nbalances; i++) {
            for (int s = 0; s < NSERIES; s++) {
                if (strcmp(recon->balances[i].entity, bar->label) == 0 &&
                    strcmp(recon->balances[i].outcome, series[s]) == 0) {
                    bar->values[s] += recon->balances[i].rows;
                    sum += recon->balances[i].rows;
                }
            }
        }
        nbars += sum > 0 ? 1 : 0;
    }
    struct svg_chart chart = {
        .id = "balance",
        .title = "Balance by entity",
        .desc = "For each entity, the share of source rows by what became of them. The exact "
                "numbers are in the tables beside.",
        .scale = SVG_SHARES,
        .series = series,
        .nseries = NSERIES,
        .bars = bars,
        .nbars = nbars,
    };
    if (nbars > 0) {
        svg_bars(out, &chart);
    }
    free(bars);
}

static void write_html_grid(struct grid *grid, struct strbuf *out)
{
    grid_write_html(grid, out);
    grid_release(grid);
}

void reconcile_write_html(const struct reconciliation *recon, struct strbuf *out)
{
    struct grid grid;
    char *title = xasprintf("Reconciliation of %s", recon->organisation);
    html_begin(out, title);
    free(title);
    html_paragraph(out,
                   "Source system %s, load run %" PRId64 ", comparison %" PRId64 ", hms %s.",
                   recon->source, recon->run_id, recon->recon_id, HMS_VERSION);
    html_verdict(out, recon->unexplained == 0, "Unexplained: %" PRIu64, recon->unexplained);
    html_paragraph(out,
                   "%" PRIu64 " rows were staged, %" PRIu64 " are in the store; %" PRIu64
                   " differences are explained by a recorded decision.",
                   recon->source_rows, recon->store_rows, recon->explained);
    html_heading(out, 2, "What became of the source rows");
    write_balance_chart(recon, out);
    fill_balance(&grid, recon);
    write_html_grid(&grid, out);
    html_heading(out, 2, "Source and store");
    fill_entities(&grid, recon);
    write_html_grid(&grid, out);
    fill_totals(&grid, recon);
    write_html_grid(&grid, out);
    html_heading(out, 2, "Differences");
    fill_explanations(&grid, recon);
    write_html_grid(&grid, out);
    fill_columns(&grid, recon);
    write_html_grid(&grid, out);
    fill_differences(&grid, recon, false);
    write_html_grid(&grid, out);
    html_heading(out, 2, "The chain of proofs");
    fill_checks(&grid, recon, true);
    write_html_grid(&grid, out);
    html_end(out);
}
