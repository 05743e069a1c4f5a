/*
 * raw_tables.h - which columns the source really has, and which of them hold anything: what
 * lint and coverage compare the maps with.
 *
 * Source    a folder of sealed raw tables (its .hmb files), or a list of headers: a text file
 *           with TABLE, tab, COLUMN a line, where every column counts as filled.
 * Filled    cells that are neither blank nor a null mark of a map of that table.
 * Ownership raw_tables owns all its strings.
 * Errors    ERROR_INTEGRITY of core/batch_file.h; ERROR_CONFIG when the folder has no
 *           raw table.
 */
#ifndef HMS_MAPPINGS_RAW_TABLES_H
#define HMS_MAPPINGS_RAW_TABLES_H

#include "mappings/map.h"

struct raw_column {
    const char *name;
    uint64_t filled; /* rows */
};

struct raw_table {
    const char *name;
    struct raw_column *columns;
    uint32_t ncols;
    uint64_t rows;
    struct text *nulls; /* null marks of the maps of this table */
    size_t nnulls;
};

struct raw_tables {
    struct raw_table *tables; /* by name */
    size_t count;
    bool headers_only; /* rows and filled are not known */
    struct arena arena;
};

bool raw_tables_read(struct raw_tables *raw, const char *folder, const struct map_set *set,
                     struct error *err) MUST_CHECK;
bool raw_tables_read_headers(struct raw_tables *raw, const char *path,
                             struct error *err) MUST_CHECK;
const struct raw_table *raw_table_find(const struct raw_tables *raw, const char *name);
const struct raw_column *raw_column_find(const struct raw_table *table, const char *name);
void raw_tables_release(struct raw_tables *raw);

#endif
