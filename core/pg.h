/*
 * pg.h - one connection to PostgreSQL.
 *
 * Safety    statements are constants or carry parameters; identifiers go through
 *           pg_quote_name(). Opened with client_encoding UTF8, search_path pg_catalog,
 *           TimeZone UTC, IntervalStyle iso_8601, statement timeouts off, application_name
 *           "hms".
 * Privacy   PostgreSQL's message, DETAIL and CONTEXT quote data, so none of them is passed on:
 *           the error is built from SQLSTATE, the names of table, column and constraint, and
 *           the COPY line number.  Only for classes whose messages cannot quote data (08, 0A,
 *           25, 28, 2B, 3D, 3F, 42, 53, 55, 57) is the server's primary message kept.
 * Errors    ERROR_STORE with sqlstate.
 * Rollback  pg_free() on an open transaction rolls it back.
 */
#ifndef HMS_CORE_PG_H
#define HMS_CORE_PG_H

#include "core/error.h"
#include "core/text.h"

#include <libpq-fe.h>

struct pg {
    PGconn *conn;
    bool in_transaction;
};

/* conninfo: "postgresql://..." or "host=... dbname=...".  NULL on error. */
struct pg *pg_open(const char *conninfo, struct error *err);
void pg_free(struct pg *pg);

/* One or several statements without parameters; results are thrown away. */
bool pg_run(struct pg *pg, const char *sql, struct error *err) MUST_CHECK;
/* One statement, text parameters, text results; NULL on error; the caller PQclear()s. */
PGresult *pg_query(struct pg *pg, const char *sql, int nparams, const char *const *params,
                   struct error *err) MUST_CHECK;
/* As pg_query, but only success matters. */
bool pg_exec(struct pg *pg, const char *sql, int nparams, const char *const *params,
             struct error *err) MUST_CHECK;
/* The one number of a one-row, one-column result. */
bool pg_query_int(struct pg *pg, const char *sql, int nparams, const char *const *params,
                  int64_t *out, struct error *err) MUST_CHECK;
/* set_config() for the session: row-level security asks for the organisation in hms.org_id, also
 * of the tables' owner. */
bool pg_setting(struct pg *pg, const char *name, const char *value,
                struct error *err) MUST_CHECK;
bool pg_begin(struct pg *pg, struct error *err) MUST_CHECK;
bool pg_commit(struct pg *pg, struct error *err) MUST_CHECK;
bool pg_rollback(struct pg *pg, struct error *err) MUST_CHECK;

/* COPY ... FROM STDIN (FORMAT binary): pg writes the header and trailer. */
bool pg_copy_in_begin(struct pg *pg, const char *sql, struct error *err) MUST_CHECK;
bool pg_copy_in_put(struct pg *pg, struct text tuples, struct error *err) MUST_CHECK;
bool pg_copy_in_end(struct pg *pg, uint64_t *rows, struct error *err) MUST_CHECK;

/* COPY ... TO STDOUT (FORMAT binary): calls `row` with each tuple (field count word included),
 * header and trailer taken off.  `row` returns false (with err set) to stop. */
bool pg_copy_out(struct pg *pg, const char *sql,
                 bool (*row)(struct text tuple, void *context, struct error *err),
                 void *context, struct error *err) MUST_CHECK;

/* Quoted for use in a statement; the caller free()s. */
char *pg_quote_name(struct pg *pg, const char *name);
/* Turns the connection's or result's failure into err; always false. */
bool pg_failed(struct pg *pg, const PGresult *result, struct error *err);

#endif
