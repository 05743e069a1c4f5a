#include "serve/db.h"

#include "core/pg.h"
#include "core/progress.h"
#include "serve/prepared.h"

#include <assert.h>
#include <inttypes.h>
#include <sys/epoll.h>

enum { RETRY_US = 1000000, CONNECT_TIMEOUT_US = 10000000, SQL_BYTES_MAX = 256 << 10 };

static const char setup_sql[] =
    "SET ROLE hms_api;"
    "SET search_path = pg_catalog;"
    "SET default_transaction_read_only = on;"
    "SET statement_timeout = '5s';"
    "SET lock_timeout = '2s';"
    "SET idle_in_transaction_session_timeout = '10s';"
    "SET TimeZone = 'UTC';"
    "SET DateStyle = 'ISO, YMD';"
    "SET client_min_messages = error;"
    "PREPARE organisation (text) AS SELECT set_config('hms.org_id', $1, true);"
    "SELECT current_user = 'hms_api' AND NOT r.rolsuper AND NOT r.rolbypassrls"
    "  AND NOT EXISTS (SELECT FROM hms.patient)"
    "  FROM pg_roles r WHERE r.rolname = current_user";

static const char organisation_name[] = "organisation"; /* prepared by setup_sql */

enum db_state { DB_DOWN, DB_CONNECTING, DB_SETTING_UP, DB_READY };

struct db_conn {
    struct watch watch; /* first: the loop gives it back */
    struct db *db;
    PGconn *conn;
    enum db_state state;
    int64_t retry_us;    /* down: when to try again; connecting: when to give up */
    struct query *first; /* in flight, oldest first */
    struct query *last;
    int in_flight;
    PGresult *rows; /* of the oldest query, as far as it has come */
    char sqlstate[6];
    struct prepared prepared;
    bool setup_passed;
};

struct db {
    struct loop *loop;
    char *conninfo;
    void (*say)(const char *line);
    struct error first_failure;
    int nconns;
    struct db_conn conns[];
};

/* ---- what is prepared ---- */

static bool send_deallocate(struct db_conn *c, uint64_t statement)
{
    char sql[40];

    snprintf(sql, sizeof(sql), "DEALLOCATE s%016" PRIx64, statement);
    return PQsendQueryParams(c->conn, sql, 0, NULL, NULL, NULL, NULL, 0) == 1;
}

/* Asks the server to prepare the query's statement, when it is not. */
static bool send_prepare(struct db_conn *c, struct query *query, uint64_t statement,
                         const char *name)
{
    uint64_t evicted;
    struct strbuf sql;
    bool ok = true;

    query->preparing = 0;
    if (prepared_has(&c->prepared, statement)) {
        return true;
    }
    if (prepared_add(&c->prepared, statement, &evicted)) {
        ok = send_deallocate(c, evicted);
        query->preparing++;
    }
    query->preparing++;
    strbuf_init(&sql, SQL_BYTES_MAX);
    prepared_sql(query->sql, query->org_id, &sql);
    ok = ok && !strbuf_is_full(&sql) && PQsendPrepare(c->conn, name, sql.at, 0, NULL) == 1;
    strbuf_release(&sql);
    return ok;
}

/* ---- a connection comes and goes ---- */

static void finish_oldest(struct db_conn *c)
{
    struct query *query = c->first;
    PGresult *rows = c->rows;
    bool failed = c->sqlstate[0] != '\0' || rows == NULL;

    c->first = query->next;
    c->last = c->first == NULL ? NULL : c->last;
    c->in_flight--;
    c->rows = NULL;
    query->done(query, failed ? NULL : rows, c->sqlstate[0] != '\0' ? c->sqlstate : "XX000");
    c->sqlstate[0] = '\0';
    PQclear(rows);
}

static void drop_connection(struct db_conn *c)
{
    loop_forget(c->db->loop, &c->watch);
    PQfinish(c->conn);
    c->conn = NULL;
    c->state = DB_DOWN;
    c->retry_us = clock_us() + RETRY_US;
    c->prepared = (struct prepared){0};
    while (c->first != NULL) {
        snprintf(c->sqlstate, sizeof(c->sqlstate), "08006");
        finish_oldest(c);
    }
}

