/*
 * raw_frame.h - a batch of raw rows as the payload of an R block, and back.
 *
 * Layout    for each row: flags varint (bit 0: has issues and raw bytes), file varint, line
 *           varint, offset varint, length varint; for each column: 0 ABSENT, 1 NULL, else
 *           length + 2, varint, and the bytes; when flagged: raw bytes (text), number of
 *           issues varint, each (col + 1) varint and rule (text).
 * Errors    reading: ERROR_INTEGRITY; a frame that passed its checksum and is still malformed
 *           was written by a broken program.
 */
#ifndef HMS_CORE_RAW_FRAME_H
#define HMS_CORE_RAW_FRAME_H

#include "core/batch.h"
#include "core/error.h"
#include "core/strbuf.h"

void raw_frame_write(const struct batch *batch, struct strbuf *out);
/* Clears the batch and fills it; cells point into `payload`, which must outlive them. */
bool raw_frame_read(struct batch *batch, uint32_t rows, struct text payload,
                    struct error *err) MUST_CHECK;

#endif
