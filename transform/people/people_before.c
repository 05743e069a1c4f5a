#include "transform/people/people_before.h"

#include "transform/people/copy_tuple.h"

#include <stdlib.h>
#include <string.h>

static bool add_member(struct text tuple, void *context, struct error *err)
{
    struct people_before *before = context;
    struct tuple_reader reader = tuple_read(tuple);
    struct member *member;
    bool no_content = false;

    if (before->nmembers == before->room) {
        before->room = before->room + before->room / 2 + 4096;
        before->members =
            xrealloc(before->members, (size_t)before->room * sizeof(*before->members));
    }
    member = &before->members[before->nmembers++];
    *member = (struct member){.registration = tuple_next_ident(&reader, NULL)};
    member->person = tuple_next_ident(&reader, NULL);
    member->certain = tuple_next_int(&reader) != 0;
    member->content = tuple_next_ident(&reader, &no_content);
    member->has_content = !no_content;
    return !reader.bad || error_set(err, ERROR_STORE, "the store's COPY cut a row");
}

static bool add_used(struct text tuple, void *context, struct error *err)
{
    struct people_before *before = context;
    struct tuple_reader reader = tuple_read(tuple);

    (void)err;
    if (before->nused == before->used_room) {
        before->used_room = before->used_room + before->used_room / 2 + 4096;
        before->used = xrealloc(before->used, before->used_room * sizeof(*before->used));
    }
    before->used[before->nused++] = tuple_next_ident(&reader, NULL);
    return true;
}

static int order_members(const void *left, const void *right)
{
    return memcmp(left, right, sizeof(struct ident)); /* the registration comes first */
}

static void number_people(struct people_before *before)
{
    struct ident *ids = xmalloc(((size_t)before->nmembers + 1) * sizeof(*ids));
    uint32_t n = 0;

    for (uint32_t i = 0; i < before->nmembers; i++) {
        ids[i] = before->members[i].person;
    }
    qsort(ids, before->nmembers, sizeof(*ids), ident_compare);
    for (uint32_t i = 0; i < before->nmembers; i++) {
        if (n == 0 || ident_compare(&ids[n - 1], &ids[i]) != 0) {
            ids[n++] = ids[i];
        }
    }
    before->npeople = n;
    before->people = xcalloc((size_t)n + 1, sizeof(*before->people));
    for (uint32_t i = 0; i < n; i++) {
        before->people[i].id = ids[i];
    }
    for (uint32_t i = 0; i < before->nmembers; i++) {
        const struct ident *found =
            bsearch(&before->members[i].person, ids, n, sizeof(*ids), ident_compare);
        before->members[i].old = (uint32_t)(found - ids);
    }
    free(ids);
}

/* Both are sorted: one walk finds who is still there. */
static void meet_records(struct people_before *before, const struct registrations *records)
{
    uint32_t at = 0;

    before->member_of = xmalloc(((size_t)records->count + 1) * sizeof(uint32_t));
    before->person_of = xmalloc(((size_t)records->count + 1) * sizeof(uint32_t));
    for (uint32_t i = 0; i < records->count; i++) {
        int order = 1;
        while (at < before->nmembers &&
               (order = memcmp(&before->members[at].registration, &records->at[i].id,
                               sizeof(struct ident))) < 0) {
            before->people[before->members[at++].old].gone++;
        }
        before->member_of[i] = PERSON_NONE;
        before->person_of[i] = PERSON_NONE;
        if (at < before->nmembers && order == 0) {
            before->member_of[i] = at;
            before->person_of[i] = before->members[at++].old;
        }
    }
    while (at < before->nmembers) {
        before->people[before->members[at++].old].gone++;
    }
}

static bool read_members(struct people_before *before, struct pg *pg,
                         const struct people_index *index, struct error *err)
{
    bool ok = true;

    for (int i = 0; ok && i < index->norgs; i++) {
        char *sql = xasprintf("COPY (SELECT patient_id, person_id, certain, content_hash "
                              "FROM mpi.member WHERE org_id = %ld) TO STDOUT (FORMAT binary)",
                              strtol(index->orgs[i].number, NULL, 10));
        ok = pg_setting(pg, "hms.org_id", index->orgs[i].number, err) &&
             pg_copy_out(pg, sql, add_member, before, err);
        free(sql);
    }
    return ok;
}

bool people_before_read(struct people_before *before, struct pg *pg,
                        const struct people_index *index, const struct registrations *records,
                        struct error *err)
{
    *before = (struct people_before){0};
    if (!read_members(before, pg, index, err) ||
        !pg_copy_out(pg, "COPY mpi.person (person_id) TO STDOUT (FORMAT binary)", add_used,
                     before, err)) {
        people_before_release(before);
        return false;
    }
    if (before->nmembers > 0) {
        qsort(before->members, before->nmembers, sizeof(*before->members), order_members);
    }
    if (before->nused > 0) {
        qsort(before->used, before->nused, sizeof(*before->used), ident_compare);
    }
    number_people(before);
    meet_records(before, records);
    return true;
}

void people_before_release(struct people_before *before)
{
    free(before->members);
    free(before->people);
    free(before->used);
    free(before->member_of);
    free(before->person_of);
    *before = (struct people_before){0};
}
