/*
 * verb_dedup.c - `hms dedup`: finds the records of one person in tables of people, scores pairs
 * that a file names, explains one pair.
 */
#include "cli/verb.h"

#include "cli/dedup_say.h"
#include "core/file.h"
#include "transform/dedup/dedup_files.h"
#include "transform/dedup/dedup_report.h"
#include "transform/dedup/pair_file.h"
#include "transform/dedup/team.h"

#include <inttypes.h>
#include <stdlib.h>

static struct opt_list files;
static const char *model_path;
static const char *output;
static const char *pairs_path;
static const char *report_path;
static const char *svg_path;
static uint64_t jobs = 2;

static const struct opt opts[] = {
    {OPT_LIST, 0, "csv", "FILE", "table of people; may be given several times", &files},
    {OPT_TEXT, 'm', "model", "FILE", "what the columns mean", &model_path},
    {OPT_TEXT, 'o', "output", "FILES", "PAIRS,CLUSTERS to write; of score: PAIRS", &output},
    {OPT_TEXT, 0, "report", "FILE", "model report to write, HTML", &report_path},
    {OPT_TEXT, 0, "pairs", "FILE", "of score: pairs of record ids", &pairs_path},
    {OPT_TEXT, 0, "svg", "FILE", "of explain: waterfall to write", &svg_path},
    {OPT_UINT, 'j', "jobs", "N", "threads [2]", &jobs},
    {0},
};

static int match(struct dedup *dedup, char **operands, struct error *err)
{
    char *pairs = xstrdup(output);
    char *comma = strchr(pairs, ',');
    bool ok;

    (void)operands;
    if (comma == NULL || comma == pairs || comma[1] == '\0') {
        free(pairs);
        error_set(err, ERROR_USAGE, "-o takes two files: pairs.csv,clusters.csv");
        return VERB_FAILED;
    }
    *comma = '\0';
    dedup_match(dedup, (int)jobs);
    ok = dedup_write_pairs(dedup, pairs, err) && dedup_write_clusters(dedup, comma + 1, err) &&
         (report_path == NULL || dedup_write_report(dedup, report_path, err));
    free(pairs);
    if (ok) {
        dedup_say_run(dedup);
    }
    return ok ? 0 : VERB_FAILED;
}

static int score(struct dedup *dedup, char **operands, struct error *err)
{
    struct pair_file_counts counts;

    (void)operands;
    if (!pair_file_score(dedup, pairs_path, output, &counts, err)) {
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
    if (svg_path != NULL) {
        strbuf_init(&svg, 1 << 20);
        explain_svg(&explanation, &svg);
        ok = file_write(svg_path, strbuf_text(&svg), err);
        strbuf_release(&svg);
    }
    return ok ? 0 : VERB_FAILED;
}

typedef int action(struct dedup *dedup, char **operands, struct error *err);

/* What the operands ask for, or NULL. */
static action *chosen_action(int argc, char **argv)
{
    if (argc == 0) {
        return output != NULL ? match : NULL;
    }
    if (argc == 1 && strcmp(argv[0], "score") == 0) {
        return pairs_path != NULL && output != NULL ? score : NULL;
    }
    return argc == 3 && strcmp(argv[0], "explain") == 0 ? explain : NULL;
}

static int run(int argc, char **argv, struct error *err)
{
    struct dedup *dedup;
    struct people_model model;
    action *act = chosen_action(argc, argv);
    int status = VERB_FAILED;

    if (act == NULL || files.count == 0 || model_path == NULL) {
        error_set(err, ERROR_USAGE,
                  "dedup needs --csv, --model and -o; score also --pairs; "
                  "explain two ids instead of -o");
        error_hint(err, "try 'hms dedup --help'");
        return VERB_FAILED;
    }
    if (jobs < 1 || jobs > TEAM_MAX) {
        error_set(err, ERROR_USAGE, "--jobs is 1 to %d", TEAM_MAX);
        return VERB_FAILED;
    }
    if (!people_model_load(&model, model_path, err)) {
        return VERB_FAILED;
    }
    dedup = xcalloc(1, sizeof(*dedup));
    if (dedup_prepare(dedup, &model, files.at, files.count, (int)jobs, err)) {
        status = act(dedup, argv, err);
    }
    dedup_release(dedup);
    free(dedup);
    people_model_release(&model);
    return status;
}

const struct verb verb_dedup = {
    .name = "dedup",
    .summary = "find the records of one person in tables of people",
    .usage = "[score | explain A B] --csv FILE... --model FILE [-o FILES]",
    .example = "hms dedup --csv patients.csv --model model.yml -o pairs.csv,clusters.csv",
    .opts = opts,
    .run = run,
};
