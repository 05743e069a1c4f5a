#include "transform/codes/worklist.h"

#include "core/ident.h"

#include <stdio.h>

enum { NUMBER_MAX = 24 };

#define X(name, sql) sql ", "
static const char read_sql[] = "SELECT " WORKLIST_COLUMN_LIST(
    X) "priority FROM mig.code_worklist "
       "WHERE organisation = $1 AND rows > 0 AND ($2::text IS NULL OR list = $2) "
       "AND ($3::text IS NULL OR $3 = ANY (entities)) "
       "ORDER BY state IN ('approved', 'none', 'mapped'), code_system IS NULL, priority DESC, "
       "list COLLATE \"C\", "
       "source_code COLLATE \"C\"";
#undef X

#define X(name, sql) #name,
static const char *const column_names[WORKLIST_COLUMNS] = {WORKLIST_COLUMN_LIST(X)};
#undef X

const char *worklist_column_name(enum worklist_column column)
{
    return column_names[column];
}

bool worklist_refresh(struct pg *pg, const char *organisation, struct error *err)
{
    char org_id[NUMBER_MAX];
    const char *const params[] = {organisation, org_id};
    int64_t known;

    snprintf(org_id, sizeof(org_id), "%d", org_id_of(text_of(organisation)));
    if (!pg_setting(pg, "hms.org_id", org_id, err) ||
        !pg_query_int(pg, "SELECT count(*) FROM hms.organisation WHERE code = $1", 1, params,
                      &known, err)) {
        return false;
    }
    if (known == 0) {
        error_set(err, ERROR_CONFIG, "there is no organisation '%s' in the store",
                  organisation);
        error_hint(err, "'hms load' puts it there");
        return false;
    }
    return pg_exec(pg, "SELECT mig.code_refresh($1, $2)", 2, params, err);
}

PGresult *worklist_read(struct pg *pg, const struct code_filter *filter, struct error *err)
{
    const char *const params[] = {filter->organisation, filter->list, filter->entity};

    return pg_query(pg, read_sql, 3, params, err);
}

PGresult *worklist_progress(struct pg *pg, const char *organisation, struct error *err)
{
    const char *const params[] = {organisation};

    return pg_query(pg, "SELECT * FROM mig.code_progress($1)", 1, params, err);
}
