/*
 * db.h - questions to the store, many at a time over a few connections.
 *
 * Shape     libpq, non-blocking, in pipeline mode: a query is one message to the server (set the
 *           organisation, ask, sync) and its answer comes back in order.  Each is a transaction
 *           of its own, so the organisation is forgotten with it:
 *
 *               [Parse, the first time] [set_config('hms.org_id', ..., true)] [query] [Sync]
 *
 * Walls     every connection takes the role hms_api before anything else and is given up when
 *           that role owns more than it should, or sees a row with no organisation set.  All is
 *           read only, and ends after DB_STATEMENT_TIMEOUT_MS.
 * Statements constants of ours in which {org} stands for the organisation's number; prepared
 *           once a connection and organisation (prepared.h).
 * Lanes     half of the connections are for searches: a slow one delays no read by id.
 * Errors    a query that fails is done() without rows and with a SQLSTATE; texts of the server
 *           are dropped, they may quote data.
 * Limits    DB_IN_FLIGHT_MAX queries a connection; db_ask() is false beyond it.
 */
#ifndef HMS_SERVE_DB_H
#define HMS_SERVE_DB_H

#include "core/error.h"
#include "serve/loop.h"

#include <libpq-fe.h>

enum {
    DB_CONNECTIONS_MAX = 32,
    DB_IN_FLIGHT_MAX = 512,
    DB_STATEMENT_TIMEOUT_MS = 5000,
    QUERY_PARAMS_MAX = 40,
};

struct query {
    const char *sql;
    const char *params[QUERY_PARAMS_MAX]; /* text; NULL for null */
    int nparams;
    int32_t org_id;
    bool is_search;
    /* `rows` NULL when it failed; binary format; valid during the call. */
    void (*done)(struct query *query, const PGresult *rows, const char *sqlstate);

    struct query *next; /* db's */
    int preparing;      /* db's: answers to come before the statement is prepared */
};

struct db;

/* Starts to connect; `say` gets a line for people when a connection comes or goes. */
struct db *db_open(struct loop *loop, const char *conninfo, int nconnections,
                   void (*say)(const char *line));
/* Runs the loop until a connection is ready; false with the reason when the first try failed. */
bool db_wait(struct db *db, struct error *err) MUST_CHECK;
bool db_is_ready(const struct db *db);
/* False when no connection can take it; then done() is not called. */
bool db_ask(struct db *db, struct query *query) MUST_CHECK;
/* Connects again what was lost; call it about once a second. */
void db_tick(struct db *db);
void db_free(struct db *db);

#endif
