#include "core/pg.h"

#include "core/strbuf.h"

/* Notices can quote data like errors, and libpq would print them. */
static void ignore_notice(void *context, const char *message)
{
    (void)context;
    (void)message;
}

struct pg *pg_open(const char *conninfo, struct error *err)
{
    static const char *const keywords[] = {"dbname",  "client_encoding", "application_name",
                                           "options", "connect_timeout", NULL};
    const char *const values[] = {conninfo,
                                  "UTF8",
                                  "hms",
                                  "-c search_path=pg_catalog -c TimeZone=UTC "
                                  "-c IntervalStyle=iso_8601 -c client_min_messages=warning",
                                  "10",
                                  NULL};
    struct pg *pg = xcalloc(1, sizeof(*pg));

    pg->conn = PQconnectdbParams(keywords, values, 1);
    if (PQstatus(pg->conn) != CONNECTION_OK) {
        error_set(err, ERROR_STORE, "cannot connect to the store: %s",
                  PQerrorMessage(pg->conn));
        for (char *at = err->message; *at != '\0'; at++) {
            *at = *at == '\n' ? ' ' : *at;
        }
        error_hint(err, "'hms store status' tells whether it runs; --store names another");
        pg_free(pg);
        return NULL;
    }
    PQsetNoticeProcessor(pg->conn, ignore_notice, NULL);
    return pg;
}

void pg_free(struct pg *pg)
{
    if (pg != NULL) {
        PQfinish(pg->conn); /* the server rolls back what was open */
        free(pg);
    }
}

/* Two transactions were in each other's way, and the server undid this one. */
#define TRY_AGAIN "40"

/* Classes whose primary message cannot hold a value of a row. */
static bool message_is_safe(const char *sqlstate)
{
    static const char *const classes[] = {"42", "08", "28", "3D", "57", "53",
                                          "55", "25", "0A", "2B", "3F", TRY_AGAIN};

    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
        if (strncmp(sqlstate, classes[i], 2) == 0) {
            return true;
        }
    }
    return false;
}

static const char *field(const PGresult *result, int code)
{
    const char *text = PQresultErrorField(result, code);

    return text == NULL ? "" : text;
}

/* "..., line 1044: ..." of a COPY, as a number only; 0 when there is none. */
static long copy_line(const PGresult *result)
{
    const char *context = field(result, PG_DIAG_CONTEXT);
    const char *line = strstr(context, ", line ");

    return strncmp(context, "COPY ", 5) == 0 && line != NULL ? strtol(line + 7, NULL, 10) : 0;
}

static void add_name(struct strbuf *out, const char *what, const char *name)
{
    if (name[0] != '\0') {
        strbuf_addf(out, ", %s '%s'", what, name);
    }
}

bool pg_failed(struct pg *pg, const PGresult *result, struct error *err)
{
    const char *sqlstate = result == NULL ? "" : field(result, PG_DIAG_SQLSTATE);
    long line = result == NULL ? 0 : copy_line(result);
    struct strbuf text;

    if (err->code != ERROR_NONE) {
        return false;
    }
    if (sqlstate[0] == '\0') { /* no answer from the server: libpq's own words */
        error_set(err, ERROR_STORE, "the connection to the store failed: %s",
                  PQstatus(pg->conn) == CONNECTION_OK ? "no answer" : "connection lost");
        return false;
    }
    strbuf_init(&text, sizeof(err->message));
    strbuf_puts(&text, message_is_safe(sqlstate) ? field(result, PG_DIAG_MESSAGE_PRIMARY)
                                                 : "the store refused the data");
    add_name(&text, "table", field(result, PG_DIAG_TABLE_NAME));
    add_name(&text, "column", field(result, PG_DIAG_COLUMN_NAME));
    add_name(&text, "constraint", field(result, PG_DIAG_CONSTRAINT_NAME));
    if (line > 0) {
        strbuf_addf(&text, ", row %ld", line);
    }
    if (strncmp(sqlstate, TRY_AGAIN, 2) == 0) {
        strbuf_puts(&text, "; another command was in the way, run it again");
    }
    error_set(err, ERROR_STORE, "%s (%s)", text.at, sqlstate);
    snprintf(err->sqlstate, sizeof(err->sqlstate), "%s", sqlstate);
    strbuf_release(&text);
    return false;
}

static bool is_success(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);

    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ||
           status == PGRES_EMPTY_QUERY;
}

bool pg_run(struct pg *pg, const char *sql, struct error *err)
{
    PGresult *result = PQexec(pg->conn, sql);
    bool ok = is_success(result) || pg_failed(pg, result, err);

    PQclear(result);
    return ok;
}

PGresult *pg_query(struct pg *pg, const char *sql, int nparams, const char *const *params,
                   struct error *err)
{
    PGresult *result = PQexecParams(pg->conn, sql, nparams, NULL, params, NULL, NULL, 0);

    if (!is_success(result)) {
        pg_failed(pg, result, err);
        PQclear(result);
        return NULL;
    }
    return result;
}

bool pg_exec(struct pg *pg, const char *sql, int nparams, const char *const *params,
             struct error *err)
{
    PGresult *result = pg_query(pg, sql, nparams, params, err);
    bool ok = result != NULL;

    PQclear(result);
    return ok;
}

