#include "transform/people/people_write.h"

#include "transform/dedup/dedup_forecast.h"
#include "transform/dedup/learned_file.h"
#include "transform/people/copy_tuple.h"
#include "transform/people/merge.h"

#include <inttypes.h>
#include <stdlib.h>

enum { CHUNK_BYTES = 1 << 20, CHUNK_MAX = 4 << 20, LEVELS_BYTES = 1024 };

static const char temporary_sql[] =
    "CREATE TEMPORARY TABLE person_gone (person_id uuid, heir uuid) ON COMMIT DROP;"
    "CREATE TEMPORARY TABLE member_now (patient_id uuid, org_id integer, person_id uuid, "
    "  certain boolean, content_hash uuid) ON COMMIT DROP;"
    "CREATE TEMPORARY TABLE member_gone (patient_id uuid) ON COMMIT DROP;"
    "CREATE TEMPORARY TABLE pair_now (a uuid, b uuid, weight real, probability real, "
    "  band text, cause text, levels text) ON COMMIT DROP;"
    "CREATE TEMPORARY TABLE pair_of (patient_id uuid) ON COMMIT DROP";

static const char run_sql[] =
    "INSERT INTO mpi.run (index_name, kind, state, model_name, model_checksum, learned, "
    "  link_probability, review_probability, patients, pairs_scored, pairs_linked, "
    "  pairs_in_review, people, tool_version, ended_at) "
    "VALUES ($1, $2, 'done', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, "
    "  clock_timestamp()) "
    "RETURNING run_id";

static const char members_sql[] =
    "INSERT INTO mpi.member AS m (patient_id, org_id, person_id, since_run, certain, "
    "  content_hash) "
    "SELECT patient_id, org_id, person_id, $1, certain, content_hash FROM pg_temp.member_now "
    "ON CONFLICT (patient_id) DO UPDATE SET org_id = excluded.org_id, "
    "  person_id = excluded.person_id, certain = excluded.certain, "
    "  content_hash = excluded.content_hash, "
    "  since_run = CASE WHEN m.person_id = excluded.person_id THEN m.since_run "
    "                   ELSE excluded.since_run END";

static const char members_gone_sql[] =
    "DELETE FROM mpi.member m USING pg_temp.member_gone g WHERE m.patient_id = g.patient_id";

static const char retire_sql[] =
    "UPDATE mpi.person p SET retired_run = $1, replaced_by = g.heir "
    "FROM pg_temp.person_gone g WHERE p.person_id = g.person_id";

/* People come along when an organisation changes its index. */
static const char adopt_sql[] =
    "UPDATE mpi.person p SET index_name = $1 WHERE p.index_name <> $1 AND EXISTS ("
    "  SELECT FROM mpi.member m JOIN mpi.index_organisation o USING (org_id) "
    "  WHERE m.person_id = p.person_id AND o.index_name = $1)";

static const char pairs_gone_sql[] =
    "DELETE FROM mpi.pair p USING mpi.run r WHERE r.run_id = p.run_id AND r.index_name = $1 "
    "AND NOT EXISTS (SELECT FROM pg_temp.pair_now n WHERE n.a = p.a AND n.b = p.b)";

static const char pairs_of_gone_sql[] =
    "DELETE FROM mpi.pair p USING pg_temp.pair_of g "
    "WHERE (p.a = g.patient_id OR p.b = g.patient_id) "
    "AND NOT EXISTS (SELECT FROM pg_temp.pair_now n WHERE n.a = p.a AND n.b = p.b)";

static const char pairs_sql[] =
    "INSERT INTO mpi.pair AS p (a, b, run_id, weight, probability, band, cause, levels) "
    "SELECT a, b, $1, weight, probability, band, cause, levels FROM pg_temp.pair_now "
    "ON CONFLICT (a, b) DO UPDATE SET run_id = excluded.run_id, weight = excluded.weight, "
    "  probability = excluded.probability, band = excluded.band, cause = excluded.cause, "
    "  levels = excluded.levels";

/* Rows on their way into a COPY. */
struct rows {
    struct people_run *run;
    struct strbuf chunk;
    struct error *err;
    bool ok;
};

static void rows_begin(struct rows *rows, struct people_run *run, const char *sql,
                       struct error *err)
{
    *rows = (struct rows){.run = run, .err = err};
    strbuf_init(&rows->chunk, CHUNK_MAX);
    rows->ok = pg_copy_in_begin(run->pg, sql, err);
}

