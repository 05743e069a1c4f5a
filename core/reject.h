/*
 * reject.h - one source row that did not go on, with everything a person needs to decide.
 *
 * Shape     outcome (rejected, quarantined or excluded), rule id, column, place, source key
 *           when known, and the row's own bytes.  Records travel in X blocks of a batch file
 *           and end in mig.reject.
 * Privacy   `key` and `bytes` are patient data: they go to X blocks, mig.reject and reject
 *           files (mode 0600), never into messages or logs.
 */
#ifndef HMS_CORE_REJECT_H
#define HMS_CORE_REJECT_H

#include "core/balance.h"
#include "core/batch.h"
#include "core/wire.h"

struct reject {
    enum outcome outcome;
    struct text rule;
    struct text column; /* source column, empty for the whole row */
    struct text file;
    uint64_t line;
    uint64_t offset;
    uint32_t length;
    struct text key;
    struct text bytes; /* the row's cells as one CSV record in UTF-8, or the source's own bytes
                          when it could not be read as a row */
};

void reject_write(const struct reject *reject, struct strbuf *out);
bool reject_read(struct wire *wire, struct reject *reject); /* false: malformed */

#endif
