/*
 * people_verb.h - what the actions of `hms people` share: each people_X.c runs some of them.
 *
 * Options   parsed once for all actions into `people_options`.
 */
#ifndef HMS_CLI_PEOPLE_VERB_H
#define HMS_CLI_PEOPLE_VERB_H

#include "cli/action.h"
#include "cli/store.h"
#include "cli/verb.h"

struct people_options {
    struct opt_list orgs;
    const char *index;
    const char *by;
    const char *why;
    bool apart;
    struct opt_list give;
    const char *give_all;
    const char *rules;
    bool values;
};

extern struct people_options people_options;

/* Each as verb.run; argv are the operands behind the action's name. */
int people_run_index(int argc, char **argv, struct error *err);
int people_run_verdicts(int argc, char **argv, struct error *err);
int people_run_list(int argc, char **argv, struct error *err);
int people_run_show(int argc, char **argv, struct error *err);
int people_run_history(int argc, char **argv, struct error *err);
int people_run_merge(int argc, char **argv, struct error *err);
int people_run_unmerge(int argc, char **argv, struct error *err);
int people_run_take_back(int argc, char **argv, struct error *err);
int people_run_golden(int argc, char **argv, struct error *err);
int people_run_choose(int argc, char **argv, struct error *err);

/* A row as one JSON record, its members named by the columns. */
void people_print_row(const PGresult *rows, int row, const char *record);

#endif
