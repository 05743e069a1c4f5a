/*
 * merge_model - random sequences of merges, their undoing, deltas and dedup runs on a store, the same
 * deltas and dedup runs on its twin, which never sees a merge.  When all merges are undone the
 * two must be the same: rows of the record, membership, people and golden records.
 *
 *     merge_model STORE TWIN GOLDEN.yml SEQUENCES SEED
 *
 * Both databases have the schema and tests/pg/merge_model.sql.  Every sequence has registrations
 * of its own, so that a store serves many.  Prints one JSON line of counts; exits 1 at the first
 * difference, with the seed of its sequence.
 */
#include "core/ident.h"
#include "transform/people/golden.h"
#include "transform/people/merge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REGISTRATIONS_MAX = 24, STEPS = 14, TRIES = 200 };

struct model {
    struct pg *store;
    struct pg *twin;
    struct golden_rules rules;
    char index[32];
    char registrations[REGISTRATIONS_MAX][UUID_TEXT];
    int norgs[REGISTRATIONS_MAX];
    int n;
    uint64_t random;
    uint64_t made; /* ids */
    uint64_t merges, undone, refused, asked, given, deltas, dedups;
};

static struct error err;

static void fail(const char *what)
{
    fprintf(stderr, "merge_model: %s: %s\n", what, err.message);
    exit(1);
}

static uint64_t roll(struct model *model, uint64_t below)
{
    model->random = model->random * 6364136223846793005U + 1442695040888963407U;
    return (model->random >> 33) % below;
}

static void new_id(struct model *model, char id[UUID_TEXT])
{
    uint64_t key[2] = {model->made++, 7};
    struct digest128 digest = digest_of(key, sizeof(key));
    struct ident ident;

    memcpy(ident.bytes, &digest, sizeof(ident.bytes));
    ident_format(ident, id);
}

/* One statement on one database; the first value, or "". */
static void ask(struct pg *pg, char value[UUID_TEXT], const char *sql, int n,
                const char *const *params)
{
    PGresult *rows = pg_query(pg, sql, n, params, &err);

    if (rows == NULL) {
        fail(sql);
    }
    snprintf(value, UUID_TEXT, "%s", PQntuples(rows) > 0 ? PQgetvalue(rows, 0, 0) : "");
    PQclear(rows);
}

static void both(struct model *model, const char *sql, int n, const char *const *params)
{
    if (!pg_exec(model->store, sql, n, params, &err) ||
        !pg_exec(model->twin, sql, n, params, &err)) {
        fail(sql);
    }
}

/* A run of dedup, of the same number in both. */
static void new_run(struct model *model, char run[UUID_TEXT])
{
    const char *params[] = {NULL, model->index};

    ask(model->store, run, "SELECT nextval('mpi.run_run_id_seq')", 0, NULL);
    params[0] = run;
    both(model, "SELECT public.model_run($1, $2)", 2, params);
}

static const char *any(struct model *model)
{
    return model->registrations[roll(model, (uint64_t)model->n)];
}

static void new_registration(struct model *model, char person_store[UUID_TEXT],
                             char person_twin[UUID_TEXT], const char *run)
{
    char *id = model->registrations[model->n];
    const char *org = roll(model, 4) == 0 ? "2" : "1";
    char kind[8];
    const char *in_store[] = {id, org, kind, person_store, run};
    const char *in_twin[] = {id, org, kind, person_twin, run};

    new_id(model, id);
    snprintf(kind, sizeof(kind), "%d", (int)roll(model, 1000));
    model->n++;
    if (!pg_exec(model->store, "SELECT public.model_patient($1, $2, $3, $4, $5)", 5, in_store,
                 &err) ||
        !pg_exec(model->twin, "SELECT public.model_patient($1, $2, $3, $4, $5)", 5, in_twin,
                 &err)) {
        fail("registration");
    }
}

/* ---- what both see ---- */

static void delta(struct model *model)
{
    char row[UUID_TEXT];
    char kind[8];
    const char *params[] = {any(model), row, kind};

    new_id(model, row);
    snprintf(kind, sizeof(kind), "%d", (int)roll(model, 1000));
    both(model, "SELECT public.model_delta($1, $2, $3)", 3, params);
    model->deltas++;
}

