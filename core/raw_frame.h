/*
 * raw_frame.h - a batch of raw rows as the payload of an R block, and back.
 *
 * Layout    for each row: flags varint (bit 0: has issues and raw bytes), file varint, line
 *           varint, offset varint, length varint; for each column: 0 ABSENT, 1 NULL, else
 *           length + 2, varint, and the bytes; when flagged: raw bytes (text), number of
 *           issues varint, each (col + 1) varint and rule (text).
 * Reading   a frame of any number of rows is read in batches of the reader's own size, so that
 *           what one version wrote another one reads:
 *               struct raw_frame frame = raw_frame_of(block.rows, block.payload);
 *               while (frame.rows > 0) { raw_frame_read(&batch, &frame, err) ... }
 * Errors    reading: ERROR_INTEGRITY; a frame that passed its checksum and is still malformed
 *           was written by a broken program.
 */
#ifndef HMS_CORE_RAW_FRAME_H
#define HMS_CORE_RAW_FRAME_H

#include "core/batch.h"
#include "core/error.h"
#include "core/wire.h"

void raw_frame_write(const struct batch *batch, struct strbuf *out);

struct raw_frame {
    struct wire wire;
    uint32_t rows; /* not read yet */
};

struct raw_frame raw_frame_of(uint32_t rows, struct text payload);
/* Clears the batch and fills it with the next rows; cells point into the payload, which must
 * outlive them. */
bool raw_frame_read(struct batch *batch, struct raw_frame *frame, struct error *err) MUST_CHECK;

#endif
