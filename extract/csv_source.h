/*
 * csv_source.h - a file of delimited text as rows of a batch.
 *
 * Shape     open, header (unless the format has none), bind, then read until at_end.
 * libcsv    splits every record that has a quote in it (extract/csv_split.h); one without needs no parser.  Where
 *           records begin and end is extract/record.h's part, so libcsv's habits (trimmed
 *           fields, swallowed blank lines, no positions, a record cut inside quotes taken as
 *           good) cannot reach a user.
 * Rows      every record is a row, one that cannot be read properly too: then with an issue
 *           and its source bytes (docs/extract.md, "Rows").  Cells are copied into the batch's
 *           arena.
 * Place     line, offset and length as core/batch.h says; length stops at UINT32_MAX.
 * Errors    ERROR_SOURCE: unreadable, no header, a header that repeats a name or cannot be
 *           read; ERROR_LIMIT: more than BATCH_COLS_MAX columns.  Messages do not name the
 *           file.
 */
#ifndef HMS_EXTRACT_CSV_SOURCE_H
#define HMS_EXTRACT_CSV_SOURCE_H

#include "core/batch.h"
#include "core/error.h"
#include "extract/source_spec.h"

enum { TOO_LONG_KEEP = 64 << 10 }; /* bytes kept of a row over ROW_BYTES_MAX */

struct csv_source;

struct csv_source *csv_source_open(const char *path, const struct source_format *format,
                                   struct error *err);
void csv_source_free(struct csv_source *source);

/* The names in the first record; they live in `arena`. */
bool csv_source_header(struct csv_source *source, struct arena *arena,
                       struct source_list *names, struct error *err) MUST_CHECK;
/* `columns[field]` is the batch's column of each field of this file, `file` its number in the
 * shape; the array must outlive the source. */
void csv_source_bind(struct csv_source *source, uint32_t file, const uint32_t *columns,
                     uint32_t nfields);
/* Adds rows until the batch is full or the file ends. */
bool csv_source_read(struct csv_source *source, struct batch *batch, bool *at_end,
                     struct error *err) MUST_CHECK;

/* Records read so far, without the header; bytes and XXH3-64 of what was read. */
uint64_t csv_source_rows(const struct csv_source *source);
uint64_t csv_source_bytes(const struct csv_source *source);
uint64_t csv_source_checksum(const struct csv_source *source);

#endif
