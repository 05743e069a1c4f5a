#include "transform/people/people_index.h"

#include <stdlib.h>

static const char organisations_sql[] =
    "SELECT organisation, org_id FROM mpi.index_organisation WHERE index_name = $1 "
    "ORDER BY organisation COLLATE \"C\"";

static const char list_sql[] =
    "SELECT i.index_name AS index, "
    "  (SELECT string_agg(o.organisation, ' ' ORDER BY o.organisation COLLATE \"C\") "
    "   FROM mpi.index_organisation o WHERE o.index_name = i.index_name) AS organisations, "
    "  (SELECT count(*) FROM mpi.member m JOIN mpi.index_organisation o USING (org_id) "
    "   WHERE o.index_name = i.index_name) AS registrations, "
    "  (SELECT count(*) FROM mpi.person p "
    "   WHERE p.index_name = i.index_name AND p.retired_run IS NULL) AS people, "
    "  to_char((SELECT max(r.ended_at) FROM mpi.run r WHERE r.index_name = i.index_name), "
    "          'YYYY-MM-DD HH24:MI') AS last_run "
    "FROM mpi.index i WHERE EXISTS (SELECT FROM mpi.index_organisation o "
    "  WHERE o.index_name = i.index_name) ORDER BY i.index_name COLLATE \"C\"";

/* An organisation that leaves takes its registrations out of people that others have a part in. */
static const char leave_people_sql[] =
    "WITH mixed AS ("
    "  SELECT person_id FROM mpi.member GROUP BY person_id "
    "  HAVING bool_or(org_id = $1) AND bool_or(org_id <> $1)), "
    "gone AS ("
    "  DELETE FROM mpi.member m USING mixed x "
    "  WHERE m.person_id = x.person_id AND m.org_id = $1 RETURNING m.person_id) "
    "INSERT INTO mpi.person_event (run_id, kind, person_id, patients) "
    "SELECT $2, 'leave', person_id, count(*) FROM gone GROUP BY person_id";

static bool is_organisation(struct pg *pg, const char *org, char number[16], struct error *err)
{
    const char *const params[] = {number, org};
    int64_t count = 0;

    if (!org_code_is_valid(text_of(org))) {
        return error_set(err, ERROR_USAGE, "'%s' is not the code of an organisation", org);
    }
    snprintf(number, 16, "%d", org_id_of(text_of(org)));
    if (!pg_setting(pg, "hms.org_id", number, err) ||
        !pg_query_int(pg,
                      "SELECT count(*) FROM hms.organisation WHERE org_id = $1 AND code = $2",
                      2, params, &count, err)) {
        return false;
    }
    return count == 1 || error_set(err, ERROR_STORE, "organisation '%s' is not loaded", org);
}

static bool make_index(struct pg *pg, const char *name, struct error *err)
{
    const char *const params[] = {name};
    int64_t count = 0;

    if (!org_code_is_valid(text_of(name))) {
        return error_set(err, ERROR_USAGE,
                         "an index is named by a lower-case letter, then at "
                         "most 30 letters, digits and _");
    }
    return (pg_query_int(pg,
                         "SELECT count(*) FROM mpi.index_organisation WHERE index_name = $1", 1,
                         params, &count, err) &&
            (count == 0 ||
             error_set(err, ERROR_STORE, "there is an index '%s' already", name))) &&
           pg_exec(pg, "INSERT INTO mpi.index (index_name) VALUES ($1) ON CONFLICT DO NOTHING",
                   1, params, err);
}

/* Out of its own index, if it is in one; refused when it is in one that others share. */
static bool leave_own(struct pg *pg, const char *org, struct error *err)
{
    const char *const params[] = {org};
    PGresult *rows =
        pg_query(pg, "SELECT index_name FROM mpi.index_organisation WHERE organisation = $1", 1,
                 params, err);
    bool ok = rows != NULL;

    if (ok && PQntuples(rows) == 1 && strcmp(PQgetvalue(rows, 0, 0), org) != 0) {
        ok = error_set(err, ERROR_STORE, "organisation '%s' is in the index '%s'", org,
                       PQgetvalue(rows, 0, 0));
        error_hint(err, "'hms people index leave --org %s' takes it out", org);
    }
    PQclear(rows);
    return ok && pg_exec(pg, "DELETE FROM mpi.index_organisation WHERE organisation = $1", 1,
                         params, err);
}

static bool enter(struct pg *pg, const char *name, const char *org, struct error *err)
{
    char number[16];
    const char *const params[] = {number, org, name};

    return is_organisation(pg, org, number, err) && leave_own(pg, org, err) &&
           pg_exec(pg,
                   "INSERT INTO mpi.index_organisation (org_id, organisation, index_name) "
                   "VALUES ($1, $2, $3)",
                   3, params, err);
}

bool people_index_create(struct pg *pg, const char *name, const char *const *orgs, int norgs,
                         struct error *err)
{
    bool ok = pg_begin(pg, err) && make_index(pg, name, err);
    char number[16];

    if (ok && is_organisation(pg, name, number, &(struct error){0})) {
        ok = error_set(err, ERROR_USAGE, "'%s' is an organisation, and names its own index",
                       name);
    }
    for (int i = 0; ok && i < norgs; i++) {
        for (int k = 0; ok && k < i; k++) {
            ok = strcmp(orgs[i], orgs[k]) != 0 ||
                 error_set(err, ERROR_USAGE, "organisation '%s' is named twice", orgs[i]);
        }
        ok = ok && enter(pg, name, orgs[i], err);
    }
    return ok && pg_commit(pg, err);
}

