#include "transform/people/merge.h"

#include "transform/people/merge_work.h"

#include <stdlib.h>
#include <string.h>

enum column { KIND, ASKED, ENTITY, COLUMN, ROW, ORG, PATIENT };

struct undoing {
    struct pg *pg;
    const struct people_unmerge *request;
    struct people_unmerged *out;
    struct merge_work work;
    PGresult *merges; /* merge_id, a, b, verdict_id; the first is the oldest */
    char run[24];
};

static const char merges_sql[] =
    "SELECT merge_id, a, b, verdict_id FROM mpi.merge WHERE undone_run IS NULL "
    "AND $1::uuid IN (a, b) AND ($2::uuid IS NULL OR $2::uuid IN (a, b)) ORDER BY merge_id";

static const char undo_sql[] =
    "WITH undone AS (UPDATE mpi.merge SET undone_run = $2, undone_by = $3, undone_at = now() "
    "  WHERE merge_id = $1 RETURNING a, b) "
    "UPDATE mpi.verdict v SET withdrawn_by = $3, withdrawn_at = now() FROM undone u "
    "WHERE v.withdrawn_at IS NULL AND v.same "
    "AND v.a = least(u.a, u.b) AND v.b = greatest(u.a, u.b)";

static const char apart_sql[] =
    "INSERT INTO mpi.verdict (a, b, a_organisation, a_system, a_key, b_organisation, b_system, "
    "  b_key, same, origin, decided_by, why) "
    "SELECT v.a, v.b, v.a_organisation, v.a_system, v.a_key, v.b_organisation, v.b_system, "
    "  v.b_key, false, 'unmerge', $2, $3 FROM mpi.verdict v WHERE v.verdict_id = $1";

static bool find_merges(struct undoing *undoing, struct error *err)
{
    const char *const ab[] = {undoing->request->a, undoing->request->b};

    undoing->merges = pg_query(undoing->pg, merges_sql, 2, ab, err);
    if (undoing->merges == NULL) {
        return false;
    }
    undoing->out->merges = PQntuples(undoing->merges);
    if (undoing->out->merges > 0) {
        return true;
    }
    error_set(err, ERROR_STORE, "no merge in force names %s%s%s", ab[0],
              ab[1] == NULL ? "" : " and ", ab[1] == NULL ? "" : ab[1]);
    error_hint(err, "what dedup alone holds for one person is decided in the review");
    return false;
}

static bool find_changes(struct undoing *undoing, struct error *err)
{
    const char *const params[] = {PQgetvalue(undoing->merges, 0, 0), undoing->work.ids};

    undoing->out->changes = pg_query(undoing->pg,
                                     "SELECT kind, asked, entity, column_name AS column, "
                                     "  row_id AS row, org_id AS org, "
                                     "  patient_id AS registration, dated "
                                     "FROM mpi.merge_changes($1, $2::uuid[]) "
                                     "ORDER BY NOT asked, kind, patient_id, entity, row_id",
                                     2, params, err);
    return undoing->out->changes != NULL;
}

static bool take_merges_back(struct undoing *undoing, struct error *err)
{
    for (int row = 0; row < PQntuples(undoing->merges); row++) {
        const char *const params[] = {PQgetvalue(undoing->merges, row, 0), undoing->run,
                                      undoing->request->by};
        if (!pg_exec(undoing->pg, undo_sql, 3, params, err)) {
            return false;
        }
    }
    return merge_work_write(&undoing->work, undoing->pg, undoing->run, err);
}

static const char *person_of(const struct undoing *undoing, const char *id)
{
    const struct merge_registration *one = merge_work_find(&undoing->work, id);

    return one == NULL || !one->is_member ? "" : one->result.person;
}

/* Whether a and b of a merge are one person still. */
static bool is_still_one(const struct undoing *undoing, int row)
{
    const char *a = person_of(undoing, PQgetvalue(undoing->merges, row, 1));
    const char *b = person_of(undoing, PQgetvalue(undoing->merges, row, 2));

    return a[0] != '\0' && strcmp(a, b) == 0;
}

