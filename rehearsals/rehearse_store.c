#include "rehearsals/rehearse_store.h"

#include "core/file.h"
#include "core/ident.h"
#include "load/store.h"

#include <inttypes.h>

enum { CONNINFO_MAX = 1 << 16, COMMAND_MAX = 1 << 16, NUMBER_BYTES = 24, STORE_NAME_MAX = 40 };

/* Key space of the advisory locks: "rehearsal". */
#define LOCK_CLASS "1919248740"

static const char *number_text(int64_t number, char out[NUMBER_BYTES])
{
    snprintf(out, NUMBER_BYTES, "%" PRId64, number);
    return out;
}

/* ---- connection strings */

static void add_keyword(struct strbuf *out, const char *keyword, const char *value)
{
    strbuf_addf(out, "%s%s='", out->len > 0 ? " " : "", keyword);
    for (; *value != '\0'; value++) {
        if (*value == '\'' || *value == '\\') {
            strbuf_putc(out, '\\');
        }
        strbuf_putc(out, *value);
    }
    strbuf_putc(out, '\'');
}

char *conninfo_with_database(const char *store, const char *database, struct error *err)
{
    struct strbuf out;
    char *why = NULL;
    PQconninfoOption *options = PQconninfoParse(store, &why);
    if (options == NULL) {
        PQfreemem(why); /* it may quote a password */
        error_set(err, ERROR_USAGE, "the connection string of the store cannot be read");
        return NULL;
    }
    strbuf_init(&out, CONNINFO_MAX);
    for (const PQconninfoOption *option = options; option->keyword != NULL; option++) {
        if (option->val != NULL && strcmp(option->keyword, "dbname") != 0) {
            add_keyword(&out, option->keyword, option->val);
        }
    }
    add_keyword(&out, "dbname", database);
    char *conninfo = xstrdup(out.at);
    strbuf_release(&out);
    PQconninfoFree(options);
    return conninfo;
}

/* ---- number and database */

bool rehearsal_store_number(struct pg *pg, struct rehearsal *rehearsal, const char *home,
                            struct error *err)
{
    char text[NUMBER_BYTES];
    const char *const params[] = {text};
    for (;;) {
        int64_t number;
        if (!pg_query_int(pg, "SELECT nextval('ops.rehearsal_number')", 0, NULL, &number,
                          err)) {
            return false;
        }
        number_text(number, text);
        char *folder = path_join(home, text);
        if (file_exists(folder)) { /* of another store */
            free(folder);
            continue;
        }
        rehearsal->number = (int)number;
        rehearsal->folder = folder;
        rehearsal->database =
            xasprintf("%.*s_rehearsal_%d", STORE_NAME_MAX, PQdb(pg->conn), rehearsal->number);
        return pg_exec(pg, "SELECT pg_advisory_lock(" LOCK_CLASS ", $1)", 1, params, err);
    }
}

bool rehearsal_store_create(struct pg *pg, struct rehearsal *rehearsal, const char *store,
                            struct error *err)
{
    size_t count;
    char *name = pg_quote_name(pg, rehearsal->database);
    char *create = xasprintf("CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8'", name);
    bool ok = pg_run(pg, create, err);
    free(create);
    free(name);
    if (!ok) {
        return error_wrap(err, "making the rehearsal's database %s", rehearsal->database);
    }
    rehearsal->conninfo = conninfo_with_database(store, rehearsal->database, err);
    if (rehearsal->conninfo == NULL) {
        return false;
    }
    struct pg *own = pg_open(rehearsal->conninfo, err);
    ok = own != NULL && store_deploy(own, &count, err);
    pg_free(own);
    return ok || error_wrap(err, "deploying the schema into %s", rehearsal->database);
}

/* ---- the record */

static bool store_variables(struct pg *pg, const struct rehearsal *rehearsal, struct error *err)
{
    char number[NUMBER_BYTES];
    number_text(rehearsal->number, number);
    for (int i = 0; i < rehearsal->plan->nvariables; i++) {
        const struct plan_variable *variable = &rehearsal->plan->variables[i];
        const char *const params[] = {number, variable->name, variable->value};
        if (!pg_exec(pg, "INSERT INTO ops.rehearsal_variable VALUES ($1, $2, $3)", 3, params,
                     err)) {
            return false;
        }
    }
    return true;
}

static bool store_waiting_steps(struct pg *pg, const struct rehearsal *rehearsal,
                                struct error *err)
{
    char number[NUMBER_BYTES], ordinal[NUMBER_BYTES];
    number_text(rehearsal->number, number);
    for (int i = 0; i < rehearsal->plan->nsteps; i++) {
        const struct plan_step *step = &rehearsal->plan->steps[i];
        const char *command = plan_expand(rehearsal->plan, step->run, err);
        const char *const params[] = {number, number_text(i + 1, ordinal), step->id, command,
                                      rehearsal->steps[i].log};
        if (command == NULL ||
            !pg_exec(pg,
                     "INSERT INTO ops.rehearsal_step (number, ordinal, step, command, state,"
                     " log) VALUES ($1, $2, $3, $4, 'waiting', $5)",
                     5, params, err)) {
            return false;
        }
    }
    return true;
}