static void choose(struct model *model)
{
    static const char *const fields[] = {"occupation", "sex", "birth_date"};
    const char *registration = any(model);
    struct golden_choice choice = {.person = registration,
                                   .field = fields[roll(model, 3)],
                                   .registration = registration,
                                   .by = "model"};

    if (!golden_choose(model->store, &choice, &err) ||
        !golden_choose(model->twin, &choice, &err)) {
        memset(&err, 0, sizeof(err)); /* it has no value of that field, in neither */
    }
}

/* Dedup: somebody new joins, two people become one, one leaves. */
static void dedup(struct model *model)
{
    static const char person_sql[] = "SELECT person_id FROM mpi.member WHERE patient_id = $1";
    static const char *const steps[] = {"came", "joined", "left"};
    const char *ab[] = {any(model), any(model)};
    char in_store[2][UUID_TEXT];
    char in_twin[2][UUID_TEXT];
    char run[UUID_TEXT];
    char person[UUID_TEXT];
    const char *step = steps[roll(model, 3)];
    const char *params[] = {step, ab[0], ab[1], run, person};

    for (int i = 0; i < 2; i++) {
        ask(model->store, in_store[i], person_sql, 1, &ab[i]);
        ask(model->twin, in_twin[i], person_sql, 1, &ab[i]);
    }
    new_id(model, person);
    new_run(model, run);
    if (step[0] == 'c' && model->n < REGISTRATIONS_MAX) {
        new_registration(model, in_store[0], in_twin[0], run);
        params[2] = model->registrations[model->n - 1];
    } else if (step[0] == 'j' && strcmp(in_store[0], in_store[1]) == 0) {
        return;
    } else if (step[0] == 'l') {
        char may[UUID_TEXT];
        ask(model->store, may, "SELECT public.model_may_leave($1)", 1, ab);
        if (may[0] != 't') {
            return;
        }
    }
    both(model, "SELECT public.model_dedup($1, $2, $3, $4, $5)", 5, params);
    if (!pg_begin(model->store, &err) ||
        !people_merge_settle(model->store, model->index, run, &err) ||
        !pg_commit(model->store, &err)) {
        fail("settling");
    }
    model->dedups++;
}

/* ---- what the twin does not see ---- */

static void merge(struct model *model)
{
    const char *const ab[] = {any(model), any(model)};
    struct people_merged merged;

    if (people_merge(model->store, ab, "model", NULL, &merged, &err)) {
        model->merges++;
    } else if (err.sqlstate[0] == '\0') {
        model->refused++;
        memset(&err, 0, sizeof(err));
    } else {
        fail("merging");
    }
}

/* Every row asked about stays, or goes to another and comes back. */
static void answer(struct model *model, struct people_unmerge *request,
                   const struct people_unmerged *unmerged, struct merge_answer *answers)
{
    size_t n = 0;

    for (int row = 0; row < PQntuples(unmerged->changes); row++) {
        if (PQgetvalue(unmerged->changes, row, 1)[0] == 't' && n < MERGE_ANSWERS_MAX) {
            snprintf(answers[n].row, UUID_TEXT, "%s", PQgetvalue(unmerged->changes, row, 4));
            snprintf(answers[n].to, UUID_TEXT, "%s", PQgetvalue(unmerged->changes, row, 6));
            if (n == 0 && roll(model, 2) == 0) {
                snprintf(answers[n].to, UUID_TEXT, "%s", request->a);
            }
            n++;
        }
    }
    request->answers = answers;
    request->nanswers = n;
    model->asked += n;
}

static void take_rows_back(struct model *model, const struct people_unmerge *request, int given)
{
    for (size_t i = 0; given > 0 && i < request->nanswers; i++) {
        if (people_take_back(model->store, request->answers[i].row, "model", &err)) {
            model->given++;
            given--;
        } else if (err.sqlstate[0] != '\0') {
            fail("taking back");
        }
        memset(&err, 0, sizeof(err));
    }
}

