/*
 * verb_transform.c - `hms transform`: raw tables become canonical ones, by the maps of a
 * folder.
 */
#include "cli/verb.h"

#include "cli/balance_json.h"
#include "core/ident.h"
#include "transform/transform.h"

#include <inttypes.h>

static const char *maps_folder;
static const char *organisation;
static const char *output;
static const char *lookup;
static const char *terminology;

static const struct opt opts[] = {
    {OPT_TEXT, 'm', "maps", "DIR", "folder of the maps", &maps_folder},
    {OPT_TEXT, 0, "org", "CODE", "organisation that the rows belong to", &organisation},
    {OPT_TEXT, 'o', "output", "DIR", "stage folder, or - for a stream", &output},
    {OPT_TEXT, 0, "terminology", "DIR",
     "packs that judge codes [$HMS_TERMINOLOGY, var/terminology]", &terminology},
    {OPT_TEXT, 0, "raw", "DIR", "raw tables for look-ups when reading a stream", &lookup},
    {0},
};

static void print_json(const struct balance *balance)
{
    struct strbuf sb;

    strbuf_init(&sb, 1 << 20);
    balance_json(balance, &sb);
    printf("%s\n", sb.at);
    strbuf_release(&sb);
}

static void show_balance(const struct balance *balance, void *context)
{
    uint64_t sums[OUTCOME_COUNT] = {0};

    (void)context;
    if (cli_json) {
        print_json(balance);
        return;
    }
    for (size_t i = 0; i < balance->nlines; i++) {
        sums[balance->lines[i].outcome] += balance->lines[i].rows;
    }
    cli_say("%-34s %-20s %9" PRIu64 " read %9" PRIu64 " made %7" PRIu64 " excluded %7" PRIu64
            " quarantined %7" PRIu64 " rejected",
            balance->map, balance->entity, balance->rows_read, sums[OUTCOME_LOADED],
            sums[OUTCOME_EXCLUDED], sums[OUTCOME_QUARANTINED], sums[OUTCOME_REJECTED]);
    for (size_t i = 0; cli_verbose && i < balance->nlines; i++) {
        const struct balance_line *line = &balance->lines[i];
        if (line->outcome != OUTCOME_LOADED) {
            cli_say("    %-12s %-32s %-20s %9" PRIu64, outcome_name(line->outcome), line->rule,
                    line->column, line->rows);
        }
    }
}

static bool check_options(int argc, struct error *err)
{
    if (argc != 1 || maps_folder == NULL || organisation == NULL || output == NULL) {
        error_set(err, ERROR_USAGE,
                  "transform needs a raw folder (or -), --maps, --org and -o");
        error_hint(err, "try 'hms transform --help'");
        return false;
    }
    if (!org_code_is_valid(text_of(organisation))) {
        return error_set(err, ERROR_USAGE,
                         "an organisation's code is a lower-case letter, then up to %d of a-z, "
                         "0-9 and _",
                         ORG_CODE_MAX - 1);
    }
    if (strcmp(output, "-") == 0 && cli_json) {
        return error_set(err, ERROR_USAGE, "--json and -o - would both write to stdout");
    }
    return true;
}

static void show_codes(const struct code_judge *judge)
{
    struct code_judge_totals totals = code_judge_totals(judge);

    if (totals.judged + totals.unverified == 0) {
        return;
    }
    if (code_judge_packs(judge) == 0) {
        cli_say("codes: %" PRIu64
                " unverified, because no terminology packs are in force in %s",
                totals.unverified, cli_terminology(terminology));
        return;
    }
    cli_say("codes: %" PRIu64 " judged, %" PRIu64 " of them invalid, %" PRIu64
            " unverified for want of a pack",
            totals.judged, totals.wrong, totals.unverified);
}

static int run(int argc, char **argv, struct error *err)
{
    struct map_set maps = {0};
    struct transform_totals totals;
    struct transform_options options = {.lookup = lookup, .each_balance = show_balance};
    bool ok;

    if (!check_options(argc, err)) {
        return VERB_FAILED;
    }
    options.judge = code_judge_open(cli_terminology(terminology), err);
    if (options.judge == NULL || !map_set_load(&maps, maps_folder, err)) {
        code_judge_free(options.judge);
        return VERB_FAILED;
    }
    options.raw = argv[0];
    options.out = output;
    options.organisation = organisation;
    options.maps = &maps;
    ok = transform_run(&options, &totals, err);
    map_set_release(&maps);
    if (!ok) {
        code_judge_free(options.judge);
        return VERB_FAILED;
    }
    show_codes(options.judge);
    code_judge_free(options.judge);
    cli_say("transform: %" PRIu64 " raw rows, %" PRIu64 " canonical rows, %" PRIu64
            " rejected or quarantined",
            totals.rows_read, totals.rows_made, totals.rows_out);
    return totals.rows_out > 0 ? EXIT_DIFFERENCES : 0;
}

const struct verb verb_transform = {
    .name = "transform",
    .summary = "turn raw tables into canonical ones by the maps of a folder",
    .usage = "RAWDIR|- --maps DIR --org CODE -o STAGEDIR|-",
    .example = "hms transform raw/northgate --maps mappings/northgate --org northgate "
               "-o stage/northgate",
    .opts = opts,
    .run = run,
};
