#include "load/store.h"

#include "core/ident.h"
#include "core/strbuf.h"
#include "load/schema_files.h"

#include <inttypes.h>

enum { SQL_BYTES_MAX = 4 << 20, CHECKSUM_SIZE = 17 };

static void join_lines(struct strbuf *out, const char *const *lines)
{
    strbuf_init(out, SQL_BYTES_MAX);
    for (; *lines != NULL; lines++) {
        strbuf_puts(out, *lines);
        strbuf_putc(out, '\n');
    }
}

static void step_checksum(const struct schema_step *step, char out[CHECKSUM_SIZE])
{
    struct strbuf sql;

    join_lines(&sql, step->deploy);
    snprintf(out, CHECKSUM_SIZE, "%016" PRIx64, checksum_of(sql.at, sql.len));
    strbuf_release(&sql);
}

static bool run_lines(struct pg *pg, const char *const *lines, struct error *err)
{
    struct strbuf sql;
    bool ok;

    join_lines(&sql, lines);
    ok = pg_run(pg, sql.at, err);
    strbuf_release(&sql);
    return ok;
}

/* The ledger is made by the first step, so before that there is none: then NULL and no error.
 */
static PGresult *read_ledger(struct pg *pg, struct error *err)
{
    int64_t is_there;

    if (!pg_query_int(pg, "SELECT (to_regclass('mig.deployed') IS NOT NULL)::integer", 0, NULL,
                      &is_there, err) ||
        is_there == 0) {
        return NULL;
    }
    return pg_query(pg, "SELECT step, checksum FROM mig.deployed ORDER BY step", 0, NULL, err);
}

static const struct schema_step *find_step(const char *name)
{
    for (size_t i = 0; i < schema_step_count; i++) {
        if (strcmp(schema_steps[i].name, name) == 0) {
            return &schema_steps[i];
        }
    }
    return NULL;
}

/* Marks deployed[i] for each step of ours that the ledger names, and checks its checksum. */
static bool compare_ledger(struct pg *pg, bool *deployed, struct error *err)
{
    PGresult *ledger = read_ledger(pg, err);
    int rows = ledger == NULL ? 0 : PQntuples(ledger);
    bool ok = err->code == ERROR_NONE;

    for (int row = 0; ok && row < rows; row++) {
        const char *name = PQgetvalue(ledger, row, 0);
        const struct schema_step *step = find_step(name);
        char checksum[CHECKSUM_SIZE];
        if (step == NULL) {
            ok = error_set(err, ERROR_INTEGRITY, "schema step %s is not known to this program",
                           name);
            error_hint(err, "the store was made by another version of hms");
            break;
        }
        step_checksum(step, checksum);
        if (strcmp(checksum, PQgetvalue(ledger, row, 1)) != 0) {
            ok = error_set(err, ERROR_INTEGRITY,
                           "schema step %s was edited after it was deployed", name);
            error_hint(err, "a change of the schema is a new step; 'hms store revert' takes "
                            "the store away");
            break;
        }
        deployed[step - schema_steps] = true;
    }
    PQclear(ledger);
    return ok;
}

static bool deploy_step(struct pg *pg, const struct schema_step *step, struct error *err)
{
    char checksum[CHECKSUM_SIZE];
    const char *const params[] = {step->name, checksum, HMS_VERSION};

    step_checksum(step, checksum);
    return (run_lines(pg, step->deploy, err) &&
            pg_exec(
                pg,
                "INSERT INTO mig.deployed (step, checksum, tool_version) VALUES ($1, $2, $3)",
                3, params, err)) ||
           error_wrap(err, "deploying %s", step->name);
}

/* One transaction for all steps, behind a lock: all or nothing, and only one at a time. */
static bool begin_alone(struct pg *pg, struct error *err)
{
    return pg_begin(pg, err) &&
           pg_run(pg, "SELECT pg_advisory_xact_lock(hashtext('hms.store'))", err);
}

bool store_deploy(struct pg *pg, size_t *count, struct error *err)
{
    bool *deployed = xcalloc(schema_step_count + 1, sizeof(*deployed));
    bool ok = begin_alone(pg, err) && compare_ledger(pg, deployed, err);

    *count = 0;
    for (size_t i = 0; ok && i < schema_step_count; i++) {
        if (!deployed[i]) {
            ok = deploy_step(pg, &schema_steps[i], err);
            *count += ok;
        }
    }
    ok = ok && pg_commit(pg, err);
    free(deployed);
    return ok;
}

bool store_deployed(struct pg *pg, size_t *deployed, size_t *known, struct error *err)
{
    bool *steps = xcalloc(schema_step_count + 1, sizeof(*steps));
    bool ok = compare_ledger(pg, steps, err);

    *deployed = 0;
    *known = schema_step_count;
    for (size_t i = 0; i < schema_step_count; i++) {
        *deployed += steps[i];
    }
    free(steps);
    return ok;
}

bool store_require(struct pg *pg, struct error *err)
{
    size_t deployed;
    size_t known;

    if (!store_deployed(pg, &deployed, &known, err)) {
        return false;
    }
    if (deployed < known) {
        error_set(err, ERROR_STORE,
                  "the schema is not deployed in this store (%zu of %zu steps)", deployed,
                  known);
        error_hint(err, "'hms store deploy' does it");
        return false;
    }
    return true;
}

bool store_verify(struct pg *pg, struct error *err)
{
    if (!store_require(pg, err)) {
        return false;
    }
    for (size_t i = 0; i < schema_step_count; i++) {
        if (!run_lines(pg, schema_steps[i].verify, err)) {
            return error_wrap(err, "verifying %s", schema_steps[i].name);
        }
    }
    return true;
}

bool store_revert(struct pg *pg, size_t *count, struct error *err)
{
    bool *deployed = xcalloc(schema_step_count + 1, sizeof(*deployed));
    PGresult *ledger = NULL;
    bool ok = begin_alone(pg, err);

    *count = 0;
    if (ok) {
        ledger = read_ledger(pg, err);
        ok = err->code == ERROR_NONE;
    }
    for (int row = 0; ok && ledger != NULL && row < PQntuples(ledger); row++) {
        const struct schema_step *step = find_step(PQgetvalue(ledger, row, 0));
        if (step != NULL) {
            deployed[step - schema_steps] = true;
        }
    }
    for (size_t i = schema_step_count; ok && i-- > 0;) {
        if (deployed[i]) {
            ok = run_lines(pg, schema_steps[i].revert, err) ||
                 error_wrap(err, "reverting %s", schema_steps[i].name);
            *count += ok;
        }
    }
    ok = ok && pg_commit(pg, err);
    PQclear(ledger);
    free(deployed);
    return ok;
}