/* After each row. */
static void rows_flush(struct rows *rows, size_t least)
{
    if (rows->ok && rows->chunk.len > least) {
        rows->ok = pg_copy_in_put(rows->run->pg, strbuf_text(&rows->chunk), rows->err);
    }
    if (rows->chunk.len > least) {
        strbuf_clear(&rows->chunk);
    }
}

static bool rows_end(struct rows *rows)
{
    rows_flush(rows, 0);
    strbuf_release(&rows->chunk);
    return rows->ok && pg_copy_in_end(rows->run->pg, NULL, rows->err);
}

static bool insert_run(struct people_run *run, struct error *err)
{
    char numbers[7][40];
    struct strbuf learned;
    uint64_t linked = 0;
    uint32_t people = 0;
    bool ok;

    for (size_t i = 0; i < run->npairs; i++) {
        linked += run->pairs[i].band == BAND_LINK ? 1 : 0;
    }
    for (uint32_t i = 0; i < run->division.n; i++) {
        people += run->division.set_of[i] == i ? 1 : 0;
    }
    snprintf(numbers[0], sizeof(numbers[0]), "%.17g", run->model.link);
    snprintf(numbers[1], sizeof(numbers[1]), "%.17g", run->model.review);
    snprintf(numbers[2], sizeof(numbers[2]), "%" PRIu32,
             run->is_delta ? run->nchanged : run->records.count);
    snprintf(numbers[3], sizeof(numbers[3]), "%" PRIu64, run->npairs_scored);
    snprintf(numbers[4], sizeof(numbers[4]), "%" PRIu64, linked);
    snprintf(numbers[5], sizeof(numbers[5]), "%" PRIu64, (uint64_t)run->npairs - linked);
    snprintf(numbers[6], sizeof(numbers[6]), "%" PRIu32, people);
    strbuf_init(&learned, LEARNED_TEXT_MAX);
    learned_write(&run->dedup.learned, &run->model, &learned);
    {
        const char *const params[] = {run->index.name, run->is_delta ? "delta" : "full",
                                      run->model.name, run->checksum,
                                      learned.at,      numbers[0],
                                      numbers[1],      numbers[2],
                                      numbers[3],      numbers[4],
                                      numbers[5],      numbers[6],
                                      HMS_VERSION};
        ok = pg_query_int(run->pg, run_sql, 13, params, &run->run_id, err);
    }
    strbuf_release(&learned);
    return ok;
}

static bool copy_new_people(struct people_run *run, struct error *err)
{
    struct rows rows;

    rows_begin(&rows, run,
               "COPY mpi.person (person_id, index_name, since_run) FROM STDIN (FORMAT binary)",
               err);
    for (uint32_t i = 0; rows.ok && i < run->division.n; i++) {
        if (run->division.set_of[i] == i && run->ids.is_new[i]) {
            tuple_begin(&rows.chunk, 3);
            tuple_put_ident(&rows.chunk, run->ids.ids[i]);
            tuple_put_text(&rows.chunk, text_of(run->index.name));
            tuple_put_int4(&rows.chunk, (int32_t)run->run_id);
            rows_flush(&rows, CHUNK_BYTES);
        }
    }
    return rows_end(&rows);
}

static bool copy_retired(struct people_run *run, struct error *err)
{
    struct rows rows;

    rows_begin(&rows, run, "COPY pg_temp.person_gone FROM STDIN (FORMAT binary)", err);
    for (uint32_t i = 0; rows.ok && i < run->before.npeople; i++) {
        const struct old_person *old = &run->before.people[i];
        if (old->retired) {
            tuple_begin(&rows.chunk, 2);
            tuple_put_ident(&rows.chunk, old->id);
            if (old->heir == PERSON_NONE) {
                tuple_put_null(&rows.chunk);
            } else {
                tuple_put_ident(&rows.chunk, run->ids.ids[old->heir]);
            }
            rows_flush(&rows, CHUNK_BYTES);
        }
    }
    return rows_end(&rows);
}

/* Only what differs from what the store says. */
static bool member_is_the_same(const struct people_run *run, uint32_t place)
{
    uint32_t record = run->division.records[place];
    uint32_t at = run->before.member_of[record];
    const struct member *member = &run->before.members[at == PERSON_NONE ? 0 : at];

    return at != PERSON_NONE && member->has_content &&
           member->certain == (run->division.certain[place] != 0) &&
           ident_compare(&member->content, &run->records.at[record].content) == 0 &&
           ident_compare(&member->person, &run->ids.ids[run->division.set_of[place]]) == 0;
}

