/*
 * plan.h - a plan file: what a rehearsal runs, in which order, from which inputs.
 *
 * Shape     plan: demo
 *           about: one sentence
 *           variables:
 *             maps: {default: mappings/lindenhof, about: maps of lindenhof}
 *           inputs: ["${maps}/[a-z]*.yml"]            globs; every file's checksum is recorded
 *           steps:
 *             extract: {run: "hms extract ... -o ${work}/raw"}
 *             load: {needs: [extract], run: "hms load ...", allow: [0, 1], inputs: [...]}
 *
 * Words     `run` is split as a shell would (quotes, backslash) but no shell runs it: a variable
 *           never makes two words, and | < > ; & have no meaning and are refused unquoted.
 * Variables ${name}; a default may use those before it.  Given by the toolkit: ${work}, the
 *           folder of this rehearsal, ${number}, and ${plan}, the folder of the plan file.
 * Errors    ERROR_CONFIG with file:line:column and a caret: unknown key, step or variable, steps
 *           that need each other, an unclosed quote.  ERROR_USAGE: a --set of no variable.
 * Ownership the plan owns everything; free with plan_free().
 */
#ifndef HMS_REHEARSALS_PLAN_H
#define HMS_REHEARSALS_PLAN_H

#include "core/arena.h"
#include "core/error.h"
#include "core/strbuf.h"
#include "core/yaml.h"

enum {
    PLAN_STEPS_MAX = 256,
    PLAN_NEEDS_MAX = 32,
    PLAN_WORDS_MAX = 64,
    PLAN_VARIABLES_MAX = 64,
    PLAN_INPUTS_MAX = 256,
    PLAN_ALLOW_MAX = 8,
};

struct plan_variable {
    const char *name;
    const char *value;
};

struct plan_step {
    const char *id;
    const struct yaml_node *run;
    int needs[PLAN_NEEDS_MAX]; /* indexes of steps */
    int nneeds;
    int allow[PLAN_ALLOW_MAX]; /* exit statuses that are fine */
    int nallow;
    const struct yaml_node *node;
};

struct plan {
    const char *path;
    const char *name;
    const char *about;
    struct plan_variable variables[PLAN_VARIABLES_MAX];
    int nvariables;
    const struct yaml_node *inputs[PLAN_INPUTS_MAX]; /* globs, before variables are put in */
    int ninputs;
    struct plan_step *steps;
    int nsteps;
    struct yaml *yaml;
    struct arena arena;
};

/* `settings` are "name=value" words that replace defaults. */
struct plan *plan_load(const char *path, const char *const *settings, int nsettings,
                       struct error *err); /* NULL on error */
void plan_free(struct plan *plan);
/* Gives ${work} or ${number} its value. */
void plan_set(struct plan *plan, const char *name, const char *value);
/* The words of a step's `run`, NULL-terminated, in the plan's arena. */
bool plan_step_words(struct plan *plan, const struct plan_step *step,
                     char *words[PLAN_WORDS_MAX + 1], struct error *err) MUST_CHECK;
/* The scalar with its variables put in, in the plan's arena; NULL on error. */
const char *plan_expand(struct plan *plan, const struct yaml_node *node, struct error *err);
bool plan_step_allows(const struct plan_step *step, int status);

#endif
