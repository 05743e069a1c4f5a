/*
 * prepared.h - which statements a connection has prepared, and their text.
 *
 * Text      a constant of ours in which {org} stands for the organisation's number.  The number
 *           is written into the text, not given as a parameter, because then the plan holds one
 *           partition of each table instead of all: six times as fast with five organisations.
 * Limits    PREPARED_MAX statements; a new one takes the place of the oldest.
 */
#ifndef HMS_SERVE_PREPARED_H
#define HMS_SERVE_PREPARED_H

#include "core/strbuf.h"

enum { PREPARED_MAX = 256 };

struct prepared {
    uint64_t statements[PREPARED_MAX];
    size_t count;
    size_t next; /* to make room, once all places are taken */
};

/* What a statement is known by. */
uint64_t prepared_statement(const char *sql, int32_t org_id);
bool prepared_has(const struct prepared *prepared, uint64_t statement);
/* True when *evicted had to make room and is to be deallocated. */
bool prepared_add(struct prepared *prepared, uint64_t statement, uint64_t *evicted);
void prepared_forget(struct prepared *prepared, uint64_t statement);
/* The text with the number in each place of {org}. */
void prepared_sql(const char *sql, int32_t org_id, struct strbuf *out);

#endif
