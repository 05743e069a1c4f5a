/*
 * source_spec.h - source.yml: how the bytes of one legacy system are read (what they mean is
 * the maps' part).
 *
 * Source    mappings/<system>/source.yml; every key is described in docs/extract.md.
 * Shape     defaults of the whole source, already copied into each table: charset, delimiter,
 *           quote, header.  Patterns are file names with '*' and '?', without folders.
 * Ownership the spec owns all its strings; freed by source_spec_release().
 * Errors    ERROR_CONFIG with file:line:column and a caret (core/yaml.h).
 * Limits    SOURCE_TABLES_MAX tables, SOURCE_PATTERNS_MAX patterns a list, BATCH_COLS_MAX
 *           columns a table.  Table names become file names: [A-Za-z0-9_][A-Za-z0-9_.-]*, at
 *           most SOURCE_NAME_MAX bytes.
 */
#ifndef HMS_EXTRACT_SOURCE_SPEC_H
#define HMS_EXTRACT_SOURCE_SPEC_H

#include "core/arena.h"
#include "core/error.h"

enum { SOURCE_TABLES_MAX = 4096, SOURCE_PATTERNS_MAX = 256, SOURCE_NAME_MAX = 63 };

/* How the bytes of a table's files become records and cells. */
struct source_format {
    const char *charset; /* as written: "utf-8", "windows-1252", "utf-16", ... */
    char delimiter;
    char quote;  /* '\0': none, then quotes are ordinary bytes */
    bool header; /* the first record of each file names the columns */
};

struct source_list {
    const char **at;
    size_t count;
};

struct source_table {
    const char *name;
    struct source_list files;   /* patterns */
    struct source_list columns; /* names to use instead of, or without, a header */
    struct source_format format;
    bool optional; /* no file at all is fine: the table has then no rows and is not written */
};

struct source_spec {
    const char *name; /* "lindenhof" */
    struct source_table *tables;
    size_t ntables;
    struct source_list ignore; /* patterns of files that are no table, on purpose */
    struct arena arena;
};

/* UTF-8, comma, double quote, header first. */
struct source_format source_format_default(void);
bool source_spec_load(struct source_spec *spec, const char *path, struct error *err) MUST_CHECK;
/* A spec without a file: each of `files` is a table named by its file name up to the first dot,
 * or all are the one table `table` when that is not NULL. */
bool source_spec_of_files(struct source_spec *spec, const char *name, const char *table,
                          struct source_format format, struct source_list columns,
                          struct source_list files, struct error *err) MUST_CHECK;
void source_spec_release(struct source_spec *spec);

/* The words of the keys `delimiter` and `quote`, also used by the command line: one byte, or
 * "\t", "tab", "none" (quote).  False when it is neither. */
bool source_delimiter_parse(const char *word, char *delimiter);
bool source_quote_parse(const char *word, char *quote);

#endif