static bool copy_members(struct people_run *run, struct error *err)
{
    struct rows rows;

    rows_begin(&rows, run, "COPY pg_temp.member_now FROM STDIN (FORMAT binary)", err);
    for (uint32_t i = 0; rows.ok && i < run->division.n; i++) {
        const struct registration *registration = &run->records.at[run->division.records[i]];
        if (!member_is_the_same(run, i)) {
            tuple_begin(&rows.chunk, 5);
            tuple_put_ident(&rows.chunk, registration->id);
            tuple_put_int4(&rows.chunk, registration->org_id);
            tuple_put_ident(&rows.chunk, run->ids.ids[run->division.set_of[i]]);
            tuple_put_bool(&rows.chunk, run->division.certain[i] != 0);
            tuple_put_ident(&rows.chunk, registration->content);
            rows_flush(&rows, CHUNK_BYTES);
        }
    }
    return rows_end(&rows);
}

static void put_id(struct rows *rows, struct ident id)
{
    tuple_begin(&rows->chunk, 1);
    tuple_put_ident(&rows->chunk, id);
    rows_flush(rows, CHUNK_BYTES);
}

/* Registrations that are not there any more. */
static void put_gone(struct rows *rows)
{
    const struct people_before *before = &rows->run->before;
    uint32_t nrecords = rows->run->records.count;
    uint32_t record = 0;

    for (uint32_t i = 0; rows->ok && i < before->nmembers; i++) {
        while (record < nrecords &&
               (before->member_of[record] == PERSON_NONE || before->member_of[record] < i)) {
            record++;
        }
        if (record == nrecords || before->member_of[record] != i) {
            put_id(rows, before->members[i].registration);
        }
    }
}

static bool copy_gone(struct people_run *run, struct error *err)
{
    struct rows rows;

    rows_begin(&rows, run, "COPY pg_temp.member_gone FROM STDIN (FORMAT binary)", err);
    put_gone(&rows);
    return rows_end(&rows);
}

/* Of a delta: the registrations whose pairs are given anew, or are gone. */
static bool copy_pair_owners(struct people_run *run, struct error *err)
{
    struct rows rows;

    rows_begin(&rows, run, "COPY pg_temp.pair_of FROM STDIN (FORMAT binary)", err);
    put_gone(&rows);
    for (uint32_t i = 0; rows.ok && i < run->nchanged; i++) {
        put_id(&rows, run->records.at[run->changed[i]].id);
    }
    return rows_end(&rows);
}

static void put_levels(struct strbuf *levels, const struct people_model *model,
                       uint64_t pattern)
{
    strbuf_clear(levels);
    for (int field = 0; field < model->nfields; field++) {
        int level = pattern_level(pattern, field);
        if (level != LEVEL_MISSING) {
            strbuf_addf(levels, "%s%s=%s", levels->len > 0 ? " " : "",
                        model->fields[field].name,
                        levels_of(model->fields[field].kind)[level].code);
        }
    }
}

static bool copy_pairs(struct people_run *run, struct error *err)
{
    struct comparer comparer;
    struct strbuf levels;
    struct rows rows;

    strbuf_init(&levels, CHUNK_BYTES);
    comparer_init(&comparer, &run->dedup.people);
    rows_begin(&rows, run, "COPY pg_temp.pair_now FROM STDIN (FORMAT binary)", err);
    for (size_t i = 0; rows.ok && i < run->npairs; i++) {
        const struct pair *pair = &run->pairs[i];
        put_levels(&levels, &run->model, compare_records(&comparer, pair->a, pair->b));
        tuple_begin(&rows.chunk, 7);
        tuple_put_ident(&rows.chunk, run->records.at[pair->a].id);
        tuple_put_ident(&rows.chunk, run->records.at[pair->b].id);
        tuple_put_real(&rows.chunk, pair->weight);
        tuple_put_real(&rows.chunk, (float)weight_probability((double)pair->weight));
        tuple_put_text(&rows.chunk, text_of(band_word((enum band)pair->band)));
        tuple_put_text(&rows.chunk, text_of(caution_word((enum caution)pair->caution)));
        tuple_put_text(&rows.chunk, strbuf_text(&levels));
        rows_flush(&rows, CHUNK_BYTES);
    }
    comparer_release(&comparer);
    strbuf_release(&levels);
    return rows_end(&rows);
}