/* Any merge of this sequence that is in force; false: none. */
static bool pick_merge(struct model *model, char ab[2][UUID_TEXT])
{
    char pick[16];
    const char *params[] = {model->index, pick};
    PGresult *rows;
    bool found;

    snprintf(pick, sizeof(pick), "%d", (int)roll(model, 1000));
    rows = pg_query(model->store,
                    "SELECT a, b FROM mpi.merge WHERE index_name = $1 AND undone_run IS NULL "
                    "ORDER BY md5(a::text || b::text || $2::text) LIMIT 1",
                    2, params, &err);
    if (rows == NULL) {
        fail("merges in force");
    }
    found = PQntuples(rows) > 0;
    for (int i = 0; i < 2; i++) {
        snprintf(ab[i], UUID_TEXT, "%s", found ? PQgetvalue(rows, 0, i) : "");
    }
    PQclear(rows);
    return found;
}

/* Takes a merge back; false: none is in force. */
static bool unmerge(struct model *model)
{
    struct merge_answer answers[MERGE_ANSWERS_MAX];
    struct people_unmerged unmerged;
    struct people_unmerge request = {.by = "model"};
    char ab[2][UUID_TEXT];

    if (!pick_merge(model, ab)) {
        return false;
    }
    request.a = ab[roll(model, 2)];
    request.b = roll(model, 3) == 0 ? NULL : request.a == ab[0] ? ab[1] : ab[0];
    request.apart = roll(model, 12) == 0;
    for (int tries = 0; tries < TRIES; tries++) {
        if (people_unmerge(model->store, &request, &unmerged, &err)) {
            if (unmerged.done) {
                model->undone += (uint64_t)unmerged.merges;
                take_rows_back(model, &request, unmerged.given);
                people_unmerged_release(&unmerged);
                return true;
            }
            answer(model, &request, &unmerged, answers);
        } else if (err.sqlstate[0] == '\0') { /* other merges, or another organisation */
            request.apart = false;
            request.nanswers = 0;
            memset(&err, 0, sizeof(err));
        } else {
            fail("undoing");
        }
        people_unmerged_release(&unmerged);
    }
    fail("a merge cannot be undone");
    return false;
}

/* ---- one sequence ---- */

static PGresult *of_all(struct model *model, struct pg *pg, const char *sql)
{
    struct strbuf ids;
    const char *params[1];
    PGresult *rows;

    strbuf_init(&ids, 4096);
    for (int i = 0; i < model->n; i++) {
        strbuf_addf(&ids, "%s%s", i == 0 ? "{" : ",", model->registrations[i]);
    }
    strbuf_puts(&ids, "}");
    params[0] = ids.at;
    rows = pg_query(pg, sql, 1, params, &err);
    if (rows == NULL) {
        fail("state");
    }
    strbuf_release(&ids);
    return rows;
}

static void golden_text(struct model *model, struct pg *pg, const char *id, struct strbuf *out)
{
    struct golden golden;

    if (!golden_read(&golden, pg, id, &model->rules, &err)) {
        fail("golden record");
    }
    strbuf_addf(out, "%s", golden.person);
    for (size_t i = 0; i < golden.nvalues; i++) {
        const struct golden_value *value = &golden.values[i];
        strbuf_addf(out, "|%d %s=%s %s %s %s %zu %zu %d", value->role, value->from->field,
                    value->from->value, value->from->registration, value->from->row,
                    value->rule, value->agreeing, value->differing, value->is_conflict);
    }
    strbuf_putc(out, '\n');
    golden_release(&golden);
}

/* The golden record of each person, and the bytes of all rows. */
static void state_of(struct model *model, struct pg *pg, struct strbuf *out)
{
    PGresult *rows =
        of_all(model, pg,
               "SELECT min(patient_id::text) FROM mpi.member "
               "WHERE patient_id = ANY ($1::uuid[]) GROUP BY person_id ORDER BY 1");

    for (int row = 0; row < PQntuples(rows); row++) {
        golden_text(model, pg, PQgetvalue(rows, row, 0), out);
    }
    PQclear(rows);
    rows = of_all(model, pg, "SELECT public.model_state($1::uuid[])");
    strbuf_puts(out, PQgetvalue(rows, 0, 0));
    PQclear(rows);
}

