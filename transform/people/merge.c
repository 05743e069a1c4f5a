#include "transform/people/merge.h"

#include "core/ident.h"
#include "transform/people/merge_work.h"
#include "transform/people/people_index.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char index_sql[] =
    "SELECT p.index_name FROM mpi.member m JOIN mpi.person p USING (person_id) "
    "WHERE m.patient_id = $1";

static const char apart_sql[] =
    "WITH one AS (SELECT o.patient_id, m.patient_id = $1 AS of_a FROM mpi.member m "
    "  JOIN mpi.member o USING (person_id) WHERE m.patient_id IN ($1, $2)), "
    "ids AS (SELECT array_agg(patient_id) AS all_ids FROM one) "
    "SELECT v.decided_by, to_char(v.decided_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'), "
    "v.verdict_id, "
    "  v.a, v.b "
    "FROM ids JOIN mpi.verdict v ON v.a = ANY (ids.all_ids) AND v.b = ANY (ids.all_ids) "
    "JOIN one x ON x.patient_id = v.a JOIN one y ON y.patient_id = v.b AND y.of_a <> x.of_a "
    "WHERE NOT v.same AND v.withdrawn_at IS NULL ORDER BY v.verdict_id LIMIT 1";

static const char there_sql[] =
    "SELECT merge_id, decided_by FROM mpi.merge WHERE undone_run IS NULL "
    "AND least(a, b) = least($1::uuid, $2::uuid) "
    "AND greatest(a, b) = greatest($1::uuid, $2::uuid)";

/* A verdict that is there already, a reviewer's perhaps, is used as it is. */
static const char verdict_sql[] =
    "WITH there AS (SELECT verdict_id FROM mpi.verdict WHERE same AND withdrawn_at IS NULL "
    "  AND a = least($1::uuid, $2::uuid) AND b = greatest($1::uuid, $2::uuid)), "
    "made AS (INSERT INTO mpi.verdict (a, b, a_organisation, a_system, a_key, b_organisation, "
    "    b_system, b_key, same, origin, decided_by, why) "
    "  SELECT least($1::uuid, $2::uuid), greatest($1::uuid, $2::uuid), p.organisation, "
    "    p.source_system, p.source_key, q.organisation, q.source_system, q.source_key, true, "
    "    'merge', $3, $4 "
    "  FROM mpi.merge_key(least($1::uuid, $2::uuid)) p, "
    "    mpi.merge_key(greatest($1::uuid, $2::uuid)) q "
    "  WHERE NOT EXISTS (SELECT FROM there) RETURNING verdict_id) "
    "SELECT verdict_id FROM there UNION ALL SELECT verdict_id FROM made";

static const char line_sql[] =
    "INSERT INTO mpi.merge (index_name, a, b, registrations, run_id, verdict_id, decided_by, "
    "why) "
    "VALUES ($1, $2, $3, ARRAY(SELECT patient_id FROM mpi.member "
    "  WHERE patient_id = ANY ($4::uuid[]) ORDER BY patient_id), $5, $6, $7, $8) "
    "RETURNING merge_id";

bool merge_id_is_valid(const char *id, struct error *err)
{
    struct ident ignored;

    if (!ident_parse(text_of(id), &ignored)) {
        error_set(err, ERROR_USAGE, "registrations, people and rows are named by their ids");
        error_hint(err, "an id has the form 01234567-89ab-8def-8123-456789abcdef");
        return false;
    }
    return true;
}

bool merge_begin(struct pg *pg, const char *registration, char index[UUID_TEXT],
                 struct error *err)
{
    const char *const params[] = {registration};
    PGresult *rows = NULL;

    if (!merge_id_is_valid(registration, err) || !pg_begin(pg, err)) {
        return false;
    }
    rows = pg_query(pg, index_sql, 1, params, err);
    if (rows != NULL && PQntuples(rows) == 0) {
        error_set(err, ERROR_STORE, "registration %s is in no index of people", registration);
        error_hint(err, "'hms dedup --org CODE' takes an organisation's patients in");
    } else if (rows != NULL) {
        snprintf(index, UUID_TEXT, "%s", PQgetvalue(rows, 0, 0));
    }
    PQclear(rows);
    return err->code == ERROR_NONE && people_index_lock(pg, index, err);
}

bool merge_end(struct pg *pg, bool ok, struct error *err)
{
    struct error ignored = {0};

    if (ok) {
        return pg_commit(pg, err);
    }
    if (pg->in_transaction && !pg_rollback(pg, &ignored)) {
        return false; /* the connection is gone, and the transaction with it */
    }
    return false;
}

bool merge_run(struct pg *pg, const char *index, char run[24], struct error *err)
{
    const char *const params[] = {index, HMS_VERSION};
    int64_t number;

    if (!pg_query_int(pg,
                      "INSERT INTO mpi.run (index_name, kind, state, model_name, "
                      "  model_checksum, link_probability, review_probability, "
                      "  tool_version, ended_at) "
                      "VALUES ($1, 'decision', 'done', '', '', 0, 0, $2, now()) "
                      "RETURNING run_id",
                      2, params, &number, err)) {
        return false;
    }
    snprintf(run, 24, "%lld", (long long)number);
    return true;
}