bool rehearsal_store_begin(struct pg *pg, const struct rehearsal *rehearsal, struct error *err)
{
    char number[NUMBER_BYTES], checksum[NUMBER_BYTES];
    uint64_t sum, size;
    if (!file_checksum(rehearsal->plan->path, &sum, &size, err)) {
        return false;
    }
    snprintf(checksum, sizeof(checksum), "%016" PRIx64, sum);
    const char *const params[] = {number_text(rehearsal->number, number),
                                  rehearsal->plan->name,
                                  rehearsal->plan->path,
                                  checksum,
                                  rehearsal->database,
                                  rehearsal->folder,
                                  HMS_VERSION};
    return pg_begin(pg, err) &&
           pg_exec(pg,
                   "INSERT INTO ops.rehearsal (number, plan, plan_path, plan_checksum,"
                   " database_name, folder, state, tool_version)"
                   " VALUES ($1, $2, $3, $4, $5, $6, 'running', $7)",
                   7, params, err) &&
           store_variables(pg, rehearsal, err) && store_waiting_steps(pg, rehearsal, err) &&
           pg_commit(pg, err);
}

bool rehearsal_store_input(struct pg *pg, const struct rehearsal *rehearsal, const char *name,
                           const char *path, struct error *err)
{
    char number[NUMBER_BYTES], bytes[NUMBER_BYTES], checksum[NUMBER_BYTES];
    uint64_t sum, size;
    if (!file_checksum(path, &sum, &size, err)) {
        return false;
    }
    snprintf(checksum, sizeof(checksum), "%016" PRIx64, sum);
    const char *const params[] = {number_text(rehearsal->number, number), name, path,
                                  number_text((int64_t)size, bytes), checksum};
    return pg_exec(pg,
                   "INSERT INTO ops.rehearsal_input VALUES ($1, $2, $3, $4, $5)"
                   " ON CONFLICT DO NOTHING",
                   5, params, err);
}

bool rehearsal_store_step(struct pg *pg, const struct rehearsal *rehearsal, int index,
                          struct error *err)
{
    const struct step_result *step = &rehearsal->steps[index];
    bool ended = step->state == STEP_DONE || step->state == STEP_FAILED;
    char number[NUMBER_BYTES], ordinal[NUMBER_BYTES], wall[NUMBER_BYTES], cpu[NUMBER_BYTES];
    char rss[NUMBER_BYTES], status[NUMBER_BYTES];
    const char *const params[] = {
        number_text(rehearsal->number, number),
        number_text(index + 1, ordinal),
        step_state_name(step->state),
        ended ? number_text(step->wall_ms, wall) : NULL,
        ended ? number_text(step->cpu_ms, cpu) : NULL,
        ended ? number_text(step->max_rss_kb, rss) : NULL,
        ended ? number_text(step->exit_status, status) : NULL,
    };
    return pg_exec(pg,
                   "UPDATE ops.rehearsal_step SET state = $3, wall_ms = $4, cpu_ms = $5,"
                   " max_rss_kb = $6, exit_status = $7 WHERE number = $1 AND ordinal = $2",
                   7, params, err);
}

/* ---- the end */

/* Rows of a query on the rehearsal's database become rows of a table of the main one. */
static bool copy_rows(struct pg *from, const char *query, struct pg *to, const char *insert,
                      int number, struct error *err)
{
    enum { COLUMNS_MAX = 8 };
    char text[NUMBER_BYTES];
    const char *params[COLUMNS_MAX] = {number_text(number, text)};
    PGresult *result = pg_query(from, query, 0, NULL, err);
    bool ok = result != NULL;
    for (int row = 0; ok && row < PQntuples(result); row++) {
        int count = 1;
        for (int col = 0; col < PQnfields(result) && count < COLUMNS_MAX; col++) {
            params[count++] = PQgetvalue(result, row, col);
        }
        ok = pg_exec(to, insert, count, params, err);
    }
    PQclear(result);
    return ok;
}

/* The newest load and the newest comparison of each organisation count. */
static bool copy_results(struct pg *pg, const struct rehearsal *rehearsal, struct error *err)
{
    struct pg *own = pg_open(rehearsal->conninfo, err);
    bool ok =
        own != NULL &&
        copy_rows(own,
                  "SELECT b.organisation, b.entity, b.outcome, b.rule, sum(b.rows)"
                  "  FROM mig.balance b JOIN (SELECT max(run_id) AS run_id FROM mig.run"
                  "        WHERE state = 'done' AND NOT dry_run GROUP BY organisation) r"
                  "       USING (run_id) GROUP BY 1, 2, 3, 4",
                  pg, "INSERT INTO ops.rehearsal_balance VALUES ($1, $2, $3, $4, $5, $6)",
                  rehearsal->number, err) &&
        copy_rows(own, "SELECT * FROM ops.code_coverage()", pg,
                  "INSERT INTO ops.rehearsal_coverage VALUES ($1, $2, $3, $4, $5, $6, $7)",
                  rehearsal->number, err) &&
        copy_rows(own,
                  "SELECT DISTINCT ON (organisation) organisation, source_rows, store_rows,"
                  " explained, unexplained FROM recon.run ORDER BY organisation, recon_id DESC",
                  pg,
                  "INSERT INTO ops.rehearsal_reconciliation VALUES ($1, $2, $3, $4, $5, $6)",
                  rehearsal->number, err);
    pg_free(own);
    return ok;
}

bool rehearsal_store_end(struct pg *pg, const struct rehearsal *rehearsal, struct error *err)
{
    char number[NUMBER_BYTES], wall[NUMBER_BYTES];
    const char *const params[] = {number_text(rehearsal->number, number),
                                  rehearsal->failed ? "failed" : "done",
                                  number_text(rehearsal->wall_ms, wall)};
    return pg_begin(pg, err) && copy_results(pg, rehearsal, err) &&
           pg_exec(pg, "UPDATE ops.rehearsal SET state = $2, wall_ms = $3 WHERE number = $1", 3,
                   params, err) &&
           pg_commit(pg, err);
}
