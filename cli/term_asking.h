/*
 * term_asking.h - a pack that is asked: what the actions of `hms term` on codes share.
 *
 * Lifetime  from asking_open() to asking_close(), which prints what is left and is called also
 *           when opening failed.
 */
#ifndef HMS_CLI_TERM_ASKING_H
#define HMS_CLI_TERM_ASKING_H

#include "cli/term_verb.h"

#include "terminology/code_pack.h"
#include "terminology/ucum.h"

struct asking {
    struct code_pack *pack;
    struct ucum *ucum; /* of a UCUM pack, when units are validated */
    struct strbuf out;
    int32_t day;
    struct text word;
    bool missed; /* something was not found or not valid */
};

bool asking_open(struct asking *asking, const char *system, struct error *err) MUST_CHECK;
/* The exit status. */
int asking_close(struct asking *asking, bool ok);
/* A code as people write it; `out` takes CODE_FORM_MAX bytes. */
struct text asking_dotted(const struct asking *asking, struct text code,
                          char out[CODE_FORM_MAX]);

#endif
