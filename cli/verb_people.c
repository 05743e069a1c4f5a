/* verb_people.c - `hms people`: people of the store, who shares them, what was decided on them. */
#include "cli/people_verb.h"

struct people_options people_options;

static const struct opt opts[] = {
    {OPT_LIST, 0, "org", "CODE", "organisation; may be given several times",
     &people_options.orgs},
    {OPT_TEXT, 0, "index", "NAME", "index of people", &people_options.index},
    {OPT_TEXT, 0, "by", "NAME", "who decides", &people_options.by},
    {OPT_TEXT, 0, "why", "TEXT", "the reason, kept with the decision", &people_options.why},
    {OPT_FLAG, 0, "apart", NULL, "unmerge: and they are two from now on",
     &people_options.apart},
    {OPT_LIST, 0, "give", "ROW=REG",
     "unmerge: whose a later row is; REG is an id of hms.patient", &people_options.give},
    {OPT_TEXT, 0, "give-all", "REG", "unmerge: whose all other later rows are",
     &people_options.give_all},
    {OPT_TEXT, 0, "rules", "FILE", "golden: survivor rules [mappings/golden.yml]",
     &people_options.rules},
    {OPT_FLAG, 0, "values", NULL, "show patient data", &people_options.values},
    {0},
};

static const struct action actions[] = {
    {"index", people_run_index},
    {"verdicts", people_run_verdicts},
    {"list", people_run_list},
    {"show", people_run_show},
    {"history", people_run_history},
    {"merge", people_run_merge},
    {"unmerge", people_run_unmerge},
    {"take-back", people_run_take_back},
    {"golden", people_run_golden},
    {"choose", people_run_choose},
    {0},
};

static int run(int argc, char **argv, struct error *err)
{
    return action_run("people", actions, argc, argv, err);
}

const struct verb verb_people = {
    .name = "people",
    .summary = "people of the store: who shares them, and what became of them",
    .usage =
        "index list|create NAME|leave [options]\n"
        "       hms people list | show PERSON | history PERSON | verdicts export|import FILE\n"
        "       hms people merge REG REG | unmerge REG [REG] | take-back ROW --by NAME\n"
        "       hms people golden PERSON | choose PERSON FIELD REG --by NAME",
    .example = "hms people index create city --org northgate --org stmary",
    .opts = opts,
    .run = run,
};