/* The connection is of no more use; says why, in words that hold no data. */
static void connection_failed(struct db_conn *c, const PGresult *result)
{
    struct pg pg = {.conn = c->conn};
    struct error err = {0};
    char line[sizeof(err.message) + 32];

    if (c->state == DB_CONNECTING) { /* libpq's words about the way, not about data */
        const char *why = PQerrorMessage(c->conn);
        error_set(&err, ERROR_STORE, "cannot connect: %.*s", (int)strcspn(why, "\n"), why);
    }
    pg_failed(&pg, result, &err);
    if (c->db->first_failure.code == ERROR_NONE) {
        c->db->first_failure = err;
    }
    snprintf(line, sizeof(line), "store: %s", err.message);
    c->db->say(line);
    drop_connection(c);
}

static void refuse_connection(struct db_conn *c)
{
    static const char why[] =
        "the role hms_api of this store is not held by row-level security";

    if (c->db->first_failure.code == ERROR_NONE) {
        error_set(&c->db->first_failure, ERROR_STORE, "%s", why);
    }
    c->db->say(why);
    drop_connection(c);
}

static void begin_connecting(struct db_conn *c)
{
    static const char *const keywords[] = {"dbname", "client_encoding", "application_name",
                                           NULL};
    const char *const values[] = {c->db->conninfo, "UTF8", "hmsd", NULL};

    c->conn = PQconnectStartParams(keywords, values, 1);
    c->state = DB_CONNECTING;
    c->retry_us = clock_us() + CONNECT_TIMEOUT_US;
    if (c->conn == NULL || PQstatus(c->conn) == CONNECTION_BAD) {
        connection_failed(c, NULL);
        return;
    }
    loop_watch(c->db->loop, &c->watch, PQsocket(c->conn), EPOLLOUT);
}

static void begin_setup(struct db_conn *c)
{
    c->state = DB_SETTING_UP;
    c->setup_passed = false;
    if (PQsetnonblocking(c->conn, 1) != 0 || PQsendQuery(c->conn, setup_sql) != 1) {
        connection_failed(c, NULL);
        return;
    }
    loop_watch(c->db->loop, &c->watch, PQsocket(c->conn), EPOLLIN);
}

static void go_on_connecting(struct db_conn *c)
{
    switch (PQconnectPoll(c->conn)) {
    case PGRES_POLLING_OK:
        begin_setup(c);
        break;
    case PGRES_POLLING_READING:
        loop_watch(c->db->loop, &c->watch, PQsocket(c->conn), EPOLLIN);
        break;
    case PGRES_POLLING_WRITING:
        loop_watch(c->db->loop, &c->watch, PQsocket(c->conn), EPOLLOUT);
        break;
    case PGRES_POLLING_FAILED:
    case PGRES_POLLING_ACTIVE:
    default:
        connection_failed(c, NULL);
        break;
    }
}

static void setup_finished(struct db_conn *c)
{
    if (!c->setup_passed) {
        refuse_connection(c);
        return;
    }
    if (PQenterPipelineMode(c->conn) != 1) {
        connection_failed(c, NULL);
        return;
    }
    c->state = DB_READY;
    c->db->say("store: connected");
}

static void read_setup(struct db_conn *c)
{
    while (!PQisBusy(c->conn)) {
        PGresult *result = PQgetResult(c->conn);
        ExecStatusType status = PQresultStatus(result);

        if (result == NULL) {
            setup_finished(c);
            return;
        }
        if (status == PGRES_TUPLES_OK) {
            c->setup_passed =
                PQntuples(result) == 1 && strcmp(PQgetvalue(result, 0, 0), "t") == 0;
        } else if (status != PGRES_COMMAND_OK) {
            connection_failed(c, result);
            PQclear(result);
            return;
        }
        PQclear(result);
    }
}

/* ---- answers ---- */

static void take_result(struct db_conn *c, PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);

    if (status == PGRES_TUPLES_OK) { /* of the organisation first, then of the query */
        PQclear(c->rows);
        c->rows = result;
        return;
    }
    if (status == PGRES_PIPELINE_SYNC) {
        finish_oldest(c);
    } else if (status == PGRES_COMMAND_OK) {
        c->first->preparing--;
    } else if (status != PGRES_PIPELINE_ABORTED) {
        const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
        snprintf(c->sqlstate, sizeof(c->sqlstate), "%s", sqlstate == NULL ? "XX000" : sqlstate);
        if (c->first->preparing > 0) {
            prepared_forget(&c->prepared, prepared_statement(c->first->sql, c->first->org_id));
        }
    }
    PQclear(result);
}

static void read_answers(struct db_conn *c)
{
    while (c->first != NULL && !PQisBusy(c->conn)) {
        PGresult *result = PQgetResult(c->conn);
        if (result != NULL) {
            take_result(c, result);
        }
    }
}

