/*
 * verb_dedup.c - `hms dedup`: finds the records of one person in tables of people or in the
 * store, scores pairs that a file names, explains one pair, says what another model would do.
 */
#include "cli/dedup_verb.h"

#include "cli/dedup_say.h"
#include "core/file.h"
#include "transform/dedup/dedup_files.h"
#include "transform/dedup/dedup_report.h"
#include "transform/dedup/pair_file.h"
#include "transform/dedup/team.h"
#include "transform/people/verdicts.h"

#include <inttypes.h>
#include <stdlib.h>

struct dedup_options dedup_options = {.jobs = 2};

static const struct opt opts[] = {
    {OPT_TEXT, 0, "org", "CODE", "people of one organisation of the store", &dedup_options.org},
    {OPT_TEXT, 0, "index", "NAME", "people of an index of the store", &dedup_options.index},
    {OPT_FLAG, 0, "delta", NULL, "only what changed since the last run", &dedup_options.delta},
    {OPT_FLAG, 'n', "dry-run", NULL, "say what would be written, and write nothing",
     &dedup_options.dry_run},
    {OPT_LIST, 0, "csv", "FILE", "table of people; may be given several times",
     &dedup_options.files},
    {OPT_TEXT, 0, "model", "FILE", "what the columns mean [of the store: its own]",
     &dedup_options.model},
    {OPT_TEXT, 0, "verdicts", "FILE", "of --csv: record_a,record_b,answer",
     &dedup_options.verdicts},
    {OPT_TEXT, 'o', "output", "FILES", "PAIRS,CLUSTERS to write; of score: PAIRS",
     &dedup_options.output},
    {OPT_TEXT, 0, "report", "FILE", "model report to write, HTML", &dedup_options.report},
    {OPT_TEXT, 0, "pairs", "FILE", "of score: pairs of record ids", &dedup_options.pairs},
    {OPT_TEXT, 0, "svg", "FILE", "of explain: waterfall to write", &dedup_options.svg},
    {OPT_TEXT, 0, "before", "FILE", "of whatif with --csv: clusters as they are",
     &dedup_options.before},
    {OPT_UINT, 'j', "jobs", "N", "threads [2]", &dedup_options.jobs},
    {0},
};

bool dedup_write_asked(struct dedup *dedup, struct error *err)
{
    char *pairs;
    char *comma;
    bool ok =
        dedup_options.report == NULL || dedup_write_report(dedup, dedup_options.report, err);

    if (!ok || dedup_options.output == NULL) {
        return ok;
    }
    pairs = xstrdup(dedup_options.output);
    comma = strchr(pairs, ',');
    if (comma == NULL || comma == pairs || comma[1] == '\0') {
        ok = error_set(err, ERROR_USAGE, "-o takes two files: pairs.csv,clusters.csv");
    } else {
        *comma = '\0';
        ok = dedup_write(dedup, pairs, comma + 1, (int)dedup_options.jobs, err);
    }
    free(pairs);
    return ok;
}

/* With what --verdicts says; a contradiction in it is a difference. */
static int match(struct dedup *dedup, char **operands, struct error *err)
{
    struct verdicts verdicts = {0};
    struct constraints constraints;
    int status = VERB_FAILED;

    (void)operands;
    if (dedup_options.verdicts != NULL &&
        !verdicts_read_csv(&verdicts, &dedup->people, dedup_options.verdicts, err)) {
        return VERB_FAILED;
    }
    constraints_build(&constraints, verdicts.pairs, verdicts.npairs, dedup->people.nrecords,
                      NULL);
    dedup->constraints = &constraints;
    dedup_match(dedup, (int)dedup_options.jobs);
    if (dedup_write_asked(dedup, err)) {
        dedup_say_run(dedup);
        dedup_say_verdicts(&constraints, verdicts.npairs, verdicts.dormant);
        status = constraints.ncontradictions > 0 ? EXIT_DIFFERENCES : 0;
    }
    dedup->constraints = NULL;
    constraints_release(&constraints);
    verdicts_release(&verdicts);
    return status;
}

