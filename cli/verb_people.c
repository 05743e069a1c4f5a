/* verb_people.c - `hms people`: people of the store, who shares them, what was decided on them. */
#include "cli/people_verb.h"

#include <string.h>

struct people_options people_options;

static const struct opt opts[] = {
    {OPT_LIST, 0, "org", "CODE", "organisation; may be given several times",
     &people_options.orgs},
    {OPT_TEXT, 0, "index", "NAME", "index of people", &people_options.index},
    {0},
};

static const struct action {
    const char *name;
    int (*run)(int argc, char **argv, struct error *err);
} actions[] = {
    {"index", people_run_index},
};

int people_usage(const char *what, struct error *err)
{
    error_set(err, ERROR_USAGE, "%s", what);
    error_hint(err, "try 'hms people --help'");
    return VERB_FAILED;
}

static int run(int argc, char **argv, struct error *err)
{
    for (size_t i = 0; argc > 0 && i < sizeof(actions) / sizeof(actions[0]); i++) {
        if (strcmp(actions[i].name, argv[0]) == 0) {
            return actions[i].run(argc - 1, argv + 1, err);
        }
    }
    return people_usage(argc == 0 ? "people needs an action" : "people has no such action",
                        err);
}

const struct verb verb_people = {
    .name = "people",
    .summary = "people of the store: who shares them, and what became of them",
    .usage = "index list|create NAME|leave [options]",
    .example = "hms people index create city --org northgate --org stmary",
    .opts = opts,
    .run = run,
};
