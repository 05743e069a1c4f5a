/*
 * prepared.c - linked into programs that say the same few statements many thousand times: each
 * is parsed and planned once.
 *
 * Shape     the linker puts __wrap_PQexecParams() in the place of PQexecParams()
 *           (-Wl,--wrap=PQexecParams), so that what is tested is not changed for it.
 * Rule      statements are constants, known by their address; one set for each connection.
 * Limits    CONNECTIONS_MAX connections, STATEMENTS_MAX statements each; then they are said plainly.
 */
#include <libpq-fe.h>
#include <stdbool.h>
#include <stdio.h>

enum { CONNECTIONS_MAX = 2, STATEMENTS_MAX = 256 };

struct prepared {
    PGconn *conn;
    const char *statements[STATEMENTS_MAX];
    int nstatements;
};

static struct prepared connections[CONNECTIONS_MAX];

PGresult *__real_PQexecParams(PGconn *conn, const char *sql, int nparams, const Oid *types,
                              const char *const *values, const int *lengths, const int *formats,
                              int result_format);
PGresult *__wrap_PQexecParams(PGconn *conn, const char *sql, int nparams, const Oid *types,
                              const char *const *values, const int *lengths, const int *formats,
                              int result_format);

static struct prepared *connection_of(PGconn *conn)
{
    for (int i = 0; i < CONNECTIONS_MAX; i++) {
        if (connections[i].conn == NULL) {
            connections[i].conn = conn;
        }
        if (connections[i].conn == conn) {
            return &connections[i];
        }
    }
    return NULL;
}

/* The number of the statement, prepared; -1: it cannot be. */
static int number_of(struct prepared *known, const char *sql)
{
    char name[16];
    PGresult *result;
    bool ok;

    for (int i = 0; i < known->nstatements; i++) {
        if (known->statements[i] == sql) {
            return i;
        }
    }
    if (known->nstatements == STATEMENTS_MAX) {
        return -1;
    }
    snprintf(name, sizeof(name), "p%d", known->nstatements);
    result = PQprepare(known->conn, name, sql, 0, NULL);
    ok = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    if (ok) {
        known->statements[known->nstatements] = sql;
    }
    return ok ? known->nstatements++ : -1;
}

PGresult *__wrap_PQexecParams(PGconn *conn, const char *sql, int nparams, const Oid *types,
                              const char *const *values, const int *lengths, const int *formats,
                              int result_format)
{
    struct prepared *known = connection_of(conn);
    int number = known == NULL ? -1 : number_of(known, sql);
    char name[16];

    if (number < 0) {
        return __real_PQexecParams(conn, sql, nparams, types, values, lengths, formats,
                                   result_format);
    }
    snprintf(name, sizeof(name), "p%d", number);
    return PQexecPrepared(conn, name, nparams, values, lengths, formats, result_format);
}
