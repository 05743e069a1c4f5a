/* verb_reconcile.c - `hms reconcile`: is what is in the store what was in the source? */
#include "cli/store.h"
#include "cli/verb.h"
#include "core/file.h"
#include "core/ident.h"
#include "rehearsals/reconcile_report.h"

#include <inttypes.h>

static const char *organisation;
static const char *raw;
static const char *stage;
static const char *report;
static uint64_t jobs = 2;
static uint64_t show = 20;
static bool values;

static const struct opt opts[] = {
    {OPT_TEXT, 0, "org", "CODE", "organisation", &organisation},
    {OPT_TEXT, 0, "raw", "DIR", "its sealed extract", &raw},
    {OPT_TEXT, 0, "stage", "DIR", "its stage, as it was loaded", &stage},
    {OPT_TEXT, 0, "report", "FILE", "also write one self-contained HTML page", &report},
    {OPT_UINT, 'j', "jobs", "N", "processes side by side [2]", &jobs},
    {OPT_UINT, 0, "show", "N", "name so many differing rows [20]", &show},
    {OPT_FLAG, 0, "values", NULL, "print the values that differ (patient data)", &values},
    {0},
};

static bool check_options(int argc, struct error *err)
{
    if (argc > 0 || organisation == NULL || raw == NULL || stage == NULL) {
        return error_set(err, ERROR_USAGE, "reconcile needs --org, --raw and --stage");
    }
    if (!org_code_is_valid((struct text){organisation, strlen(organisation)})) {
        return error_set(err, ERROR_USAGE, "'%s' is no organisation code", organisation);
    }
    if (jobs < 1 || jobs > 8) {
        return error_set(err, ERROR_USAGE, "--jobs takes a number from 1 to 8");
    }
    if (show > RECONCILE_SHOWN_MAX) {
        return error_set(err, ERROR_USAGE, "--show takes at most %d", RECONCILE_SHOWN_MAX);
    }
    return true;
}

static bool write_report(const struct reconciliation *recon, struct error *err)
{
    struct strbuf page;
    strbuf_init(&page, REPORT_BYTES_MAX);
    reconcile_write_html(recon, &page);
    bool ok = !strbuf_is_full(&page) ? file_write(report, strbuf_text(&page), err)
                                     : error_set(err, ERROR_LIMIT, "the report is too long");
    strbuf_release(&page);
    return ok;
}

static int run(int argc, char **argv, struct error *err)
{
    struct reconciliation recon = {0};
    struct strbuf text;
    int status = VERB_FAILED;
    (void)argv;
    if (!check_options(argc, err)) {
        error_hint(err, "try 'hms reconcile --help'");
        return VERB_FAILED;
    }
    struct pg *pg = cli_store_open(err); /* says best what is wrong with the store */
    if (pg == NULL) {
        return VERB_FAILED;
    }
    pg_free(pg);
    struct reconcile_options options = {
        .store = cli_store(),
        .organisation = organisation,
        .raw = raw,
        .stage = stage,
        .jobs = (int)jobs,
        .show = (uint32_t)show,
        .values = values,
    };
    strbuf_init(&text, REPORT_BYTES_MAX);
    if (!reconcile_run(&recon, &options, err) ||
        (report != NULL && !write_report(&recon, err))) {
        goto out;
    }
    if (cli_json) {
        reconcile_write_json(&recon, &text);
    } else {
        reconcile_write_text(&recon, cli_verbose, &text);
    }
    fwrite(text.at, 1, text.len, stdout);
    cli_say("%" PRIu64 " rows compared in %.1f s", recon.source_rows + recon.store_rows,
            (double)recon.micros / 1e6);
    status = recon.unexplained == 0 ? 0 : EXIT_DIFFERENCES;
out:
    strbuf_release(&text);
    reconciliation_release(&recon);
    return status;
}

const struct verb verb_reconcile = {
    .name = "reconcile",
    .summary = "prove that the store holds what the source held, to the row and the cent",
    .usage = "--org CODE --raw DIR --stage DIR [options]",
    .example = "hms reconcile --org northgate --raw raw --stage stage --report northgate.html",
    .opts = opts,
    .run = run,
};
