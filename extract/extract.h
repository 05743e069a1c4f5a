/*
 * extract.h - the files of a legacy system as sealed raw tables.
 *
 * Folder    every file of the folder must be claimed by exactly one table of the spec or be
 *           ignored by it; each table becomes <table>.hmb, and manifest.json, written last,
 *           seals them with size, rows and XXH3-64 of every input and every output.  An
 *           interrupted run leaves no manifest and can simply be run again.
 * Stream    output "-": one .hmb with all tables, one after the other, and no manifest.
 * Columns   a table has the columns of all its files, in order of first appearance; a row has
 *           ABSENT where its own file has no such column.
 * Errors    ERROR_SOURCE names the file; ERROR_INTEGRITY on verifying.
 */
#ifndef HMS_EXTRACT_EXTRACT_H
#define HMS_EXTRACT_EXTRACT_H

#include "extract/source_spec.h"

/* Rows of a table that could not be read properly, by rule id. */
struct extract_issue {
    const char *rule;
    uint64_t count;
};

enum { EXTRACT_RULES_MAX = 16 };

struct extract_table {
    const char *name;
    size_t nfiles;
    uint32_t ncols;
    uint64_t bytes; /* of its files */
    uint64_t rows;
    uint64_t rows_with_issues;
    struct extract_issue issues[EXTRACT_RULES_MAX];
    size_t nissues;
};

struct extract_report {
    struct extract_table *tables;
    size_t ntables;
};

/* `folder` NULL: the patterns of the spec are paths.  The report's names live as long as the
 * spec; it is complete only on success, and released by the caller either way. */
bool extract_run(const struct source_spec *spec, const char *folder, const char *output,
                 struct extract_report *report, struct error *err) MUST_CHECK;
void extract_report_release(struct extract_report *report);

/* Reads everything that the manifest of a raw folder seals. */
bool extract_verify(const char *folder, struct error *err) MUST_CHECK;

#endif