/* "" when there is none. */
static const char *answer_to(const struct people_unmerge *request, const char *row)
{
    for (size_t i = 0; i < request->nanswers; i++) {
        if (strcmp(request->answers[i].row, row) == 0) {
            return request->answers[i].to;
        }
    }
    return request->give_all == NULL ? "" : request->give_all;
}

static bool is_asked(const PGresult *changes, int row)
{
    return PQgetvalue(changes, row, ASKED)[0] == 't';
}

/* Each answer is to a question; each goes to a registration that was of the person. */
static bool check_answers(const struct undoing *undoing, struct error *err)
{
    const struct people_unmerge *request = undoing->request;
    const PGresult *changes = undoing->out->changes;

    for (size_t i = 0; i < request->nanswers; i++) {
        bool found = false;
        for (int row = 0; !found && row < PQntuples(changes); row++) {
            found = is_asked(changes, row) &&
                    strcmp(PQgetvalue(changes, row, ROW), request->answers[i].row) == 0;
        }
        if (!found) {
            return error_set(err, ERROR_USAGE,
                             "row %s is not asked about: only rows that came after the merge "
                             "can be given",
                             request->answers[i].row);
        }
    }
    return true;
}

static bool may_give(const struct undoing *undoing, int row, const char *to, struct error *err)
{
    const PGresult *changes = undoing->out->changes;
    const struct merge_registration *one = merge_work_find(&undoing->work, to);
    char org[16];

    if (one == NULL || !one->is_member) {
        return error_set(err, ERROR_USAGE, "registration %s was not of this person", to);
    }
    snprintf(org, sizeof(org), "%d", one->org_id);
    return strcmp(org, PQgetvalue(changes, row, ORG)) == 0 ||
           error_set(err, ERROR_USAGE, "row %s is of another organisation than registration %s",
                     PQgetvalue(changes, row, ROW), to);
}

static bool give(const struct undoing *undoing, int row, const char *to, struct error *err)
{
    const PGresult *changes = undoing->out->changes;
    const char *const params[] = {PQgetvalue(undoing->merges, 0, 0),
                                  PQgetvalue(changes, row, ENTITY),
                                  PQgetvalue(changes, row, COLUMN),
                                  PQgetvalue(changes, row, ROW),
                                  PQgetvalue(changes, row, ORG),
                                  PQgetvalue(changes, row, PATIENT),
                                  to,
                                  undoing->request->by};

    return may_give(undoing, row, to, err) &&
           pg_exec(undoing->pg, "SELECT mpi.row_give($1, $2, $3, $4, $5, $6, $7, $8)", 8,
                   params, err);
}

/* After all rows were given: a row and the visit it belongs to are of one registration. */
static bool check_whole(const struct undoing *undoing, int row, struct error *err)
{
    const PGresult *changes = undoing->out->changes;
    const char *const params[] = {PQgetvalue(changes, row, ENTITY),
                                  PQgetvalue(changes, row, ROW), PQgetvalue(changes, row, ORG)};
    PGresult *torn = pg_query(undoing->pg, "SELECT mpi.row_torn($1, $2, $3)", 3, params, err);
    bool ok = torn != NULL;

    if (ok && !PQgetisnull(torn, 0, 0)) {
        error_set(err, ERROR_STORE,
                  "%s %s would be torn from the rows it belongs to (%s): give both to one "
                  "registration",
                  params[0], params[1], PQgetvalue(torn, 0, 0));
        ok = false;
    }
    PQclear(torn);
    return ok;
}

/* Where a row asked about goes; "" when it is not asked or nothing was said. */
static const char *answered(const struct undoing *undoing, int row)
{
    const PGresult *changes = undoing->out->changes;

    return is_asked(changes, row) ? answer_to(undoing->request, PQgetvalue(changes, row, ROW))
                                  : "";
}

