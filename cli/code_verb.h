/*
 * code_verb.h - what the actions of `hms code` share: each verb_code_X.c runs some of them.
 *
 * Options   parsed once for all actions into `code_options`.
 * Store     worklist, suggest --org, review, export and import work in the store
 *           (transform/codes/); suggest --csv needs none.
 */
#ifndef HMS_CLI_CODE_VERB_H
#define HMS_CLI_CODE_VERB_H

#include "cli/action.h"
#include "cli/verb.h"

#include "core/pg.h"

struct code_options {
    const char *organisation;
    const char *list; /* "lindenhof/lab.tsv": local codes that one code map holds */
    const char *entity;
    const char *system; /* the standard that is wanted: a pack in force */
    const char *by;
    const char *approve;
    const char *reject;
    bool no_match;
    const char *why;
    const char *output;
    const char *csv;   /* suggest: a catalogue, without a store */
    const char *train; /* suggest: decisions to learn from */
    const char *model; /* suggest: what was learned before, or where to keep it */
    uint64_t
        limit; /* suggest: answers an entry; units: results of an organisation; 0: as usual */
    uint64_t jobs; /* suggest: threads */
};

extern struct code_options code_options;

/* Each as verb.run; argv are the operands behind the action's name. */
int code_run_worklist(int argc, char **argv, struct error *err);
int code_run_suggest(int argc, char **argv, struct error *err);       /* --csv */
int code_run_suggest_store(int argc, char **argv, struct error *err); /* --org */
int code_run_review(int argc, char **argv, struct error *err);
int code_run_export(int argc, char **argv, struct error *err);
int code_run_import(int argc, char **argv, struct error *err);
int code_run_units(int argc, char **argv, struct error *err);
int code_run_lint(int argc, char **argv, struct error *err);

/* Says how far the lists of the organisation are, or the one of that name (NULL: all). */
bool code_say_progress(struct pg *pg, const char *organisation, const char *list,
                       struct error *err) MUST_CHECK;

#endif
