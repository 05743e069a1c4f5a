/* reconcile_html.c - the result of a comparison as one page. */
#include "rehearsals/html.h"
#include "rehearsals/reconcile_grids.h"
#include "rehearsals/reconcile_report.h"
#include "rehearsals/svg.h"

#include <inttypes.h>

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
    recon_grid_balance(&grid, recon);
    write_html_grid(&grid, out);
    html_heading(out, 2, "Source and store");
    recon_grid_entities(&grid, recon);
    write_html_grid(&grid, out);
    recon_grid_totals(&grid, recon);
    write_html_grid(&grid, out);
    html_heading(out, 2, "Differences");
    recon_grid_explanations(&grid, recon);
    write_html_grid(&grid, out);
    recon_grid_columns(&grid, recon);
    write_html_grid(&grid, out);
    recon_grid_differences(&grid, recon, false);
    write_html_grid(&grid, out);
    html_heading(out, 2, "The chain of proofs");
    recon_grid_checks(&grid, recon, true);
    write_html_grid(&grid, out);
    html_end(out);
}