static void compare(struct model *model, uint64_t seed)
{
    struct strbuf store;
    struct strbuf twin;

    strbuf_init(&store, 16 << 20);
    strbuf_init(&twin, 16 << 20);
    state_of(model, model->store, &store);
    state_of(model, model->twin, &twin);
    if (!text_equal(strbuf_text(&store), strbuf_text(&twin))) {
        printf("sequence of seed %llu differs from its twin\n--- store\n%s\n--- twin\n%s\n",
               (unsigned long long)seed, store.at, twin.at);
        exit(1);
    }
    strbuf_release(&store);
    strbuf_release(&twin);
}

static void sequence(struct model *model, uint64_t seed)
{
    char run[UUID_TEXT];
    char person[UUID_TEXT];
    const char *params[] = {model->index};

    model->random = seed * 2654435761U + 12345;
    model->made = seed << 20;
    model->n = 0;
    snprintf(model->index, sizeof(model->index), "i%llu", (unsigned long long)seed);
    both(model, "INSERT INTO mpi.index (index_name) VALUES ($1)", 1, params);
    new_run(model, run);
    for (uint64_t i = 3 + roll(model, 4); i > 0; i--) {
        const char *new_person[] = {person, model->index, run};
        new_id(model, person);
        both(model, "SELECT public.model_person($1, $2, $3)", 3, new_person);
        new_registration(model, person, person, run);
    }
    for (int step = 0; step < STEPS; step++) {
        switch (roll(model, 7)) {
        case 0:
        case 1:
            merge(model);
            break;
        case 2:
            unmerge(model);
            break;
        case 3:
        case 4:
            delta(model);
            break;
        case 5:
            dedup(model);
            break;
        default:
            choose(model);
        }
    }
    while (unmerge(model)) {
    }
    compare(model, seed);
}

/* Plans are kept for a session: those made for empty tables are bad ones later. */
static void analyze(struct model *model, uint64_t done)
{
    if (done == 10 || done == 100 || done % 1000 == 0) {
        both(model,
             "ANALYZE mpi.member, mpi.person, mpi.choice, mpi.index, mpi.pair, mpi.verdict, "
             "mpi.merge, hms.patient__north, hms.patient__south, hms.patient_name__north, "
             "hms.patient_name__south, hms.encounter__north, hms.encounter__south, "
             "hms.allergy__north, hms.allergy__south",
             0, NULL);
    }
}

int main(int argc, char **argv)
{
    struct model model = {0};
    uint64_t count;
    uint64_t seed;

    if (argc != 6) {
        fprintf(stderr, "usage: merge_model STORE TWIN GOLDEN.yml SEQUENCES SEED\n");
        return 2;
    }
    count = strtoull(argv[4], NULL, 10);
    seed = strtoull(argv[5], NULL, 10);
    model.store = pg_open(argv[1], &err);
    model.twin = model.store == NULL ? NULL : pg_open(argv[2], &err);
    if (model.twin == NULL || !golden_rules_load(&model.rules, argv[3], &err)) {
        fail("beginning");
    }
    for (uint64_t i = 0; i < count; i++) {
        sequence(&model, seed + i);
        analyze(&model, i + 1);
    }
    printf("{\"sequences\":%llu,\"merges\":%llu,\"undone\":%llu,\"refused\":%llu,"
           "\"asked\":%llu,\"given_and_taken_back\":%llu,\"deltas\":%llu,\"dedup_changes\":%"
           "llu}\n",
           (unsigned long long)count, (unsigned long long)model.merges,
           (unsigned long long)model.undone, (unsigned long long)model.refused,
           (unsigned long long)model.asked, (unsigned long long)model.given,
           (unsigned long long)model.deltas, (unsigned long long)model.dedups);
    golden_rules_release(&model.rules);
    pg_free(model.store);
    pg_free(model.twin);
    return 0;
}
