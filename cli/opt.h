/*
 * opt.h - one table per verb: it parses the command line, prints --help and feeds the man
 * page.
 *
 * Shape     `struct opt` rows end with {0}.  Long options take "--name value" and
 *           "--name=value"; short ones "-o value" and "-ovalue"; "-" and words without a dash
 *           are operands; "--" ends options.
 * Errors    ERROR_USAGE in one line, with the hint "try 'hms VERB --help'".
 */
#ifndef HMS_CLI_OPT_H
#define HMS_CLI_OPT_H

#include "core/error.h"

#include <stdint.h>

enum opt_kind { OPT_END, OPT_FLAG, OPT_TEXT, OPT_UINT, OPT_LIST };

enum { OPT_LIST_MAX = 64 };

struct opt_list {
    const char *at[OPT_LIST_MAX];
    int count;
};

struct opt {
    enum opt_kind kind;
    char letter;       /* 0: none */
    const char *name;  /* without dashes */
    const char *value; /* metavariable, NULL for a flag */
    const char *help;  /* lower case, no full stop, default in [brackets] */
    void *into;        /* bool *, const char **, uint64_t *, struct opt_list * */
};

/* Operands are left in argv[0..*nrest).  `*wants_help` is set by -h and --help. */
bool opt_parse(const struct opt *opts, int *nrest, char **argv, bool *wants_help,
               struct error *err) MUST_CHECK;

#endif
