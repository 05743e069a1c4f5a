/*
 * action.h - the actions of a verb that has several: `hms term build ...`.
 */
#ifndef HMS_CLI_ACTION_H
#define HMS_CLI_ACTION_H

#include "core/error.h"

struct action {
    const char *name;
    int (*run)(int argc, char **argv,
               struct error *err); /* as verb.run, its own name taken off */
};

/* Runs the one that argv[0] names of a table ended by {0}; of a misspelt one it says which was
 * probably meant. */
int action_run(const char *verb, const struct action *actions, int argc, char **argv,
               struct error *err);
/* ERROR_USAGE with the hint where to read on; always VERB_FAILED. */
int cli_usage(const char *verb, const char *what, struct error *err);

#endif
