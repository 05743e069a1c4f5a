/*
 * term_verb.h - what the actions of `hms term` share: each verb_term_X.c runs some of them.
 *
 * Options   parsed once for all actions into `term_options`.
 * Systems   the first operand of an action on codes is the name of a pack in force ("icd10cm"),
 *           or a file ("./x.hmspack").
 * Words     codes come from the operands, or a line each from standard input for "-".
 */
#ifndef HMS_CLI_TERM_VERB_H
#define HMS_CLI_TERM_VERB_H

#include "cli/action.h"
#include "cli/verb.h"

#include "core/json_out.h"
#include "terminology/registry.h"

enum { TERM_LINE_MAX = 16 << 20 };

struct term_options {
    const char *registry;
    const char *output;
    const char *release;
    const char *name;
    const char *dialect;
    const char *from;
    const char *until;
    const char *key;
    const char *on;
    const char *loinc;
    const char *organisation;
    const char *maps;
    bool mark;
    uint64_t limit;
};

extern struct term_options term_options;

/* Each as verb.run; argv are the operands behind the action's name. */
int term_run_build(int argc, char **argv, struct error *err);
int term_run_list(int argc, char **argv, struct error *err);
int term_run_install(int argc, char **argv, struct error *err);
int term_run_activate(int argc, char **argv, struct error *err);
int term_run_rollback(int argc, char **argv, struct error *err);
int term_run_lookup(int argc, char **argv, struct error *err);
int term_run_search(int argc, char **argv, struct error *err);
int term_run_codes(int argc, char **argv, struct error *err);
int term_run_validate(int argc, char **argv, struct error *err);
int term_run_translate(int argc, char **argv, struct error *err);
int term_run_diff(int argc, char **argv, struct error *err);
int term_run_convert(int argc, char **argv, struct error *err);

/* The registry of --registry, $HMS_TERMINOLOGY or var/terminology. */
bool term_registry(struct registry *registry, struct error *err) MUST_CHECK;
/* The pack that `system` means, on --on; NULL on error. */
struct code_pack *term_pack(const char *system, struct error *err);
/* --on as a day, CODE_NO_DAY without it. */
bool term_day(int32_t *day, struct error *err) MUST_CHECK;
/* Calls `visit` with each word; stops at the first false. */
bool term_words(int argc, char **argv,
                bool (*visit)(struct text word, void *context, struct error *err),
                void *context, struct error *err) MUST_CHECK;
/* Prints what is in `out` and empties it. */
void term_flush(struct strbuf *out);

#endif
