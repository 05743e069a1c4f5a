/* unit_gate_read.c - the local tests of a store, with the quartiles of their numbers. */
#include "transform/codes/unit_pool.h"

#include <stdlib.h>

/* Results below or above a limit say where they are not; zeros and negatives have no logarithm. */
static const char tests_sql[] =
    "SELECT coalesce(r.source_code, '') COLLATE \"C\", coalesce(r.source_text, '') COLLATE "
    "\"C\", "
    "r.code COLLATE \"C\", coalesce(r.unit_ucum, r.unit_source, '') COLLATE \"C\", count(*), "
    "percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY r.value_num), "
    "percentile_cont(0.5) WITHIN GROUP (ORDER BY r.ref_low) "
    "FILTER (WHERE r.ref_low > 0 AND r.ref_high > r.ref_low), "
    "percentile_cont(0.5) WITHIN GROUP (ORDER BY r.ref_high) "
    "FILTER (WHERE r.ref_low > 0 AND r.ref_high > r.ref_low) "
    "FROM hms.observation r WHERE r.org_id = $1 AND r.id <= $3 AND lower(r.code_system) = "
    "'loinc' "
    "AND r.code IS NOT NULL AND r.value_kind = 'quantity' AND r.comparator IS NULL "
    "AND r.value_num > 0 GROUP BY 1, 2, 3, 4 HAVING count(*) >= $2 ORDER BY 3, 1, 2, 4";

static const char organisations_sql[] =
    "SELECT o.organisation, o.org_id, (SELECT coalesce(sum(c.reltuples), 0) "
    "FROM pg_partition_tree(to_regclass(format('hms.%I', 'observation__' || o.organisation))) "
    "t "
    "JOIN pg_class c ON c.oid = t.relid WHERE t.isleaf AND c.reltuples > 0) "
    "FROM (SELECT DISTINCT organisation, org_id FROM mig.run "
    "WHERE state = 'done' AND NOT dry_run) o ORDER BY o.organisation";

enum { CODE, TEXT, LOINC, UNIT, ROWS, VALUES, RANGE_LOW, RANGE_HIGH };

static const char *keep(struct unit_points *points, const PGresult *rows, int row, int column)
{
    return arena_strdup(&points->arena, text_of(PQgetvalue(rows, row, column)));
}

/* "{1,2.5,3}" */
static void read_values(const char *array, double values[UNIT_QUANTILES])
{
    for (int i = 0; i < UNIT_QUANTILES; i++) {
        char *end;
        values[i] = strtod(array + 1, &end);
        array = end;
    }
}

static bool add_rows(struct unit_points *points, const char *organisation, const PGresult *rows,
                     struct error *err)
{
    size_t more = (size_t)PQntuples(rows);

    if (points->count + more > UNIT_GATE_TESTS_MAX) {
        return error_set(err, ERROR_LIMIT, "more than %d local tests", UNIT_GATE_TESTS_MAX);
    }
    points->at = xrealloc(points->at, (points->count + more + 1) * sizeof(*points->at));
    for (int row = 0; row < (int)more; row++) {
        struct unit_point *point = &points->at[points->count++];
        struct unit_test *test = &point->test;
        *point = (struct unit_point){.row = CODE_NONE};
        test->organisation = organisation;
        test->source_code = keep(points, rows, row, CODE);
        test->source_text = keep(points, rows, row, TEXT);
        test->code = keep(points, rows, row, LOINC);
        test->unit = keep(points, rows, row, UNIT);
        test->rows = strtoull(PQgetvalue(rows, row, ROWS), NULL, 10);
        read_values(PQgetvalue(rows, row, VALUES), test->values);
        test->range[0] = strtod(PQgetvalue(rows, row, RANGE_LOW), NULL);
        test->range[1] = strtod(PQgetvalue(rows, row, RANGE_HIGH), NULL);
    }
    return true;
}

/* The last id of a sample: of so large a share of all ids there are. */
static void sample_end(double share, char out[37])
{
    uint32_t first = share >= 1 ? UINT32_MAX : (uint32_t)(share * UINT32_MAX);

    snprintf(out, 37, "%08x-ffff-ffff-ffff-ffffffffffff", (unsigned)first);
}

static bool read_organisation(struct unit_points *points, struct pg *pg, const char *name,
                              const char *org_id, double share, struct error *err)
{
    char least[16];
    char last_id[37];
    const char *const params[] = {org_id, least, last_id};
    PGresult *rows;
    bool ok;

    snprintf(least, sizeof(least), "%d", UNIT_GATE_SHOWN_MIN);
    sample_end(share, last_id);
    if (!pg_setting(pg, "hms.org_id", org_id, err)) {
        return false;
    }
    rows = pg_query(pg, tests_sql, 3, params, err);
    ok = rows != NULL &&
         add_rows(points, arena_strdup(&points->arena, text_of(name)), rows, err);
    PQclear(rows);
    return ok;
}

bool unit_points_read(struct unit_points *points, struct unit_gate *gate, struct error *err)
{
    PGresult *organisations = pg_query(gate->pg, organisations_sql, 0, NULL, err);
    bool ok = organisations != NULL;

    *points = (struct unit_points){0};
    gate->share = 1;
    for (int i = 0; ok && i < PQntuples(organisations); i++) {
        double rows = strtod(PQgetvalue(organisations, i, 2), NULL);
        double share = rows > (double)gate->sample ? (double)gate->sample / rows : 1;
        gate->share = share < gate->share ? share : gate->share;
        ok = read_organisation(points, gate->pg, PQgetvalue(organisations, i, 0),
                               PQgetvalue(organisations, i, 1), share, err);
    }
    PQclear(organisations);
    return ok;
}

void unit_points_release(struct unit_points *points)
{
    free(points->at);
    arena_release(&points->arena);
    *points = (struct unit_points){0};
}
