/* verb_code.c - `hms code`: local codes from a worklist to approved mappings. */
#include "cli/code_verb.h"

struct code_options code_options = {.jobs = 2};

static const struct opt opts[] = {
    {OPT_TEXT, 0, "org", "CODE", "organisation", &code_options.organisation},
    {OPT_TEXT, 0, "list", "LIST", "one list, such as lindenhof/lab.tsv [all]",
     &code_options.list},
    {OPT_TEXT, 0, "entity", "NAME", "one entity, such as observation [all]",
     &code_options.entity},
    {OPT_TEXT, 0, "system", "NAME", "suggest, import: the standard that is wanted",
     &code_options.system},
    {OPT_TEXT, 0, "by", "NAME", "review: who decides", &code_options.by},
    {OPT_TEXT, 0, "approve", "CODE", "decide: that is the code", &code_options.approve},
    {OPT_TEXT, 0, "reject", "CODE", "decide: that is not the code", &code_options.reject},
    {OPT_FLAG, 0, "no-match", NULL, "decide: there is no such code", &code_options.no_match},
    {OPT_TEXT, 0, "why", "TEXT", "decide: a comment", &code_options.why},
    {OPT_TEXT, 'o', "output", "PATH", "a CSV file; export: a file or folder",
     &code_options.output},
    {OPT_TEXT, 0, "csv", "FILE", "suggest: a catalogue, no store needed", &code_options.csv},
    {OPT_TEXT, 0, "train", "FILE", "suggest: learn from approved decisions",
     &code_options.train},
    {OPT_TEXT, 0, "model", "FILE", "suggest: what was learned; with --train it is kept there",
     &code_options.model},
    {OPT_UINT, 0, "limit", "N", "suggest: answers an entry [5]; units: results read [2000000]",
     &code_options.limit},
    {OPT_UINT, 'j', "jobs", "N", "suggest --csv: threads [2]", &code_options.jobs},
    {0},
};

/* A catalogue needs no store. */
static int run_suggest(int argc, char **argv, struct error *err)
{
    return code_options.csv != NULL ? code_run_suggest(argc, argv, err)
                                    : code_run_suggest_store(argc, argv, err);
}

static const struct action actions[] = {
    {"worklist", code_run_worklist}, {"suggest", run_suggest},
    {"review", code_run_review},     {"export", code_run_export},
    {"import", code_run_import},     {"units", code_run_units},
    {"lint", code_run_lint},         {0},
};

static int run(int argc, char **argv, struct error *err)
{
    return action_run("code", actions, argc, argv, err);
}

const struct verb verb_code = {
    .name = "code",
    .summary = "give local codes their standard codes: list, suggest, review, approve",
    .usage = "worklist|suggest|review [next|decide ITEM]|export [proposed]|import FILE|units|"
             "lint FILE...",
    .example = "hms code review --org lindenhof --by ada",
    .opts = opts,
    .run = run,
};
