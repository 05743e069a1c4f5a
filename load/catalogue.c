#include "load/catalogue.h"

static const char columns_sql[] =
    "SELECT e.entity, a.attname FROM mig.entity e "
    "JOIN pg_attribute a ON a.attrelid = format('hms.%I', e.entity)::regclass "
    "WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'run_id' "
    "ORDER BY e.entity, a.attnum";

static const char references_sql[] =
    "SELECT r.entity, r.column_name, r.parent, a.attnotnull FROM mig.reference r "
    "JOIN pg_attribute a ON a.attrelid = format('hms.%I', r.entity)::regclass "
    "                   AND a.attname = r.column_name "
    "ORDER BY r.entity, r.entity = r.parent, NOT a.attnotnull, a.attnum";

static char *keep(struct catalogue *catalogue, const PGresult *result, int row, int col)
{
    return arena_strdup(&catalogue->arena, text_of(PQgetvalue(result, row, col)));
}

/* Rows of one entity stand together. */
static int count_group(const PGresult *result, int row)
{
    int end = row;

    while (end < PQntuples(result) &&
           strcmp(PQgetvalue(result, end, 0), PQgetvalue(result, row, 0)) == 0) {
        end++;
    }
    return end - row;
}

static void take_columns(struct catalogue *catalogue, const PGresult *result)
{
    size_t most = (size_t)PQntuples(result);

    catalogue->entities = xcalloc(most + 1, sizeof(*catalogue->entities));
    for (int row = 0; row < PQntuples(result);) {
        struct catalogue_entity *entity = &catalogue->entities[catalogue->count++];
        int n = count_group(result, row);
        entity->name = keep(catalogue, result, row, 0);
        entity->columns = arena_alloc(&catalogue->arena, (size_t)n * sizeof(*entity->columns));
        for (int i = 0; i < n; i++) {
            entity->columns[entity->ncolumns++] = keep(catalogue, result, row + i, 1);
        }
        row += n;
    }
}

static void take_references(struct catalogue *catalogue, const PGresult *result)
{
    for (int row = 0; row < PQntuples(result);) {
        int n = count_group(result, row);
        int at = catalogue_find(catalogue, PQgetvalue(result, row, 0));
        struct catalogue_reference *references =
            arena_alloc(&catalogue->arena, (size_t)n * sizeof(*references));
        for (int i = 0; i < n; i++) {
            references[i].column = keep(catalogue, result, row + i, 1);
            references[i].parent = keep(catalogue, result, row + i, 2);
            references[i].required = PQgetvalue(result, row + i, 3)[0] == 't';
        }
        if (at >= 0) {
            catalogue->entities[at].references = references;
            catalogue->entities[at].nreferences = (size_t)n;
        }
        row += n;
    }
}

bool catalogue_load(struct catalogue *catalogue, struct pg *pg, struct error *err)
{
    PGresult *columns;
    PGresult *references = NULL;

    *catalogue = (struct catalogue){0};
    columns = pg_query(pg, columns_sql, 0, NULL, err);
    if (columns != NULL) {
        references = pg_query(pg, references_sql, 0, NULL, err);
    }
    if (references != NULL) {
        take_columns(catalogue, columns);
        take_references(catalogue, references);
    }
    PQclear(columns);
    PQclear(references);
    return references != NULL;
}

void catalogue_release(struct catalogue *catalogue)
{
    free(catalogue->entities);
    arena_release(&catalogue->arena);
    *catalogue = (struct catalogue){0};
}

int catalogue_find(const struct catalogue *catalogue, const char *name)
{
    for (size_t i = 0; i < catalogue->count; i++) {
        if (strcmp(catalogue->entities[i].name, name) == 0) {
            return (int)i;
        }
    }
    return -1;
}
