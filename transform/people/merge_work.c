#include "transform/people/merge_work.h"

#include "core/json_out.h"

#include <stdlib.h>
#include <string.h>

enum { WRITE_BYTES_MAX = MERGE_REGISTRATIONS_MAX * 512 };

/* What was known of a registration that is in another index now is not known any more. */
static const char read_sql[] =
    "SELECT r.id::text, coalesce(m.org_id, b.org_id), m.person_id, m.since_run, m.certain, "
    "  b.person_id, b.since_run, b.certain, b.now_person_id, b.now_since_run, b.now_certain, "
    "  m.leader "
    "FROM unnest($1::uuid[]) r (id) "
    "LEFT JOIN mpi.member m ON m.patient_id = r.id "
    "LEFT JOIN mpi.person p ON p.person_id = m.person_id "
    "LEFT JOIN mpi.merge_member b ON b.patient_id = r.id AND (m.patient_id IS NULL OR EXISTS ("
    "  SELECT FROM mpi.person q WHERE q.person_id = b.now_person_id "
    "  AND q.index_name = p.index_name)) "
    "WHERE m.patient_id IS NOT NULL OR b.patient_id IS NOT NULL "
    "ORDER BY r.id::text COLLATE \"C\"";

static const char lines_sql[] = "SELECT a, b, run_id FROM mpi.merges_of($1::uuid[])";

static const char links_sql[] =
    "SELECT a, b FROM ("
    "  SELECT a, b, weight FROM mpi.pair "
    "  WHERE band = 'link' AND a = ANY ($1::uuid[]) AND b = ANY ($1::uuid[]) "
    "  UNION ALL "
    "  SELECT a, b, 'infinity' FROM mpi.verdict "
    "  WHERE same AND withdrawn_at IS NULL AND origin <> 'merge' "
    "    AND a = ANY ($1::uuid[]) AND b = ANY ($1::uuid[])) l "
    "ORDER BY weight DESC, a, b LIMIT $2::integer";

static void set_membership(struct membership *membership, const PGresult *rows, int row, int at)
{
    snprintf(membership->person, sizeof(membership->person), "%s", PQgetvalue(rows, row, at));
    membership->since_run = (int32_t)strtol(PQgetvalue(rows, row, at + 1), NULL, 10);
    membership->certain = PQgetvalue(rows, row, at + 2)[0] == 't';
}

static int compare_ids(const void *key, const void *registration)
{
    return strcmp(key, ((const struct merge_registration *)registration)->id);
}

const struct merge_registration *merge_work_find(const struct merge_work *work, const char *id)
{
    const struct merge_component *all = &work->component;

    return all->nregistrations == 0 ? NULL
                                    : bsearch(id, all->registrations, all->nregistrations,
                                              sizeof(*all->registrations), compare_ids);
}

static bool read_registrations(struct merge_work *work, struct pg *pg, struct error *err)
{
    const char *const params[] = {work->ids};
    PGresult *rows = pg_query(pg, read_sql, 1, params, err);
    int count = rows == NULL ? 0 : PQntuples(rows);

    if (rows == NULL || count > MERGE_REGISTRATIONS_MAX) {
        PQclear(rows);
        return error_set(err, ERROR_LIMIT,
                         "%d registrations are tied together, merges are for %d at most", count,
                         MERGE_REGISTRATIONS_MAX);
    }
    work->component.nregistrations = (size_t)count;
    work->component.registrations =
        xcalloc((size_t)count + 1, sizeof(*work->component.registrations));
    for (int row = 0; row < count; row++) {
        struct merge_registration *one = &work->component.registrations[row];
        snprintf(one->id, sizeof(one->id), "%s", PQgetvalue(rows, row, 0));
        one->org_id = (int32_t)strtol(PQgetvalue(rows, row, 1), NULL, 10);
        one->is_member = !PQgetisnull(rows, row, 2);
        one->is_known = !PQgetisnull(rows, row, 5);
        set_membership(&one->now, rows, row, 2);
        set_membership(&one->base, rows, row, 5);
        set_membership(&one->written, rows, row, 8);
    }
    for (int row = 0; row < count; row++) {
        const struct merge_registration *leader =
            merge_work_find(work, PQgetvalue(rows, row, 11));
        work->component.registrations[row].leader = leader == NULL ? NULL : leader->id;
    }
    PQclear(rows);
    return true;
}

