/*
 * stream.h - leaves filled from one pass over a stream of batches, whose rows come mixed.
 *
 * Shape     a few connections, each with one transaction and one COPY at a time; a leaf belongs to
 *           one of them.  A block for another leaf ends the COPY and begins another, which leaves
 *           the rows frozen, since the table was made in the same transaction.
 * Overlap   a connection sends without blocking while the next block is read and unpacked.
 * Limits    one block of rows a connection is kept in memory.
 */
#ifndef HMS_LOAD_STREAM_H
#define HMS_LOAD_STREAM_H

#include "load/load_plan.h"
#include "load/segments.h"

struct stream;

struct stream *stream_open(const char *conninfo, const struct load_plan *plan, int connections,
                           struct error *err);
bool stream_put(struct stream *stream, int entity, int lane, const char *map, uint32_t rows,
                struct text tuples, struct error *err) MUST_CHECK;
/* Makes the leaves that got no row, fills the ledger, commits. */
bool stream_finish(struct stream *stream, struct error *err) MUST_CHECK;
/* Without finish nothing stays. */
void stream_free(struct stream *stream);

#endif
