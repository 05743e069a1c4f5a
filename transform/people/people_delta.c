#include "transform/people/people_delta.h"

#include "transform/dedup/dedup_incremental.h"
#include "transform/dedup/learned_file.h"

#include <stdlib.h>
#include <string.h>

static const char last_sql[] =
    "SELECT learned, model_checksum, run_id, "
    "  (SELECT max(started_at) FROM mpi.run l WHERE l.index_name = $1 AND l.state = 'done' "
    "   AND l.kind IN ('full', 'delta')) AS since "
    "FROM mpi.run WHERE index_name = $1 AND state = 'done' AND kind = 'full' "
    "ORDER BY run_id DESC LIMIT 1";

/* Those that are new, of which one may have been under way during the last run, and those that do
 * not hold, whatever a clock said when they were given. */
static const char verdicts_sql[] =
    "SELECT v.a, v.b FROM mpi.verdict v "
    "LEFT JOIN mpi.member x ON x.patient_id = v.a LEFT JOIN mpi.member y ON y.patient_id = v.b "
    "WHERE greatest(v.decided_at, v.withdrawn_at) >= $1::timestamptz - interval '1 hour' "
    "   OR v.withdrawn_at IS NULL AND v.same <> (x.person_id = y.person_id)";

/* Which records are to be looked at again. */
struct touching {
    struct people_run *run;
    uint8_t *touched;     /* by record */
    uint32_t *members_of; /* records by old person: heads[p] .. heads[p + 1] */
    uint32_t *heads;
};

static bool learn_again(struct people_run *run, struct learned *learned, char since[64],
                        struct error *err)
{
    const char *const params[] = {run->index.name};
    PGresult *last = pg_query(run->pg, last_sql, 1, params, err);
    bool ok = last != NULL;

    if (ok && PQntuples(last) == 0) {
        ok = error_set(err, ERROR_STORE,
                       "index '%s' has no full run yet that a delta could "
                       "follow",
                       run->index.name);
        error_hint(err, "run 'hms dedup' without --delta first");
    }
    if (ok && strcmp(PQgetvalue(last, 0, 1), run->checksum) != 0) {
        ok = error_set(err, ERROR_CONFIG, "the last full run had another model");
        error_hint(err, "'hms dedup whatif' says what the new one would do; a run without "
                        "--delta applies it");
    }
    if (ok) {
        snprintf(since, 64, "%s", PQgetvalue(last, 0, 3));
        ok = learned_read(learned, &run->model, text_of(PQgetvalue(last, 0, 0)), err);
    }
    PQclear(last);
    return ok;
}

static void list_members(struct touching *touching)
{
    const struct people_before *before = &touching->run->before;
    uint32_t nrecords = touching->run->records.count;
    uint32_t *heads = xcalloc((size_t)before->npeople + 2, sizeof(*heads));
    uint32_t *members = xmalloc(((size_t)nrecords + 1) * sizeof(*members));

    for (uint32_t i = 0; i < nrecords; i++) {
        if (before->person_of[i] != PERSON_NONE) {
            heads[before->person_of[i] + 2]++;
        }
    }
    for (uint32_t i = 2; i < before->npeople + 2; i++) {
        heads[i] += heads[i - 1];
    }
    for (uint32_t i = 0; i < nrecords; i++) {
        if (before->person_of[i] != PERSON_NONE) {
            members[heads[before->person_of[i] + 1]++] = i;
        }
    }
    touching->heads = heads;
    touching->members_of = members;
}

static void touch_person(struct touching *touching, uint32_t person)
{
    for (uint32_t i = touching->heads[person]; i < touching->heads[person + 1]; i++) {
        touching->touched[touching->members_of[i]] = 1;
    }
}

static void touch_changed(struct touching *touching)
{
    struct people_run *run = touching->run;
    const struct people_before *before = &run->before;

    run->changed = xmalloc(((size_t)run->records.count + 1) * sizeof(*run->changed));
    for (uint32_t i = 0; i < run->records.count; i++) {
        uint32_t at = before->member_of[i];
        if (at != PERSON_NONE && before->members[at].has_content &&
            ident_compare(&before->members[at].content, &run->records.at[i].content) == 0) {
            continue;
        }
        run->changed[run->nchanged++] = i;
        touching->touched[i] = 1;
        if (at != PERSON_NONE) {
            touch_person(touching, before->person_of[i]);
        }
    }
    for (uint32_t i = 0; i < before->npeople; i++) {
        if (before->people[i].gone > 0) {
            touch_person(touching, i);
        }
    }
}

static void touch_registration(struct touching *touching, const char *id)
{
    struct ident ident;
    int64_t record;

    if (ident_parse(text_of(id), &ident)) {
        record = registrations_find(&touching->run->records, ident);
        if (record >= 0) {
            touching->touched[record] = 1;
        }
        if (record >= 0 && touching->run->before.person_of[record] != PERSON_NONE) {
            touch_person(touching, touching->run->before.person_of[record]);
        }
    }
}

/* Whoever a verdict names that is newer than the last run. */
static bool touch_verdicts(struct touching *touching, const char *since, struct error *err)
{
    const char *const params[] = {since};
    PGresult *rows = pg_query(touching->run->pg, verdicts_sql, 1, params, err);

    if (rows == NULL) {
        return false;
    }
    for (int i = 0; i < PQntuples(rows); i++) {
        touch_registration(touching, PQgetvalue(rows, i, 0));
        touch_registration(touching, PQgetvalue(rows, i, 1));
    }
    PQclear(rows);
    return true;
}

static int order_places(const void *left, const void *right)
{
    const struct dedup_place *a = left;
    const struct dedup_place *b = right;

    return a->record == b->record ? 0 : a->record < b->record ? -1 : 1;
}

