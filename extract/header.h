/*
 * header.h - the names in the first record of a file.
 *
 * Names     spaces, tabs and line ends around a name are taken off, control characters inside
 *           become spaces, a blank name becomes column_N, N its place from 1.
 * Lifetime  the names live in `arena`.
 * Errors    ERROR_SOURCE: a name comes twice, bytes that are not of the charset, broken quotes;
 *           ERROR_LIMIT: more than BATCH_COLS_MAX names, or one over COLUMN_NAME_MAX bytes.
 */
#ifndef HMS_EXTRACT_HEADER_H
#define HMS_EXTRACT_HEADER_H

#include "extract/charset.h"
#include "extract/csv_split.h"
#include "extract/source_spec.h"

enum { COLUMN_NAME_MAX = 255 };

bool header_read(struct text record, struct csv_split *split, const struct charset *charset,
                 struct arena *arena, struct source_list *names, struct error *err) MUST_CHECK;

#endif
