/*
 * claim.h - which files of a folder are which table: every file is one table's, or is ignored,
 * or is an error.
 *
 * Order     the files of a table are sorted by name.  A file that is ignored is no table's,
 *           even when a table's pattern matches it.
 * Errors    ERROR_SOURCE: a file that nobody claims, that two tables claim, or a pattern of a
 *           table that is not optional without a file.
 */
#ifndef HMS_EXTRACT_CLAIM_H
#define HMS_EXTRACT_CLAIM_H

#include "extract/source_spec.h"

/* The files of each table, in the order of spec->tables; paths live in `arena`. */
bool claim_files(const struct source_spec *spec, const char *folder, struct arena *arena,
                 struct source_list *claims, struct error *err) MUST_CHECK;

#endif
