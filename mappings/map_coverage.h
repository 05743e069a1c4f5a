/*
 * map_coverage.h - what becomes of each source column, and what fills each entity's columns.
 *
 * Shape     a table for each source table that a map reads or the raw folder has; an entity for
 *           each target of a map.  Columns stand in the order of the source, or of first mention
 *           when the source is not known.
 * Words     used, dropped, empty (no use and nothing in it), UNMAPPED (holds something and has
 *           neither rule nor drop), unknown (a map names it, the source does not have it).
 * Ownership the coverage owns its strings and borrows the set's maps and the raw names.
 */
#ifndef HMS_MAPPINGS_MAP_COVERAGE_H
#define HMS_MAPPINGS_MAP_COVERAGE_H

#include "mappings/map_columns.h"
#include "mappings/raw_tables.h"

struct coverage_column {
    const char *name;
    unsigned uses; /* of enum column_use */
    bool known;    /* the source has it; always true when the source is not known */
    uint64_t filled;
    const char *used_by;         /* "key, M002, M003", "" */
    const struct map_drop *drop; /* the first that matches */
};

struct coverage_table {
    const char *name;
    bool known;
    uint64_t rows;
    const struct map *map; /* the first that reads it, or NULL */
    int nmaps;
    struct coverage_column *columns;
    uint32_t ncols;
};

struct coverage_entity {
    const struct entity *entity;
    const char *maps; /* their names */
    bool filled[ENTITY_COLUMNS_MAX];
};

struct map_coverage {
    struct coverage_table *tables;
    size_t ntables;
    struct coverage_entity *entities;
    size_t nentities;
    bool counted; /* a raw folder was read: filled is in rows */
    bool known;   /* the source's columns are known */
    struct arena arena;
};

/* `raw` may be NULL. */
void map_coverage_make(struct map_coverage *coverage, const struct map_set *set,
                       const struct raw_tables *raw);
/* "used", "dropped", "empty", "UNMAPPED", "unknown" */
const char *coverage_word(const struct coverage_column *column);
bool coverage_is_unmapped(const struct coverage_column *column);
void map_coverage_text(const struct map_coverage *coverage, struct strbuf *out);
/* NDJSON, one record for a source table and one for an entity. */
void map_coverage_json(const struct map_coverage *coverage, struct strbuf *out);
void map_coverage_release(struct map_coverage *coverage);

#endif
