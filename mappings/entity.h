/*
 * entity.h - the canonical entities and their columns, as the mapping language and transform
 * see them.
 *
 * Source    load/schema/NNN_name/deploy.sql is the one place where a column is written down;
 *           mappings/entities.awk makes entity_table.c from it at build time, and a test
 *           compares the table with a deployed store.
 * Shape     every entity starts with the same columns, which transform fills by itself and a
 *           map cannot name: id uuid, org_id integer, source_system text, source_key text,
 *           row_hash uuid (run_id comes last in the store and is filled by load; it is no part
 *           of the tuple.)
 * Lifetime  process.
 */
#ifndef HMS_MAPPINGS_ENTITY_H
#define HMS_MAPPINGS_ENTITY_H

#include "core/batch.h"
#include "core/column.h"

enum { ENTITY_FIXED_COLUMNS = 5, ENTITY_COLUMNS_MAX = 64 };

struct entity_column {
    const char *name;
    enum column_type type;
    bool required;              /* NOT NULL */
    const char *references;     /* entity whose id this is, or NULL */
    const char *const *allowed; /* NULL-terminated value set of a CHECK ... IN, or NULL */
};

struct entity {
    const char *name;
    const struct entity_column *columns; /* the fixed ones included */
    uint32_t ncols;
    uint8_t lanes; /* see batch_file.h */
};

extern const struct entity entity_table[];
extern const size_t entity_count;

const struct entity *entity_find(struct text name);                    /* or NULL */
int entity_column_find(const struct entity *entity, struct text name); /* index, or -1 */
/* The nearest name, for "did you mean"; NULL when nothing is near. */
const char *entity_nearest(struct text name);

/* Appends the field of a canonical value to a tuple: NULL, or the rule id that the value breaks
 * ("value.missing", "value.set", the type's own) and nothing is appended. */
const char *entity_column_encode(const struct entity_column *column, struct cell value,
                                 struct strbuf *tuple);

#endif