/* Both in this index, not merged already, and nobody said that they are two. */
static bool may_merge(struct pg *pg, const char *const ab[2], const char *index,
                      struct error *err)
{
    const char *const b[] = {ab[1]};
    PGresult *rows = pg_query(pg, index_sql, 1, b, err);

    if (rows != NULL && (PQntuples(rows) == 0 || strcmp(PQgetvalue(rows, 0, 0), index) != 0)) {
        error_set(err, ERROR_STORE, "registration %s is not in the index '%s'", ab[1], index);
    }
    PQclear(rows);
    rows = err->code == ERROR_NONE ? pg_query(pg, there_sql, 2, ab, err) : NULL;
    if (rows != NULL && PQntuples(rows) > 0) {
        error_set(err, ERROR_STORE, "the two are merged already: merge %s by %s",
                  PQgetvalue(rows, 0, 0), PQgetvalue(rows, 0, 1));
    }
    PQclear(rows);
    rows = err->code == ERROR_NONE ? pg_query(pg, apart_sql, 2, ab, err) : NULL;
    if (rows != NULL && PQntuples(rows) > 0) {
        error_set(err, ERROR_STORE,
                  "%s said on %s that %s and %s are two people (verdict %s): it must be "
                  "withdrawn first",
                  PQgetvalue(rows, 0, 0), PQgetvalue(rows, 0, 1), PQgetvalue(rows, 0, 3),
                  PQgetvalue(rows, 0, 4), PQgetvalue(rows, 0, 2));
    }
    PQclear(rows);
    return err->code == ERROR_NONE;
}

static bool write_line(struct pg *pg, const char *const params[8], int64_t *merge_id,
                       struct error *err)
{
    char number[24];
    const char *const snapshot[] = {number, params[3]};

    if (!pg_query_int(pg, line_sql, 8, params, merge_id, err)) {
        return false;
    }
    snprintf(number, sizeof(number), "%lld", (long long)*merge_id);
    return pg_exec(pg, "SELECT mpi.merge_snapshot($1, $2::uuid[])", 2, snapshot, err);
}

static void tell(const struct merge_work *work, const char *a, struct people_merged *out)
{
    const struct merge_registration *leading = merge_work_find(work, a);

    out->registrations = 0;
    snprintf(out->person, sizeof(out->person), "%s",
             leading == NULL ? "" : leading->result.person);
    for (size_t i = 0; i < work->component.nregistrations; i++) {
        const struct merge_registration *one = &work->component.registrations[i];
        out->registrations += one->is_member && strcmp(one->result.person, out->person) == 0;
    }
}

bool people_merge(struct pg *pg, const char *const ab[2], const char *by, const char *why,
                  struct people_merged *out, struct error *err)
{
    struct merge_work work = {0};
    char index[UUID_TEXT];
    char run[24];
    char seeds[2 * UUID_TEXT + 4];
    char verdict[24];
    int64_t verdict_id = 0;
    const char *const said[] = {ab[0], ab[1], by, why};
    bool ok = false;

    if (!merge_id_is_valid(ab[1], err) || !merge_begin(pg, ab[0], index, err)) {
        goto out;
    }
    if (strcasecmp(ab[0], ab[1]) == 0) {
        error_set(err, ERROR_USAGE, "a registration cannot be merged with itself");
        goto out;
    }
    snprintf(seeds, sizeof(seeds), "{%s,%s}", ab[0], ab[1]);
    if (!may_merge(pg, ab, index, err) || !merge_run(pg, index, run, err) ||
        !pg_query_int(pg, verdict_sql, 4, said, &verdict_id, err) ||
        !merge_work_open(&work, pg, seeds, err)) {
        goto out;
    }
    snprintf(verdict, sizeof(verdict), "%lld", (long long)verdict_id);
    ok = write_line(
             pg, (const char *const[8]){index, ab[0], ab[1], work.ids, run, verdict, by, why},
             &out->merge_id, err) &&
         merge_work_write(&work, pg, run, err);
    tell(&work, ab[0], out);

out:
    ok = merge_end(pg, ok, err);
    merge_work_release(&work);
    return ok || error_wrap(err, "merging");
}

bool people_merge_settle(struct pg *pg, const char *index, const char *run, struct error *err)
{
    const char *const params[] = {index};
    struct merge_work work = {0};
    PGresult *rows = pg_query(pg,
                              "SELECT DISTINCT ON (b.now_person_id) ARRAY[b.patient_id]::text "
                              "FROM mpi.merge_member b "
                              "JOIN mpi.person p ON p.person_id = b.now_person_id "
                              "WHERE p.index_name = $1 ORDER BY b.now_person_id, b.patient_id",
                              1, params, err);
    bool ok = rows != NULL;

    for (int row = 0; ok && row < PQntuples(rows); row++) {
        ok = merge_work_open(&work, pg, PQgetvalue(rows, row, 0), err) &&
             merge_work_write(&work, pg, run, err);
        merge_work_release(&work);
    }
    PQclear(rows);
    return ok;
}
