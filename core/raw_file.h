/*
 * raw_file.h - the rows of one sealed raw table, a batch at a time.
 *
 * Use       open; then each next() that answers NEXT_BLOCK has filled `batch`.
 * Lifetime  the shape until release, a batch and its cells until the next one.
 * Errors    ERROR_CONFIG: not a raw table; ERROR_INTEGRITY of core/batch_file.h.
 */
#ifndef HMS_CORE_RAW_FILE_H
#define HMS_CORE_RAW_FILE_H

#include "core/batch_file.h"
#include "core/raw_frame.h"

struct raw_file {
    struct table_shape shape; /* points into the reader */
    struct batch batch;
    struct batch_reader *reader;
    struct raw_frame frame; /* what is not read of the block at hand */
};

bool raw_file_open(struct raw_file *file, const char *path, struct error *err) MUST_CHECK;
enum next raw_file_next(struct raw_file *file, struct error *err);
void raw_file_release(struct raw_file *file);

#endif