/* Whether a person of before reaches out of the places: then it is looked at again as a whole. */
static bool touch_outside(struct touching *touching, const struct dedup_change *change)
{
    const struct people_before *before = &touching->run->before;
    bool more = false;

    for (size_t i = 0; i < change->nplaces; i++) {
        touching->touched[change->places[i].record] = 2;
    }
    for (size_t i = 0; i < change->nplaces; i++) {
        uint32_t person = before->person_of[change->places[i].record];
        for (uint32_t k = person == PERSON_NONE ? 0 : touching->heads[person];
             person != PERSON_NONE && k < touching->heads[person + 1]; k++) {
            uint8_t *touched = &touching->touched[touching->members_of[k]];
            more = more || *touched == 0;
            *touched = *touched == 0 ? 1 : *touched;
        }
    }
    return more;
}

/* Closes the groups of all that are touched, until no person of before is cut in two. */
static void close_touched(struct touching *touching, struct dedup_incremental *incremental)
{
    struct people_run *run = touching->run;
    struct division *division = &run->division;
    uint32_t *seeds = xmalloc(((size_t)run->records.count + 1) * sizeof(*seeds));
    struct dedup_change change;
    struct dedup_place *places;
    uint32_t n;

    do {
        n = 0;
        for (uint32_t i = 0; i < run->records.count; i++) {
            if (touching->touched[i] != 0) {
                seeds[n++] = i;
            }
        }
        dedup_incremental_close(incremental, seeds, n, &change);
    } while (touch_outside(touching, &change));
    n = (uint32_t)change.nplaces;
    places = xmalloc((change.nplaces + 1) * sizeof(*places));
    if (n > 0) {
        memcpy(places, change.places, change.nplaces * sizeof(*places));
        qsort(places, n, sizeof(*places), order_places);
    }
    division->n = n;
    division->records = xmalloc(((size_t)n + 1) * sizeof(uint32_t));
    division->set_of = xmalloc(((size_t)n + 1) * sizeof(uint32_t));
    division->certain = xmalloc((size_t)n + 1);
    for (uint32_t i = 0; i < n; i++) {
        const struct dedup_place key = {.record = places[i].person};
        const struct dedup_place *person =
            bsearch(&key, places, n, sizeof(*places), order_places);
        division->records[i] = places[i].record;
        division->set_of[i] = (uint32_t)(person - places);
        division->certain[i] = places[i].certain ? 1 : 0;
    }
    free(places);
    free(seeds);
}

/* The pairs of all that changed, each once. */
static void gather_pairs(struct people_run *run, struct dedup_incremental *incremental)
{
    size_t room = 0;
    size_t kept = 0;

    for (uint32_t i = 0; i < run->nchanged; i++) {
        struct dedup_change change;
        dedup_incremental_pairs(incremental, run->changed[i], &change);
        if (run->npairs + change.npairs > room) {
            room = (run->npairs + change.npairs) * 2;
            run->pairs = xrealloc(run->pairs, room * sizeof(*run->pairs));
        }
        for (size_t k = 0; k < change.npairs; k++) {
            struct pair pair = change.pairs[k];
            if (pair.a > pair.b) {
                uint32_t a = pair.a;
                pair.a = pair.b;
                pair.b = a;
            }
            run->pairs[run->npairs++] = pair;
        }
    }
    if (run->npairs > 0) {
        qsort(run->pairs, run->npairs, sizeof(*run->pairs), pair_order);
    }
    for (size_t i = 0; i < run->npairs; i++) {
        if (kept == 0 || pair_order(&run->pairs[kept - 1], &run->pairs[i]) != 0) {
            run->pairs[kept++] = run->pairs[i];
        }
    }
    run->npairs = kept;
    run->npairs_scored = kept;
}

/* People of before that are not touched are none of this run's business. */
static void forget_untouched(struct people_run *run)
{
    struct people_before *before = &run->before;
    bool *touched = xcalloc((size_t)before->npeople + 1, sizeof(*touched));
    uint32_t *place = xmalloc(((size_t)before->npeople + 1) * sizeof(*place));
    uint32_t n = 0;

    for (uint32_t i = 0; i < run->division.n; i++) {
        uint32_t person = before->person_of[run->division.records[i]];
        if (person != PERSON_NONE) {
            touched[person] = true;
        }
    }
    for (uint32_t i = 0; i < before->npeople; i++) {
        if (touched[i] || before->people[i].gone > 0) {
            place[i] = n;
            before->people[n++] = before->people[i];
        } else {
            place[i] = PERSON_NONE;
        }
    }
    before->npeople = n;
    for (uint32_t i = 0; i < run->records.count; i++) {
        if (before->person_of[i] != PERSON_NONE) {
            before->person_of[i] = place[before->person_of[i]];
        }
    }
    free(place);
    free(touched);
}

bool people_match_delta(struct people_run *run, struct error *err)
{
    struct touching touching = {.run = run};
    struct dedup_incremental *incremental;
    struct learned learned;
    char since[64];
    bool ok;

    run->is_delta = true;
    if (!learn_again(run, &learned, since, err)) {
        return false;
    }
    dedup_start(&run->dedup, &run->people, &learned, run->jobs);
    run->dedup.constraints = &run->constraints;
    touching.touched = xcalloc((size_t)run->records.count + 1, 1);
    list_members(&touching);
    touch_changed(&touching);
    ok = touch_verdicts(&touching, since, err);
    if (ok) {
        incremental = dedup_incremental_new(&run->dedup);
        close_touched(&touching, incremental);
        gather_pairs(run, incremental);
        dedup_incremental_free(incremental);
        forget_untouched(run);
    }
    free(touching.touched);
    free(touching.members_of);
    free(touching.heads);
    return ok;
}
