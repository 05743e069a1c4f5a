/*
 * map_verb.h - what the actions of `hms map` share: each verb_map_X.c runs one of them.
 *
 * Options   parsed once for all actions into `map_options`; an action that does not use one
 *           ignores it.
 * Operands  map files and folders of map files.
 */
#ifndef HMS_CLI_MAP_VERB_H
#define HMS_CLI_MAP_VERB_H

#include "cli/action.h"
#include "cli/verb.h"

#include "mappings/map.h"

struct map_options {
    const char *raw;     /* sealed raw folder, or NULL */
    const char *headers; /* list of headers, or NULL */
    const char *rule;
    const char *output;
    bool check;
    bool markdown;
};

extern struct map_options map_options;

/* Each as verb.run; argv are the operands behind the action's name. */
int map_run_lint(int argc, char **argv, struct error *err);
int map_run_fmt(int argc, char **argv, struct error *err);
int map_run_test(int argc, char **argv, struct error *err);
int map_run_doc(int argc, char **argv, struct error *err);
int map_run_coverage(int argc, char **argv, struct error *err);
int map_run_explain(int argc, char **argv, struct error *err);
int map_run_steps(int argc, char **argv, struct error *err);

/* Calls `visit` with each map file that the operands name; ERROR_USAGE when there is none. */
bool map_operands_each(int argc, char **argv,
                       bool (*visit)(const char *path, void *context, struct error *err),
                       void *context, struct error *err) MUST_CHECK;
/* Loads all of them, sorted by name. */
bool map_operands_load(struct map_set *set, int argc, char **argv,
                       struct error *err) MUST_CHECK;
/* To --output (or stdout). */
bool map_print(const struct strbuf *out, struct error *err) MUST_CHECK;

enum { MAP_OUTPUT_MAX = 256 << 20 };

#endif