static int score(struct dedup *dedup, char **operands, struct error *err)
{
    struct pair_file_counts counts;

    (void)operands;
    if (!pair_file_score(dedup, dedup_options.pairs, dedup_options.output, &counts, err)) {
        return VERB_FAILED;
    }
    cli_say("dedup: %" PRIu64 " pairs scored: %" PRIu64 " link, %" PRIu64 " review, %" PRIu64
            " not; %" PRIu64 " name a record that is not there",
            counts.scored, counts.bands[BAND_LINK], counts.bands[BAND_REVIEW],
            counts.bands[BAND_NOT], counts.unknown);
    return counts.unknown > 0 ? EXIT_DIFFERENCES : 0;
}

static int explain(struct dedup *dedup, char **operands, struct error *err)
{
    struct explanation explanation;
    struct comparer comparer;
    struct strbuf svg;
    uint32_t records[2];
    uint64_t pattern;
    bool ok = true;

    for (int i = 0; i < 2; i++) {
        int64_t found = people_find(&dedup->people, text_of(operands[i + 1]));
        if (found < 0) {
            error_set(err, ERROR_USAGE, "no record has the %s id", i == 0 ? "first" : "second");
            return VERB_FAILED;
        }
        records[i] = (uint32_t)found;
    }
    comparer_init(&comparer, &dedup->people);
    pattern = compare_records(&comparer, records[0], records[1]);
    comparer_release(&comparer);
    explain_pair(&explanation, &dedup->scorer, pattern, people_row(&dedup->people, records[0]));
    dedup_say_explanation(&explanation);
    if (dedup_options.svg != NULL) {
        strbuf_init(&svg, 1 << 20);
        explain_svg(&explanation, &svg);
        ok = file_write(dedup_options.svg, strbuf_text(&svg), err);
        strbuf_release(&svg);
    }
    return ok ? 0 : VERB_FAILED;
}

typedef int action(struct dedup *dedup, char **operands, struct error *err);

/* What the operands ask of tables, or NULL. */
static action *chosen_action(int argc, char **argv)
{
    if (argc == 0) {
        return dedup_options.output != NULL ? match : NULL;
    }
    if (argc == 1 && strcmp(argv[0], "score") == 0) {
        return dedup_options.pairs != NULL && dedup_options.output != NULL ? score : NULL;
    }
    return argc == 3 && strcmp(argv[0], "explain") == 0 ? explain : NULL;
}

static int run_tables(action *act, char **argv, struct error *err)
{
    struct dedup *dedup;
    struct people_model model;
    int status = VERB_FAILED;

    if (!people_model_load(&model, dedup_options.model, err)) {
        return VERB_FAILED;
    }
    dedup = xcalloc(1, sizeof(*dedup));
    if (dedup_prepare(dedup, &model, dedup_options.files.at, dedup_options.files.count,
                      (int)dedup_options.jobs, err)) {
        status = act(dedup, argv, err);
    }
    dedup_release(dedup);
    free(dedup);
    people_model_release(&model);
    return status;
}

static int run(int argc, char **argv, struct error *err)
{
    bool in_store = dedup_options.org != NULL || dedup_options.index != NULL;
    bool is_whatif = argc == 1 && strcmp(argv[0], "whatif") == 0;
    action *act = chosen_action(argc, argv);

    if (dedup_options.jobs < 1 || dedup_options.jobs > TEAM_MAX) {
        error_set(err, ERROR_USAGE, "--jobs is 1 to %d", TEAM_MAX);
        return VERB_FAILED;
    }
    if (dedup_options.org != NULL && dedup_options.index != NULL) {
        return cli_usage("dedup", "--org names an organisation, --index an index: one of them",
                         err);
    }
    if (in_store && dedup_options.files.count > 0) {
        return cli_usage("dedup", "people come from the store or from --csv, not from both",
                         err);
    }
    if (is_whatif && (in_store || dedup_options.files.count > 0)) {
        return dedup_run_whatif(err);
    }
    if (in_store && argc == 0) {
        return dedup_run_store(err);
    }
    if (act == NULL || dedup_options.files.count == 0 || dedup_options.model == NULL) {
        return cli_usage("dedup",
                         "dedup needs --org or --index; or --csv, --model and -o; score also "
                         "--pairs; explain two ids instead of -o",
                         err);
    }
    return run_tables(act, argv, err);
}

const struct verb verb_dedup = {
    .name = "dedup",
    .summary = "find the records of one person, in the store or in tables",
    .usage =
        "[score | explain A B | whatif] --org CODE | --index NAME | --csv FILE... [options]",
    .example = "hms dedup --csv patients.csv --model model.yml -o pairs.csv,clusters.csv",
    .opts = opts,
    .run = run,
};