static size_t index_of(const struct merge_work *work, const PGresult *rows, int row, int at)
{
    const struct merge_registration *one = merge_work_find(work, PQgetvalue(rows, row, at));

    return one == NULL ? SIZE_MAX : (size_t)(one - work->component.registrations);
}

static bool read_lines(struct merge_work *work, struct pg *pg, struct error *err)
{
    const char *const params[] = {work->ids};
    PGresult *rows = pg_query(pg, lines_sql, 1, params, err);
    int count = rows == NULL ? 0 : PQntuples(rows);
    size_t n = 0;

    work->lines = xcalloc((size_t)count + 1, sizeof(*work->lines));
    for (int row = 0; row < count; row++) {
        size_t a = index_of(work, rows, row, 0);
        size_t b = index_of(work, rows, row, 1);
        if (a != SIZE_MAX && b != SIZE_MAX) {
            work->lines[n++] =
                (struct merge_line){a, b, (int32_t)strtol(PQgetvalue(rows, row, 2), NULL, 10)};
        }
    }
    work->component.lines = work->lines;
    work->component.nlines = n;
    PQclear(rows);
    return rows != NULL;
}

static bool read_links(struct merge_work *work, struct pg *pg, struct error *err)
{
    char max[16];
    const char *const params[] = {work->ids, max};
    PGresult *rows;
    int count;
    size_t n = 0;

    snprintf(max, sizeof(max), "%d", MERGE_LINKS_MAX);
    rows = pg_query(pg, links_sql, 2, params, err);
    count = rows == NULL ? 0 : PQntuples(rows);
    work->links = xcalloc((size_t)count + 1, sizeof(*work->links));
    for (int row = 0; row < count; row++) {
        size_t a = index_of(work, rows, row, 0);
        size_t b = index_of(work, rows, row, 1);
        if (a != SIZE_MAX && b != SIZE_MAX) {
            work->links[n++] = (struct merge_link){a, b};
        }
    }
    work->component.links = work->links;
    work->component.nlinks = n;
    PQclear(rows);
    return rows != NULL;
}

bool merge_work_open(struct merge_work *work, struct pg *pg, const char *seeds,
                     struct error *err)
{
    const char *const params[] = {seeds};
    PGresult *rows =
        pg_query(pg, "SELECT mpi.merge_component($1::uuid[])::text", 1, params, err);

    memset(work, 0, sizeof(*work));
    if (rows == NULL) {
        return false;
    }
    work->ids = xstrdup(PQgetvalue(rows, 0, 0));
    PQclear(rows);
    return read_registrations(work, pg, err);
}

static void put_registration(struct json_out *out, const struct merge_registration *one)
{
    json_out_object(out);
    json_out_member(out, "id", one->id);
    json_out_member_int(out, "org", one->org_id);
    json_out_member(out, "person", one->result.person);
    json_out_member_int(out, "since", one->result.since_run);
    json_out_member_bool(out, "certain", one->result.certain);
    json_out_member(out, "base_person", one->base.person);
    json_out_member_int(out, "base_since", one->base.since_run);
    json_out_member_bool(out, "base_certain", one->base.certain);
    json_out_member(out, "leader", one->leader);
    json_out_member_bool(out, "merged", one->is_merged);
    json_out_member_bool(out, "in_merge", one->in_merge);
    json_out_end_object(out);
}

static bool write_results(const struct merge_work *work, struct pg *pg, const char *run,
                          struct error *err)
{
    const struct merge_component *all = &work->component;
    const char *params[2] = {run, NULL};
    struct json_out out;
    struct strbuf sb;
    bool ok;

    strbuf_init(&sb, WRITE_BYTES_MAX);
    json_out_init(&out, &sb);
    json_out_array(&out);
    for (size_t i = 0; i < all->nregistrations; i++) {
        if (all->registrations[i].is_member) {
            put_registration(&out, &all->registrations[i]);
        }
    }
    json_out_end_array(&out);
    params[1] = sb.at;
    ok = pg_exec(pg, "SELECT mpi.merge_write($1, $2)", 2, params, err);
    strbuf_release(&sb);
    return ok;
}

bool merge_work_write(struct merge_work *work, struct pg *pg, const char *run,
                      struct error *err)
{
    if (!read_lines(work, pg, err) || !read_links(work, pg, err)) {
        return false;
    }
    merge_rebase(&work->component);
    merge_replay(&work->component);
    return write_results(work, pg, run, err);
}

void merge_work_release(struct merge_work *work)
{
    free(work->ids);
    free(work->component.registrations);
    free(work->lines);
    free(work->links);
    memset(work, 0, sizeof(*work));
}