static void flush(struct db_conn *c)
{
    int left = PQflush(c->conn);

    if (left < 0) {
        connection_failed(c, NULL);
        return;
    }
    loop_watch(c->db->loop, &c->watch, PQsocket(c->conn),
               left > 0 ? EPOLLIN | EPOLLOUT : EPOLLIN);
}

static void connection_ready(struct watch *watch, uint32_t events)
{
    struct db_conn *c = (struct db_conn *)watch;

    (void)events;
    if (c->state == DB_CONNECTING) {
        go_on_connecting(c);
        return;
    }
    if (PQconsumeInput(c->conn) != 1) {
        connection_failed(c, NULL);
        return;
    }
    if (c->state == DB_SETTING_UP) {
        read_setup(c);
    } else {
        read_answers(c);
    }
    if (c->conn != NULL) {
        flush(c);
    }
}

/* ---- questions ---- */

static struct db_conn *least_busy(struct db *db, int from, int to)
{
    struct db_conn *best = NULL;

    for (int i = from; i < to; i++) {
        struct db_conn *c = &db->conns[i];
        if (c->state == DB_READY && c->in_flight < DB_IN_FLIGHT_MAX &&
            (best == NULL || c->in_flight < best->in_flight)) {
            best = c;
        }
    }
    return best;
}

static bool send_query(struct db_conn *c, struct query *query)
{
    uint64_t statement = prepared_statement(query->sql, query->org_id);
    char number[12];
    const char *org_id = number;
    char name[20];

    snprintf(number, sizeof(number), "%" PRId32, query->org_id);
    snprintf(name, sizeof(name), "s%016" PRIx64, statement);
    return send_prepare(c, query, statement, name) &&
           PQsendQueryPrepared(c->conn, organisation_name, 1, &org_id, NULL, NULL, 0) == 1 &&
           PQsendQueryPrepared(c->conn, name, query->nparams, query->params, NULL, NULL, 1) ==
               1 &&
           PQpipelineSync(c->conn) == 1;
}

bool db_ask(struct db *db, struct query *query)
{
    int reads = (db->nconns + 1) / 2;
    struct db_conn *c =
        query->is_search ? least_busy(db, reads, db->nconns) : least_busy(db, 0, reads);

    if (c == NULL) {
        c = least_busy(db, 0, db->nconns);
    }
    if (c == NULL) {
        return false;
    }
    query->next = NULL;
    if (!send_query(c, query)) {
        connection_failed(c, NULL);
        return false;
    }
    if (c->last == NULL) {
        c->first = query;
    } else {
        c->last->next = query;
    }
    c->last = query;
    c->in_flight++;
    flush(c);
    return true;
}

/* ---- all of them ---- */

struct db *db_open(struct loop *loop, const char *conninfo, int nconnections,
                   void (*say)(const char *line))
{
    struct db *db = xcalloc(1, sizeof(*db) + (size_t)nconnections * sizeof(db->conns[0]));

    assert(nconnections > 0 && nconnections <= DB_CONNECTIONS_MAX);
    db->loop = loop;
    db->conninfo = xstrdup(conninfo);
    db->say = say;
    db->nconns = nconnections;
    for (int i = 0; i < nconnections; i++) {
        db->conns[i].watch.ready = connection_ready;
        db->conns[i].db = db;
        begin_connecting(&db->conns[i]);
    }
    return db;
}

bool db_is_ready(const struct db *db)
{
    for (int i = 0; i < db->nconns; i++) {
        if (db->conns[i].state == DB_READY) {
            return true;
        }
    }
    return false;
}

bool db_wait(struct db *db, struct error *err)
{
    while (!db_is_ready(db) && db->first_failure.code == ERROR_NONE) {
        loop_run_once(db->loop, 1000);
    }
    if (!db_is_ready(db)) {
        *err = db->first_failure;
        return false;
    }
    return true;
}

void db_tick(struct db *db)
{
    int64_t now_us = clock_us();

    for (int i = 0; i < db->nconns; i++) {
        struct db_conn *c = &db->conns[i];
        if (now_us < c->retry_us) {
            continue;
        }
        if (c->state == DB_CONNECTING || c->state == DB_SETTING_UP) {
            connection_failed(c, NULL);
        } else if (c->state == DB_DOWN) {
            begin_connecting(c);
        }
    }
}

void db_free(struct db *db)
{
    if (db == NULL) {
        return;
    }
    for (int i = 0; i < db->nconns; i++) {
        drop_connection(&db->conns[i]);
    }
    free(db->conninfo);
    free(db);
}