bool pg_query_int(struct pg *pg, const char *sql, int nparams, const char *const *params,
                  int64_t *out, struct error *err)
{
    PGresult *result = pg_query(pg, sql, nparams, params, err);
    bool ok = result != NULL;

    if (ok && (PQntuples(result) != 1 || PQnfields(result) != 1)) {
        ok = error_set(err, ERROR_STORE, "expected one number from the store, got %d rows",
                       PQntuples(result));
    }
    if (ok) {
        *out = strtoll(PQgetvalue(result, 0, 0), NULL, 10);
    }
    PQclear(result);
    return ok;
}

bool pg_setting(struct pg *pg, const char *name, const char *value, struct error *err)
{
    const char *const params[] = {name, value};

    return pg_exec(pg, "SELECT set_config($1, $2, false)", 2, params, err);
}

bool pg_begin(struct pg *pg, struct error *err)
{
    pg->in_transaction = pg_run(pg, "BEGIN", err);
    return pg->in_transaction;
}

/* COMMIT of a failed transaction "succeeds" as ROLLBACK; the command tag tells. */
bool pg_commit(struct pg *pg, struct error *err)
{
    PGresult *result = PQexec(pg->conn, "COMMIT");
    bool ok = is_success(result) || pg_failed(pg, result, err);

    if (ok && strcmp(PQcmdStatus(result), "COMMIT") != 0) {
        ok = error_set(err, ERROR_STORE, "the transaction had failed and was rolled back");
    }
    PQclear(result);
    pg->in_transaction = false;
    return ok;
}

bool pg_rollback(struct pg *pg, struct error *err)
{
    pg->in_transaction = false;
    return pg_run(pg, "ROLLBACK", err);
}

static const char copy_head[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0"; /* 19 bytes and a NUL */
enum { COPY_HEAD = 19 };

static bool put_copy(struct pg *pg, const char *bytes, size_t len, struct error *err)
{
    enum { PUT_MAX = 1 << 20 };

    while (len > 0) {
        size_t part = len < PUT_MAX ? len : PUT_MAX;
        if (PQputCopyData(pg->conn, bytes, (int)part) != 1) {
            PGresult *result = PQgetResult(pg->conn);
            pg_failed(pg, result, err);
            PQclear(result);
            return false;
        }
        bytes += part;
        len -= part;
    }
    return true;
}

bool pg_copy_in_begin(struct pg *pg, const char *sql, struct error *err)
{
    PGresult *result = PQexec(pg->conn, sql);
    bool ok = PQresultStatus(result) == PGRES_COPY_IN || pg_failed(pg, result, err);

    PQclear(result);
    return ok && put_copy(pg, copy_head, COPY_HEAD, err);
}

bool pg_copy_in_put(struct pg *pg, struct text tuples, struct error *err)
{
    return put_copy(pg, tuples.at, tuples.len, err);
}

bool pg_copy_in_end(struct pg *pg, uint64_t *rows, struct error *err)
{
    static const char trailer[2] = {(char)0xFF, (char)0xFF};
    PGresult *result;
    bool ok = put_copy(pg, trailer, sizeof(trailer), err);

    if (PQputCopyEnd(pg->conn, ok ? NULL : "stopped by hms") != 1) {
        ok = false;
    }
    while ((result = PQgetResult(pg->conn)) != NULL) {
        if (PQresultStatus(result) != PGRES_COMMAND_OK) {
            ok = pg_failed(pg, result, err);
        } else if (rows != NULL) {
            *rows = strtoull(PQcmdTuples(result), NULL, 10);
        }
        PQclear(result);
    }
    return ok || pg_failed(pg, NULL, err);
}

/* The server sends the header with the first tuple in one message, later one tuple a message.
 */
static bool deliver(const char *message, size_t len, bool *seen_head,
                    bool (*row)(struct text tuple, void *context, struct error *err),
                    void *context, struct error *err)
{
    struct text tuple = {message, len};

    if (!*seen_head) {
        if (len < COPY_HEAD || memcmp(message, copy_head, 11) != 0) {
            return error_set(err, ERROR_STORE,
                             "the store's COPY does not start with its header");
        }
        *seen_head = true;
        tuple.at += COPY_HEAD;
        tuple.len -= COPY_HEAD;
    }
    if (tuple.len == 0 || (tuple.len == 2 && memcmp(tuple.at, "\xFF\xFF", 2) == 0)) {
        return true;
    }
    return row(tuple, context, err);
}

bool pg_copy_out(struct pg *pg, const char *sql,
                 bool (*row)(struct text tuple, void *context, struct error *err),
                 void *context, struct error *err)
{
    PGresult *result = PQexec(pg->conn, sql);
    bool ok = PQresultStatus(result) == PGRES_COPY_OUT || pg_failed(pg, result, err);
    bool copying = ok;
    bool seen_head = false;
    char *message = NULL;
    int len;

    PQclear(result);
    while (copying && (len = PQgetCopyData(pg->conn, &message, 0)) > 0) {
        if (ok) {
            ok = deliver(message, (size_t)len, &seen_head, row, context, err);
        }
        PQfreemem(message);
    }
    while (copying && (result = PQgetResult(pg->conn)) != NULL) {
        if (PQresultStatus(result) != PGRES_COMMAND_OK) {
            ok = pg_failed(pg, result, err);
        }
        PQclear(result);
    }
    return ok;
}

char *pg_quote_name(struct pg *pg, const char *name)
{
    char *quoted = PQescapeIdentifier(pg->conn, name, strlen(name));
    char *copy;

    if (quoted == NULL) {
        abort(); /* not UTF-8: names come from our own tables and checked codes */
    }
    copy = xstrdup(quoted);
    PQfreemem(quoted);
    return copy;
}
