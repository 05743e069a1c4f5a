#include "rehearsals/reconcile_report.h"

#include "core/json_out.h"
#include "rehearsals/reconcile_grids.h"

#include <inttypes.h>

#define SCHEMA "hms.reconcile/1"

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
    recon_grid_checks(&grid, recon, all);
    if (grid_rows(&grid) > 0) {
        grid_write_text(&grid, out);
    }
    grid_release(&grid);
    recon_grid_entities(&grid, recon);
    write_grid(&grid, out);
    recon_grid_totals(&grid, recon);
    write_grid(&grid, out);
    recon_grid_explanations(&grid, recon);
    write_grid(&grid, out);
    if (recon->unexplained > 0) {
        recon_grid_columns(&grid, recon);
        write_grid(&grid, out);
        recon_grid_differences(&grid, recon, recon_has_values(recon));
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
    recon_grid_checks(&grid, recon, true);
    write_json_grid(&grid, out);
    recon_grid_entities(&grid, recon);
    write_json_grid(&grid, out);
    recon_grid_totals(&grid, recon);
    write_json_grid(&grid, out);
    recon_grid_explanations(&grid, recon);
    write_json_grid(&grid, out);
    recon_grid_balance(&grid, recon);
    write_json_grid(&grid, out);
    recon_grid_columns(&grid, recon);
    write_json_grid(&grid, out);
    recon_grid_differences(&grid, recon, recon_has_values(recon));
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
