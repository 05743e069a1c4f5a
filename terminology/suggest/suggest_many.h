/*
 * suggest_many.h - a whole catalogue asked by several threads, written in its order.
 *
 * Threads   share the suggester, which is only read; each has a scratch of its own.  Entries are
 *           dealt in blocks; what is written does not depend on how many threads there are.
 * Limits    SUGGEST_JOBS_MAX threads.
 */
#ifndef HMS_TERMINOLOGY_SUGGEST_SUGGEST_MANY_H
#define HMS_TERMINOLOGY_SUGGEST_SUGGEST_MANY_H

#include "terminology/suggest/suggest.h"

enum { SUGGEST_JOBS_MAX = 64 };

/* One entry with its answers, as the writer gets it. */
struct suggest_entry {
    const struct suggester *suggester;
    const struct suggest_scratch *scratch; /* for suggest_reasons() */
    const struct suggest_query *query;
    const struct suggest_answer *answers;
    size_t count;
};

struct suggest_many {
    const struct suggester *suggester;
    const struct suggest_decision *entries; /* their codes are not looked at */
    size_t count;
    size_t limit; /* answers an entry, SUGGEST_ANSWERS_MAX at most */
    int jobs;
    /* Called by several threads at once, each time for another entry and another `out`. */
    void (*write)(void *context, const struct suggest_entry *entry, struct strbuf *out);
    void *context;
};

/* Appends what was written of all entries, in their order; `out` tells when it is full. */
void suggest_many(const struct suggest_many *many, struct strbuf *out);

#endif