static bool goes_elsewhere(const struct undoing *undoing, int row)
{
    const char *to = answered(undoing, row);

    return to[0] != '\0' && strcmp(to, PQgetvalue(undoing->out->changes, row, PATIENT)) != 0;
}

static bool give_rows(struct undoing *undoing, struct error *err)
{
    int nrows = PQntuples(undoing->out->changes);

    for (int row = 0; row < nrows; row++) {
        const char *to = answered(undoing, row);
        if (to[0] != '\0' && !give(undoing, row, to, err)) {
            return false;
        }
        undoing->out->given += goes_elsewhere(undoing, row);
    }
    for (int row = 0; row < nrows; row++) {
        if (goes_elsewhere(undoing, row) && !check_whole(undoing, row, err)) {
            return false;
        }
    }
    return true;
}

static bool keep_apart(const struct undoing *undoing, int row, struct error *err)
{
    const char *const params[] = {PQgetvalue(undoing->merges, row, 3), undoing->request->by,
                                  undoing->request->why};
    const char *const pair[] = {PQgetvalue(undoing->merges, row, 1),
                                PQgetvalue(undoing->merges, row, 2)};
    const struct merge_registration *a = merge_work_find(&undoing->work, pair[0]);

    if (is_still_one(undoing, row) && a->in_merge) {
        return error_set(err, ERROR_STORE,
                         "other merges still hold %s and %s for one person: take those back "
                         "first",
                         pair[0], pair[1]);
    }
    return pg_exec(undoing->pg, apart_sql, 3, params, err);
}

/* Nothing is asked when the people do not part. */
static void count_unanswered(struct undoing *undoing)
{
    struct people_unmerged *out = undoing->out;
    bool parts = false;

    for (int row = 0; row < out->merges; row++) {
        bool still_one = is_still_one(undoing, row);
        out->still_one = out->still_one || still_one;
        parts = parts || !still_one;
    }
    for (int row = 0; parts && row < PQntuples(out->changes); row++) {
        out->unanswered += is_asked(out->changes, row) && answered(undoing, row)[0] == '\0';
    }
}

static bool undo(struct undoing *undoing, const char *index, struct error *err)
{
    struct people_unmerged *out = undoing->out;
    char seeds[UUID_TEXT + 2];
    bool ok;

    snprintf(seeds, sizeof(seeds), "{%s}", undoing->request->a);
    ok = find_merges(undoing, err) &&
         merge_work_open(&undoing->work, undoing->pg, seeds, err) &&
         find_changes(undoing, err) && check_answers(undoing, err) &&
         merge_run(undoing->pg, index, undoing->run, err) && take_merges_back(undoing, err);
    if (!ok) {
        return false;
    }
    count_unanswered(undoing);
    if (out->unanswered > 0) {
        return true;
    }
    ok = give_rows(undoing, err);
    for (int row = 0; ok && undoing->request->apart && row < out->merges; row++) {
        ok = keep_apart(undoing, row, err);
    }
    return ok;
}

bool people_unmerge(struct pg *pg, const struct people_unmerge *request,
                    struct people_unmerged *out, struct error *err)
{
    struct undoing undoing = {.pg = pg, .request = request, .out = out};
    char index[UUID_TEXT];
    bool ok;

    memset(out, 0, sizeof(*out));
    ok = (request->b == NULL || merge_id_is_valid(request->b, err)) &&
         merge_begin(pg, request->a, index, err) && undo(&undoing, index, err);
    if (ok && out->unanswered > 0) {
        ok = pg_rollback(pg, err);
    } else {
        ok = merge_end(pg, ok, err);
        out->done = ok;
    }
    PQclear(undoing.merges);
    merge_work_release(&undoing.work);
    return ok || error_wrap(err, "taking a merge back");
}

void people_unmerged_release(struct people_unmerged *out)
{
    PQclear(out->changes);
    memset(out, 0, sizeof(*out));
}
