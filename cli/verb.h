/*
 * verb.h - one file and one constant entry per verb of `hms`.
 *
 * To add a verb: write cli/verb_NAME.c with `const struct verb verb_NAME`, add one line to
 * cli/verbs.h, a page docs/man/hms-NAME.scd and a case in tests/cli/NAME/.
 *
 * Result    run() returns the exit status 0 or 1, or a negative number with err set.
 * Output    data on stdout, words for people on stderr; with --json one versioned NDJSON
 *           record per thing on stdout.
 */
#ifndef HMS_CLI_VERB_H
#define HMS_CLI_VERB_H

#include "cli/opt.h"

struct verb {
    const char *name;
    const char *summary; /* one sentence, lower case, no full stop */
    const char *usage;   /* what follows "hms NAME" */
    const char *example; /* one command line */
    const struct opt *opts;
    int (*run)(int argc, char **argv, struct error *err); /* operands only */
};

enum { VERB_FAILED = -1 };

/* Options every verb has; set before run(). */
extern bool cli_json;
extern bool cli_quiet;
extern bool cli_verbose;

/* The store named by --store, $HMS_STORE or the private cluster under var/store; owned by cli.
 */
const char *cli_store(void);
/* The folder of terminology packs: what the option said (may be NULL), $HMS_TERMINOLOGY, or
 * var/terminology. */
const char *cli_terminology(const char *option);
/* One line for people on stderr, unless -q. */
void cli_say(const char *format, ...) PRINTF_LIKE(1, 2);

#endif
