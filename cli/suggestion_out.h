/* suggestion_out.h - suggestions as rows of CSV or as records, for `hms code suggest --csv`. */
#ifndef HMS_CLI_SUGGESTION_OUT_H
#define HMS_CLI_SUGGESTION_OUT_H

#include "terminology/suggest/suggest_many.h"

#include <stdatomic.h>

struct suggestion_out {
    const struct code_pack *pack;
    double threshold; /* first answers of at least that are sure */
    atomic_size_t nsure;
};

void suggestion_header(struct strbuf *out);
/* A suggest_many.write; the context is a struct suggestion_out. */
void suggestion_write(void *context, const struct suggest_entry *entry, struct strbuf *out);

#endif
