#include "transform/people/people_history.h"

#include "core/ident.h"

static const char list_sql[] =
    "DECLARE people_list NO SCROLL CURSOR FOR "
    "SELECT m.person_id AS person, count(*) AS registrations, "
    "  string_agg(DISTINCT o.organisation, ' ' ORDER BY o.organisation) AS organisations, "
    "  bool_and(m.certain) AS certain, max(m.since_run) AS since_run "
    "FROM mpi.member m JOIN mpi.index_organisation o USING (org_id) "
    "WHERE $1::text IS NULL OR o.index_name = $1 "
    "GROUP BY m.person_id HAVING count(*) > 1 ORDER BY m.person_id";

static const char named_sql[] =
    "SELECT person_id FROM mpi.person WHERE person_id = $1 "
    "UNION ALL SELECT person_id FROM mpi.member WHERE patient_id = $1 LIMIT 1";

static const char person_sql[] =
    "SELECT p.person_id AS person, p.index_name AS index, p.since_run, p.retired_run, "
    "  p.replaced_by, (SELECT count(*) FROM mpi.member m WHERE m.person_id = p.person_id) "
    "  AS registrations "
    "FROM mpi.person p WHERE p.person_id = $1";

static const char members_sql[] =
    "SELECT m.patient_id AS registration, o.code AS organisation, m.certain, m.since_run, "
    "  m.org_id FROM mpi.member m JOIN hms.organisation o USING (org_id) "
    "WHERE m.person_id = $1 ORDER BY o.code, m.patient_id";

static const char events_sql[] =
    "WITH RECURSIVE line AS ("
    "  SELECT $1::uuid AS person_id UNION "
    "  SELECT p.person_id FROM mpi.person p JOIN line l ON p.replaced_by = l.person_id) "
    "SELECT e.run_id AS run, to_char(r.ended_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') "
    "  AS ended_at, r.kind AS run_kind, e.kind AS event, e.person_id AS person, "
    "  e.other_person_id AS other, e.patients AS registrations "
    "FROM mpi.person_event e JOIN mpi.run r USING (run_id) "
    "WHERE e.person_id IN (SELECT person_id FROM line) "
    "   OR e.other_person_id IN (SELECT person_id FROM line) "
    "ORDER BY e.event_id";

static const char values_sql[] =
    "SELECT source_system, source_key, concat_ws(' ', given, middle, family) AS name, "
    "  birth_date, sex FROM mpi.registration WHERE id = $1 AND org_id = $2::integer";

static bool is_id(const char *id, struct error *err)
{
    struct ident ignored;

    if (!ident_parse(text_of(id), &ignored)) {
        error_set(err, ERROR_USAGE, "people and registrations are named by their ids");
        error_hint(err, "an id has the form 01234567-89ab-8def-8123-456789abcdef");
        return false;
    }
    return true;
}

bool people_each(struct pg *pg, const char *index,
                 bool (*row)(const PGresult *rows, int row, void *context, struct error *err),
                 void *context, struct error *err)
{
    const char *const params[] = {index};
    bool ok = pg_begin(pg, err) && pg_exec(pg, list_sql, 1, params, err);
    bool more = true;

    while (ok && more) {
        PGresult *rows = pg_query(pg, "FETCH 1000 FROM people_list", 0, NULL, err);
        ok = rows != NULL;
        more = ok && PQntuples(rows) > 0;
        for (int i = 0; ok && i < PQntuples(rows); i++) {
            ok = row(rows, i, context, err);
        }
        PQclear(rows);
    }
    return ok && pg_commit(pg, err);
}

bool people_named(struct pg *pg, const char *id, char person[37], struct error *err)
{
    const char *const params[] = {id};
    PGresult *rows = is_id(id, err) ? pg_query(pg, named_sql, 1, params, err) : NULL;

    if (rows == NULL) {
        return false;
    }
    snprintf(person, 37, "%s", PQntuples(rows) == 0 ? "" : PQgetvalue(rows, 0, 0));
    PQclear(rows);
    return true;
}

PGresult *people_person(struct pg *pg, const char *person, struct error *err)
{
    return pg_query(pg, person_sql, 1, &person, err);
}

PGresult *people_members(struct pg *pg, const char *person, struct error *err)
{
    return pg_query(pg, members_sql, 1, &person, err);
}

PGresult *people_events(struct pg *pg, const char *person, struct error *err)
{
    return pg_query(pg, events_sql, 1, &person, err);
}

PGresult *people_values(struct pg *pg, const char *registration, const char *org_id,
                        struct error *err)
{
    const char *const params[] = {registration, org_id};

    if (!pg_setting(pg, "hms.org_id", org_id, err)) {
        return NULL;
    }
    return pg_query(pg, values_sql, 2, params, err);
}
