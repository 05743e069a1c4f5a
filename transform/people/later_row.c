/* later_row.c - rows that came after a merge: what is in one, and whose it was before. */
#include "transform/people/merge.h"

#include "core/ident.h"

#include <stdlib.h>

PGresult *people_row_values(struct pg *pg, const char *entity, const char *row,
                            const char *org_id, struct error *err)
{
    const char *const params[] = {entity, row, org_id};
    char *table = pg_quote_name(pg, entity);
    PGresult *found = NULL;
    struct strbuf sql;

    strbuf_init(&sql, 4096);
    strbuf_addf(&sql,
                "SELECT $1::text AS entity, t.id AS row, to_json(t) AS values "
                "FROM hms.%s t WHERE t.id = $2 AND t.org_id = $3",
                table);
    if (pg_setting(pg, "hms.org_id", params[2], err)) {
        found = pg_query(pg, sql.at, 3, params, err);
    }
    strbuf_release(&sql);
    free(table);
    return found;
}

bool people_take_back(struct pg *pg, const char *row, const char *by, struct error *err)
{
    const char *const params[] = {row, by};
    PGresult *rows;

    if (!merge_id_is_valid(row, err)) {
        return false;
    }
    rows = pg_query(pg, "SELECT entity FROM mpi.row_take_back($1, $2)", 2, params, err);
    if (rows != NULL && PQntuples(rows) == 0) {
        error_set(err, ERROR_STORE, "row %s was not given to anybody", row);
    }
    PQclear(rows);
    return err->code == ERROR_NONE;
}