static bool copy_events(struct people_run *run, struct error *err)
{
    struct rows rows;

    rows_begin(&rows, run,
               "COPY mpi.person_event (run_id, kind, person_id, other_person_id, patients) "
               "FROM STDIN (FORMAT binary)",
               err);
    for (size_t i = 0; rows.ok && i < run->ids.nevents; i++) {
        const struct person_event *event = &run->ids.events[i];
        tuple_begin(&rows.chunk, 5);
        tuple_put_int4(&rows.chunk, (int32_t)run->run_id);
        tuple_put_text(&rows.chunk, text_of(person_event_word(event->kind)));
        tuple_put_ident(&rows.chunk, event->person);
        if (event->kind == PERSON_JOIN || event->kind == PERSON_SPLIT) {
            tuple_put_ident(&rows.chunk, event->other);
        } else {
            tuple_put_null(&rows.chunk);
        }
        tuple_put_int4(&rows.chunk, (int32_t)event->patients);
        rows_flush(&rows, CHUNK_BYTES);
    }
    return rows_end(&rows);
}

static bool insert_contradictions(struct people_run *run, struct error *err)
{
    char run_text[24], a[37], b[37], apart[24];
    const char *params[] = {run_text, a, b, apart, NULL};
    bool ok = true;

    snprintf(run_text, sizeof(run_text), "%" PRId64, run->run_id);
    for (size_t i = 0; ok && i < run->constraints.ncontradictions; i++) {
        const struct contradiction *found = &run->constraints.contradictions[i];
        struct strbuf chain;
        strbuf_init(&chain, CHUNK_MAX);
        for (size_t k = 0; k < found->ntogether; k++) {
            strbuf_addf(&chain, "%s%" PRId64, k == 0 ? "{" : ",", found->together[k]);
        }
        strbuf_puts(&chain, found->ntogether == 0 ? "{}" : "}");
        ident_format(run->records.at[found->a].id, a);
        ident_format(run->records.at[found->b].id, b);
        snprintf(apart, sizeof(apart), "%" PRId64, found->apart);
        params[4] = chain.at;
        ok = pg_exec(run->pg,
                     "INSERT INTO mpi.contradiction (run_id, a, b, apart, together) "
                     "VALUES ($1, $2, $3, $4, $5)",
                     5, params, err);
        strbuf_release(&chain);
    }
    return ok;
}

static bool write_people(struct people_run *run, const char *run_text, struct error *err)
{
    const char *const by_run[] = {run_text};
    const char *const by_index[] = {run->index.name};

    return copy_new_people(run, err) && copy_members(run, err) && copy_gone(run, err) &&
           pg_exec(run->pg, members_gone_sql, 0, NULL, err) &&
           pg_exec(run->pg, members_sql, 1, by_run, err) && copy_retired(run, err) &&
           pg_exec(run->pg, retire_sql, 1, by_run, err) &&
           pg_exec(run->pg, adopt_sql, 1, by_index, err) && copy_events(run, err);
}

static bool write_pairs(struct people_run *run, const char *run_text, struct error *err)
{
    const char *const by_run[] = {run_text};
    const char *const by_index[] = {run->index.name};

    if (!copy_pairs(run, err) || !pg_run(run->pg, "ANALYZE pg_temp.pair_now", err)) {
        return false;
    }
    if (run->is_delta
            ? !copy_pair_owners(run, err) || !pg_exec(run->pg, pairs_of_gone_sql, 0, NULL, err)
            : !pg_exec(run->pg, pairs_gone_sql, 1, by_index, err)) {
        return false;
    }
    return pg_exec(run->pg, pairs_sql, 1, by_run, err);
}

bool people_write(struct people_run *run, struct error *err)
{
    char run_text[24];

    if (!pg_run(run->pg, temporary_sql, err) || !insert_run(run, err)) {
        return false;
    }
    snprintf(run_text, sizeof(run_text), "%" PRId64, run->run_id);
    return write_people(run, run_text, err) && write_pairs(run, run_text, err) &&
           insert_contradictions(run, err) &&
           people_merge_settle(run->pg, run->index.name, run_text, err);
}