/* A run of kind decision, so that what leaving does is in the people's history. */
static bool leaving_run(struct pg *pg, const char *index, int64_t *run, struct error *err)
{
    const char *const params[] = {index, HMS_VERSION};

    return pg_query_int(pg,
                        "INSERT INTO mpi.run (index_name, kind, state, model_name, "
                        "  model_checksum, link_probability, review_probability, "
                        "  tool_version, ended_at) "
                        "VALUES ($1, 'decision', 'done', '', '', 0, 0, $2, now()) "
                        "RETURNING run_id",
                        2, params, run, err);
}

bool people_index_leave(struct pg *pg, const char *org, struct error *err)
{
    struct people_index index = {0};
    char number[16];
    char run_text[24];
    const char *const params[] = {number, run_text};
    int64_t run;
    bool ok = pg_begin(pg, err) && is_organisation(pg, org, number, err) &&
              people_index_of_org(&index, pg, org, err);

    if (ok && strcmp(index.name, org) == 0) {
        ok = error_set(err, ERROR_STORE, "organisation '%s' shares no index", org);
    }
    ok = ok && people_index_lock(pg, index.name, err) && leaving_run(pg, index.name, &run, err);
    if (ok) {
        snprintf(run_text, sizeof(run_text), "%lld", (long long)run);
        ok = pg_exec(pg, leave_people_sql, 2, params, err) &&
             pg_exec(pg, "DELETE FROM mpi.index_organisation WHERE org_id = $1", 1, params,
                     err) &&
             pg_commit(pg, err);
    }
    people_index_release(&index);
    return ok;
}

static bool read_organisations(struct people_index *index, struct pg *pg, struct error *err)
{
    const char *const params[] = {index->name};
    PGresult *rows = pg_query(pg, organisations_sql, 1, params, err);

    if (rows == NULL) {
        return false;
    }
    index->norgs = PQntuples(rows);
    index->orgs = xcalloc((size_t)index->norgs + 1, sizeof(*index->orgs));
    for (int i = 0; i < index->norgs; i++) {
        snprintf(index->orgs[i].code, sizeof(index->orgs[i].code), "%s",
                 PQgetvalue(rows, i, 0));
        snprintf(index->orgs[i].number, sizeof(index->orgs[i].number), "%s",
                 PQgetvalue(rows, i, 1));
    }
    PQclear(rows);
    return index->norgs <= PEOPLE_INDEX_ORGS_MAX ||
           error_set(err, ERROR_LIMIT, "more than %d organisations in one index",
                     PEOPLE_INDEX_ORGS_MAX);
}

bool people_index_open(struct people_index *index, struct pg *pg, const char *name,
                       struct error *err)
{
    *index = (struct people_index){0};
    snprintf(index->name, sizeof(index->name), "%s", name);
    if (!org_code_is_valid(text_of(name)) || !read_organisations(index, pg, err) ||
        index->norgs == 0) {
        people_index_release(index);
        error_set(err, ERROR_STORE, "there is no index of that name");
        error_hint(err, "'hms people index list' lists them; 'hms dedup --org CODE' makes that "
                        "of one organisation");
        return false;
    }
    return true;
}

bool people_index_of_org(struct people_index *index, struct pg *pg, const char *org,
                         struct error *err)
{
    char number[16];
    const char *const params[] = {org, number};
    PGresult *rows;
    bool known;

    *index = (struct people_index){0};
    if (!is_organisation(pg, org, number, err)) {
        return false;
    }
    rows = pg_query(pg, "SELECT index_name FROM mpi.index_organisation WHERE organisation = $1",
                    1, params, err);
    if (rows == NULL) {
        return false;
    }
    known = PQntuples(rows) == 1;
    snprintf(index->name, sizeof(index->name), "%s", known ? PQgetvalue(rows, 0, 0) : org);
    PQclear(rows);
    return (known || (make_index(pg, org, err) &&
                      pg_exec(pg,
                              "INSERT INTO mpi.index_organisation (organisation, org_id, "
                              "  index_name, agreed_by) VALUES ($1, $2, $1, session_user)",
                              2, params, err))) &&
           read_organisations(index, pg, err);
}

void people_index_release(struct people_index *index)
{
    free(index->orgs);
    *index = (struct people_index){0};
}

bool people_index_lock(struct pg *pg, const char *name, struct error *err)
{
    char patience[64];

    snprintf(patience, sizeof(patience), "SET LOCAL lock_timeout = '%ds'", PEOPLE_PATIENCE_S);
    if (pg_run(pg, patience, err) &&
        pg_exec(pg, "SELECT pg_advisory_xact_lock(hashtextextended('mpi.' || $1, 0))", 1, &name,
                err)) {
        return true;
    }
    if (strcmp(err->sqlstate, "55P03") == 0) {
        error_hint(err, "another session works on the index '%s'; try again later", name);
    }
    return false;
}

PGresult *people_index_list(struct pg *pg, struct error *err)
{
    return pg_query(pg, list_sql, 0, NULL, err);
}
