/* golden_store.c - golden records from the store, and what stewards chose. */
#include "transform/people/golden.h"

#include "core/ident.h"

#include <stdlib.h>
#include <string.h>

/* A retired person leads to the one that took over, and that perhaps to another. */
static const char person_sql[] =
    "WITH RECURSIVE way AS ("
    "  SELECT coalesce((SELECT person_id FROM mpi.member WHERE patient_id = $1), $1::uuid) AS "
    "id, "
    "    0 AS steps "
    "  UNION ALL "
    "  SELECT p.replaced_by, w.steps + 1 FROM way w JOIN mpi.person p ON p.person_id = w.id "
    "  WHERE p.replaced_by IS NOT NULL AND w.steps < 1000) "
    "SELECT m.person_id FROM way w JOIN mpi.member m ON m.person_id = w.id "
    "ORDER BY w.steps LIMIT 1";

/* A date that is still to come, 9999-12-31 or a clock that was wrong, says nothing of how recent. */
static const char candidates_sql[] =
    "SELECT c.field, c.value, c.patient_id, c.source_system, c.run_id, c.row_id, "
    "  CASE WHEN c.at < now() + interval '1 day' "
    "       THEN to_char(c.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') ELSE '' END, "
    "c.parts, "
    "  c.united, coalesce(b.leader = b.patient_id, false), coalesce(s.choice_id, 0) "
    "FROM mpi.golden_of($1) c "
    "JOIN mpi.member b ON b.patient_id = c.patient_id "
    "LEFT JOIN mpi.choice s ON s.patient_id = c.patient_id AND s.field = c.field "
    "  AND s.withdrawn_at IS NULL "
    "ORDER BY c.field COLLATE \"C\", c.value COLLATE \"C\", c.patient_id, c.row_id LIMIT $2";

static bool find_person(struct pg *pg, const char *id, char person[37], struct error *err)
{
    const char *const params[] = {id};
    struct ident ignored;
    PGresult *rows;

    if (!ident_parse(text_of(id), &ignored)) {
        return error_set(err, ERROR_USAGE, "a person or a registration is named by its id");
    }
    rows = pg_query(pg, person_sql, 1, params, err);
    if (rows != NULL && PQntuples(rows) == 0) {
        error_set(err, ERROR_STORE, "there is no person or registration %s", id);
    } else if (rows != NULL) {
        snprintf(person, 37, "%s", PQgetvalue(rows, 0, 0));
    }
    PQclear(rows);
    return err->code == ERROR_NONE;
}

static void set_candidate(struct golden_candidate *one, const PGresult *rows, int row)
{
    *one = (struct golden_candidate){
        .field = PQgetvalue(rows, row, 0),
        .value = PQgetvalue(rows, row, 1),
        .registration = PQgetvalue(rows, row, 2),
        .source_system = PQgetvalue(rows, row, 3),
        .run = PQgetvalue(rows, row, 4),
        .row = PQgetvalue(rows, row, 5),
        .at = PQgetvalue(rows, row, 6),
        .parts = strtoll(PQgetvalue(rows, row, 7), NULL, 10),
        .united = PQgetvalue(rows, row, 8)[0] == 't',
        .leads = PQgetvalue(rows, row, 9)[0] == 't',
        .choice = strtoll(PQgetvalue(rows, row, 10), NULL, 10),
    };
}

bool golden_read(struct golden *golden, struct pg *pg, const char *id,
                 const struct golden_rules *rules, struct error *err)
{
    const char *params[2] = {golden->person, NULL};
    char limit[16];

    memset(golden, 0, sizeof(*golden));
    snprintf(limit, sizeof(limit), "%d", GOLDEN_CANDIDATES_MAX + 1);
    params[1] = limit;
    if (!find_person(pg, id, golden->person, err)) {
        return false;
    }
    golden->rows = pg_query(pg, candidates_sql, 2, params, err);
    if (golden->rows == NULL) {
        return false;
    }
    golden->ncandidates = (size_t)PQntuples(golden->rows);
    if (golden->ncandidates > GOLDEN_CANDIDATES_MAX) {
        return error_set(err, ERROR_LIMIT,
                         "the person's registrations have more than %d values",
                         GOLDEN_CANDIDATES_MAX);
    }
    golden->candidates = xcalloc(golden->ncandidates + 1, sizeof(*golden->candidates));
    for (size_t i = 0; i < golden->ncandidates; i++) {
        set_candidate(&golden->candidates[i], golden->rows, (int)i);
    }
    golden_compute(golden, rules);
    return true;
}

void golden_release(struct golden *golden)
{
    PQclear(golden->rows);
    free(golden->candidates);
    free(golden->values);
    memset(golden, 0, sizeof(*golden));
}

/* ---- choices ---- */

static bool write_choice(struct pg *pg, const struct golden_choice *choice, const char *person,
                         struct error *err)
{
    const char *const params[] = {person, choice->field, choice->registration, choice->by,
                                  choice->why};
    int64_t count;

    if (!pg_query_int(pg,
                      "SELECT count(*) FROM mpi.golden_of($1) c "
                      "WHERE c.patient_id = $3 AND c.field = $2 AND NOT c.united",
                      3, params, &count, err)) {
        return false;
    }
    if (count == 0) {
        return error_set(err, ERROR_STORE,
                         "registration %s is not of this person, or has no value of '%s'",
                         choice->registration, choice->field);
    }
    return pg_exec(pg,
                   "UPDATE mpi.choice SET withdrawn_by = $2, withdrawn_at = now() "
                   "WHERE patient_id = $1 AND field = $3 AND withdrawn_at IS NULL",
                   3, (const char *const[]){choice->registration, choice->by, choice->field},
                   err) &&
           pg_exec(pg,
                   "INSERT INTO mpi.choice (patient_id, field, decided_by, why) "
                   "VALUES ($1, $2, $3, $4)",
                   4,
                   (const char *const[]){choice->registration, choice->field, choice->by,
                                         choice->why},
                   err);
}

static bool withdraw_choices(struct pg *pg, const struct golden_choice *choice,
                             const char *person, struct error *err)
{
    const char *const params[] = {person, choice->field, choice->by};

    return pg_exec(pg,
                   "UPDATE mpi.choice SET withdrawn_by = $3, withdrawn_at = now() "
                   "WHERE field = $2 AND withdrawn_at IS NULL AND patient_id IN "
                   "(SELECT patient_id FROM mpi.member WHERE person_id = $1)",
                   3, params, err);
}

bool golden_choose(struct pg *pg, const struct golden_choice *choice, struct error *err)
{
    char person[37];
    struct ident ignored;
    bool ok;

    if (golden_field_of(choice->field) == GOLDEN_NFIELDS) {
        return error_set(err, ERROR_USAGE, "'%s' is not a field that one value survives in",
                         choice->field);
    }
    if (choice->registration != NULL && !ident_parse(text_of(choice->registration), &ignored)) {
        return error_set(err, ERROR_USAGE, "a registration is named by its id");
    }
    ok = pg_begin(pg, err) && find_person(pg, choice->person, person, err) &&
         (choice->registration == NULL ? withdraw_choices(pg, choice, person, err)
                                       : write_choice(pg, choice, person, err)) &&
         pg_commit(pg, err);
    if (!ok && pg->in_transaction) {
        struct error second = {0};
        ok = pg_rollback(pg, &second) && ok;
    }
    return ok;
}
